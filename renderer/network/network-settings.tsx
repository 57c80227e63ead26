import { Lock } from 'lucide-react';
import { useState } from 'react';
import { proxyText } from '../../shared/proxy-choice.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Choice } from '../components/choice.tsx';
import { Section } from '../components/section.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { ProxyForm } from './proxy-form.tsx';
import './network.css';

const KINDS = ['system', 'none', 'manual', 'pac'] as const;

/** The way out of the network: the user's choice, or what an administrator has decided. */
export function NetworkSettings() {
  const language = useLanguage();
  const t = useText();
  const { network } = useApplication();
  const { changeSettings, signOutOfProxies } = useApp((app) => app);
  const { proxy, managed, problem, signedIn } = network;
  // Another kind than the one in force, while its address is not typed in yet.
  const [opened, setOpened] = useState<'manual' | 'pac' | null>(null);
  const isFixed = managed.includes('proxy') || managed.includes('settings') || problem !== null;
  const shown = isFixed ? proxy.kind : (opened ?? proxy.kind);
  const choose = (id: string) => {
    const kind = KINDS.find((candidate) => candidate === id);
    if (kind === 'manual' || kind === 'pac') setOpened(kind);
    else if (kind !== undefined) {
      setOpened(null);
      void changeSettings({ proxy: { kind } });
    }
  };
  // The license server has a section of its own.
  const others = managed.filter((part) => part !== 'proxy' && part !== 'server');
  const isAddress = proxy.kind === 'manual' || proxy.kind === 'pac';
  return (
    <Section title={t('network.title')}>
      {problem !== null && (
        <Callout
          tone="bad"
          sentence={t('network.problem', { problem: isolate(language, problem) })}
          nextAction={t('network.problemNext')}
        />
      )}
      <div className="card">
        <div className="setting">
          {isFixed ? (
            <div className="setting-row">
              <span>{t('network.proxy')}</span>
              <span className="quiet">{t(`network.proxy.${shown}`)}</span>
            </div>
          ) : (
            <Choice
              layout="row"
              label={t('network.proxy')}
              options={KINDS.map((id) => ({ id, name: t(`network.proxy.${id}`) }))}
              chosen={shown}
              onChoose={choose}
            />
          )}
          {isFixed && isAddress && (
            <p className="network-value code" dir="ltr">
              {proxy.kind === 'pac' ? proxy.url : proxyText(proxy)}
            </p>
          )}
          {managed.includes('proxy') && <Managed />}
          {!isFixed && (shown === 'manual' || shown === 'pac') && (
            <ProxyForm key={shown} kind={shown} proxy={proxy} onDone={() => setOpened(null)} />
          )}
        </div>
        {signedIn.length > 0 && (
          <div className="setting setting-row">
            <span>
              {t('network.signedIn')} <bdi className="code">{signedIn.join(', ')}</bdi>
            </span>
            <Button onPress={() => void signOutOfProxies()}>{t('network.forget')}</Button>
          </div>
        )}
        {others.length > 0 && (
          <div className="setting">
            <Managed
              parts={others.map((part) => t(`network.managed.${part}`))}
              isExplained={managed.includes('proxy')}
            />
          </div>
        )}
      </div>
    </Section>
  );
}

interface ManagedProps {
  readonly parts?: readonly string[];
  /** What that means stands close by. */
  readonly isExplained?: boolean;
}

/** That and what an administrator has decided. */
function Managed({ parts, isExplained = false }: ManagedProps) {
  const t = useText();
  return (
    <div className="managed">
      <Lock size={15} aria-hidden />
      <div>
        <p className="managed-title">{t('network.managed')}</p>
        {parts !== undefined && <p>{parts.join(' · ')}</p>}
        {!isExplained && <p className="quiet">{t('network.managedNote')}</p>}
      </div>
    </div>
  );
}
