import { failure, type Failure } from '../../shared/errors.ts';
import { isSameServer, type LocalServer } from '../../shared/local-server.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Call, LicensingApi, SeatAnswer } from '../api/client.ts';
import { enrols, type CertificateOptions } from './shown-certificate.ts';
import { toActivation } from '../api/convert-policy.ts';
import { enrol } from '../fingerprint/drift-policy.ts';
import type { Fingerprint } from '../fingerprint/types.ts';
import type { Clock } from '../ports.ts';
import { receiptsOnly, withReceipt, type Receipt } from '../offline/records.ts';
import type { Transaction } from '../vault/types.ts';
import type { Between } from './contact-log.ts';
import { timeAnswered, withTime } from './device-time.ts';
import { enrolmentFields, enrolmentOf } from './enrolment.ts';
import { writeDevice, writeRecord, type Held, type Ledger } from './ledger.ts';
import { credentialsFor, purchaseIn, type Shown } from './purchase.ts';
import { EMPTY_RECORD, withdrawalsWithout, type ActivationWish, type LicenseRecord } from './records.ts';
import type { RunClock } from './run-clock.ts';

/** How a call ended, and the ledger as it is then. `settled`: it left nothing open between the server and us. */
export interface CallOutcome {
  readonly ledger: Ledger;
  readonly settled: boolean;
  readonly failure: Failure | null;
  /** Of an activation that failed: somebody said no, so it can't have been carried out. */
  readonly refused?: boolean;
}

export interface SeatOptions {
  /** The calls of a server; undefined is the vendor's own. */
  readonly apiOf: (server: LocalServer | undefined) => LicensingApi;
  readonly clock: Clock;
  readonly time: RunClock;
  readonly fingerprint: Fingerprint;
  /** The digests that the server is told: the present ones, and of hidden factors those that were enrolled. */
  readonly told: Readonly<Record<string, string>>;
  /** Makes the token that gives the seat of an offline activation back. */
  readonly receiptFor: (record: LicenseRecord) => Result<Receipt>;
  /** What the user has signed in with for this operation; gone with it. */
  readonly shown?: Shown | undefined;
  readonly certificates: CertificateOptions;
  /** Told of every answer and every failure to get one. */
  readonly onContact: (between: Between, failure: Failure | null) => void;
}

/** The wish that an activation came from. @param server that it was taken from */
export function wishOf({ activation, secrets }: Held, server: LocalServer | undefined): ActivationWish {
  return {
    ...purchaseIn(secrets.credentials),
    seatId: activation.seatId,
    ...(activation.seatName === null ? {} : { seatName: activation.seatName }),
    ...(activation.editionId === null ? {} : { editionId: activation.editionId }),
    server,
  };
}

/**
 * Takes the seat, or takes it again: the call is idempotent by seat id. On success the record is durable, and the
 * token of a different activation that it replaces is kept for giving that seat back.
 */
