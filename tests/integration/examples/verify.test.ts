import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchDevice } from '../../../electron/fingerprint/match-policy.ts';
import { parsePublicKey } from '../../../shared/license-file/public-key.ts';
import { verdictOf, verifyLicenseFile } from '../../../shared/license-file/verify.ts';
import { temporaryFolder, withServer } from '../cli/command.ts';
import { caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { VERIFIERS, type Program } from './programs.ts';
import { otherVendor, unwrap, wrap } from './signed-file.ts';

const { server, install, buy, activated } = withServer();

const DAY = 24 * 60 * 60_000;
const MONTH = { type: 'Day', count: 30 } as const;
const FEATURES = [{ key: 'export', type: 'bool' }] as const;

const iso = (at: number) => new Date(at).toISOString();

const vendorKey = () => server().profile.serverKeys.find(({ use }) => use === 'sig')?.x ?? '';

/** Runs a program on a text in a file of its own. */
function verifying(program: Program, publicKey: string) {
  const dir = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(dir, name), text);
    return path.join(dir, name);
  };
  return {
    file,
    run: (text: string, options: readonly string[] = []) => {
      const { exit, out, err } = program.run([...options, publicKey, file('product.lic', text)]);
      expect(err).toBe('');
      const report: { verdict: string; device?: string; data?: unknown } = JSON.parse(out);
      // The status is what a caller in a hurry looks at.
      expect(exit).toBe(report.verdict === 'valid' ? 0 : 1);
      return report;
    },
  };
}

/** The file that Latchkey put in its place. */
const placed = (data: string) =>
  readFileSync(path.join(data, 'license-files', `${server().productId}.lic`), 'utf8');

const fingerprintOf = (report: { data?: unknown }) => {
  const { attributes } = report.data as { attributes: { fingerprint: Record<string, string> } };
  return attributes.fingerprint;
};

