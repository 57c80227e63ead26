import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { loadDeviceKeys } from '../../shared/token/keys.ts';
import { makeTokenId, sealToken } from '../../shared/token/seal.ts';
import { endedRecord, writeRecord, type Ledger } from '../license/ledger.ts';
import { isAllowed, type Turn } from '../license/turn.ts';
import type { Receipt } from './records.ts';
import { encryptionKeyOf } from './server-keys.ts';

/**
 * Ends an offline activation. The token and the end of the activation are one write: from the moment that the token
 * exists the license is not active any more, and the token can be exported until the user clears its receipt.
 * @returns the receipt. Errors: `notAllowedInState`, `offlineUnavailable`, those of the vault
 */
export async function deactivateOffline(turn: Turn, ledger: Ledger): Promise<Result<Receipt>> {
  const { profile, product, options, transaction } = turn;
  const { activation, exchange } = ledger.record;
  if (activation === null || exchange.held === null || !isAllowed(turn, ledger, 'deactivate')) {
    return err(failure('notAllowedInState'));
  }
  const serverKey = encryptionKeyOf(profile);
  if (serverKey === null) return err(failure('offlineUnavailable'));
  const keys = loadDeviceKeys(exchange.held.keys);
  if (keys === null) return err(failure('vaultDamaged'));
  const now = options.clock.now();
  const id = makeTokenId(options.random);
  const token = sealToken({
    kind: 'deactivation',
    claims: {
      jti: id,
      iat: Math.floor(now / 1000),
      tenantId: profile.tenantId,
      productId: product.productId,
      activationId: activation.id,
      seatId: activation.seatId,
      seq: exchange.held.seq,
    },
    signWith: keys.sign,
    encryptTo: serverKey,
    random: options.random,
  });
  if (!token.ok) return token;
  const receipt: Receipt = { id, activationId: activation.id, madeAt: now, token: token.value };
  const ended = endedRecord(ledger.record, 'deactivated', now);
  const written = await writeRecord(transaction, ledger, {
    ...ended,
    exchange: { ...ended.exchange, receipts: [...ended.exchange.receipts, receipt] },
  });
  return written.ok ? ok(receipt) : written;
}
