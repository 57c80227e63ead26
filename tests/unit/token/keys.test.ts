import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  deviceJwks,
  loadDeviceKeys,
  makeDeviceKeys,
  storeDeviceKeys,
  thumbprint,
  toJwk,
  wipeDeviceKeys,
} from '../../../shared/token/keys.ts';
import { random } from './samples.ts';

describe('device keys', () => {
  const keys = makeDeviceKeys(random);

  it('are named by their thumbprint', async () => {
    const { sign, encrypt } = deviceJwks(keys);
    expect(keys.sign.kid).toBe(await calculateJwkThumbprint(sign));
    expect(keys.encrypt.kid).toBe(await calculateJwkThumbprint(encrypt));
  });

  it('have the thumbprint of RFC 8037, A.3', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    expect(thumbprint({ kty: 'OKP', crv: 'Ed25519', x })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(thumbprint({ kty: 'OKP', crv: 'X25519', x })).not.toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
  });

  it('come back from the vault as they were', () => {
    const stored: unknown = JSON.parse(JSON.stringify(storeDeviceKeys(keys)));
    expect(loadDeviceKeys(stored)).toEqual(keys);
  });

  it.each([null, {}, { sign: 'x' }, { sign: 'A'.repeat(43), encrypt: 'A'.repeat(42) }])(
    'do not come from %j',
    (stored) => {
      expect(loadDeviceKeys(stored)).toBeNull();
    },
  );

  it('show no secret in the public form', () => {
    const text = JSON.stringify(deviceJwks(keys));
    expect(text).toContain(toJwk('Ed25519', keys.sign.publicKey).x);
    for (const secret of Object.values(storeDeviceKeys(keys))) expect(text).not.toContain(secret);
  });

  it('are gone once wiped', () => {
    const gone = makeDeviceKeys(random);
    wipeDeviceKeys(gone);
    expect(gone.sign.secretKey).toEqual(new Uint8Array(32));
    expect(gone.encrypt.secretKey).toEqual(new Uint8Array(32));
    expect(keys.sign.secretKey).not.toEqual(new Uint8Array(32));
  });
});
