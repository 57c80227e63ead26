import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { armorToken } from '../../../shared/token/armor.ts';
import { recogniseToken } from '../../../shared/token/recognise.ts';
import { valueOf } from '../../support/vault.ts';
import { temporaryFolder, withServer } from '../cli/command.ts';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { makeDevice, type Changes, type Device } from '../licensing-api/offline-device.ts';
import { OPENERS } from './programs.ts';

const { server, install, buy } = withServer();

const MONTH = { type: 'Day', count: 30 } as const;
const keySchema = v.looseObject({ kty: v.string(), crv: v.string(), x: v.string(), d: v.string() });

/** A folder of the vendor's, with the server's key in it. */
function vendor() {
  const dir = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(dir, name), text);
    return path.join(dir, name);
  };
  const encryption = v.parse(keySchema, server().encryptionKey);
  const { kty, crv, x, d } = encryption;
  const pem = createPrivateKey({ format: 'jwk', key: { kty, crv, x, d } });
  return {
    file,
    jwk: file('server.jwk', JSON.stringify(encryption)),
    pem: file('server.pem', String(pem.export({ format: 'pem', type: 'pkcs8' }))),
  };
}

/** A request that the `latchkey` command wrote into a file. */
async function written() {
  const { code } = await buy({ offlineLeasePeriod: MONTH });
  const app = install();
  const file = path.join(temporaryFolder(), 'plant-7.lkrequest');
  const args = ['offline', 'request', '--code-file', '-', '--seat-name', 'Bridge', '--out', file];
  expect(await app.run(args, { stdin: `${code}\n` })).toMatchObject({ exit: 0 });
  const armored = readFileSync(file, 'utf8');
  return { code, file, armored, jwe: valueOf(recogniseToken(armored)).jwe };
}

/** A device on `jose`, for requests that Latchkey would not write. */
async function stranger(): Promise<Device> {
  const { code } = await buy({ offlineLeasePeriod: MONTH });
  return await makeDevice({ api: server(), code });
}

/** The same text with another character at a place of one of the five parts. */
function altered(jwe: string, part: number): string {
  const parts = jwe.split('.');
  parts[part] = (parts[part] ?? '').replace(
    /^(.{5})(.)/,
    (_, before: string, letter: string) => before + (letter === 'A' ? 'B' : 'A'),
  );
  return parts.join('.');
}

const otherKey = (type: 'x25519' | 'ed25519') =>
  // The overloads of node:crypto know no union of types.
  (type === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('ed25519')).privateKey
    .export({ format: 'pem', type: 'pkcs8' })
    .toString();

/** Requests that are wrong in one way each, and the reason given; the portal refuses every one of them too. */
const WRONG: readonly (readonly [string, RegExp, (device: Device, other: Device) => Changes])[] = [
  ['expired', /expired/, () => ({ claims: { exp: 1_700_000_000 } })],
  ['without a code', /claim activationCode/, () => ({ claims: { activationCode: undefined } })],
  ['with a long seat id', /claim seatId/, () => ({ claims: { seatId: 'x'.repeat(101) } })],
  ['with a jti that is no id', /claim jti/, () => ({ claims: { jti: 'short' } })],
  ['of another kind inside', /another kind/, () => ({ inner: { typ: 'latchkey-deactivation-v1+jwt' } })],
  ['with another kid', /another key/, () => ({ inner: { kid: 'x'.repeat(43) } })],
  [
    'that shows its private key',
    /not a public Ed25519 key/,
    ({ sign, encrypt }) => ({
      claims: { deviceKeys: { sign: { ...sign.jwk, d: sign.jwk.x }, encrypt: encrypt.jwk } },
    }),
  ],
  ['without keys', /key/, () => ({ claims: { deviceKeys: null } })],
  ['that is not signed at all', /no signed content|not base64url/, () => ({ plaintext: '{"jti":"0"}' })],
  ['that says a name twice', /a name stands twice/, () => ({ payload: '{"jti":"0","jti":"1"}' })],
  [
    'with a key of the wrong curve',
    /not a public X25519 key/,
    ({ sign }) => ({ claims: { deviceKeys: { sign: sign.jwk, encrypt: sign.jwk } } }),
  ],
  [
    'signed with another key',
    /the signature does not hold/,
    (_, other) => ({ signWith: other.sign.privateKey }),
  ],
  ['encrypted to another key', /altered/, ({ encrypt }) => ({ encryptTo: encrypt.jwk })],
];

