import { failure } from '../../../shared/errors.ts';
import { reasonOfContact } from '../../../shared/license/reasons.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { LastContact } from '../../../shared/license/types.ts';
import type { CheckId } from '../../../shared/support/checks.ts';
import { count, fine, fromReasons, instant, LOCAL_LIMIT, skipped, system, troubled, word } from './check.ts';
import type { Check, Finding } from './check.ts';
import type { Look, StoredProduct } from './look.ts';

/** The license of one product, as it is stored here. */
export function licenseChecks(
  productId: string,
  look: () => Promise<Look>,
  lastContact: (record: StoredProduct['record']) => LastContact | null,
): readonly Check[] {
  const check = (id: CheckId, run: (view: LicenseView, stored: StoredProduct | null) => Finding): Check => ({
    id,
    productId,
    limit: LOCAL_LIMIT,
    run: async () => {
      const { licenses, stored } = await look();
      const view = licenses.find((license) => license.productId === productId);
      return view === undefined ? skipped() : run(view, stored.get(productId) ?? null);
    },
  });
  return [
    check('seat', checkSeat),
    check('entitlement', checkEntitlement),
    check('lease', (view) =>
      view.activation === null
        ? skipped()
        : fromReasons('lease', view.reasons, [
            ...instant('leaseEnd', view.activation.leaseExpiry),
            ...instant('startedAt', view.activation.lastLeaseAt),
          ]),
    ),
    check('licenseFile', (view, stored) => {
      const isIssued = (stored?.record?.licenseFile ?? null) !== null;
      return isIssued ? fromReasons('licenseFile', view.reasons) : skipped();
    }),
    check('offlineExchange', ({ offline, reasons }) =>
      offline.available || offline.receipts.length > 0
        ? fromReasons('offlineExchange', reasons, [
            ...count('pendingRequests', offline.requests.length),
            ...instant('requestMadeAt', offline.requests[0]?.madeAt),
            ...count('receipts', offline.receipts.length),
          ])
        : skipped(),
    ),
    check('unfinished', (view, stored) =>
      fromReasons('unfinished', view.reasons, instant('startedAt', stored?.journal?.startedAt)),
    ),
    check('nonce', checkNonce),
    check('lastContact', (view, stored) => checkLastContact(view, lastContact(stored?.record ?? null))),
  ];
}

function checkSeat({ activation, reasons }: LicenseView, stored: StoredProduct | null): Finding {
  const releases = stored?.record?.releases.length ?? 0;
  return fromReasons('seat', reasons, [
    ...word('mode', activation?.mode),
    ...instant('activatedAt', activation?.activatedAt),
    ...(releases === 0 ? [] : count('seatsToGiveBack', releases)),
    ...instant('endedAt', stored?.record?.ended?.at),
  ]);
}

function checkEntitlement({ activation, reasons }: LicenseView): Finding {
  if (activation === null) return skipped();
  const { entitlement } = activation;
  return fromReasons('entitlement', reasons, [
    ...word('entitlementStatus', entitlement.status),
    ...instant('entitlementEnd', entitlement.expiry),
    ...instant('graceEnd', entitlement.graceExpiry),
    ...instant('maintenanceEnd', entitlement.maintenanceExpiry),
    ...count('seats', entitlement.seatCount),
    ...count('seatsUsed', entitlement.seatsUsed),
    ...instant('describedAt', activation.describedAt),
  ]);
}

/** Nobody but the server knows whether the nonce is the right one; asking would use it up. */
function checkNonce({ activation }: LicenseView, stored: StoredProduct | null): Finding {
  if (activation?.mode !== 'online') return skipped();
  const held = {
    kind: 'flag',
    name: 'nonceHeld',
    value: (stored?.record?.secrets ?? null) !== null,
  } as const;
  // A call whose answer was lost: it is repaired with the next one.
  const isDoubtful = stored?.journal?.kind === 'call';
  return isDoubtful
    ? { status: 'notice', cause: null, evidence: [held, ...instant('startedAt', stored.journal?.startedAt)] }
    : fine([held]);
}

function checkLastContact({ reasons, lastContactAt }: LicenseView, last: LastContact | null): Finding {
  if (last === null) return skipped();
  const evidence = [
    ...instant('contactAt', last.at),
    ...instant('goodContactAt', lastContactAt),
    ...instant('notBefore', endOfWait(last)),
    ...count('httpStatus', last.facts?.status),
    ...system(last.facts?.system),
    ...correlation(last.facts?.correlationId),
  ];
  const found = fromReasons('lastContact', reasons, evidence);
  if (found.status !== 'ok' || last.code === null || PASSING.includes(last.code)) return found;
  // What the reasons say nothing of: the answer to a wish, such as a code that the server does not know.
  if (reasonOfContact(last.code) !== null) return found;
  return troubled(failure(last.code, { ...last.facts, at: last.at }), evidence, 'warning');
}

/** Until when background calls are left out, for the server asks for it or is known to be down; null = they are not. */
function endOfWait({ at, code, facts }: LastContact): number | null {
  const seconds = facts?.retryAfterSeconds;
  return code === null || seconds === undefined ? null : at + seconds * 1000;
}

/** Ends of a call that say nothing of the license or the way to the server. */
const PASSING: readonly LastContact['code'][] = [
  'cancelled',
  'busy',
  'internal',
  'requestInvalid',
  'nonceMismatch',
];

function correlation(value: string | undefined) {
  const isUuid = value !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
  return isUuid ? [{ kind: 'correlation', name: 'correlationId', value } as const] : [];
}
