import { err, ok, type Result } from '../../shared/result.ts';
import type { Answered, Call, LicensingApi, SeatAnswer } from '../api/client.ts';
import { certificateRequest } from '../certificate/certificate-request.ts';
import { makeDeviceKey } from '../certificate/device-key.ts';
import { isForKey, readChain } from '../certificate/read-chain.ts';
import { writeRecord, type Ledger } from './ledger.ts';
import { credentialsFor, isSamePurchase } from './purchase.ts';
import { withdrawalsWithout, type ActivationWish, type LicenseRecord } from './records.ts';
import { leavesSeatOpen, wasTurnedAway } from './refusal-policy.ts';
import { enrols } from './shown-certificate.ts';
import { callActivate } from './take-seat.ts';
import type { Turn } from './turn.ts';

/**
 * Seats of activations whose answer was lost and that are not wanted any more. They are found again by activating, and
 * given back. While the purchase is disabled, over or not begun the server answers neither the one nor the other, and
 * its seat would be forgotten: such a wish stays in the record until the server can be asked. So does one by an account,
 * until its user signs in again or the lease of the seat ends.
 */

/** So many are kept; each is tried at every start, and a purchase may never come back. */
const MOST = 10;

/** How a withdrawal went. `suspended`: the server will say nothing of the seat for now. */
type Withdrawn = 'done' | 'suspended';

/** Finds the seat of a wish and gives it back. Errors: those that leave open whether it is taken. */
export async function withdraw({ options, product }: Turn, wish: ActivationWish): Promise<Result<Withdrawn>> {
  // Whoever signs in again finds the seat; until then nobody can ask for it.
  if (credentialsFor(wish, options.shown) === null) return ok('suspended');
  const found = await callActivate(options, product.productId, wish, options.random.uuid());
  const released = found.ok ? await releaseFound(options, options.apiOf(wish.server), found.value) : found;
  if (released.ok) return ok('done');
  const { end, failure } = released.error;
  if (end !== 'refused' || wasTurnedAway(failure.code)) return err(failure);
  return ok(leavesSeatOpen(failure.code) ? 'suspended' : 'done');
}

/**
 * Gives a seat back that was found. Where that takes a certificate, one is fetched for it with a key that nobody keeps:
 * after a kill the seat is found once more.
 */
async function releaseFound(
  { certificates, random }: Turn['options'],
  api: LicensingApi,
  { value, nonce }: Answered<SeatAnswer>,
): Call<null> {
  const { accessToken } = value;
  const released = await api.deactivate(accessToken, { identity: certificates.imported ?? undefined });
  const isCertificateWanted = !released.ok && released.error.failure.code === 'clientCertificateRequired';
  if (!isCertificateWanted || nonce === null || !enrols(certificates)) return released;
  const key = makeDeviceKey(random);
  const session = { accessToken, nonce };
  const issued = await api.issueCertificate(session, certificateRequest(key, value.seatId));
  if (!issued.ok) return issued;
  const chain = issued.value.value;
  const read = readChain(chain);
  return read !== null && isForKey(read, key)
    ? api.deactivate(accessToken, { identity: { key, chain } })
    : released;
}

/** Keeps a wish in mind whose seat can't be given back now. */
export function noteWithdrawal(turn: Turn, ledger: Ledger, wish: ActivationWish): Promise<Result<Ledger>> {
  return writeRecord(turn.transaction, ledger, withWithdrawal(ledger.record, wish));
}

/** A record with another wish whose seat is to be given back. */
export function withWithdrawal(record: LicenseRecord, wish: ActivationWish): LicenseRecord {
  return { ...record, withdrawals: [...withdrawalsWithout(record, wish), wish].slice(-MOST) };
}

/** Tries to give back what could not be given back before; makes no call where there is nothing. */
export async function giveBackWithdrawals(turn: Turn, ledger: Ledger): Promise<Result<Ledger>> {
  let now = ledger;
  for (const wish of ledger.record.withdrawals ?? []) {
    // The response to a request of ours may be on its way, and its seat is the one that would be given back.
    if (now.record.exchange.requests.some((request) => isSamePurchase(request, wish))) continue;
    const withdrawn = await withdraw(turn, wish);
    if (!withdrawn.ok || withdrawn.value === 'suspended') continue;
    const written = await writeRecord(turn.transaction, now, {
      ...now.record,
      withdrawals: withdrawalsWithout(now.record, wish),
    });
    if (!written.ok) return written;
    now = written.value;
  }
  return ok(now);
}
