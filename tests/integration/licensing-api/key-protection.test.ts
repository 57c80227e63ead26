import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealJson, openJson, type KeyProtection } from '../../licensing-api/key-protection.ts';
import { loadKeys, type Keys } from '../../licensing-api/keys.ts';

let folder: string;
let dataDir: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'licensing-api-keys-'));
  dataDir = path.join(folder, 'data');
  file = path.join(dataDir, 'keys.json');
  await mkdir(dataDir);
});
afterEach(() => rm(folder, { recursive: true }));

const NOW = new Date('2026-03-01T09:00:00Z');
const PASSPHRASE: KeyProtection = { passphrase: 'correct horse battery' };

/** Every secret of the keys, as text that would be found in a file. */
const secretsOf = (keys: Keys) => [
  keys.token.d,
  keys.signing.d,
  keys.encryption.d,
  keys.webhook.d,
  keys.storage,
  'PRIVATE KEY',
];

const load = (protection: KeyProtection | null = PASSPHRASE) => loadKeys(dataDir, NOW, protection);

describe('keys', () => {
  it('are encrypted with a passphrase, and opened with it again', async () => {
    const made = await load();
    const text = await readFile(file, 'utf8');
    for (const secret of secretsOf(made)) expect(text.includes(secret)).toBe(false);
    expect(await load()).toEqual(made);
    expect(await readdir(dataDir)).toEqual(['keys.json']);
  });

  it('are encrypted with a key file from elsewhere', async () => {
    const keyFile = path.join(folder, 'secret');
    await writeFile(keyFile, 'a-key-file-of-the-vendor\n');
    const made = await load({ keyFile });
    expect(await load({ keyFile })).toEqual(made);
    expect(await readdir(dataDir)).toEqual(['keys.json']);
    await writeFile(keyFile, 'another-key-file-altogether\n');
    await expect(load({ keyFile })).rejects.toThrow('can not be opened');
  });

  it('of the demo are encrypted with a key file beside them; a copy without it is worthless', async () => {
    const made = await load(null);
    expect((await readdir(dataDir)).toSorted()).toEqual(['keys.json', 'keys.secret']);
    expect(await load(null)).toEqual(made);
    await rm(path.join(dataDir, 'keys.secret'));
    await expect(load(null)).rejects.toThrow('keys.secret is missing');
    // Neither keys nor secret were made anew: the old secret still opens what is there.
    expect(await readdir(dataDir)).toEqual(['keys.json']);
  });

  it('stay as they are where the passphrase is wrong, too short or missing', async () => {
    const made = await load();
    const before = await readFile(file);
    await expect(load({ passphrase: 'correct horse batterz' })).rejects.toThrow(
      'the passphrase or key file is not the one it was made with',
    );
    await expect(load({ passphrase: 'short' })).rejects.toThrow('too short');
    await expect(load({ keyFile: path.join(folder, 'none') })).rejects.toThrow('is missing');
    await expect(load(null)).rejects.toThrow('is missing');
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(dataDir)).toEqual(['keys.json']);
    expect(await load()).toEqual(made);
  });

  it('are refused if a single octet was changed, in every part', async () => {
    await load();
    const sealed: Record<string, unknown> = JSON.parse(await readFile(file, 'utf8'));
    const flipped = (text: unknown) => String(text).replace(/^./, (it) => (it === 'A' ? 'B' : 'A'));
    const { kdf } = sealed;
    const salted = { ...(typeof kdf === 'object' ? kdf : {}), salt: 'AAAAAAAAAAAAAAAAAAAAAA' };
    for (const change of [
      { ciphertext: flipped(sealed['ciphertext']) },
      { iv: flipped(sealed['iv']) },
      { tag: flipped(sealed['tag']) },
      { kdf: salted },
    ]) {
      await writeFile(file, JSON.stringify({ ...sealed, ...change }));
      await expect(load()).rejects.toThrow('can not be opened');
    }
    await writeFile(file, JSON.stringify({ ...sealed, tag: String(sealed['tag']).slice(0, 8) }));
    await expect(load()).rejects.toThrow('can not be opened');
    await writeFile(file, JSON.stringify({ ...sealed, version: 3 }));
    await expect(load()).rejects.toThrow('keys.json is damaged');
    await writeFile(file, JSON.stringify(sealed));
    expect((await load()).fingerprintSalt).toBeTypeOf('string');
  });
});

describe('keys that an earlier version kept in the open', () => {
  async function plain(): Promise<Keys> {
    const made = await loadKeys(null, NOW);
    const { clientAuthority: _c, webhook: _w, storage: _s, ...first } = made;
    await writeFile(file, JSON.stringify({ version: 1, ...first }), { mode: 0o600 });
    return made;
  }

  it('are encrypted at the next start and keep their values', async () => {
    const before = await plain();
    const after = await load();
    const { token, signing, encryption, tls, fingerprintSalt } = before;
    expect(after).toMatchObject({ token, signing, encryption, tls, fingerprintSalt });
    expect(after.webhook.d).not.toBe('');
    const text = await readFile(file, 'utf8');
    for (const secret of secretsOf(after)) expect(text.includes(secret)).toBe(false);
    expect(await load()).toEqual(after);
  });

  it('stay in the open where there is no secret to encrypt them with', async () => {
    await plain();
    const before = await readFile(file);
    await expect(load({ keyFile: path.join(folder, 'none') })).rejects.toThrow('is missing');
    expect(await readFile(file)).toEqual(before);
  });
});

describe('what is sealed', () => {
  it('is different each time, and opened by its secret only', async () => {
    const value = { some: 'value' };
    const [one, two] = [
      await sealJson(value, 'secret-number-one'),
      await sealJson(value, 'secret-number-one'),
    ];
    expect(one.ciphertext).not.toBe(two.ciphertext);
    expect(await openJson(one, 'secret-number-one')).toEqual({ value });
    expect(await openJson(one, 'secret-number-two')).toBeNull();
    expect(await openJson({ ...one, ciphertext: two.ciphertext }, 'secret-number-one')).toBeNull();
  });
});
