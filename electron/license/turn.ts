import { failure, type Failure } from '../../shared/errors.ts';
import type { Action } from '../../shared/license/actions.ts';
import type { LocalServer } from '../../shared/local-server.ts';
import { NO_LIMITS, type Limits } from '../../shared/license/limits.ts';
import type { ProfileProduct, VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Platform } from '../../shared/support-code/support-code.ts';
import type { LicensingApi } from '../api/client.ts';
import { knownFactors } from '../fingerprint/drift-policy.ts';
import type { Fingerprint } from '../fingerprint/types.ts';
import type { LicenseFiles } from '../license-file/store.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { makeReceipt } from '../offline/receipt.ts';
import type { Transaction, Vault, VaultCondition } from '../vault/types.ts';
import { CALL_BUDGET, withBudget } from './call-budget.ts';
import type { ContactLog } from './contact-log.ts';
import type { LastKnown } from './last-known.ts';
import { keptTimeOf } from './device-time.ts';
import { presentOnly } from './enrolment.ts';
import { learnDevice, letVaultFollow } from './learn-device.ts';
import { clearJournal, readLedger, wipeCertificates, type Ledger } from './ledger.ts';
import type { Look } from './early-look.ts';
import { judge } from './observe.ts';
import type { RunClock } from './run-clock.ts';
import { readImported } from '../certificate/store.ts';
import type { SessionOptions } from './session.ts';
import type { CallOutcome } from './take-seat.ts';
import { believed } from './vendor-proof-policy.ts';

export interface EngineOptions {
  readonly profile: VendorProfile;
  /** The calls of a server; undefined is the vendor's own. */
  readonly apiOf: (server: LocalServer | undefined) => LicensingApi;
  /** Where a new activation is taken from. */
  readonly serverForNew: () => LocalServer | undefined;
  readonly vault: () => Promise<Result<Vault>>;
  /** The complete one. It, and the vault that is opened with it, may take as long as the slowest program. */
  readonly fingerprint: () => Promise<Fingerprint>;
  /** What can be shown before that; where it is missing, the two above don't take long. */
  readonly look?: (() => Promise<Look>) | undefined;
  readonly contacts: ContactLog;
  /** What a window shows while the vault can't be opened yet; nothing without it. */
  readonly lastKnown?: LastKnown;
  /** What the administrator allows now; everything without it. */
  readonly limits?: (() => Limits) | undefined;
  /** Nobody has asked for what is done: a certificate that is refused is then told, and not replaced. */
  readonly unasked?: boolean | undefined;
  /** What a support code tells of the program. */
  readonly program: { readonly version: string; readonly platform: Platform };
  /** The place of the license files; without it nobody looks whether one is missing there. */
  readonly licenseFiles?: Pick<LicenseFiles, 'read'> | undefined;
  readonly clock: Clock;
  readonly time: RunClock;
  readonly random: Random;
  readonly log: Log;
}

/** One operation on one product while nobody else is in the vault. */
export interface Turn {
  readonly profile: VendorProfile;
  readonly product: ProfileProduct;
  readonly transaction: Transaction;
  readonly condition: VaultCondition;
  readonly limits: Limits;
  /** Ports and ways out of the calls, which are counted against the budget of this turn. */
  readonly options: SessionOptions;
  /** Where a new activation is taken from; undefined is the vendor's own server. */
  readonly serverForNew: LocalServer | undefined;
  /** Whether calls that are good to have, and no more, are worth making. */
  readonly mayFollowUp: () => boolean;
}

/** Longer than the calls of one turn may take together, so that a second window waits its turn instead of failing. */
export const LOCK_TIMEOUT = CALL_BUDGET + 15_000;

/**
 * Runs one operation on one product under the vault's lock, with the records as they are then.
 * @param how.timeoutMs how long to wait for the lock, milliseconds
 * @param how.anew where the vault's key can't be had, its files are set aside first (`Vault.startAnew`)
 * @returns what the work returned. Errors of its own: `productUnknown` and those of the vault
 */
