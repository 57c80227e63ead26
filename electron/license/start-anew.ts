import { failure, type Failure } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import { NO_LIMITS } from '../../shared/license/limits.ts';
import type { AccountRequest, ActivateRequest } from '../services.ts';
import { problemOf } from './activate.ts';
import { mayStartAnew } from './anew-policy.ts';
import type { Ledger } from './ledger.ts';
import { takeTurn, type EngineOptions, type Turn } from './turn.ts';

/**
 * `takeTurn` for what begins a license. Where the vault's key can't be had any more, the unreadable files are set
 * aside: beginning anew is the way out, and asking for it is the user's consent. They come back where nothing comes of
 * it, so that a keyring that returns later still finds its license.
 */
export async function takeTurnEvenAnew<T>(
  engine: EngineOptions,
  request: ActivateRequest | AccountRequest,
  work: (turn: Turn, ledger: Ledger) => Promise<Result<T>>,
): Promise<Result<T>> {
  const outcome = await takeTurn(engine, request.productId, work);
  if (outcome.ok || outcome.error.code !== 'vaultKeyUnavailable') return outcome;
  const problem = await problemOfAnew(engine, request);
  if (problem !== null) return err(problem);
  return takeTurn(engine, request.productId, work, { anew: true });
}

/** What is known beforehand to stand against it; null = nothing. */
async function problemOfAnew(
  engine: EngineOptions,
  request: ActivateRequest | AccountRequest,
): Promise<Failure | null> {
  const { profile } = engine;
  const product = profile.products.find(({ productId }) => productId === request.productId);
  const [vault, fingerprint] = await Promise.all([engine.vault(), engine.fingerprint()]);
  if (!vault.ok) return vault.error;
  if (product === undefined) return failure('productUnknown');
  const limits = engine.limits?.() ?? NO_LIMITS;
  const problem = problemOf(request, { profile, product, fingerprint, limits });
  if (problem !== null) return problem;
  const condition = vault.value.condition();
  if (!mayStartAnew(condition)) return failure('vaultKeyUnavailable');
  engine.log.warn('the vault is started anew on the user’s wish', { keyProblem: condition.keyProblem });
  return null;
}
