import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../shared/errors.ts';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { installation, jsonOf, latchkey, temporaryFolder, withServer } from './command.ts';

const { server, profile, install, activated, buy, takeSeatElsewhere } = withServer();

const DAY = 24 * 60 * 60_000;
const WRONG_CODE = 'ORBIT-AAAA-BBBB-CCCC-DDDD';

interface Trouble {
  readonly code: keyof typeof ERRORS;
  readonly exit: number;
  /** Makes it so, and gives the activation code to use. */
  readonly prepare: () => Promise<string>;
}

const bought = async () => (await buy()).code;

const TROUBLES: readonly Trouble[] = [
  { code: 'activationCodeInvalid', exit: 11, prepare: () => Promise.resolve(WRONG_CODE) },
  {
    code: 'seatLimitReached',
    exit: 13,
    prepare: async () => {
      const { code } = await buy({ seatCount: 1 });
      await takeSeatElsewhere(code);
      return code;
    },
  },
  {
    code: 'entitlementExpired',
    exit: 14,
    prepare: async () => {
      const code = await bought();
      server().setClock(() => Date.now() + 400 * DAY);
      return code;
    },
  },
  {
    code: 'entitlementDisabled',
    exit: 15,
    prepare: async () => {
      const { code, change } = await buy();
      await change('disable');
      return code;
    },
  },
  {
    code: 'pinMismatch',
    exit: 40,
    prepare: async () => {
      const code = await bought();
      await server().setCertificate('newKey');
      return code;
    },
  },
  {
    code: 'certificateExpired',
    exit: 37,
    prepare: async () => {
      const code = await bought();
      await server().setCertificate('expired');
      return code;
    },
  },
  {
    code: 'certificateUntrusted',
    exit: 36,
    prepare: async () => {
      const code = await bought();
      await server().setCertificate('otherCa');
      return code;
    },
  },
  {
    code: 'answerMalformed',
    exit: 43,
    prepare: async () => {
      const code = await bought();
      server().faults.next({ kind: 'malformedJson' }, 'activate');
      return code;
    },
  },
  {
    code: 'serverError',
    exit: 42,
    prepare: async () => {
      const code = await bought();
      server().faults.next({ kind: 'status', status: 500 }, 'activate');
      return code;
    },
  },
  {
    code: 'rateLimited',
    exit: 27,
    prepare: async () => {
      const code = await bought();
      server().faults.next({ kind: 'status', status: 429, retryAfterSeconds: 90 }, 'activate');
      return code;
    },
  },
];

