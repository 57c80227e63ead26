import { Monitor, Moon, Sun } from 'lucide-react';
import { describeFailure } from '../../shared/messages/index.ts';
import { LANGUAGES, THEMES, type Language, type Theme } from '../../shared/settings.ts';
import { Callout } from '../components/callout.tsx';
import { Choice } from '../components/choice.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { Section } from '../components/section.tsx';
import { Segments } from '../components/segments.tsx';
import { HostsToAllow } from '../network/hosts-to-allow.tsx';
import { NetworkSettings } from '../network/network-settings.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { ServerSection } from './server-section.tsx';
import './settings.css';

/** Each language in its own words, so that it is found by those who read no other. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, unknown>;

/** Language and appearance, the way out of the network, and which version this is. */
export function SettingsScreen() {
  const language = useLanguage();
  const t = useText();
  const application = useApplication();
  const changeSettings = useApp((app) => app.changeSettings);
  const failure = useApp((app) => app.settingsFailure);
  const { settings } = application;
  const languages = [
    { id: 'system', name: t('settings.languageSystem') },
    ...LANGUAGES.map((id) => ({ id, name: LANGUAGE_NAMES[id] })),
  ];
  const chooseLanguage = (id: string) => {
    const chosen = LANGUAGES.find((candidate) => candidate === id) ?? 'system';
    void changeSettings({ language: chosen });
  };
  return (
    <Page title={t('nav.settings')}>
      {failure !== null && <Callout tone="bad" role="alert" {...describeFailure(failure, language)} />}
      <Section title={t('settings.general')}>
        <div className="card">
          <div className="setting">
            <Choice
              layout="row"
              label={t('settings.language')}
              options={languages}
              chosen={settings.language}
              onChoose={chooseLanguage}
            />
          </div>
          <Segments
            className="setting setting-row"
            label={t('settings.theme')}
            options={THEMES.map((id) => ({ id, name: t(`settings.theme.${id}`), icon: THEME_ICONS[id] }))}
            chosen={settings.theme}
            onChoose={(theme) => void changeSettings({ theme })}
          />
        </div>
      </Section>
      <ServerSection />
      <NetworkSettings />
      <HostsToAllow />
      <Section title={t('settings.about')}>
        <Facts>
          <Fact name={t('settings.application')}>
            <bdi>{application.name}</bdi>
          </Fact>
          <Fact name={t('settings.vendor')}>
            <bdi>{application.vendorName}</bdi>
          </Fact>
          <Fact name={t('settings.version')}>
            <bdi>{application.version}</bdi>
          </Fact>
        </Facts>
      </Section>
    </Page>
  );
}
