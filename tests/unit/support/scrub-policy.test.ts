import { describe, expect, it } from 'vitest';
import { createScrub, scrubValue, type Known } from '../../../electron/support/scrub-policy.ts';

const CODE = 'ORBIT-YJLG-4EXN-TXFK-KAM4';
const PASSWORD = 'p+w/ "ü" \\ x';
const KNOWN: readonly Known[] = [
  { kind: 'activation code', value: CODE },
  { kind: 'password', value: PASSWORD },
  { kind: 'user', value: 'mara', isName: true },
  { kind: 'home', value: String.raw`C:\Users\mara`, isName: true },
];
const scrub = createScrub(KNOWN);

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const lines = (text: string, width: number) =>
  (text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? []).join('\r\n');

/** Every form in which a text of the program could carry a secret. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'in capitals and not': (secret) => secret.toLowerCase(),
  JSON: (secret) => JSON.stringify({ secret }),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify({ secret })),
  'percent-encoded': (secret) => encodeURIComponent(secret),
  'base64 alone': (secret) => base64(secret),
  'base64 behind one byte': (secret) => base64(`:${secret}`),
  'base64 between others': (secret) => base64(`ab${secret}yz`),
  base64url: (secret) => Buffer.from(`user:${secret}`, 'utf8').toString('base64url'),
  'base64 over lines': (secret) => lines(base64(`user:${secret}`), 8),
  hexadecimal: (secret) => Buffer.from(secret, 'utf8').toString('hex'),
  'over lines': (secret) => lines(secret, 5),
  'over lines of a quoted mail': (secret) => lines(secret, 5).replaceAll('\r\n', '\r\n> '),
  'over lines in JSON': (secret) => JSON.stringify({ text: lines(secret, 5) }),
};

describe('what is known', () => {
  it.each(Object.entries(FORMS))('is found %s', (_name, form) => {
    for (const { kind, value } of KNOWN.filter(({ isName }) => isName !== true)) {
      const text = scrub(`before ${form(value)} after`);
      expect(text, kind).toMatch(new RegExp(`^(?:before .*)?\\[${kind}\\](?:.* after)?$`, 's'));
      // Nothing of it is left but the quotes around it.
      expect(text.replaceAll(/\[[\w ]+\]/g, '').length, text).toBeLessThan(35);
    }
  });

  it.each(Object.entries(FORMS))('would else be there %s', (_name, form) => {
    const other = createScrub([{ kind: 'activation code', value: 'ORBIT-YJLG-5EXN-TXFK-KAM4' }]);
    expect(other(form(CODE))).toBe(form(CODE));
  });

  it('is taken out of its place where it stands as it is', () => {
    expect(scrub(`typed ${CODE} twice: ${CODE}`)).toBe('typed [activation code] twice: [activation code]');
  });

  it('is found without the hyphens of an activation code', () => {
    expect(scrub(`typed ${CODE.replaceAll('-', '').toLowerCase()}.`)).toBe('[activation code]');
  });

  it('leaves everything else as it is', () => {
    const text = 'pinMismatch at ORBIT-YJLG-4EXN, correlation 7b3c0a52-59a5-4a55-9f6b-0d9a4f1b2c3d\n> \\n';
    expect(scrub(text)).toBe(text);
  });

  it('is replaced as a whole word where it is a name', () => {
    expect(scrub('/home/mara/x, Mara’s marathon, samara')).toBe('/home/[user]/x, [user]’s marathon, samara');
  });

  it('is replaced as the path of a folder, also in JSON', () => {
    const file = String.raw`C:\Users\mara\x`;
    expect(scrub(`at ${file}, ${JSON.stringify(file)}`)).toBe(String.raw`at [home]\x, "[home]\\x"`);
  });

  it('is not looked for where it is too short to mean anything', () => {
    const careful = createScrub([
      { kind: 'user', value: 'a', isName: true },
      { kind: 'nonce', value: 'n-1' },
    ]);
    expect(careful('a n-1 a')).toBe('a n-1 a');
  });

  it('keeps the shape of a value', () => {
    const value = { mara: [CODE, 1, null, true, { deep: `x ${CODE}` }] };
    expect(scrubValue(value, scrub)).toEqual({
      mara: ['[activation code]', 1, null, true, { deep: 'x [activation code]' }],
    });
  });
});
