import { isInForce } from '../../../electron/certificate/certificate-policy.ts';
import { readChain, type ReadChain } from '../../../electron/certificate/read-chain.ts';
import { identityOf } from '../../../electron/certificate/records.ts';
import { fingerprintOf } from '../../licensing-api/tls/client-certificates.ts';
import type { Situation, Told, World } from './world.ts';

/** What must hold of client certificates, compared with those that are good at the server. */

/** The certificate that the activation has; null = none, or no activation. */
export function ownCertificate({ record, certificates }: Told): ReadChain | null {
  const identity = identityOf(certificates, record?.activation?.id ?? '');
  return identity === undefined ? null : readChain(identity.chain);
}

/** @returns a sentence for each breach; nothing where the server wants none */
export function certificateBreaches(world: World, { told, held, now }: Situation): readonly string[] {
  const { record, journal, certificates } = told;
  const activation = record?.activation ?? null;
  const { identities, asked } = certificates;
  const ours = new Set([activation?.id, ...(record?.releases ?? []).map((one) => one.activationId)]);
  const found = [...identities, ...(asked === null ? [] : [asked])]
    .filter((one) => !ours.has(one.activationId))
    .map((one) => `the key of ${one.activationId}, which is over, is kept`);
  const isHeld = held.seats.some(({ id, mode }) => id === activation?.id && mode === 'online');
  if (activation === null || !isHeld) return found;
  const own = ownCertificate(told);
  const shown = own !== null && isInForce(own.facts, now) ? fingerprintOf(own.leaf) : null;
  const good = world.server.api.store.certificates.good(activation.id, now);
  if (shown !== null && !good.includes(shown)) found.push('the certificate is not good at the server');
  if (journal !== null) return found;
  if (asked !== null) found.push('nothing is open, and a certificate is still asked for');
  const others = good.filter((one) => one !== shown);
  if (others.length > 0) found.push(`nothing is open, and ${others.length} other certificates are good`);
  return found;
}
