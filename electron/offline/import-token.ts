import { failure } from '../../shared/errors.ts';
import type { Activation } from '../../shared/license/types.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { openToken } from '../../shared/token/open.ts';
import { asAnswer } from '../api/answers.ts';
import { toActivation, withEntitlement } from '../api/convert-policy.ts';
import { enrol } from '../fingerprint/drift-policy.ts';
import { keptTimeOf, withTime } from '../license/device-time.ts';
import { writeDevice, writeRecord, type Ledger } from '../license/ledger.ts';
import { leaveOther, strikeSettled } from '../license/open-wish.ts';
import { enrolmentFields, enrolmentOf } from '../license/enrolment.ts';
import { withdrawalsWithout, type LicenseRecord } from '../license/records.ts';
import { refusalOf, type Turn } from '../license/turn.ts';
import {
  problemOfRefresh,
  problemOfResponse,
  type RefreshClaims,
  type ResponseClaims,
} from './accept-policy.ts';
import { findKey } from './device-keys.ts';
import { receiptsOnly, withoutReceiptsOf } from './records.ts';
import { signatureKeyOf } from './server-keys.ts';

/**
 * Applies a response or a refresh. Whatever is wrong with it, the vault stays as it was and the token can be tried
 * again; what it changes is one write.
 * @param jwe the bare token
 * @returns Errors: those of `openToken`, of the accept policy, `notAllowedInState`, those of the vault
 */
export async function importToken(turn: Turn, ledger: Ledger, jwe: string): Promise<Result<null>> {
  const { profile, product, options } = turn;
  const { exchange } = ledger.record;
  const opened = openToken(jwe, {
    expect: ['activation-response', 'refresh'],
    decryptWith: (kid) => findKey(exchange, kid)?.keys.encrypt.secretKey ?? null,
    verifyWith: (kid) => signatureKeyOf(profile, kid),
    now: options.time.expiryNow(keptTimeOf(ledger.device)),
  });
  if (!opened.ok) return opened;
  const key = findKey(exchange, opened.value.encryptedTo);
  if (key === null) return err(failure('tokenForOtherDevice'));
  const addressee = { tenantId: profile.tenantId, productId: product.productId };
  if (opened.value.kind === 'activation-response') {
    const { claims } = opened.value;
    const problem = problemOfResponse(claims, key, exchange, addressee);
    if (problem !== null) return err(problem);
    // The request was put back with the vault: its response may be an old one, whose seat was given back since.
    if (ledger.outdated) return err(failure('tokenForOtherDevice'));
    // A key that is not a request's was refused by the policy.
    if (key.request === null) return err(failure('notAllowedInState'));
    const refused = refusalOf(turn, ledger, 'importResponse');
    if (refused !== null) return err(refused);
    const { request } = key;
    const left = await leaveOther(turn, ledger, request);
    if (!left.ok) return left;
    const others = exchange.requests.filter((other) => other !== request).map(({ keys }) => keys);
    const held = { rid: claims.rid, seq: claims.seq, keys: request.keys, others };
    // The seat of this purchase is this one: giving another one of it back would end it.
    const record = { ...left.value.record, withdrawals: withdrawalsWithout(left.value.record, request) };
    const applied = await apply(turn, { ...left.value, record }, claims, held);
    const settled = applied.ok ? await strikeSettled(turn, applied.value, request) : applied;
    return settled.ok ? ok(null) : settled;
  }
  const { claims } = opened.value;
  const problem = problemOfRefresh(claims, key, exchange, ledger.record.activation, addressee);
  if (problem !== null) return err(problem);
  if (exchange.held === null) return err(failure('notAllowedInState'));
  const refused = refusalOf(turn, ledger, 'importRefresh');
  if (refused !== null) return err(refused);
  const applied = await apply(turn, ledger, claims, { ...exchange.held, seq: claims.seq });
  return applied.ok ? ok(null) : applied;
}

async function apply(
  turn: Turn,
  ledger: Ledger,
  claims: ResponseClaims | RefreshClaims,
  held: NonNullable<LicenseRecord['exchange']['held']>,
): Promise<Result<Ledger>> {
  const { options, transaction } = turn;
  const activation = activationFrom(claims, ledger.record.activation);
  if (activation === null) return err(failure('tokenMalformed'));
  const isResponse = 'rid' in claims;
  const issued = claims.iat * 1000;
  const before = keptTimeOf(ledger.device);
  const enrolled = enrolmentOf(ledger.device);
  const present = options.fingerprint.factors;
  const kept = isResponse ? options.time.response(before, issued) : options.time.refresh(before, issued);
  const device = {
    schema: 1,
    seatId: activation.seatId,
    ...enrolmentFields(
      isResponse ? enrol(enrolled, present, issued) : (enrolled ?? enrol(null, present, issued)),
    ),
  } as const;
  const marked = await writeDevice(transaction, ledger, withTime(device, kept), { confirmed: isResponse });
  if (!marked.ok) return marked;
  const { record } = marked.value;
  return writeRecord(transaction, marked.value, {
    ...record,
    activation,
    // Offline seats are the vendor's own.
    server: undefined,
    secrets: null,
    ended: null,
    exchange: { ...receiptsOnly(withoutReceiptsOf(record.exchange, activation.id)), held },
    licenseFile: claims.licenseFile ?? null,
  });
}

/** null where what was signed is not what the contract of the wire says. */
function activationFrom(
  { activation, entitlement, iat }: ResponseClaims | RefreshClaims,
  before: Activation | null,
): Activation | null {
  const state = asAnswer('ActivationState', activation);
  const terms = asAnswer('Entitlement', entitlement);
  if (state === null || terms === null) return null;
  return withEntitlement(toActivation(state, iat * 1000, before), terms);
}
