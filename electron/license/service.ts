import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ActivateRequest } from '../services.ts';
import { activate, finishActivation, problemOf } from './activate.ts';
import { mayStartAnew } from './anew-policy.ts';
import { deactivate, giveSeatBack } from './deactivate.ts';
import { giveBackEarlierSeats } from './follow-up.ts';
import { keepTime } from './keep-time.ts';
import type { Ledger } from './ledger.ts';
import { finishOpenWish } from './open-wish.ts';
import { pullState, refresh } from './refresh.ts';
import { close, takeTurn, type EngineOptions, type Turn } from './turn.ts';

/**
 * The engine: what can be done with a license. A refused or unsent call leaves the vault as it was; one whose end is
 * not known leaves an intent in the journal, from which `reconcile` or the next call finds its way.
 */
export interface LicenseService {
  /**
   * Takes a seat. Where the vault's key can't be had any more, the unreadable files are set aside: activating again
   * is the way out, and asking for it is the user's consent. Errors: `activationCodeMalformed`, `notAllowedInState`,
   * those of the API and of the vault.
   */
  readonly activate: (request: ActivateRequest) => Promise<Result<null>>;
  /** Renews the lease and brings features and terms up to date. */
  readonly refresh: (productId: string) => Promise<Result<null>>;
  /** Brings features and terms up to date without renewing the lease. */
  readonly pullState: (productId: string) => Promise<Result<null>>;
  /** Gives the seat back. */
  readonly deactivate: (productId: string) => Promise<Result<null>>;
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
      const ledger = await finishOpenWish(turn, found);
      return ledger.ok ? work(turn, ledger.value) : ledger;
    });
  return {
    activate: async (request) => {
      const work: Work = (turn, ledger) => activate(turn, ledger, request);
      const outcome = await takeTurn(engine, request.productId, work);
      if (outcome.ok || outcome.error.code !== 'vaultKeyUnavailable') return outcome;
      const anew = await startAnew(engine, request);
      return anew.ok ? takeTurn(engine, request.productId, work) : anew;
    },
    refresh: (productId) => withSeat(productId, refresh),
    pullState: (productId) => withSeat(productId, pullState),
    deactivate: (productId) => withSeat(productId, deactivate),
    reconcile: (productId) => takeTurn(engine, productId, reconcile),
    keepTime: () => keepTime(engine),
  };
}

/** Sets a vault aside whose key is gone, once nothing that is known beforehand stands against the activation. */
async function startAnew(engine: EngineOptions, request: ActivateRequest): Promise<Result<void>> {
  const { profile } = engine;
  const product = profile.products.find(({ productId }) => productId === request.productId);
  const [vault, fingerprint] = await Promise.all([engine.vault(), engine.fingerprint()]);
  if (!vault.ok) return vault;
  if (product === undefined) return err(failure('productUnknown'));
  const problem = problemOf(request, { profile, product, fingerprint });
  if (problem !== null) return err(problem);
  const condition = vault.value.condition();
  if (!mayStartAnew(condition)) return err(failure('vaultKeyUnavailable'));
  engine.log.warn('the vault is started anew on the user’s wish', { keyProblem: condition.keyProblem });
  return vault.value.startAnew();
}

async function reconcile(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const { journal } = ledger;
  if (journal === null || journal.kind === 'call') {
    const released = await giveBackEarlierSeats(turn, ledger);
    return released.ok ? ok(null) : released;
  }
  turn.options.log.info('an unfinished operation is finished', {
    productId: turn.product.productId,
    kind: journal.kind,
  });
  const finished = await finishActivation(turn, ledger);
  if (finished !== null) return finished;
  if (journal.kind === 'deactivate' && ledger.record.activation !== null) return giveSeatBack(turn, ledger);
  return close(turn, { ledger, settled: true, failure: null });
}
