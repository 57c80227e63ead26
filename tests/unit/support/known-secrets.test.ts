import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecrets } from '../../../electron/support/known-secrets.ts';
import { createScrub } from '../../../electron/support/scrub-policy.ts';
import { ok } from '../../../shared/result.ts';
import { fillVault } from '../../support/full-vault.ts';
import { open, PRODUCT, vaultFolder } from '../../support/vault.ts';

const dense = (text: string) => text.replaceAll(/\s/g, '');

describe('what leaves the device', () => {
  it('is searched for every secret of the vault: license, journal, certificates and logins at proxies', async () => {
    const vault = await open(vaultFolder());
    const secrets = await fillVault(vault, PRODUCT);
    const known = await readSecrets(() => Promise.resolve(ok(vault)), [PRODUCT]);
    for (const { kind, value } of secrets) {
      expect(known.map((one) => `${one.kind} ${dense(one.value)}`)).toContain(
        `${kind} ${dense(String(value))}`,
      );
    }
    const scrub = createScrub(known);
    for (const { value } of secrets) expect(scrub(`found ${String(value)} here`)).not.toContain(value);
    // Nothing that isn't there is taken out.
    const other = randomBytes(32).toString('base64url');
    expect(scrub(`found ${other} here`)).toBe(`found ${other} here`);
    vault.close();
  });

  it('is searched for what can be read where a record can not', async () => {
    const dir = vaultFolder();
    const before = await open(dir);
    const secrets = await fillVault(before, PRODUCT);
    before.close();
    for (const name of [`${PRODUCT}.json`, `${PRODUCT}.copy.json`]) writeFileSync(path.join(dir, name), '{');
    const vault = await open(dir);
    const known = await readSecrets(() => Promise.resolve(ok(vault)), [PRODUCT]);
    const values = known.map(({ value }) => value);
    const passwords = secrets.filter(({ kind }) => kind === 'password').map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(passwords));
    expect(values).not.toContain(secrets.find(({ kind }) => kind === 'nonce')?.value);
    vault.close();
  });
});
