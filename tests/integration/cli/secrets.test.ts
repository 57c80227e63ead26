import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fullInstallation } from '../../support/full-installation.ts';
import { installationSecrets } from '../../support/installation-secrets.ts';
import { leaksIn, type Place } from '../../support/leaks.ts';
import { machineSecrets } from '../../support/machine-secrets.ts';
import { newActivationCode } from '../../licensing-api/secrets.ts';
import { latchkey, withServer } from './command.ts';

/** What the commands print that somebody sends to support, over a vault with every kind of secret in it. */

const { server, profile } = withServer();

const LANGUAGES = ['en_US.UTF-8', 'de_DE.UTF-8', 'ar_EG.UTF-8'];

describe('what a command prints for support', () => {
  it('has no secret in it, in any language', async () => {
    const { parent, dataDir } = await fullInstallation(server().profile, server().productId);
    const bundle = path.join(parent, 'bundle.zip');
    const typed = newActivationCode('ORBIT');
    const secrets = [
      { kind: 'typed code', value: typed },
      ...(await installationSecrets(dataDir, server().profile)),
      ...(await machineSecrets(dataDir)),
    ];
    const places: Place[] = [];
    const run = async (args: readonly string[], LANG = 'en_US.UTF-8', stdin = '') => {
      const all = ['--profile', profile(), '--data', dataDir, ...args];
      const said = await latchkey(all, { env: { LANG }, stdin });
      places.push({ name: `${args[0]} (${LANG})`, bytes: Buffer.from(said.out + said.err) });
      return said;
    };
    for (const language of LANGUAGES) expect((await run(['diagnose'], language)).out).not.toBe('');
    expect(JSON.parse((await run(['diagnose', '--json', '--bundle', bundle])).out)).toBeTypeOf('object');
    expect((await run(['inspect', bundle])).out).toContain('report.json');
    // So that there is something in the log.
    expect((await run(['activate', '--code-file', '-'], undefined, typed)).exit).not.toBe(0);
    expect((await run(['logs'])).out).toContain('licensing api call');
    expect((await run(['logs', '--json'])).out).toContain('licensing api call');
    expect(leaksIn(secrets, places)).toEqual([]);

    // The same search finds each kind where it is.
    const kinds = new Set(secrets.map(({ kind }) => kind));
    const bytes = Buffer.concat(secrets.map(({ value }) => Buffer.from(value)));
    const found = leaksIn(secrets, [{ name: 'planted', bytes }]);
    expect(new Set(found.map((finding) => finding.split(' as ')[0]))).toEqual(kinds);
    expect([...kinds]).toEqual(
      expect.arrayContaining(['activation code', 'access token', 'nonce', 'password', 'vault key']),
    );
  });
});
