import { ExternalLink, Mail } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Page } from '../components/page.tsx';
import { Section } from '../components/section.tsx';
import type { ApplicationView } from '../../shared/contract.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import './help.css';

type Link = ApplicationView['links'][number];

const QUESTIONS = ['code', 'lease', 'move'] as const;

/** Whom to ask, what an administrator must allow, and the questions that come up first. */
export function HelpScreen() {
  const language = useLanguage();
  const t = useText();
  const application = useApplication();
  const openLink = useApp((app) => app.openLink);
  const show = useApp((app) => app.show);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { links, supportEmail, supportPhone, apiHost, vendorName } = application;
  const open = async (link: Link) => {
    const result = await openLink({ link });
    setFailure(result.ok ? null : result.error);
  };
  const pages = (['supportPage', 'portal', 'website'] as const).filter((link) => links.includes(link));
  const reachable = supportEmail !== null || supportPhone !== null || pages.length > 0;
  return (
    <Page title={t('nav.help')}>
      {failure !== null && <Callout tone="bad" role="alert" {...describeFailure(failure, language)} />}
      <Section title={t('help.contact', { vendor: vendorName })}>
        {reachable ? (
          <Facts>
            {supportEmail !== null && (
              <Fact
                name={t('help.email')}
                action={
                  <>
                    <CopyButton text={supportEmail} label={t('help.copyEmail')} />
                    {links.includes('supportEmail') && (
                      <Button
                        look="quiet"
                        icon={<Mail size={15} aria-hidden />}
                        onPress={() => void open('supportEmail')}
                      >
                        {t('help.write')}
                      </Button>
                    )}
                  </>
                }
              >
                <bdi>{supportEmail}</bdi>
              </Fact>
            )}
            {supportPhone !== null && (
              <Fact
                name={t('help.phone')}
                action={<CopyButton text={supportPhone} label={t('help.copyPhone')} />}
              >
                <bdi dir="ltr">{supportPhone}</bdi>
              </Fact>
            )}
            {pages.map((link) => (
              <Fact
                key={link}
                name={t(`help.${link}`)}
                action={
                  <Button
                    look="quiet"
                    aria-label={`${t('help.open')}: ${t(`help.${link}`)}`}
                    icon={<ExternalLink size={15} aria-hidden />}
                    onPress={() => void open(link)}
                  >
                    {t('help.open')}
                  </Button>
                }
              >
                {''}
              </Fact>
            ))}
          </Facts>
        ) : (
          <Callout tone="plain" sentence={t('help.noContact', { vendor: vendorName })} />
        )}
      </Section>
      <Section title={t('diagnosis.title')}>
        <div className="card card-body diagnosis-entry">
          <p className="quiet">{t('diagnosis.intro')}</p>
          <Button onPress={() => show({ screen: 'diagnosis', productId: null })}>
            {t('diagnosis.open')}
          </Button>
        </div>
      </Section>
      <Section title={t('help.network')} note={t('help.networkNote')}>
        <Facts>
          <Fact name={t('help.host')} action={<CopyButton text={apiHost} label={t('help.copyHost')} />}>
            <span className="code">{apiHost}</span>
          </Fact>
        </Facts>
      </Section>
      <Section title={t('help.questions')}>
        <dl className="card">
          {QUESTIONS.map((question) => (
            <div key={question} className="question">
              <dt>{t(`help.${question}.question`)}</dt>
              <dd className="quiet">{t(`help.${question}.answer`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Page>
  );
}
