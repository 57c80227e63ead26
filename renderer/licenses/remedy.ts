import type { ApplicationView } from '../../shared/contract.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Reason } from '../../shared/license/reasons.ts';

type Link = ApplicationView['links'][number];

/** What the button of a reason does. */
export type Step =
  | { readonly kind: 'refresh' | 'pullState' | 'deactivate' | 'activate' | 'reload' | 'help' | 'copyDetails' }
  | { readonly kind: 'open'; readonly link: Link };

interface Circumstances {
  readonly actions: LicenseView['actions'];
  readonly state: LicenseView['state'];
  readonly links: readonly Link[];
}

/**
 * What the application itself can do about a reason; null where only the person can. Nothing is offered that the main
 * process does not allow in this state.
 */
export function stepFor(
  { code, remedy }: Pick<Reason, 'code' | 'remedy'>,
  around: Circumstances,
): Step | null {
  switch (remedy) {
    case 'none':
    case 'finishOffline':
      return null;
    case 'activate':
    case 'activateAgain':
      return around.actions.includes('activateWithCode') ? { kind: 'activate' } : null;
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
      return openFirst(['portal', 'website'], around);
    case 'updateApplication':
      return openFirst(['website', 'supportPage'], around);
    case 'askAdministrator':
      return { kind: 'copyDetails' };
    case 'checkCode':
      return null;
    case 'contactVendor':
    case 'contactSupport':
      return { kind: 'help' };
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