describe('a failure', () => {
  it.each(TROUBLES)(
    'such as $code ends with $exit, says what to do in both places, and leaves no license behind',
    async ({ code, exit, prepare }) => {
      const app = install();
      const outcome = await app.activate(await prepare(), '--json');
      expect(outcome.exit).toBe(exit);
      expect(outcome.out.trimEnd().split('\n')).toHaveLength(1);
      const { error } = jsonOf(outcome) as { readonly error: Readonly<Record<string, unknown>> };
      expect(error).toMatchObject({ code, exit: ERRORS[code].exit, remedy: ERRORS[code].remedy });
      const words = [error['sentence'], error['nextAction']];
      expect(outcome.err).toBe(`${words.join('\n')}\n`);
      for (const text of words) expect(String(text).length).toBeGreaterThan(10);
      expect(app.records()).toEqual({});
    },
  );

  it('is told on standard error alone without --json', async () => {
    const outcome = await install().activate(WRONG_CODE);
    expect(outcome).toMatchObject({ exit: 11, out: '' });
    expect(outcome.err.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('a license that is there', () => {
  it('keeps its bytes and stays active through every failure to reach the server', async () => {
    const { code } = await buy();
    const app = await activated(code);
    const before = app.records();
    const refreshed = async (exit: number) => {
      expect((await app.run(['refresh'])).exit).toBe(exit);
      expect(app.records()).toEqual(before);
    };
    await server().setCertificate('newKey');
    await refreshed(40);
    await server().setCertificate('expired');
    await refreshed(37);
    await server().setCertificate('valid');
    server().faults.next({ kind: 'malformedJson' });
    await refreshed(43);
    expect(jsonOf(await app.run(['status', '--json']))).toMatchObject({ state: 'active' });
    expect((await app.run(['refresh'])).exit).toBe(0);
  });
});

describe('a server that is down', () => {
  it('ends with 32 and leaves everything as it was', async () => {
    const dir = temporaryFolder();
    const other = await startLicensingApi({ dataDir: dir, writeLog: () => undefined });
    const app = installation(other.profilePath ?? '');
    expect((await app.activate(other.activationCode)).exit).toBe(0);
    const before = app.records();
    await other.close();
    for (const args of [['refresh'], ['deactivate']]) {
      const outcome = await app.run(args);
      expect(outcome).toMatchObject({ exit: 32, out: '' });
      expect(app.records()).toEqual(before);
    }
    const status = jsonOf(await app.run(['status', '--json']));
    expect(status).toMatchObject({ state: 'active' });
    expect(JSON.stringify(status['reasons'])).toContain('serverUnreachable');
    const fresh = installation(other.profilePath ?? '');
    expect((await fresh.activate(other.activationCode)).exit).toBe(32);
    expect(fresh.records()).toEqual({});
  });
});

describe('a command that is not understood', () => {
  it.each([
    [[]],
    [['no-such-command']],
    [['status', '--no-such-option']],
    [['status', '--language', 'xx']],
    [['status', 'one', 'two']],
  ] as const)('%j ends with 2 and says why on standard error', async (args) => {
    const outcome = await install().run(args);
    expect(outcome).toMatchObject({ exit: 2, out: '' });
    expect(outcome.err).not.toBe('');
  });

  it('is one JSON object on standard output with --json all the same', async () => {
    for (const args of [
      ['no-such-command', '--json'],
      ['--json', 'activate'],
    ]) {
      const outcome = await install().run(args);
      expect(outcome.exit).toBe(2);
      expect(outcome.err).not.toBe('');
      expect(jsonOf(outcome)).toMatchObject({ error: { code: 'usageInvalid', exit: 2 } });
    }
  });

  it('names the option that is missing', async () => {
    expect((await latchkey(['status'])).err).toContain('--profile');
    expect((await latchkey(['status', '--profile', profile()])).err).toContain('--data');
  });
});

describe('a vendor profile', () => {
  const withProfile = (content: string) => {
    const file = path.join(temporaryFolder(), 'profile.json');
    writeFileSync(file, content);
    return installation(file).run(['status', '--json']);
  };

  it.each([
    ['is no JSON', 'no json'],
    ['lacks what it needs', '{}'],
    ['is of a later version', '{"profileVersion":2}'],
  ])('that %s ends with 3', async (_name, content) => {
    const outcome = await withProfile(content);
    expect(outcome.exit).toBe(3);
    expect(jsonOf(outcome)).toMatchObject({ error: { code: 'profileInvalid' } });
  });

  it('that holds a secret ends with 3, and the secret is not repeated', async () => {
    const secret = ['sk', 'live', '0123456789abcdef'].join('_');
    const outcome = await withProfile(JSON.stringify({ profileVersion: 1, vendor: { name: secret } }));
    expect(outcome.exit).toBe(3);
    expect(outcome.out + outcome.err).not.toContain(secret);
  });

  it('that is not there ends with 3', async () => {
    expect((await installation('/no/such/profile.json').run(['status'])).exit).toBe(3);
  });
});

describe('languages and help', () => {
  it('speaks the language that was asked for, in sentences and in JSON', async () => {
    const said = await Promise.all(
      ['en', 'de', 'ar'].map(async (language) =>
        install().activate(WRONG_CODE, '--json', '--language', language),
      ),
    );
    const sentences = said.map((outcome) => (jsonOf(outcome)['error'] as { sentence: string }).sentence);
    expect(new Set(sentences).size).toBe(3);
    expect(sentences[2]).toMatch(/\p{Script=Arabic}/u);
    expect(new Set(said.map(({ exit }) => exit))).toEqual(new Set([11]));
  });

  it('prints help and version on standard output, with the exit statuses', async () => {
    const help = await latchkey(['--help']);
    expect(help).toMatchObject({ exit: 0, err: '' });
    for (const exit of [2, 3, 11, 13, 14, 15, 32, 37, 40, 43]) {
      expect(help.out, String(exit)).toMatch(new RegExp(`\\b${exit} [a-z]`));
    }
    for (const command of ['status', 'activate', 'refresh', 'deactivate'])
      expect(help.out).toContain(command);
    const { out } = await latchkey(['activate', '--help']);
    expect(out).toContain('--code-file <file>');
    // Other processes can see arguments.
    expect(out).not.toMatch(/--(?:code|password)\b(?!-)/u);
    expect((await latchkey(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