export async function takeSeat(
  options: SeatOptions,
  transaction: Transaction,
  ledger: Ledger,
  wish: ActivationWish,
  idempotencyKey: string,
): Promise<Result<CallOutcome>> {
  const { productId } = ledger;
  const answer = await callActivate(options, productId, wish, idempotencyKey);
  const unheard = { ...ledger, doubtful: true };
  if (!answer.ok) {
    const { end, failure: reason } = answer.error;
    const settled = end !== 'unknown';
    return ok({ ledger: settled ? ledger : unheard, settled, failure: reason, refused: end === 'refused' });
  }
  const { value, nonce, serverTime } = answer.value;
  // An answer about another seat or product must not be stored as ours, whoever mixed it up.
  if (value.seatId !== wish.seatId || (value.productId ?? productId) !== productId || nonce === null) {
    return ok({ ledger: unheard, settled: false, failure: failure('answerMalformed') });
  }
  const now = options.clock.now();
  const device = {
    schema: 1,
    seatId: wish.seatId,
    ...enrolmentFields(enrol(enrolmentOf(ledger.device), options.fingerprint.factors, now)),
  } as const;
  const kept = timeAnswered(options.time, ledger.device, serverTime, wish.server);
  const marked = await writeDevice(transaction, ledger, withTime(device, kept), { confirmed: true });
  if (!marked.ok) return marked;
  const { activation: before, server: left, secrets, releases } = ledger.record;
  const isSame = before?.id === value.id && isSameServer(left, wish.server);
  const record: LicenseRecord = {
    schema: EMPTY_RECORD.schema,
    activation: toActivation(value, serverTime ?? now, isSame ? before : null),
    server: wish.server,
    secrets: {
      intent: idempotencyKey,
      accessToken: value.accessToken,
      nonce,
      credentials:
        'code' in wish
          ? { type: 'activationCode', code: wish.code }
          : { type: 'account', account: wish.account },
      told: options.told,
    },
    ended: null,
    releases:
      // Another seat id is another device's seat: it is not ours to give back.
      before === null || secrets === null || isSame || before.seatId !== wish.seatId
        ? releases
        : [
            ...releases,
            {
              activationId: before.id,
              accessToken: secrets.accessToken,
              since: now,
              server: left,
              ...(enrols(options.certificates)
                ? { wish: wishOf({ activation: before, secrets }, left) }
                : {}),
            },
          ],
    withdrawals: withdrawalsWithout(ledger.record, wish),
    // A seat that was taken online needs no response any more.
    exchange: withReceipt(
      receiptsOnly(ledger.record.exchange),
      leftReceipt(options, ledger.record, value, wish.server),
    ),
    licenseFile: isSame ? ledger.record.licenseFile : null,
  };
  const written = await writeRecord(transaction, marked.value, record, { confirmed: true });
  return written.ok
    ? ok({ ledger: { ...written.value, doubtful: false }, settled: true, failure: null })
    : written;
}

/**
 * The receipt of an offline activation that another one takes the place of; null where there is none to give back.
 * The same entitlement has ended it by itself, since it is the same seat.
 */
function leftReceipt(
  { receiptFor }: SeatOptions,
  record: LicenseRecord,
  next: SeatAnswer,
  server: LocalServer | undefined,
): Receipt | null {
  const { activation: before } = record;
  if (before?.mode !== 'offline' || before.seatId !== next.seatId) return null;
  // Offline seats are the vendor's own; a local server knows nothing of them.
  const isSame =
    server === undefined && before.entitlement.id !== null && before.entitlement.id === next.entitlementId;
  const receipt = isSame ? null : receiptFor(record);
  return receipt?.ok === true ? receipt.value : null;
}

/**
 * The call alone; the answer has not been believed or stored yet. Where it takes the user to sign in first, nothing is
 * sent: `signInNeeded`.
 */
export async function callActivate(
  options: SeatOptions,
  productId: string,
  wish: ActivationWish,
  idempotencyKey: string,
): Call<SeatAnswer> {
  const activationCredentials = credentialsFor(wish, options.shown);
  if (activationCredentials === null) {
    return err({ failure: failure('signInNeeded'), end: 'unsent', nonce: null, serverTime: null });
  }
  const answer = await options.apiOf(wish.server).activate(
    {
      productId,
      seatId: wish.seatId,
      ...(wish.seatName === undefined ? {} : { seatName: wish.seatName }),
      ...(wish.editionId === undefined ? {} : { editionId: wish.editionId }),
      activationCredentials,
      ...(Object.keys(options.told).length === 0 ? {} : { fingerprint: options.told }),
    },
    idempotencyKey,
    // No certificate is for an activation that is not there yet; an administrator's is for the device.
    { identity: options.certificates.imported ?? undefined },
  );
  options.onContact({ productId, server: wish.server }, answer.ok ? null : answer.error.failure);
  return answer;
}
