import { CopyButton } from '../components/copy-button.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { Section } from '../components/section.tsx';
import { useText } from '../strings/use-text.ts';
import { useApplication } from '../store/use-app.ts';

/** What an administrator has to let through. */
export function HostsToAllow() {
  const t = useText();
  const { hosts } = useApplication().network;
  const places = hosts.map(({ host, port }) => `${host}:${port}`);
  return (
    <Section title={t('network.hosts')} note={t('network.hostsNote')}>
      <Facts>
        {hosts.map(({ host, port, purpose, inspection }, at) => (
          <Fact
            key={`${host}:${port}`}
            name={t(`network.purpose.${purpose}`)}
            action={at === 0 && <CopyButton text={places.join('\n')} label={t('network.copyHosts')} />}
          >
            <bdi className="code">
              {host}:{port}
            </bdi>
            {inspection === 'never' && <small className="host-note">{t('network.inspection.never')}</small>}
            {(purpose === 'signIn' || purpose === 'portal') && (
              <small className="host-note">{t('network.byBrowser')}</small>
            )}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
