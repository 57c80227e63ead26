import { describe, expect, it } from 'vitest';
import { readPassphrase } from '../../../electron/cli/read-passphrase.ts';
import type { CliPorts } from '../../../electron/cli/ports.ts';

const nobody = () => Promise.reject(new Error('standard input is not read'));

/** What is read where somebody types, or where something is piped in. */
async function read(ports: Partial<Pick<CliPorts, 'askSecret' | 'readStdin'>>, language: 'en' | 'ar' = 'en') {
  const result = await readPassphrase({ ports: { readStdin: nobody, ...ports } as CliPorts, language });
  return result.ok ? result.value.reveal() : result.error.code;
}

const piped = (text: string) => ({
  readStdin: (max: number) => Promise.resolve(new TextEncoder().encode(text).slice(0, max)),
});

describe('the passphrase of a key file', () => {
  it('is asked for at a terminal, in the language of the user', async () => {
    const questions: string[] = [];
    const askSecret = (question: string) => {
      questions.push(question);
      return Promise.resolve(' pässword ');
    };
    expect(await read({ askSecret })).toBe(' pässword ');
    expect(await read({ askSecret }, 'ar')).toBe(' pässword ');
    expect(questions).toEqual(['Passphrase: ', 'عبارة المرور: ']);
  });

  it('may be given up', async () => {
    expect(await read({ askSecret: () => Promise.resolve(null) })).toBe('cancelled');
  });

  it.each([
    ['one line', 'secret\n', 'secret'],
    ['a line of Windows', 'secret\r\n', 'secret'],
    ['no line end', 'secret', 'secret'],
    ['spaces and an empty line', ' se cret \n\n', ' se cret \n'],
  ])('is read from standard input: %s', async (_, text, passphrase) => {
    expect(await read(piped(text))).toBe(passphrase);
  });

  it('is refused where it is longer than any', async () => {
    expect(await read(piped('x'.repeat(1024)))).toBe('x'.repeat(1024));
    expect(await read(piped('x'.repeat(1025)))).toBe('certificatePassphraseWrong');
    const askSecret = () => Promise.resolve('x'.repeat(1025));
    expect(await read({ askSecret })).toBe('certificatePassphraseWrong');
  });
});
