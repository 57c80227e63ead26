import { remedyLabel } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { useLanguage, useText } from '../strings/use-text.ts';
import { offlineView, receiptsView } from '../store/offline.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { SignInToProxy } from './sign-in-to-proxy.tsx';
import { CopyDetails } from './copy-details.tsx';
import { stepFor, type Step, type Trouble } from './remedy.ts';
import type { Advice } from './use-advice.ts';
import { useRunning } from './use-running.ts';

interface RemedyButtonProps {
  readonly license: LicenseView;
  readonly trouble: Trouble;
  /** What the person reads about it, for the details that can be copied. */
  readonly message: Advice;
  /** What there is a button for already, close by. */
  readonly except?: readonly Step['kind'][];
  /** Asks before it deactivates; absent where that can't be asked. */
  readonly onDeactivate?: () => void;
}

/** The remedy of a trouble as a button; nothing where only the person can help. */
export function RemedyButton({ license, trouble, message, except, onDeactivate }: RemedyButtonProps) {
  const language = useLanguage();
  const t = useText();
  const { links } = useApplication();
  const { operate, show, reload, openLink } = useApp((app) => app);
  const running = useRunning(license);
  const step = stepFor(trouble, { actions: license.actions, state: license.state, links });
  if (step === null || except?.includes(step.kind) === true) return null;
  const { kind } = step;
  const label = captionOf(trouble, step) ?? trouble.remedy;
  const caption = label === 'check' || label === 'buy' ? t(label) : remedyLabel(label, language);
  switch (kind) {
    case 'signInToProxy':
      return <SignInToProxy license={license} proxy={trouble.facts?.proxy ?? null} caption={caption} />;
    case 'copyDetails':
      return <CopyDetails trouble={{ ...trouble, ...message }} />;
    case 'refresh':
    case 'pullState':
      return (
        <Button
          isPending={running === kind}
          isDisabled={running !== null && running !== kind}
          pendingLabel={t(kind === 'refresh' ? 'refreshing' : 'checking')}
          onPress={() => void operate(kind, license.productId)}
        >
          {caption}
        </Button>
      );
    case 'deactivate':
      if (onDeactivate === undefined) return null;
      return (
        <Button isDisabled={running !== null} onPress={onDeactivate}>
          {caption}
        </Button>
      );
    case 'activate':
      return (
        <Button
          isDisabled={running !== null}
          onPress={() => show({ screen: 'activate', productId: license.productId })}
        >
          {caption}
        </Button>
      );
    case 'openOffline':
    case 'requestAnew':
      return (
        <Button
          onPress={() => show(offlineView(license.productId, kind === 'requestAnew' ? 'make' : 'bring'))}
        >
          {caption}
        </Button>
      );
    case 'openReceipts':
      return <Button onPress={() => show(receiptsView(license))}>{caption}</Button>;
    case 'reload':
      return <Button onPress={() => void reload()}>{caption}</Button>;
    case 'help':
      return <Button onPress={() => show({ screen: 'help' })}>{caption}</Button>;
    case 'open':
      return <Button onPress={() => void openLink({ link: step.link })}>{caption}</Button>;
  }
}

/** The caption where it is not that of the remedy, since the step at hand is another one. */
function captionOf(
  { remedy, facts }: Trouble,
  { kind }: Step,
): 'buy' | 'check' | 'retry' | 'contactVendor' | null {
  // A trial is not prolonged: what comes after it is bought.
  if (remedy === 'renew' && kind === 'open' && facts?.isTrial === true) return 'buy';
  if (remedy === 'refresh' && kind === 'pullState') return 'check';
  if (remedy === 'refresh' && kind === 'reload') return 'retry';
  // Where there is no page to open, the help page names whom to ask.
  if (kind === 'help' && remedy !== 'contactSupport') return 'contactVendor';
  return null;
}