for (const program of OPENERS) {
  describe.skipIf(program.command === null)(program.name, () => {
    it('opens what Latchkey wrote, whatever it was carried as, and the portal takes the same', async () => {
      const { jwk, pem, file } = vendor();
      const request = await written();
      const opened = program.run([jwk, request.file]);
      expect(opened).toMatchObject({ exit: 0, err: '' });
      const claims: unknown = JSON.parse(opened.out);
      expect(claims).toMatchObject({
        tenantId: server().tenantId,
        productId: server().productId,
        activationCode: request.code,
        seatName: 'Bridge',
        jti: expect.stringMatching(/^[\w-]{22}$/),
        deviceKeys: { sign: { crv: 'Ed25519' }, encrypt: { crv: 'X25519' } },
      });
      const mailed = `\uFEFF${request.armored.replaceAll(/^/gm, '> ').replaceAll('\n', '\r\n')}`;
      for (const args of [
        [pem, request.file],
        [jwk, file('bare', request.jwe)],
        [jwk, file('mailed', mailed)],
      ]) {
        expect(program.run(args)).toEqual(opened);
      }
      expect(program.run([jwk, '-'], request.armored)).toEqual(opened);
      await offlineCaller(server(), caller(server())).token(request.armored);
    });

    it('opens what any other library wrote, and nothing that says more than it should', async () => {
      const { jwk, file } = vendor();
      const device = await stranger();
      expect(program.run([jwk, file('good', await device.request())])).toMatchObject({ exit: 0, err: '' });
      const [portal, other] = [offlineCaller(server(), caller(server())), await stranger()];
      for (const [name, reason, changes] of WRONG) {
        const token = await device.request(changes(device, other));
        const { exit, out, err } = program.run([jwk, file('wrong', token)]);
        expect({ exit, out }, name).toEqual({ exit: 1, out: '' });
        expect(err, name).toMatch(reason);
        expect((await portal.send(token)).status, name).toBeGreaterThanOrEqual(400);
      }
    });

    it('lets nothing in the header choose how it is read', async () => {
      const { jwk, file } = vendor();
      const { jwe } = await written();
      const [head = '', ...rest] = jwe.split('.');
      const header: Record<string, unknown> = JSON.parse(Buffer.from(head, 'base64url').toString());
      const epk = { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) };
      for (const [changes, reason] of [
        [{ zip: 'DEF' }, /must not be there/],
        [{ crit: ['exp'] }, /must not be there/],
        [{ apu: 'YQ' }, /must not be there/],
        [{ alg: 'dir' }, /another kind/],
        [{ enc: 'A128GCM' }, /another kind/],
        [{ cty: undefined }, /another kind/],
        [{ epk: { ...epk, crv: 'P-256' } }, /not a public X25519 key/],
        [{ epk }, /altered/],
      ] as const) {
        const other = Buffer.from(JSON.stringify({ ...header, ...changes })).toString('base64url');
        const { exit, err } = program.run([jwk, file('header', [other, ...rest].join('.'))]);
        expect(exit).toBe(1);
        expect(err).toMatch(reason);
      }
    });

    it('refuses a request that was altered, cut off, blown up, or is for another server', async () => {
      const { jwk, file } = vendor();
      const { armored, jwe } = await written();
      const stranger = file('stranger.pem', otherKey('x25519'));
      const refusals = [
        ...[0, 2, 3, 4].map((part) => [jwk, file(`altered-${part}`, altered(jwe, part))]),
        [jwk, file('short', jwe.slice(0, -1))],
        [jwk, file('cut', armored.slice(0, armored.length / 2))],
        [jwk, file('no-end', armored.replace(/-----END.*/, ''))],
        [jwk, file('large', armored + ' '.repeat(64 * 1024))],
        [jwk, file('empty', '')],
        [stranger, file('good', jwe)],
      ];
      for (const args of refusals) {
        expect(program.run(args), args[1]).toEqual({
          exit: 1,
          out: '',
          err: expect.stringMatching(/^refused: .+\n$/),
        });
      }
      expect(program.run([jwk, file('again', jwe)]).exit).toBe(0);
    });

    it('refuses tokens of other kinds, and a request under their label', async () => {
      const { jwk, file } = vendor();
      const device = await stranger();
      const calls = offlineCaller(server(), caller(server()));
      const request = await device.request();
      const response = await calls.token(request);
      const others = [
        await device.deactivation('act_x'),
        response,
        armorToken('deactivation', request),
        armorToken('activation-response', response),
      ];
      for (const other of others) {
        expect(program.run([jwk, file('other', other)])).toEqual({
          exit: 1,
          out: '',
          err: expect.stringMatching(/^refused: .+\n$/),
        });
      }
    });

    it('says how it is used', async () => {
      const { jwk, file } = vendor();
      const { file: request } = await written();
      const wrong = [
        [],
        [jwk],
        [jwk, `${request}.missing`],
        [`${jwk}.missing`, request],
        [file('signing.pem', otherKey('ed25519')), request],
        [file('nonsense', 'no key'), request],
      ];
      for (const args of wrong) expect(program.run(args)).toMatchObject({ exit: 2, out: '' });
    });
  });
}
