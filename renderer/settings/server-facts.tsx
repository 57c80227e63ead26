import { useState } from 'react';
import { failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import type { ServerCertificate } from '../../shared/server-view.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { Digest } from '../components/digest.tsx';
import { Fact, Facts } from '../components/facts.tsx';
import { formatAgo, formatDay } from '../format/intl.ts';
import { useLanguage, useText, type Say } from '../strings/use-text.ts';
import { useApp, useApplication, useTrustedNow } from '../store/use-app.ts';

/** A local server: how it is recognised, and how it was when it was last looked at. */
export function ServerFacts({ onChange }: { readonly onChange?: () => void }) {
  const language = useLanguage();
  const t = useText();
  const now = useTrustedNow();
  const { server } = useApplication();
  const checkServer = useApp((app) => app.checkServer);
  const licenses = useApp((app) => app.snapshot?.licenses);
  const [isChecking, setChecking] = useState(false);
  const { health } = server;
  const contacts = (licenses ?? []).flatMap(({ heldAt, lastContactAt }) =>
    heldAt?.host === server.host && lastContactAt !== null ? [lastContactAt] : [],
  );
  const lastContact = Math.max(0, health?.failure === null ? health.at : 0, ...contacts);
  const check = async () => {
    setChecking(true);
    await checkServer();
    setChecking(false);
  };
  return (
    <>
      <Facts>
        <Fact
          name={t('server.address')}
          action={
            onChange && (
              <Button look="quiet" onPress={onChange}>
                {t('server.change')}
              </Button>
            )
          }
        >
          <bdi dir="ltr">{server.url}</bdi>
        </Fact>
        {server.pins.map((pin) => (
          <Fact key={pin} name={t('server.pinShown')}>
            <Digest text={pin} />
          </Fact>
        ))}
        <Fact
          name={t('server.status')}
          action={
            <Button
              look="quiet"
              isPending={isChecking}
              pendingLabel={t('server.checking')}
              onPress={() => void check()}
            >
              {t('server.check')}
            </Button>
          }
        >
          {t(
            health === null
              ? 'server.unchecked'
              : health.failure === null
                ? 'server.reachable'
                : 'server.unreachable',
          )}
        </Fact>
        {lastContact > 0 && (
          <Fact name={t('server.lastContact')}>
            <bdi>{formatAgo(language, lastContact, now)}</bdi>
          </Fact>
        )}
        {health !== null && health.apiVersion !== null && (
          <Fact name={t('server.version')}>
            <bdi>{health.apiVersion}</bdi>
          </Fact>
        )}
        {health !== null && health.certificateEnds !== null && (
          <Fact name={t('server.certificateEnds')}>
            <bdi>{formatDay(language, health.certificateEnds)}</bdi>
          </Fact>
        )}
        {health !== null && health.clockAhead !== null && (
          <Fact name={t('server.clock')}>{clockText(health.clockAhead, t)}</Fact>
        )}
      </Facts>
      {health !== null && health.failure !== null && (
        <Callout
          tone="warn"
          role="status"
          {...describeFailure(failure(health.failure.code, health.failure.facts), language)}
        />
      )}
      {server.certificates.length > 0 && <CertificateFacts certificates={server.certificates} />}
    </>
  );
}

/** What a person compares before a certificate is trusted. */
export function CertificateFacts({ certificates }: { readonly certificates: readonly ServerCertificate[] }) {
  const language = useLanguage();
  const t = useText();
  return certificates.map(({ subject, sha256, notBefore, notAfter }) => (
    <Facts key={sha256}>
      <Fact name={t('server.subject')}>
        <bdi>{subject}</bdi>
      </Fact>
      <Fact name={t('server.fingerprint')}>
        <Digest text={sha256} />
      </Fact>
      <Fact name={t('server.valid')}>
        <bdi>
          {t('server.validRange', {
            from: formatDay(language, notBefore),
            until: formatDay(language, notAfter),
          })}
        </bdi>
      </Fact>
    </Facts>
  ));
}

/** `Date` counts in whole seconds and takes its time to arrive. */
const SAME = 2000;

function clockText(ahead: number, t: Say): string {
  const count = Math.round(Math.abs(ahead) / 1000);
  if (Math.abs(ahead) <= SAME) return t('server.clock.same');
  return t(ahead > 0 ? 'server.clock.ahead' : 'server.clock.behind', { count });
}
