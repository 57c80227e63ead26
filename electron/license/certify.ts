import { failure, type ErrorCode } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { certificateRequest } from '../certificate/certificate-request.ts';
import { isInForce, problemOfIssued, renewalAt } from '../certificate/certificate-policy.ts';
import { makeDeviceKey } from '../certificate/device-key.ts';
import { isForKey, readChain } from '../certificate/read-chain.ts';
import { identityOf, withIdentity, type Identities } from '../certificate/records.ts';
import { writeCertificates } from '../certificate/store.ts';
import type { Transaction } from '../vault/types.ts';
import { keptTimeOf } from './device-time.ts';
import { heldOf, type Ledger } from './ledger.ts';
import { callInChain, end, repair, type SessionOptions } from './session.ts';
import { enrols, ownWords } from './shown-certificate.ts';
import type { CallOutcome } from './take-seat.ts';

/**
 * Client certificates of this device. The key is made here and durable before a request for it is sent; after a kill or
 * a lost answer it is asked again with the same key. A certificate belongs to one activation and is wiped with it.
 */

/** Refusals of a renewal that leave the present certificate as good as it is; others the call itself would meet too. */
const DOES_NOT_MATTER: readonly ErrorCode[] = [
  'clientCertificateRequired',
  'requestRefused',
  'rateLimited',
  'answerMalformed',
];

/**
 * Sees to it that the activation has a certificate: fetches the first, renews it at two thirds of its life, and fetches
 * another where it has run out.
 * @returns failure null = the call may be made, also where a renewal failed while the present one is still good
 */
export async function certify(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
): Promise<Result<CallOutcome>> {
  const held = heldOf(ledger.record);
  if (!held.ok) return held;
  const ready: CallOutcome = { ledger, settled: true, failure: null };
  if (!enrols(options.certificates)) return ok(ready);
  const now = nowOf(options, ledger);
  const own = identityOf(ledger.certificates.stored, held.value.activation.id);
  const term = own === undefined ? null : (readChain(own.chain)?.facts ?? null);
  const isGood = term !== null && isInForce(term, now);
  if (isGood && (now < renewalAt(term) || ledger.certificates.renewalFailed)) return ok(ready);
  const fetched = await fetchCertificate(options, transaction, ledger);
  if (!fetched.ok || fetched.value.failure === null) return fetched;
  const { value } = fetched;
  if (isGood && value.settled && value.failure !== null && DOES_NOT_MATTER.includes(value.failure.code)) {
    options.log.warn('a client certificate could not be renewed', { code: value.failure.code });
    const struck = await strikeAsked(transaction, value.ledger);
    if (!struck.ok) return struck;
    const certificates = { ...struck.value.certificates, renewalFailed: true };
    return ok({ ledger: { ...struck.value, certificates }, settled: true, failure: null });
  }
  return value.failure?.code === 'clientCertificateRequired'
    ? certifyAnew(options, transaction, value, mayTakeAnew(options, ledger))
    : settle(transaction, value);
}

/**
 * Whether a certificate that the server does not take may be replaced by activating again. An answer of our own that was
 * lost explains it, and so does a record that was damaged; else another copy of this activation may have fetched one, and
 * two copies that replace each other's unasked would never come to an end.
 * @param ledger as it was before the call
 */
export function mayTakeAnew({ certificates }: SessionOptions, ledger: Ledger): boolean {
  const { stored, lost } = ledger.certificates;
  return ledger.doubtful || lost || stored.asked !== null || !certificates.unasked;
}

/**
 * After the server has refused what was shown: takes the same seat again, which opens enrolment, and fetches another
 * certificate.
 * @param refused how the call ended
 */
export async function certifyAnew(
  options: SessionOptions,
  transaction: Transaction,
  refused: CallOutcome,
  may: boolean,
): Promise<Result<CallOutcome>> {
  const { ledger } = refused;
  // What was put back may have been replaced since, by nobody but ourselves; only the user takes a seat anew.
  if (ledger.outdated) {
    return end(options, transaction, ledger, 'vaultOutdated', { code: 'vaultOutdated' });
  }
  if (!may) return settle(transaction, inOwnWords(options, refused));
  options.log.info('a client certificate is fetched anew', { productId: ledger.productId });
  const repaired = await repair(options, transaction, ledger);
  if (!repaired.ok || repaired.value.failure !== null) return repaired;
  const fetched = await fetchCertificate(options, transaction, repaired.value.ledger);
  return fetched.ok ? settle(transaction, inOwnWords(options, fetched.value)) : fetched;
}

/** An outcome as it is told. */
export function inOwnWords({ certificates }: SessionOptions, outcome: CallOutcome): CallOutcome {
  const { failure: reason } = outcome;
  return reason === null ? outcome : { ...outcome, failure: ownWords(certificates, reason) };
}

async function fetchCertificate(
  options: SessionOptions,
  transaction: Transaction,
  ledger: Ledger,
): Promise<Result<CallOutcome>> {
  const held = heldOf(ledger.record);
  if (!held.ok) return held;
  const { activation } = held.value;
  const { stored } = ledger.certificates;
  const asked = stored.asked?.activationId === activation.id ? stored.asked : null;
  const key = asked?.key ?? makeDeviceKey(options.random);
  const noted =
    asked === null
      ? await store(transaction, ledger, { ...stored, asked: { activationId: activation.id, key } })
      : ok(ledger);
  if (!noted.ok) return noted;
  const request = certificateRequest(key, activation.seatId);
  let chain = '';
  const answered = await callInChain(
    options,
    transaction,
    noted.value,
    (api, session) => api.issueCertificate(session, request),
    (_, answer) => {
      chain = answer;
      return {};
    },
  );
  if (!answered.ok || answered.value.failure !== null) return answered;
  const { ledger: inStep } = answered.value;
  if (!isGoodAnswer(chain, key, nowOf(options, inStep))) {
    options.log.warn('the server answered with a certificate that is not ours or not good');
    return ok({ ...answered.value, failure: failure('answerMalformed') });
  }
  const kept = await store(
    transaction,
    inStep,
    withIdentity(inStep.certificates.stored, activation.id, { key, chain }),
  );
  return kept.ok ? ok({ ...answered.value, ledger: kept.value }) : kept;
}

/** Whether an answer is a certificate for our key, for clients, in force, that ends, signed by those that it comes with. */
function isGoodAnswer(pem: string, key: string, now: number): boolean {
  const chain = readChain(pem);
  return chain !== null && isForKey(chain, key) && problemOfIssued(chain.facts, now) === null;
}

function nowOf({ time }: SessionOptions, { device }: Ledger): number {
  return time.now(keptTimeOf(device)).now;
}

/** Where it is known that nothing came of a request, its key is of no use, and says nothing about the next refusal. */
async function settle(transaction: Transaction, outcome: CallOutcome): Promise<Result<CallOutcome>> {
  if (outcome.failure === null || !outcome.settled) return ok(outcome);
  const struck = await strikeAsked(transaction, outcome.ledger);
  return struck.ok ? ok({ ...outcome, ledger: struck.value }) : struck;
}

function strikeAsked(transaction: Transaction, ledger: Ledger): Promise<Result<Ledger>> {
  const { stored } = ledger.certificates;
  return stored.asked === null
    ? Promise.resolve(ok(ledger))
    : store(transaction, ledger, { ...stored, asked: null });
}

async function store(transaction: Transaction, ledger: Ledger, stored: Identities): Promise<Result<Ledger>> {
  const written = await writeCertificates(transaction, ledger.productId, ledger.certificates, stored);
  return written.ok ? ok({ ...ledger, certificates: written.value }) : written;
}
