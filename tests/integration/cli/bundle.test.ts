import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compactDecrypt, importJWK } from 'jose';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { unzipFiles } from '../../../electron/support/bundle/zip.ts';
import { BUNDLE_LIMIT, manifestSchema } from '../../../shared/support/bundle.ts';
import { reportSchema } from '../../../shared/support/report.ts';
import { leaksIn } from '../../support/leaks.ts';
import { BUNDLE_OPENER } from '../examples/programs.ts';
import { installation, jsonOf, temporaryFolder, withServer } from './command.ts';

const { activated, install, buy, profile } = withServer();

const filesOf = (file: string) => unzipFiles(readFileSync(file), BUNDLE_LIMIT) ?? [];
const textOf = (file: string, name: string) => filesOf(file).find((one) => one.name === name)?.text ?? '';

/** A vendor with a key for bundles: the same profile with the key in it, and its private part in a file. */
function vendorWithKey() {
  const dir = temporaryFolder();
  const { privateKey } = generateKeyPairSync('x25519');
  const jwk = privateKey.export({ format: 'jwk' });
  const file = path.join(dir, 'profile.json');
  const given = v.parse(v.looseObject({}), JSON.parse(readFileSync(profile(), 'utf8')));
  writeFileSync(file, JSON.stringify({ ...given, support: { bundleKey: { kid: 'support-1', x: jwk.x } } }));
  const keyFile = path.join(dir, 'support.jwk');
  writeFileSync(keyFile, JSON.stringify(jwk));
  return { app: installation(file), jwk, keyFile, dir };
}