export async function takeTurn<T>(
  engine: EngineOptions,
  productId: string,
  work: (turn: Turn, ledger: Ledger) => Promise<Result<T>>,
  { timeoutMs = LOCK_TIMEOUT, anew = false }: { readonly timeoutMs?: number; readonly anew?: boolean } = {},
): Promise<Result<T>> {
  const { profile, clock, contacts } = engine;
  const product = profile.products.find((candidate) => candidate.productId === productId);
  if (product === undefined) return err(failure('productUnknown'));
  const [vault, fingerprint] = await Promise.all([engine.vault(), engine.fingerprint()]);
  if (!vault.ok) return vault;
  const mode = profile.api.clientCertificates;
  const options: Omit<SessionOptions, 'apiOf' | 'told' | 'certificates'> = {
    clock,
    time: engine.time,
    random: engine.random,
    log: engine.log,
    fingerprint,
    receiptFor: (record) => makeReceipt({ profile, product, clock, random: engine.random }, record),
    onContact: (between, problem) =>
      contacts.note(between, { at: clock.now(), code: problem?.code ?? null, facts: problem?.facts }),
  };
  const lock = anew ? vault.value.startAnew : vault.value.withLock;
  return lock(
    async (transaction) => {
      const found = await readLedger(transaction, productId, mode !== 'none');
      if (!found.ok) return found;
      const imported = mode === 'none' ? ok(null) : await readImported(transaction);
      if (!imported.ok) return imported;
      const learned = await learnDevice({ transaction, fingerprint, clock, log: engine.log }, found.value);
      const swept = await wipeCertificates(transaction, learned);
      if (!swept.ok) return swept;
      const ledger = swept.value;
      const told = presentOnly(knownFactors(ledger.device?.enrolled ?? null, fingerprint.factors));
      const condition = vault.value.condition(productId);
      const { apiOf, mayFollowUp } = withBudget(engine.apiOf, clock);
      const turn = {
        profile,
        product,
        transaction,
        condition,
        limits: engine.limits?.() ?? NO_LIMITS,
        options: {
          ...options,
          apiOf,
          told,
          certificates: { mode, imported: imported.value, unasked: engine.unasked === true },
        },
        serverForNew: engine.serverForNew(),
        mayFollowUp,
      };
      const outcome = await work(turn, ledger);
      await letVaultFollow(vault.value, transaction, fingerprint);
      return outcome;
    },
    { timeoutMs },
  );
}

/**
 * Why an action is not allowed in the state that the license is in right now, under the lock; null = it is.
 * `policyInvalid` and `deniedByPolicy` where that is the administrator's doing, else `notAllowedInState`.
 */
export function refusalOf(turn: Turn, ledger: Ledger, action: Action): Failure | null {
  const { limits } = turn;
  const observation = {
    profile: turn.profile,
    record: believed(ledger.record, { profile: turn.profile, productId: turn.product.productId }),
    device: ledger.device,
    journal: ledger.journal,
    problem: null,
    condition: turn.condition,
    fingerprint: turn.options.fingerprint,
    lastContact: null,
    clock: turn.options.time.now(keptTimeOf(ledger.device)),
  };
  if (judge({ ...observation, limits }).actions.includes(action)) return null;
  if (limits.invalid !== null) return failure('policyInvalid', { field: limits.invalid });
  const isDenied = judge(observation).actions.includes(action) && limits.denied.includes(action);
  return failure(isDenied ? 'deniedByPolicy' : 'notAllowedInState');
}

/** Why no call may be made at all: the administrator's policy can't be obeyed. */
export function refusalOfCalls({ limits }: Turn): Failure | null {
  return limits.invalid === null ? null : failure('policyInvalid', { field: limits.invalid });
}

/** Ends an operation: strikes the journal where nothing is open any more, and says how it went. */
export async function close(turn: Turn, outcome: CallOutcome): Promise<Result<null>> {
  const swept = await wipeCertificates(turn.transaction, outcome.ledger);
  if (!swept.ok) return swept;
  if (outcome.settled) {
    const cleared = await clearJournal(turn.transaction, swept.value);
    if (!cleared.ok) return cleared;
  }
  return outcome.failure === null ? ok(null) : err(outcome.failure);
}
