import type { Summary } from './summary.ts';
import type { Begun } from './trace.ts';

/**
 * What may have become of a data folder by one operation, carried out or cut off anywhere. Pure: told from what lay
 * there before and what lies there after.
 */

/** Operations that may take, change or end an activation. From `reconcile` on they only finish what was begun before. */
const CHANGES_SEAT: ReadonlySet<string> = new Set([
  'activate',
  'signIn',
  'deactivate',
  'leave',
  'import',
  'reconcile',
  'refresh',
  'pullState',
  'checkout',
  'return',
  'use',
]);

/** What the folder must not be whatever happened. */
function problemsAlways(after: Summary): string[] {
  const problems: string[] = [];
  if (after.problem !== null) problems.push(`the vault can not be read: ${after.problem}`);
  if (after.damage.length > 0) problems.push(`taken for damaged: ${after.damage.join(', ')}`);
  // Nobody else uses these seats, and nobody takes them away.
  if (after.ended !== null && after.ended !== 'deactivated')
    problems.push(`the seat was lost: ${after.ended}`);
  return problems;
}

/**
 * What was lost by an operation that may have been cut off; nothing where all is as it may be.
 * @param begun null = none was under way, so nothing at all may have changed
 */
export function lostBy(begun: Begun | null, before: Summary, after: Summary): readonly string[] {
  const problems = problemsAlways(after);
  // What can't be read can't be compared.
  if (after.problem !== null) return problems;
  const lost = (what: string): void => void problems.push(`${what} (by ${begun?.verb ?? 'nothing'})`);
  if (begun === null && JSON.stringify(before) !== JSON.stringify(after)) lost('a change that nobody made');

  if (after.revision < before.revision) lost('the revision went back');
  if (after.deviceRevision < before.deviceRevision) lost('the revision of the device went back');
  // A signed response may lower it: it is the way back for a clock that once ran ahead.
  if ((after.mark ?? 0) < (before.mark ?? 0) && begun?.verb !== 'import') lost('the mark of time went back');
  if (before.theme !== after.theme && begun?.verb !== 'settings') lost('a setting was lost');

  if (before.install !== null && after.install !== before.install)
    lost('the id of the installation was lost');

  const verb = begun?.verb ?? '';
  const { activation: seat } = before;
  const { activation: seatNow } = after;
  if (seat?.id !== seatNow?.id && !CHANGES_SEAT.has(verb)) lost('the activation changed');
  if (seat !== null && seatNow?.id === seat.id) {
    if (seatNow.mode !== seat.mode) lost('the activation changed its mode');
    if (seatNow.lease < seat.lease) lost('the lease went back');
    if (before.online && !after.online) lost('the token of the activation was lost');
    if ((after.held?.seq ?? 0) < (before.held?.seq ?? 0)) lost('the number of the last token went back');
  }
  if (seat?.mode === 'offline' && seat.id !== seatNow?.id) {
    const isReplaced = seatNow !== null && seatNow.entitlement === seat.entitlement;
    const hasReceipt = after.receipts.some(({ activation }) => activation === seat.id);
    if (!isReplaced && !hasReceipt) lost('an offline activation ended without a receipt');
  }
  if (seatNow?.mode === 'online' && !after.online) lost('an activation without its token');
  if (seatNow?.mode === 'offline' && after.held === null) lost('an offline activation without its keys');

  for (const { id, activation } of before.receipts) {
    const isThere = after.receipts.some((receipt) => receipt.id === id);
    const isCleared = verb === 'clear' && begun?.about === id;
    // The seat was taken again before the portal heard of it, so that nothing is to be given back any more.
    const isTakenAgain = verb === 'import' && seatNow?.id === activation && seat?.id !== activation;
    if (!isThere && !isCleared && !isTakenAgain) lost(`receipt ${id} was lost`);
  }
  for (const id of before.requests) {
    const isSettled = seatNow !== null && seatNow.id !== seat?.id;
    const isDiscarded = verb === 'discard' && begun?.about === id;
    if (!after.requests.includes(id) && !isSettled && !isDiscarded) lost(`request ${id} was lost`);
  }
  return problems;
}

/** What an operation reported as done and is not so. */
export function notDone(
  { verb, about }: Begun,
  code: string,
  before: Summary,
  after: Summary,
): string | null {
  if (code !== 'ok') return null;
  const { activation, receipts, requests } = after;
  const isSo = ((): boolean => {
    switch (verb) {
      case 'activate':
      case 'signIn':
        return activation?.mode === 'online';
      case 'import':
        return activation?.mode === 'offline';
      case 'refresh':
      case 'pullState':
      case 'checkout':
      case 'return':
      case 'use':
        return activation !== null;
      case 'deactivate':
        return activation === null;
      case 'leave':
        return (
          activation === null && receipts.some((receipt) => receipt.activation === before.activation?.id)
        );
      case 'request':
        return requests.length === before.requests.length + 1;
      case 'discard':
        return about === null || !requests.includes(about);
      case 'clear':
        return !receipts.some(({ id }) => id === about);
      case 'settings':
        return after.theme === about;
      default:
        return true;
    }
  })();
  return isSo ? null : `${verb} was reported as done and is not`;
}

/** A seat at the server that has not ended. */
export interface Seat {
  readonly id: string;
  readonly mode: string;
}

/**
 * The seats that the server holds for a device and that the device knows nothing of. Told after the device has
 * finished what was open, and has nothing left that waits for the network.
 */
export function unknownSeats(seats: readonly Seat[], { activation, receipts }: Summary): readonly Seat[] {
  return seats.filter(
    ({ id }) => id !== activation?.id && !receipts.some((receipt) => receipt.activation === id),
  );
}