describe('diagnose --bundle', () => {
  it('saves what it has found, and nothing secret', async () => {
    const { code } = await buy();
    const app = await activated(code);
    // As a line of an older version, or of a later mistake, could have it.
    const log = path.join(app.data, 'logs', 'latchkey.log');
    const line = { time: new Date().toISOString(), level: 'warn', process: 'cli', message: `typed ${code}` };
    const hidden = Buffer.from(`user:${code}`).toString('base64');
    appendFileSync(log, `${JSON.stringify({ ...line, note: hidden, place: os.homedir() })}\n`);
    const file = path.join(temporaryFolder(), 'support.zip');
    const outcome = await app.run(['diagnose', '--bundle', file, '--json']);
    expect(outcome).toMatchObject({ exit: 0, err: '' });
    expect(jsonOf(outcome)).toMatchObject({ bundle: { file, encrypted: false } });
    expect(statSync(file).size).toBeLessThan(BUNDLE_LIMIT);
    const report = v.parse(reportSchema, JSON.parse(textOf(file, 'report.json')));
    expect(report.licenses).toMatchObject([{ state: 'active' }]);
    expect(textOf(file, 'report.html')).toContain('<h1>');
    expect(textOf(file, 'log.jsonl')).toContain('licensing api call');
    expect(textOf(file, 'log.jsonl')).toContain('typed [');
    const places = filesOf(file).map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
    expect(leaksIn([{ kind: 'activation code', value: code }], places)).toEqual([]);
    const all = places.map(({ bytes }) => bytes.toString('utf8')).join('');
    expect(all).not.toContain(JSON.stringify(os.homedir()));
    expect(all).not.toContain(app.data);
    const { droppedLogLines } = v.parse(manifestSchema, JSON.parse(textOf(file, 'manifest.json')));
    expect(droppedLogLines).toBe(0);
  });

  it('is understood by inspect, which finds what was altered', async () => {
    const app = install();
    const file = path.join(temporaryFolder(), 'support.zip');
    const saved = await app.run(['diagnose', '--bundle', file]);
    expect(saved.out).toContain(file);
    const seen = await app.run(['inspect', file, '--json']);
    expect(seen.exit).toBe(4);
    expect(jsonOf(seen)).toMatchObject({
      kind: 'support-bundle',
      intact: true,
      verdict: expect.arrayContaining(['neverActivated']),
    });
    const bytes = readFileSync(file);
    // The name of a file, where the list of all of them has it.
    const at = bytes.lastIndexOf('environment.json');
    bytes.write('environment.xson', at, 'latin1');
    writeFileSync(file, bytes);
    const altered = await app.run(['inspect', file, '--json']);
    expect(altered.exit).toBe(2);
    expect(jsonOf(altered)).toMatchObject({ kind: 'support-bundle', intact: false });
  });

  it('encrypts to the vendor’s key, which opens it with Node alone and with jose', async () => {
    const { app, jwk, keyFile, dir } = vendorWithKey();
    const file = path.join(dir, 'support.jwe');
    const outcome = await app.run(['diagnose', '--bundle', file, '--json']);
    expect(jsonOf(outcome)).toMatchObject({ bundle: { encrypted: true } });
    const sealed = readFileSync(file, 'utf8');
    const opened = await compactDecrypt(sealed.trim(), await importJWK({ ...jwk, alg: 'ECDH-ES' }));
    expect(opened.protectedHeader).toMatchObject({
      typ: 'latchkey-support-bundle',
      kid: 'support-1',
      cty: 'zip',
    });
    const zip = path.join(dir, 'opened.zip');
    expect(BUNDLE_OPENER.run([keyFile, file, zip])).toMatchObject({ exit: 0, err: '' });
    expect(Buffer.compare(readFileSync(zip), Buffer.from(opened.plaintext))).toBe(0);
    expect(filesOf(zip).map(({ name }) => name)).toContain('report.json');
    expect(jsonOf(await app.run(['inspect', file, '--json']))).toEqual({
      kind: 'support-bundle',
      decrypted: false,
      encryptedTo: 'support-1',
    });

    // Neither another key nor an altered file opens, and nothing is written then.
    const other = path.join(dir, 'other.jwk');
    writeFileSync(other, JSON.stringify(generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' })));
    const nowhere = path.join(dir, 'nowhere.zip');
    expect(BUNDLE_OPENER.run([other, file, nowhere])).toMatchObject({ exit: 1 });
    writeFileSync(
      file,
      sealed.replace(/.(?=.{40}$)/m, (letter) => (letter === 'A' ? 'B' : 'A')),
    );
    expect(BUNDLE_OPENER.run([keyFile, file, nowhere])).toMatchObject({ exit: 1 });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('leaves it readable where that is asked for, and refuses to encrypt without a key', async () => {
    const { app, dir } = vendorWithKey();
    const plain = path.join(dir, 'plain.zip');
    const outcome = await app.run(['diagnose', '--bundle', plain, '--plain', '--json']);
    expect(jsonOf(outcome)).toMatchObject({ bundle: { encrypted: false } });
    expect(filesOf(plain)).not.toEqual([]);
    const file = path.join(dir, 'no.jwe');
    expect(await install().run(['diagnose', '--bundle', file, '--encrypt'])).toMatchObject({
      exit: 2,
      out: '',
    });
    expect(await app.run(['diagnose', '--bundle', file, '--encrypt', '--plain'])).toMatchObject({ exit: 2 });
    expect(existsSync(file)).toBe(false);
    const nowhere = path.join(dir, 'no', 'such', 'folder.zip');
    expect(await app.run(['diagnose', '--bundle', nowhere])).toMatchObject({ exit: 84 });
  });
});

describe('logs', () => {
  it('prints what was noted, by level and time, as text and as JSON', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const text = await app.run(['logs']);
    expect(text).toMatchObject({ exit: 0, err: '' });
    expect(text.out).toMatch(/info {2}cli {4}licensing api call {2}call=POST /);
    expect(text.out).not.toContain(code);
    const lines = (await app.run(['logs', '--json', '--since', '1h'])).out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toContain(
      'licensing api call',
    );
    expect(await app.run(['logs', '--level', 'error'])).toMatchObject({ exit: 0, out: '' });
    expect(await app.run(['logs', '--since', '2999-01-01'])).toMatchObject({ exit: 0, out: '' });
    expect(await app.run(['logs', '--since', 'yesterday'])).toMatchObject({ exit: 2, out: '' });
    expect(await install().run(['logs'])).toMatchObject({ exit: 0, out: '' });
  });
});