for (const program of VERIFIERS) {
  describe.skipIf(program.command === null)(program.name, () => {
    it('verifies the file that Latchkey put in its place, with the key in each of its forms', async () => {
      const { code } = await buy({ features: [...FEATURES] });
      const app = await activated(code);
      const text = placed(app.data);
      const { file, run } = verifying(program, vendorKey());
      const report = run(text);
      expect(report).toMatchObject({
        verdict: 'valid',
        alg: 'base64+ed25519',
        device: 'notCompared',
        meta: { ttl: expect.any(Number) },
        data: {
          type: 'licenses',
          attributes: { activation: { productId: server().productId, mode: 'online' } },
        },
        included: [{ id: 'export', type: 'features', attributes: { type: 'bool' } }],
      });
      const hex = Buffer.from(vendorKey(), 'base64url').toString('hex');
      expect(verifying(program, hex).run(text)).toEqual(report);
      const spki = Buffer.from(`302a300506032b6570032100${hex}`, 'hex').toString('base64');
      const pem = file('key.pem', `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`);
      expect(verifying(program, pem).run(text)).toEqual(report);
      expect(JSON.parse(program.run([vendorKey(), '-'], text).out)).toEqual(report);

      const here = fingerprintOf(report);
      const device = (factors: unknown) => ['--device', file('device.json', JSON.stringify(factors))];
      expect(run(text, device(here))).toMatchObject({ verdict: 'valid', device: 'same' });
      const elsewhere = Object.fromEntries(Object.keys(here).map((name) => [name, 'x'.repeat(43)]));
      expect(run(text, device(elsewhere))).toMatchObject({ verdict: 'otherDevice', device: 'different' });
      expect(run(text, device({}))).toMatchObject({ verdict: 'deviceUnknown', device: 'unknown' });
    });

    it('verifies the file that came in an offline response', async () => {
      const { code } = await buy({ offlineLeasePeriod: MONTH });
      const app = install();
      const request = await app.run(['offline', 'request', '--code-file', '-'], { stdin: `${code}\n` });
      const response = await offlineCaller(server(), caller(server())).token(request.out);
      expect(await app.run(['offline', 'import', '-'], { stdin: response })).toMatchObject({ exit: 0 });
      expect(verifying(program, vendorKey()).run(placed(app.data))).toMatchObject({
        verdict: 'valid',
        data: { attributes: { activation: { mode: 'offline' } } },
      });
    });

    it('refuses a file that has expired, and one of a time that has not come', async () => {
      const { run } = verifying(program, vendorKey());
      for (const [days, verdict] of [
        [-20, 'expired'],
        [1, 'clockBehind'],
      ] as const) {
        server().setClock(() => Date.now() + days * DAY);
        const { code } = await buy();
        const app = install();
        await app.activate(code);
        server().setClock(Date.now);
        expect(run(placed(app.data))).toMatchObject({ verdict, data: { type: 'licenses' } });
      }
    });

    it('refuses what was altered, cut off, signed by somebody else, or is no license file', async () => {
      const { code } = await buy({ offlineLeasePeriod: MONTH });
      const app = await activated(code);
      const text = placed(app.data);
      const { run } = verifying(program, vendorKey());
      const { enc = '', sig = '', alg = '' } = unwrap(text);
      const changed = (it: string, at = 20) =>
        it.slice(0, at) + (it.charAt(at) === 'A' ? 'B' : 'A') + it.slice(at + 1);
      const verdicts: readonly (readonly [string, string])[] = [
        [wrap(JSON.stringify({ enc: changed(enc), sig, alg })), 'invalid'],
        [wrap(JSON.stringify({ enc, sig: changed(sig), alg })), 'invalid'],
        [wrap(JSON.stringify({ enc, sig: '', alg })), 'invalid'],
        [wrap(JSON.stringify({ enc, sig: sig.slice(0, -4), alg })), 'invalid'],
        [wrap(JSON.stringify({ enc, sig, alg: 'none' })), 'unsupported'],
        [wrap(JSON.stringify({ enc, sig, alg: 'base64+rsa-sha256' })), 'unsupported'],
        [wrap(JSON.stringify({ enc, sig, alg: 'aes-256-gcm+ed25519' })), 'malformed'],
        [wrap(JSON.stringify({ enc, alg })), 'malformed'],
        [wrap('no JSON'), 'malformed'],
        [text.replaceAll('LICENSE FILE', 'MACHINE FILE'), 'notALicenseFile'],
        [text.slice(0, -30), 'notALicenseFile'],
        [text.replace(/^(.{60})/m, '-'), 'notALicenseFile'],
        ['', 'notALicenseFile'],
        [text.padEnd(257 * 1024), 'notALicenseFile'],
      ];
      for (const [wrong, verdict] of verdicts) expect(run(wrong)).toEqual({ verdict });
      expect(verifying(program, otherVendor().publicKey).run(text)).toEqual({ verdict: 'invalid' });
      const request = await app.run(['deactivate']);
      expect(request.exit).toBe(0);
      const token = await install().run(['offline', 'request', '--code-file', '-'], { stdin: code });
      expect(run(token.out)).toEqual({ verdict: 'notALicenseFile' });
      // Neither the end of lines nor what stands around the armor is signed.
      expect(run(`From: support\r\n${text.replaceAll('\n', '\r\n')}Regards`).verdict).toBe('valid');
    });

    it('decrypts with the license key, and with no other', async () => {
      const calls = caller(server());
      const { activationCode } = await calls.createEntitlement({});
      const { seat } = await calls.takeSeat(activationCode, 'seat-1');
      const body = { json: { encrypt: true } };
      const { text } = await calls.seatCall(seat, 'POST', '/api/v1/activation/license-file', body);
      const { file, run } = verifying(program, vendorKey());
      const key = (code: string) => ['--license-key-file', file('code.txt', code)];
      expect(run(text, key(`${activationCode}\n`))).toMatchObject({
        verdict: 'valid',
        alg: 'aes-256-gcm+ed25519',
        device: 'notBound',
        data: { attributes: { seatId: 'seat-1' } },
      });
      expect(run(text)).toEqual({ verdict: 'locked' });
      expect(run(text, key('ANOTHER-CODE'))).toEqual({ verdict: 'locked' });
    });

    it('judges files of every other vendor as the reader of the project does', () => {
      const now = Date.now();
      const data = { id: 'one', type: 'licenses', attributes: {} };
      const issued = iso(now - DAY);
      const meta = { issued, expiry: iso(now + DAY), ttl: 2 * 86_400 };
      const vendor = otherVendor();
      const { run, file } = verifying(program, vendor.publicKey);
      const licenseKey = 'KEY-1234';
      const twice = `{"data":{"a":1,"a":2},"meta":${JSON.stringify(meta)}}`;
      const cases = [
        ['valid', vendor.sign({ data, included: [], meta })],
        ['valid', vendor.sign(`{ "data" : { "a" : [":", "b"] } , "meta" : ${JSON.stringify(meta)} }`)],
        ['valid', vendor.sign({ data, meta: { issued, expiry: null, ttl: null } })],
        ['valid', vendor.sign({ data, meta: { issued: issued.replace('Z', '+00:00'), ttl: 90_000 } })],
        ['valid', vendor.sign({ data, meta: { ...meta, issued: iso(now + 4 * 60_000) } })],
        ['valid', vendor.sign({ data, meta }, { licenseKey })],
        ['expired', vendor.sign({ data, meta: { issued, ttl: 80_000 } })],
        ['expired', vendor.sign({ data, meta: { ...meta, expiry: iso(now - 1000) } })],
        ['clockBehind', vendor.sign({ data, meta: { ...meta, issued: iso(now + 6 * 60_000) } })],
        ['malformed', vendor.sign({ data })],
        ['malformed', vendor.sign({ data: [], meta })],
        ['malformed', vendor.sign({ data, meta, included: {} })],
        ['malformed', vendor.sign({ data, meta: { issued }, included: 'x' })],
        ['malformed', vendor.sign({ data, meta: { issued, ttl: -1 } })],
        ['malformed', vendor.sign({ data, meta: { issued: 'yesterday' } })],
        ['malformed', vendor.sign({ data, meta: { ...meta, expiry: '2026-01-01' } })],
        ['malformed', vendor.sign({ data, meta: { ...meta, expiry: 5 } })],
        ['malformed', vendor.sign(twice)],
        ['malformed', vendor.sign('[]')],
        ['malformed', vendor.sign('no JSON')],
        ['invalid', vendor.sign({ data, meta }, { prefix: 'machine/' })],
        ['invalid', vendor.sign({ data, meta }, { prefix: '' })],
        ['unsupported', vendor.sign({ data, meta }, { alg: 'base64+ecdsa-secp256r1' })],
      ] as const;
      const key = parsePublicKey(vendor.publicKey);
      for (const [verdict, text] of cases) {
        const ours = verifyLicenseFile(text, { publicKeys: key === null ? [] : [key], now, licenseKey });
        expect(ours === null ? null : verdictOf(ours), text).toBe(verdict);
        expect(run(text, ['--license-key-file', file('key.txt', licenseKey)]).verdict, text).toBe(verdict);
      }
    });

    it('takes a key that begins with a hyphen for a key', () => {
      const meta = { issued: iso(Date.now()), expiry: null, ttl: null };
      const vendors = Array.from({ length: 2000 }, otherVendor);
      const [vendor, other] = vendors.filter(({ publicKey }) => publicKey.startsWith('-'));
      if (vendor === undefined || other === undefined) throw new Error('no such keys were made');
      const text = vendor.sign({ data: {}, meta });
      expect(verifying(program, vendor.publicKey).run(text).verdict).toBe('valid');
      expect(verifying(program, other.publicKey).run(text).verdict).toBe('invalid');
    });

    it('compares devices as Latchkey does', () => {
      const vendor = otherVendor();
      const { run, file } = verifying(program, vendor.publicKey);
      const meta = { issued: iso(Date.now()), expiry: null, ttl: null };
      const set = (names: string, changed = '') =>
        Object.fromEntries(
          names
            .split(' ')
            .map((name) => [name, `${name}${changed.includes(name) ? '-new' : ''}`.padEnd(43, '0')]),
        );
      const all = 'board disk mac machineId os cpu';
      const cases = [
        [set(all), set(all), 'same'],
        [set(all), set(all, 'disk mac'), 'drifted'],
        [set(all), set(all, 'board mac'), 'different'],
        [set(all), set(all, 'board disk mac'), 'different'],
        [set(all), set('machineId os cpu'), 'unknown'],
        [set(all), set('disk mac machineId os'), 'same'],
        [set('machineId cpu'), set('machineId cpu', 'machineId'), 'different'],
        [set('cpu install'), set('cpu install', 'install'), 'different'],
        [set('disk machineId install'), set('disk machineId install', 'install'), 'drifted'],
        [set('something'), set('something'), 'unknown'],
      ] as const;
      for (const [enrolled, present, verdict] of cases) {
        expect(matchDevice(enrolled, present).verdict).toBe(verdict);
        const text = vendor.sign({ data: { attributes: { seatId: 's', fingerprint: enrolled } }, meta });
        const device = file('device.json', JSON.stringify(present));
        expect(run(text, ['--device', device]).device, JSON.stringify(present)).toBe(verdict);
      }
    });

    it('says how it is used', () => {
      const { file } = verifying(program, vendorKey());
      const some = file('some.txt', 'text');
      for (const args of [
        [],
        [vendorKey()],
        [vendorKey(), `${some}.missing`],
        [some, some],
        ['0'.repeat(63), some],
        ['--license-key-file', `${some}.missing`, vendorKey(), some],
        ['--device', some, vendorKey(), some],
        ['--no-such', vendorKey(), some],
      ]) {
        expect(program.run(args), args.join(' ')).toMatchObject({ exit: 2, out: '' });
      }
    });
  });
}
