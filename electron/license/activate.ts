import { failure } from '../../shared/errors.ts';
import { looksLikeActivationCode, normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { matchDevice } from '../fingerprint/match-policy.ts';
import type { ActivateRequest } from '../services.ts';
import { followUp } from './follow-up.ts';
import { writeJournal, type Ledger } from './ledger.ts';
import type { ActivationWish, Journal } from './records.ts';
import { takeSeat } from './take-seat.ts';
import { close, isAllowed, type Turn } from './turn.ts';

/** Takes a seat with an activation code. The intent is durable before the call. */
export async function activate(turn: Turn, found: Ledger, request: ActivateRequest): Promise<Result<null>> {
  const { options, transaction } = turn;
  const wish = wishFrom(turn, found, request);
  if (!wish.ok) return wish;
  const withdrawn = await withdrawOther(turn, found, wish.value);
  if (!withdrawn.ok) return withdrawn;
  const idempotencyKey = options.random.uuid();
  const intended = await writeJournal(transaction, found, {
    kind: 'activate',
    wish: wish.value,
    idempotencyKey,
    startedAt: options.clock.now(),
  });
  if (!intended.ok) return intended;
  return finishActivation(turn, intended.value, wish.value, idempotencyKey);
}

/** Carries an intent out that is already in the journal. */
export async function finishActivation(
  turn: Turn,
  ledger: Ledger,
  wish: ActivationWish,
  idempotencyKey: string,
): Promise<Result<null>> {
  const taken = await takeSeat(turn.options, turn.transaction, ledger, wish, idempotencyKey);
  if (!taken.ok) return taken;
  const done = await followUp(turn, taken.value);
  return done.ok ? close(turn, done.value) : done;
}

/** The wish of a journal whose activation may have taken a seat that the record doesn't know of. */
export function openWish(
  ledger: Ledger,
): { readonly wish: ActivationWish; readonly journal: Journal } | null {
  const { journal, revision } = ledger;
  if (journal?.kind !== 'activate' || journal.wish === undefined) return null;
  // A record that is later than the intent says that it was carried out; only the journal was left.
  return revision > journal.recordRevision ? null : { wish: journal.wish, journal };
}

function wishFrom(turn: Turn, ledger: Ledger, request: ActivateRequest): Result<ActivationWish> {
  const code = normalizeActivationCode(request.code);
  if (!looksLikeActivationCode(code)) return err(failure('activationCodeMalformed'));
  const editions = turn.product.editions ?? [];
  if (request.editionId !== undefined && !editions.some(({ id }) => id === request.editionId)) {
    return err(failure('requestInvalid', { field: 'editionId' }));
  }
  const forbidden = turn.profile.fingerprint.virtualMachines === 'forbidden';
  if (forbidden && turn.options.fingerprint.virtualMachine.detected) {
    return err(failure('virtualMachineForbidden'));
  }
  if (!isAllowed(turn, ledger, 'activateWithCode')) return err(failure('notAllowedInState'));
  const seatName = request.seatName?.trim();
  return ok({
    code,
    seatId: seatIdFor(turn, ledger),
    ...(seatName === undefined || seatName === '' ? {} : { seatName }),
    ...(request.editionId === undefined ? {} : { editionId: request.editionId }),
  });
}

function seatIdFor(turn: Turn, { device }: Ledger): string {
  const { fingerprint } = turn.options;
  const same = device !== null && matchDevice(device.enrolled, fingerprint.factors).verdict !== 'different';
  return same ? device.seatId : fingerprint.seatId;
}

/**
 * Before another code is used: an activation whose answer was lost may have taken a seat with the first code. It is
 * found again and given back, or the seat would be taken for nothing.
 */
async function withdrawOther(turn: Turn, ledger: Ledger, wish: ActivationWish): Promise<Result<null>> {
  const open = openWish(ledger);
  if (open === null || open.wish.code === wish.code) return ok(null);
  const { api } = turn.options;
  const found = await api.activate(
    {
      productId: turn.product.productId,
      seatId: open.wish.seatId,
      activationCredentials: { type: 'activationCode', code: open.wish.code },
    },
    turn.options.random.uuid(),
  );
  if (!found.ok) return found.error.end === 'refused' ? ok(null) : err(found.error.failure);
  const released = await api.deactivate(found.value.value.accessToken);
  return released.ok || released.error.end === 'refused' ? ok(null) : err(released.error.failure);
}
