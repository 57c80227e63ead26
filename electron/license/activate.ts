import { failure, type Failure } from '../../shared/errors.ts';
import { looksLikeActivationCode, normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { forbidsVirtualMachines, type Limits } from '../../shared/license/limits.ts';
import type { ProfileProduct, VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { matchDevice } from '../fingerprint/match-policy.ts';
import type { Fingerprint } from '../fingerprint/types.ts';
import type { AccountRequest, ActivateRequest } from '../services.ts';
import { followUp } from './follow-up.ts';
import { writeJournal, type Ledger } from './ledger.ts';
import { openWish, renewIntent, settleRefused, withdrawOther } from './open-wish.ts';
import { credentialsFor, purchaseBy } from './purchase.ts';
import type { ActivationWish } from './records.ts';
import { takeSeat } from './take-seat.ts';
import { close, refusalOf, type Turn } from './turn.ts';
import { demandProof } from './vendor-proof.ts';

/** Takes a seat with an activation code. The intent is durable before the call. */
export function activate(turn: Turn, ledger: Ledger, request: ActivateRequest): Promise<Result<null>> {
  const wish = wishFrom(turn, ledger, request, 'activateWithCode');
  return wish.ok ? begin(turn, ledger, wish.value) : Promise.resolve(wish);
}

/**
 * Takes a seat with an account that the user has just signed in with. Password and token are shown to the server and go
 * with this turn; the intent names the account alone.
 */
export function activateWithAccount(
  turn: Turn,
  ledger: Ledger,
  request: AccountRequest,
): Promise<Result<null>> {
  const { shown } = request;
  const wish = wishFrom(turn, ledger, request, 'activateWithAccount');
  if (!wish.ok) return Promise.resolve(wish);
  const options = { ...turn.options, shown: { ...shown, server: wish.value.server } };
  return begin({ ...turn, options }, ledger, wish.value);
}

async function begin(turn: Turn, ledger: Ledger, wish: ActivationWish): Promise<Result<null>> {
  const { options, transaction } = turn;
  const withdrawn = await withdrawOther(turn, ledger, wish);
  if (!withdrawn.ok) return withdrawn;
  const found = withdrawn.value;
  const idempotencyKey = options.random.uuid();
  const intended = await writeJournal(transaction, found, {
    kind: 'activate',
    requests: found.record.exchange.requests.map(({ id }) => id),
    wish,
    idempotencyKey,
    startedAt: options.clock.now(),
  });
  if (!intended.ok) return intended;
  return carryOut(turn, found, intended.value, wish, idempotencyKey);
}

/**
 * Carries an intent out that was found in the journal; null where there is none. One by an account waits for its user
 * to sign in again: `signInNeeded`.
 */
export async function finishActivation(turn: Turn, ledger: Ledger): Promise<Result<null> | null> {
  const open = openWish(ledger);
  if (open === null) return null;
  if (credentialsFor(open.wish, turn.options.shown) === null) return err(failure('signInNeeded'));
  const intended = await renewIntent(turn, ledger, open);
  if (!intended.ok) return intended;
  const { ledger: renewed, idempotencyKey } = intended.value;
  return carryOut(turn, ledger, renewed, open.wish, idempotencyKey);
}

/** @param found the ledger before this operation */
async function carryOut(
  turn: Turn,
  found: Ledger,
  ledger: Ledger,
  wish: ActivationWish,
  idempotencyKey: string,
): Promise<Result<null>> {
  const taken = await takeSeat(turn.options, turn.transaction, ledger, wish, idempotencyKey);
  if (!taken.ok) return taken;
  if (taken.value.failure !== null) return settleRefused(turn, found, wish, taken.value);
  const proven = await demandProof(turn, taken.value);
  if (!proven.ok) return proven;
  if (proven.value.failure !== null) return close(turn, proven.value);
  const done = await followUp(turn, proven.value);
  return done.ok ? close(turn, done.value) : done;
}

/** What is wrong with a request wherever it is made; null = nothing. */
export function problemOf(
  request: ActivateRequest | AccountRequest,
  around: {
    readonly profile: VendorProfile;
    readonly product: ProfileProduct;
    readonly fingerprint: Fingerprint;
    readonly limits: Limits;
  },
): Failure | null {
  const { profile, product, fingerprint, limits } = around;
  if ('code' in request && !looksLikeActivationCode(normalizeActivationCode(request.code.reveal()))) {
    return failure('activationCodeMalformed');
  }
  const editions = product.editions ?? [];
  if (request.editionId !== undefined && !editions.some(({ id }) => id === request.editionId)) {
    return failure('editionNotIncluded');
  }
  const isForbidden = fingerprint.virtualMachine.detected && forbidsVirtualMachines(profile, limits);
  return isForbidden ? failure('virtualMachineForbidden') : null;
}

/** The wish that a request comes to. @param action the one that has to be allowed for it */
export function wishFrom(
  turn: Turn,
  ledger: Ledger,
  request: ActivateRequest | AccountRequest,
  action: 'activateWithCode' | 'activateWithAccount' | 'makeOfflineRequest',
): Result<ActivationWish> {
  const { profile, product, options, limits } = turn;
  const problem = problemOf(request, { profile, product, fingerprint: options.fingerprint, limits });
  if (problem !== null) return err(problem);
  const refused = refusalOf(turn, ledger, action);
  if (refused !== null) return err(refused);
  const seatName = request.seatName?.trim();
  return ok({
    ...('code' in request
      ? { code: request.code.rewritten(normalizeActivationCode) }
      : purchaseBy(request.shown)),
    seatId: seatIdFor(turn, ledger),
    // Offline seats are the vendor's own, whatever server is chosen.
    ...(action === 'makeOfflineRequest' ? {} : { server: turn.serverForNew }),
    ...(seatName === undefined || seatName === '' ? {} : { seatName }),
    ...(request.editionId === undefined ? {} : { editionId: request.editionId }),
  });
}

function seatIdFor(turn: Turn, { device }: Ledger): string {
  const { fingerprint } = turn.options;
  const same = device !== null && matchDevice(device.enrolled, fingerprint.factors).verdict !== 'different';
  return same ? device.seatId : fingerprint.seatId;
}
