import { failure } from '../../shared/errors.ts';
import type { Activation } from '../../shared/license/types.ts';
import type { ProfileProduct, VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { loadDeviceKeys } from '../../shared/token/keys.ts';
import { makeTokenId, sealToken } from '../../shared/token/seal.ts';
import type { Clock, Random } from '../ports.ts';
import type { Exchange, Receipt } from './records.ts';
import { encryptionKeyOf } from './server-keys.ts';

/**
 * Makes the token that gives the seat of an offline activation back. It counts from the moment that it exists, so it
 * has to be stored in the same write that ends the activation.
 * @returns Errors: `notAllowedInState` where there is no offline activation, `offlineUnavailable`, `vaultDamaged`
 */
export function makeReceipt(
  around: {
    readonly profile: VendorProfile;
    readonly product: ProfileProduct;
    readonly clock: Clock;
    readonly random: Random;
  },
  { activation, exchange }: { readonly activation: Activation | null; readonly exchange: Exchange },
): Result<Receipt> {
  const { profile, product, clock, random } = around;
  const { held } = exchange;
  if (activation === null || held === null) return err(failure('notAllowedInState'));
  const serverKey = encryptionKeyOf(profile);
  if (serverKey === null) return err(failure('offlineUnavailable'));
  const keys = loadDeviceKeys(held.keys);
  if (keys === null) return err(failure('vaultDamaged'));
  const now = clock.now();
  const id = makeTokenId(random);
  const token = sealToken({
    kind: 'deactivation',
    claims: {
      jti: id,
      iat: Math.floor(now / 1000),
      tenantId: profile.tenantId,
      productId: product.productId,
      activationId: activation.id,
      seatId: activation.seatId,
      seq: held.seq,
    },
    signWith: keys.sign,
    encryptTo: serverKey,
    random,
  });
  return token.ok ? ok({ id, activationId: activation.id, madeAt: now, token: token.value }) : token;
}
