import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chainWith, trustedAfter } from '../../../electron/api/key-update-policy.ts';
import { utf8 } from '../../../shared/license-file/encoding.ts';
import { signJws } from '../../../shared/token/jws.ts';
import { makeDeviceKeys, toJwk, type KeyPair } from '../../../shared/token/keys.ts';

const NOW = Date.UTC(2030, 0, 1);
const TENANT = 't_0000000000000000000001';
const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
const pair = () => makeDeviceKeys(random).sign;
const sig = (key: KeyPair) => ({
  kid: key.kid,
  use: 'sig' as const,
  crv: 'Ed25519' as const,
  x: toJwk('Ed25519', key.publicKey).x,
});
const pin = (letter: string) => ({ sha256: `${letter.repeat(43)}=` });

const [first, second, third, stranger] = [pair(), pair(), pair(), pair()];
const embedded = { tenantId: TENANT, serverKeys: [sig(first)], pins: [pin('A')] };

/** An update; `at` in seconds before now. */
function update(
  signer: KeyPair,
  at: number,
  body: Readonly<Record<string, unknown>> = {},
  header: Readonly<Record<string, string>> = {},
): string {
  const payload = { iss: TENANT, iat: NOW / 1000 - at, keys: [sig(first)], pins: [pin('B')], ...body };
  return signJws(
    { alg: 'EdDSA', typ: 'latchkey-keys+jwt', kid: signer.kid, ...header },
    utf8(JSON.stringify(payload)),
    signer.secretKey,
  );
}

const added = (chain: readonly string[], jws: string) => {
  const verdict = chainWith(chain, jws, embedded, NOW);
  return verdict.ok ? verdict.value : verdict.error;
};
function chainOf(...updates: readonly string[]): readonly string[] {
  return updates.reduce<readonly string[]>((chain, jws) => {
    const next = added(chain, jws);
    if (typeof next === 'string') throw new Error(next);
    return next;
  }, []);
}
const pinsOf = (chain: readonly string[]) =>
  trustedAfter(chain, embedded).pins.map(({ sha256 }) => sha256[0]);

describe('an update', () => {
  it('adds its pins and keys to those of the profile', () => {
    const chain = chainOf(update(first, 10, { keys: [sig(second)] }));
    expect(pinsOf(chain)).toEqual(['A', 'B']);
    expect(trustedAfter(chain, embedded)).toMatchObject({
      issuedAt: NOW - 10_000,
      serverKeys: [sig(first), sig(second)],
    });
  });

  it('takes the place of the last one, and never of the profile', () => {
    const chain = chainOf(update(first, 20), update(first, 10, { pins: [pin('C')], keys: [] }));
    expect(pinsOf(chain)).toEqual(['A', 'C']);
    expect(trustedAfter(chain, embedded).serverKeys).toEqual([sig(first)]);
  });

  it('can not put another key under an id of the profile', () => {
    const chain = chainOf(update(first, 10, { keys: [{ ...sig(stranger), kid: first.kid }] }));
    expect(trustedAfter(chain, embedded).serverKeys).toEqual([sig(first)]);
  });

  it.each<[string, string, string]>([
    ['of a stranger', update(stranger, 10), 'unknownKey'],
    ['of a stranger under a known name', update(stranger, 10, {}, { kid: first.kid }), 'signature'],
    ['for another tenant', update(first, 10, { iss: 't_0000000000000000000002' }), 'otherTenant'],
    ['as old as the last', update(first, 100), 'notNewer'],
    ['older than the last', update(first, 200), 'notNewer'],
    ['from the day after tomorrow', update(first, -2 * 86_400), 'fromTheFuture'],
    ['of another kind', update(first, 10, {}, { typ: 'latchkey-activation+jwt' }), 'malformed'],
    ['that is not signed', update(first, 10, {}, { alg: 'none' }), 'malformed'],
    ['without a time', update(first, 10, { iat: undefined }), 'malformed'],
    ['with a pin that is none', update(first, 10, { pins: [{ sha256: 'x' }] }), 'malformed'],
    ['with a key for both', update(first, 10, { keys: [{ ...sig(second), use: 'enc' }] }), 'malformed'],
    ['that was cut off', update(first, 10).slice(0, -4), 'malformed'],
    ['that is empty', '', 'malformed'],
  ])('%s is refused', (_, jws, refusal) => {
    expect(added(chainOf(update(first, 100)), jws)).toBe(refusal);
  });
});

describe('a chain', () => {
  const through = chainOf(
    update(first, 300, { keys: [sig(second)] }),
    update(second, 200, { keys: [sig(second), sig(third)], pins: [pin('C')] }),
  );

  it('reaches keys that no profile knows, link by link', () => {
    expect(through).toHaveLength(2);
    expect(pinsOf(chainOf(...through, update(third, 100, { pins: [pin('D')] })))).toEqual(['A', 'D']);
  });

  it('is as short as it can be proved with', () => {
    expect(chainOf(...through, update(first, 100))).toHaveLength(1);
    expect(chainOf(...through, update(second, 100))).toHaveLength(2);
  });

  it('that was tampered with counts up to where it holds', () => {
    expect(pinsOf(through.slice(1))).toEqual(['A']);
    expect(pinsOf([through[0] ?? '', update(stranger, 100)])).toEqual(['A', 'B']);
    expect(pinsOf(['nonsense'])).toEqual(['A']);
    // An older one put behind a newer does not roll anything back.
    expect(pinsOf([...through, update(second, 250, { pins: [pin('Z')] })])).toEqual(['A', 'C']);
  });

  it('still counts for a clock that was put back', () => {
    expect(pinsOf(through)).toEqual(['A', 'C']);
    expect(chainWith(through, update(first, 100), embedded, NOW - 30 * 86_400_000)).toEqual({
      ok: false,
      error: 'fromTheFuture',
    });
  });

  it('does not grow without end', () => {
    const keys = Array.from({ length: 20 }, pair);
    const refusals = new Set<string>();
    let chain: readonly string[] = chainOf(update(first, 1000, { keys: [sig(keys[0] ?? first)] }));
    keys.forEach((key, nth) => {
      const next = added(chain, update(key, 900 - nth, { keys: [sig(keys[nth + 1] ?? first)] }));
      if (typeof next === 'string') refusals.add(next);
      else chain = next;
    });
    expect(chain).toHaveLength(16);
    expect(refusals).toContain('tooManyLinks');
  });
});
