import type { ApplicationView } from '../../shared/contract.ts';
import { ERRORS, type ErrorCode, type Failure } from '../../shared/errors.ts';
import type { Facts } from '../../shared/facts.ts';
import type { ReasonCode } from '../../shared/license/reasons.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Remedy } from '../../shared/remedies.ts';

type Link = ApplicationView['links'][number];
type Actions = LicenseView['actions'];

/** A reason, or a failure with the remedy that its table gives it. */
export interface Trouble {
  readonly code: ReasonCode | ErrorCode;
  readonly remedy: Remedy;
  readonly facts?: Facts | undefined;
}

/** A failure as trouble, so that its remedy is found the same way as that of a reason. */
export function troubleOf({ code, facts }: Failure): Trouble {
  return { code, remedy: ERRORS[code].remedy, facts };
}

/** What the button of a remedy does. */
export type Step =
  | { readonly kind: 'refresh' | 'pullState' | 'deactivate' | 'activate' | 'reload' | 'help' | 'copyDetails' }
  | { readonly kind: 'signInToProxy' }
  | { readonly kind: 'openOffline' | 'requestAnew' | 'openReceipts' }
  | { readonly kind: 'open'; readonly link: Link };

interface Circumstances {
  readonly actions: Actions;
  readonly state: LicenseView['state'];
  readonly links: readonly Link[];
}

/**
 * What the application itself can do about a trouble; null where only the person can. Nothing is offered that the
 * main process does not allow in this state.
 */
export function stepFor({ code, remedy }: Trouble, around: Circumstances): Step | null {
  switch (remedy) {
    case 'none':
    case 'checkCode':
    case 'chooseFile':
      return null;
    case 'finishOffline':
      if (code === 'receiptPending') return { kind: 'openReceipts' };
      return around.actions.includes('importResponse') ? { kind: 'openOffline' } : null;
    case 'makeRequest':
      return around.actions.includes('makeOfflineRequest') ? { kind: 'requestAnew' } : null;
    case 'activate':
    case 'activateAgain':
      return around.actions.includes('activateWithCode') ? { kind: 'activate' } : null;
    case 'signIn':
      return around.actions.includes('activateWithAccount') ? { kind: 'activate' } : null;
    case 'signInToProxy':
      return { kind: 'signInToProxy' };
    case 'refresh':
    case 'checkNetwork':
    case 'checkProxy':
    case 'setClock':
    case 'retryLater':
    case 'fixStorage':
    case 'unlockKeyring':
      return askAgain(around);
    case 'retry':
      if (code === 'deactivationInterrupted') {
        return around.actions.includes('deactivate') ? { kind: 'deactivate' } : null;
      }
      return askAgain(around);
    case 'renew':
    case 'freeSeat':
    case 'openPortal':
      return openFirst(['portal', 'website'], around);
    case 'updateApplication':
      return openFirst(['website', 'supportPage'], around);
    case 'askAdministrator':
      return { kind: 'copyDetails' };
    case 'contactVendor':
    case 'contactSupport':
      return { kind: 'help' };
  }
}

/** Failures of a call that an exchange of files gets around: those of the way to the server and of the server itself. */
const NETWORK: readonly ErrorCode[] = [
  'networkUnavailable',
  'dnsFailed',
  'serverUnreachable',
  'timeout',
  'proxyUnreachable',
  'proxyAuthRequired',
  'proxyRefused',
  'certificateUntrusted',
  'certificateExpired',
  'certificateNotYetValid',
  'certificateNameMismatch',
  'pinMismatch',
  'tlsFailed',
  'serverError',
  'answerMalformed',
  'answerTooLarge',
  'redirectRefused',
];

/** Whether an activation that failed so may be done without a network instead. */
export function helpedOffline(code: ErrorCode): boolean {
  return NETWORK.includes(code);
}

/** What else can be done, where the advice that goes with a trouble speaks of something that is not allowed now. */
export type OtherWay = 'refreshFile' | 'check' | 'activate' | 'deactivateFirst' | 'setClock' | 'askPortal';

/** The other way out of a trouble; null where its own advice can be followed. */
export function otherWay({ code, remedy }: Trouble, actions: Actions): OtherWay | null {
  const may = (action: Actions[number]) => actions.includes(action);
  switch (remedy) {
    case 'refresh':
      if (may('refresh')) return null;
      if (may('importRefresh')) return 'refreshFile';
      if (may('pullState')) return 'check';
      return may('activateWithCode') ? 'activate' : null;
    case 'setClock':
      // Only this one speaks of a refresh.
      return code !== 'clockRolledBack' || may('refresh') || may('pullState') ? null : 'setClock';
    case 'activate':
    case 'activateAgain':
      return !may('activateWithCode') && may('deactivate') ? 'deactivateFirst' : null;
    case 'retry':
      return code === 'deactivationInterrupted' && !may('deactivate') ? 'askPortal' : null;
    default:
      return null;
  }
}

function askAgain({ actions, state }: Circumstances): Step | null {
  if (actions.includes('refresh')) return { kind: 'refresh' };
  if (actions.includes('pullState')) return { kind: 'pullState' };
  // A vault that could not be opened may open now; the main process looks when it is asked.
  return state === 'uninitialized' ? { kind: 'reload' } : null;
}

function openFirst(wanted: readonly Link[], { links }: Circumstances): Step {
  const link = wanted.find((candidate) => links.includes(candidate));
  return link === undefined ? { kind: 'help' } : { kind: 'open', link };
}
