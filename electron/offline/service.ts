import { failure, type Failure } from '../../shared/errors.ts';
import type { IncomingToken, TokenView } from '../../shared/offline.ts';
import type { ProfileProduct } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readOuterHeader } from '../../shared/token/headers.ts';
import { recogniseToken } from '../../shared/token/recognise.ts';
import { licenseRecordSchema } from '../license/records.ts';
import { takeTurnEvenAnew } from '../license/start-anew.ts';
import { takeTurn, type EngineOptions } from '../license/turn.ts';
import type { ActivateRequest } from '../services.ts';
import { deactivateOffline } from './deactivate.ts';
import { findKey } from './device-keys.ts';
import { forgetToken } from './forget.ts';
import { importToken } from './import-token.ts';
import { makeRequest } from './make-request.ts';
import { NO_EXCHANGE, type Exchange } from './records.ts';
import { isOfflineAvailable } from './server-keys.ts';
import { findToken, tokenView } from './token-view.ts';

/** The offline half of the engine: tokens out, tokens in. No verb of it uses the network. */
export interface OfflineService {
  /** Makes an activation request; a code, a name and an edition as for an online activation. */
  readonly makeRequest: (request: ActivateRequest) => Promise<Result<TokenView>>;
  /** A request or receipt that was made before. Errors: `notAllowedInState` where it is gone. */
  readonly token: (productId: string, id: string) => Promise<Result<TokenView>>;
  /** What a text is and which product it is for; does nothing. Errors: `tokenMalformed`, `tokenTooLarge` */
  readonly recognise: (text: string) => Promise<Result<IncomingToken>>;
  /** Applies a response or a refresh to the product that it is for. @returns which product that was */
  readonly importToken: (text: string) => Promise<Result<{ readonly productId: string }>>;
  /** Ends an offline activation. @returns the token that frees the seat */
  readonly deactivate: (productId: string) => Promise<Result<TokenView>>;
  /** Forgets a request that nobody will answer. */
  readonly discardRequest: (productId: string, id: string) => Promise<Result<null>>;
  /** The user has said that the portal took a deactivation. */
  readonly clearReceipt: (productId: string, id: string) => Promise<Result<null>>;
}

/** People reply below what they were sent: of a request and its response in one mail, the response is meant. */
const TO_US = { prefer: ['activation-response', 'refresh'] } as const;

/** Makes the service over the engine's ports. */
export function createOfflineService(engine: EngineOptions): OfflineService {
  const { products } = engine.profile;

  const exchangeOf = async (productId: string): Promise<Result<Exchange>> => {
    const vault = await engine.vault();
    const read = vault.ok ? await vault.value.read(productId, licenseRecordSchema) : vault;
    return read.ok ? ok(read.value?.value.exchange ?? NO_EXCHANGE) : read;
  };

  /** A token says whose it is by the key that it is encrypted to, which only one product has. */
  const productOf = async (jwe: string): Promise<Result<ProfileProduct | null>> => {
    const kid = readOuterHeader(jwe.slice(0, jwe.indexOf('.')))?.kid ?? '';
    let unread: Failure | null = null;
    for (const product of products) {
      const exchange = await exchangeOf(product.productId);
      // One product that can't be read is no reason to refuse what is for another.
      if (!exchange.ok) unread ??= exchange.error;
      else if (findKey(exchange.value, kid) !== null) return ok(product);
    }
    return unread === null ? ok(null) : err(unread);
  };

  const withProduct = async <T>(
    productId: string,
    work: (product: ProfileProduct) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const product = products.find((candidate) => candidate.productId === productId);
    return product === undefined ? err(failure('productUnknown')) : work(product);
  };

  return {
    makeRequest: (request) =>
      withProduct(request.productId, async (product) => {
        // Said before a vault that can't be opened is given up for it.
        if (!isOfflineAvailable(engine.profile)) return err(failure('offlineUnavailable'));
        const made = await takeTurnEvenAnew(engine, request, (turn, ledger) =>
          makeRequest(turn, ledger, request),
        );
        return made.ok ? ok(tokenView(product, 'activation-request', made.value)) : made;
      }),
    token: (productId, id) =>
      withProduct(productId, async (product) => {
        const exchange = await exchangeOf(productId);
        if (!exchange.ok) return exchange;
        const found = findToken(product, exchange.value, id);
        return found === null ? err(failure('notAllowedInState')) : ok(found);
      }),
    recognise: async (text) => {
      const recognised = recogniseToken(text, TO_US);
      if (!recognised.ok) return recognised;
      const product = await productOf(recognised.value.jwe);
      return product.ok
        ? ok({ kind: recognised.value.kind, productId: product.value?.productId ?? null })
        : product;
    },
    importToken: async (text) => {
      const recognised = recogniseToken(text, TO_US);
      if (!recognised.ok) return recognised;
      const { kind, jwe } = recognised.value;
      if (kind === 'activation-request' || kind === 'deactivation') {
        return err(failure('tokenWrongKind', { tokenKind: kind }));
      }
      const product = await productOf(jwe);
      if (!product.ok) return product;
      if (product.value === null) return err(failure('tokenForOtherDevice'));
      const { productId } = product.value;
      const applied = await takeTurn(engine, productId, (turn, ledger) => importToken(turn, ledger, jwe));
      return applied.ok ? ok({ productId }) : applied;
    },
    deactivate: (productId) =>
      withProduct(productId, async (product) => {
        const made = await takeTurn(engine, productId, deactivateOffline);
        return made.ok ? ok(tokenView(product, 'deactivation', made.value)) : made;
      }),
    discardRequest: (productId, id) =>
      takeTurn(engine, productId, (turn, ledger) => forgetToken(turn, ledger, 'requests', id)),
    clearReceipt: (productId, id) =>
      takeTurn(engine, productId, (turn, ledger) => forgetToken(turn, ledger, 'receipts', id)),
  };
}
