import { err, ok, type Result } from '../../shared/result.ts';
import type { AccountRequest, ActivateRequest } from '../services.ts';
import type { FeatureChange } from './feature-policy.ts';
import { activate, activateWithAccount, finishActivation } from './activate.ts';
import { deactivate, giveSeatBack } from './deactivate.ts';
import { changeFeature } from './features.ts';
import { giveBackEarlierSeats } from './follow-up.ts';
import { keepTime } from './keep-time.ts';
import { heldOf, wipeCertificates, type Ledger } from './ledger.ts';
import { finishOpenWish, finishWithdrawal } from './open-wish.ts';
import { pullState, refresh } from './refresh.ts';
import { takeTurnEvenAnew } from './start-anew.ts';
import { close, refusalOfCalls, takeTurn, type EngineOptions, type Turn } from './turn.ts';
import { demandProof, isUnproven } from './vendor-proof.ts';
import { giveBackWithdrawals } from './withdrawals.ts';

/**
 * The engine: what can be done with a license. A refused or unsent call leaves the vault as it was; one whose end is
 * not known leaves an intent in the journal, from which `reconcile` or the next call finds its way.
 */
export interface LicenseService {
  /**
   * Takes a seat. Where the vault's key can't be had any more, the unreadable files are set aside: activating again
   * is the way out, and asking for it is the user's consent. Errors: `activationCodeMalformed`, `notAllowedInState`,
   * `deniedByPolicy`, `policyInvalid` (all the verbs here have these three), those of the API and of the vault.
   */
  readonly activate: (request: ActivateRequest) => Promise<Result<null>>;
  /** The same with an account that the user has signed in with. Errors besides: `credentialsInvalid`, `accountLocked`. */
  readonly activateWithAccount: (request: AccountRequest) => Promise<Result<null>>;
  /** Renews the lease and brings features and terms up to date. */
  readonly refresh: (productId: string) => Promise<Result<null>>;
  /** Brings features and terms up to date without renewing the lease. */
  readonly pullState: (productId: string) => Promise<Result<null>>;
  /** Gives the seat back. */
  readonly deactivate: (productId: string) => Promise<Result<null>>;
  /**
   * Checks a feature out or in, or tracks a use. Errors: `featureUnknown`, `featureExhausted`, `featureNotReturnable`,
   * `notAllowedInState`, those of the API and of the vault.
   */
  readonly changeFeature: (productId: string, change: FeatureChange) => Promise<Result<null>>;
  /**
   * Finishes what a crash or a lost answer left open, seats of earlier activations included; where nothing is open it
   * makes no call.
   */
  readonly reconcile: (productId: string) => Promise<Result<null>>;
  /** Remembers how late it is, so that a clock that is put back is noticed. Cheap; meant to be called often. */
  readonly keepTime: () => Promise<Result<null>>;
}

type Work = (turn: Turn, ledger: Ledger) => Promise<Result<null>>;

/** Makes the engine over its ports. */
export function createLicenseService(engine: EngineOptions): LicenseService {
  const withSeat = (productId: string, work: Work) =>
    takeTurn(engine, productId, async (turn, found) => {
      const refused = refusalOfCalls(turn);
      if (refused !== null) return err(refused);
      const ledger = await finishOpenWish(turn, found);
      return ledger.ok ? work(turn, ledger.value) : ledger;
    });
  return {
    activate: (request) =>
      takeTurnEvenAnew(engine, request, (turn, ledger) => activate(turn, ledger, request)),
    activateWithAccount: (request) =>
      takeTurnEvenAnew(engine, request, (turn, ledger) => activateWithAccount(turn, ledger, request)),
    refresh: (productId) => withSeat(productId, refresh),
    pullState: (productId) => withSeat(productId, pullState),
    deactivate: (productId) => withSeat(productId, deactivate),
    changeFeature: (productId, change) =>
      withSeat(productId, (turn, ledger) => changeFeature(turn, ledger, change)),
    reconcile: (productId) => takeTurn(engine, productId, reconcile),
    keepTime: () => keepTime(engine),
  };
}

async function reconcile(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const { journal } = ledger;
  const refused = refusalOfCalls(turn);
  if (refused !== null) return err(refused);
  // What was open when the files were copied that somebody put back is over. The seat of now can be given back all the same.
  if (ledger.outdated && journal?.kind !== 'deactivate') return ok(null);
  if (journal === null || journal.kind === 'call') {
    if (isUnproven(turn, ledger)) return prove(turn, ledger);
    const released = await giveBackEarlierSeats(turn, ledger);
    const withdrawn = released.ok ? await giveBackWithdrawals(turn, released.value) : released;
    const swept = withdrawn.ok ? await wipeCertificates(turn.transaction, withdrawn.value) : withdrawn;
    return swept.ok ? ok(null) : swept;
  }
  turn.options.log.info('an unfinished operation is finished', {
    productId: turn.product.productId,
    kind: journal.kind,
  });
  if (journal.kind === 'withdraw') return finishWithdrawal(turn, ledger);
  const finished = await finishActivation(turn, ledger);
  if (finished !== null) return finished;
  // An offline seat was taken since then; no call can give it back.
  if (journal.kind === 'deactivate' && heldOf(ledger.record).ok) return giveSeatBack(turn, ledger);
  return prove(turn, ledger);
}

/** A seat of a local server that was taken before something came between it and its proof. */
async function prove(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const proven = await demandProof(turn, { ledger, settled: true, failure: null });
  return proven.ok ? close(turn, proven.value) : proven;
}
