import { ok, type Result } from '../../shared/result.ts';
import type { ActivateRequest } from '../services.ts';
import { activate, finishActivation, openWish } from './activate.ts';
import { deactivate, giveSeatBack } from './deactivate.ts';
import type { Ledger } from './ledger.ts';
import { pullState, refresh } from './refresh.ts';
import { close, takeTurn, type EngineOptions, type Turn } from './turn.ts';

/**
 * The engine: what can be done with a license. A refused or unsent call leaves the vault as it was; one whose end is
 * not known leaves an intent in the journal, from which `reconcile` or the next call finds its way.
 */
export interface LicenseService {
  /** Takes a seat. Errors: `activationCodeMalformed`, `notAllowedInState`, those of the API and of the vault. */
  readonly activate: (request: ActivateRequest) => Promise<Result<null>>;
  /** Renews the lease and brings features and terms up to date. */
  readonly refresh: (productId: string) => Promise<Result<null>>;
  /** Brings features and terms up to date without renewing the lease. */
  readonly pullState: (productId: string) => Promise<Result<null>>;
  /** Gives the seat back. */
  readonly deactivate: (productId: string) => Promise<Result<null>>;
  /** Finishes what a crash or a lost answer left open; without an open intent it makes no call. */
  readonly reconcile: (productId: string) => Promise<Result<null>>;
}

/** Makes the engine over its ports. */
export function createLicenseService(engine: EngineOptions): LicenseService {
  return {
    activate: (request) =>
      takeTurn(engine, request.productId, (turn, ledger) => activate(turn, ledger, request)),
    refresh: (productId) => takeTurn(engine, productId, refresh),
    pullState: (productId) => takeTurn(engine, productId, pullState),
    deactivate: (productId) => takeTurn(engine, productId, deactivate),
    reconcile: (productId) => takeTurn(engine, productId, reconcile),
  };
}

async function reconcile(turn: Turn, ledger: Ledger): Promise<Result<null>> {
  const { journal } = ledger;
  if (journal === null || journal.kind === 'call') return ok(null);
  turn.options.log.info('an unfinished operation is finished', {
    productId: turn.product.productId,
    kind: journal.kind,
  });
  const open = openWish(ledger);
  if (open !== null) return finishActivation(turn, ledger, open.wish, open.journal.idempotencyKey);
  if (journal.kind === 'deactivate' && ledger.record.activation !== null) return giveSeatBack(turn, ledger);
  return close(turn, { ledger, settled: true, failure: null });
}
