import { beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, ERRORS } from '../../../shared/errors.ts';
import { REASON_CODES } from '../../../shared/license/reasons.ts';
import { LANGUAGES } from '../../../shared/settings.ts';
import { supportCode } from '../../../shared/support-code/support-code.ts';
import { ensureBuilt } from '../../../build/scripts/lib/build.mjs';
import { jsonOf, latchkey } from './command.ts';

interface Explained {
  readonly code: string;
  readonly error: { readonly sentence: string; readonly nextAction: string; readonly exit: number } | null;
  readonly reason: { readonly sentence: string; readonly nextAction: string } | null;
}

// A command line that is out of date is built first, and says so.
beforeAll(async () => {
  await ensureBuilt(['cli']);
});

describe('latchkey explain', () => {
  it('needs no profile and no data, and says what a code means and what to do', async () => {
    const answer = await latchkey(['explain', 'pinMismatch']);
    expect(answer).toMatchObject({ exit: 0, err: '' });
    expect(answer.out).toMatch(/^pinMismatch \(exit 40, warning\)\n\nThe connection was not made: /);
  });

  it('finds a code by its exit status and without regard to capitals', async () => {
    expect((await latchkey(['explain', '13'])).out).toMatch(/^seatLimitReached \(exit 13\)/);
    expect((await latchkey(['explain', 'CLOCKROLLEDBACK'])).out).toMatch(
      /^clockRolledBack \(exit 61, blocking\)/,
    );
  });

  it.each(LANGUAGES)('explains every code in %s', async (language) => {
    const answer = await latchkey(['explain', '--json', '--language', language]);
    const { codes } = jsonOf(answer) as unknown as { readonly codes: readonly Explained[] };
    expect(codes.filter(({ error }) => error !== null).map(({ code }) => code)).toEqual(ERROR_CODES);
    expect(
      codes
        .filter(({ reason }) => reason !== null)
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(REASON_CODES.toSorted());
    for (const { error, reason } of codes) {
      for (const words of [error, reason]) if (words !== null) expect(words.sentence).not.toBe('');
    }
    expect(codes.find(({ code }) => code === 'pinMismatch')?.error?.exit).toBe(ERRORS.pinMismatch.exit);
  });

  it('reads a support code as it was heard, and asks back where it had to correct it', async () => {
    const code = supportCode({
      license: {
        state: 'leaseExpired',
        reasons: [{ code: 'clockRolledBack' }, { code: 'keyringWeak' }],
        activation: { mode: 'offline' },
        lastContactAt: null,
      },
      version: '1.4.2',
      environment: 'live',
      platform: 'windows',
      product: 0,
      now: 0,
    });
    const { out } = await latchkey(['explain', code.toLowerCase().replaceAll('-', ' ')]);
    expect(out).toMatch(new RegExp(`^${code}\n`));
    expect(out).toContain('version  1.4.2, windows, live');
    expect(out).toContain('clockRolledBack (blocking)');
    const misheard = code.slice(0, -1) + (code.endsWith('B') ? 'D' : 'B');
    const again = await latchkey(['explain', misheard]);
    expect(again.out).toMatch(/^One character was probably misheard/);
    expect(again.out).toContain(`\n${code}\n`);
    expect(jsonOf(await latchkey(['explain', code, '--json']))).toMatchObject({
      supportCode: code,
      corrected: false,
      state: 'leaseExpired',
      mode: 'offline',
      contactDays: null,
      reasons: [{ code: 'clockRolledBack' }, { code: 'keyringWeak' }],
    });
  });

  it.each(['nothingLikeThis', '', '0', '-1', '999', 'toString'])('knows no code %j', async (code) => {
    const answer = await latchkey(['explain', '--', code]);
    expect(answer).toMatchObject({ exit: 2, out: '' });
  });
});
