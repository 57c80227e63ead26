import { failure } from '../../shared/errors.ts';
import { normalizeActivationCode } from '../../shared/license/activation-code.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { MOST_DEACTIVATIONS } from '../../shared/token/claims.ts';
import { deviceJwks, makeDeviceKeys, storeDeviceKeys } from '../../shared/token/keys.ts';
import { makeTokenId, sealToken } from '../../shared/token/seal.ts';
import { wishFrom } from '../license/activate.ts';
import { writeRecord, type Ledger } from '../license/ledger.ts';
import type { Turn } from '../license/turn.ts';
import type { ActivateRequest } from '../services.ts';
import type { PendingRequest } from './records.ts';
import { encryptionKeyOf } from './server-keys.ts';

/** So many requests are kept open at once; the oldest gives way, since its response will hardly come any more. */
const MOST_REQUESTS = 50;

/**
 * Makes an activation request, durable before it is returned. It can be made again and again until one is answered:
 * each has keys of its own, and the response to any of them is accepted.
 * @returns Errors: those of `activate` that need no server, `offlineUnavailable`
 */
export async function makeRequest(
  turn: Turn,
  ledger: Ledger,
  request: ActivateRequest,
): Promise<Result<PendingRequest>> {
  const { profile, product, options, transaction } = turn;
  const serverKey = encryptionKeyOf(profile);
  if (serverKey === null) return err(failure('offlineUnavailable'));
  const wish = wishFrom(turn, ledger, request, 'makeOfflineRequest');
  if (!wish.ok) return wish;
  const keys = makeDeviceKeys(options.random);
  const now = options.clock.now();
  const id = makeTokenId(options.random);
  const { seatId, seatName, editionId } = wish.value;
  const code = request.code.rewritten(normalizeActivationCode);
  // The server may not have heard of them yet: told after this request, they must not free the seat that it takes.
  const deactivations = ledger.record.exchange.receipts
    .slice(-MOST_DEACTIVATIONS)
    .map((receipt) => receipt.id);
  const token = sealToken({
    kind: 'activation-request',
    claims: {
      jti: id,
      iat: Math.floor(now / 1000),
      tenantId: profile.tenantId,
      productId: product.productId,
      activationCode: code.reveal(),
      seatId,
      ...(seatName === undefined ? {} : { seatName }),
      ...(editionId === undefined ? {} : { editionId }),
      ...(Object.keys(options.told).length === 0 ? {} : { fingerprint: options.told }),
      ...(deactivations.length === 0 ? {} : { deactivations }),
      deviceKeys: deviceJwks(keys),
    },
    signWith: keys.sign,
    encryptTo: serverKey,
    random: options.random,
  });
  if (!token.ok) return token;
  const pending: PendingRequest = {
    id,
    madeAt: now,
    token: token.value,
    code,
    seatId,
    seatName: seatName ?? null,
    editionId: editionId ?? null,
    keys: storeDeviceKeys(keys),
  };
  const { record } = ledger;
  // In a vault that was put back, the others may have been answered and that seat given back since.
  const others = ledger.outdated ? [] : record.exchange.requests;
  const requests = [...others, pending].slice(-MOST_REQUESTS);
  const next = { ...record, exchange: { ...record.exchange, requests } };
  const written = await writeRecord(transaction, ledger, next, { confirmed: record.activation === null });
  return written.ok ? ok(pending) : written;
}
