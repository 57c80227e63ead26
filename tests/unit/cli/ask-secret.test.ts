import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askSecret } from '../../../electron/cli/ask-secret.ts';

/** A terminal at which somebody presses these keys, and what it shows in the end. */
async function ask(keys: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = askSecret('Password: ', { input, output });
  input.write(keys);
  const typed = await answer;
  return { typed, shown: String(output.read() ?? '') };
}

describe('a secret that is asked for at a terminal', () => {
  it.each([
    ['a line', 'correct horse\r', 'correct horse'],
    ['spaces around it', ' x \r', ' x '],
    ['a correction', 'wrogg\u007f\u007fng\r', 'wrong'],
    ['a paste with a second line', 'one\rtwo\r', 'one'],
    ['nothing', '\r', ''],
    ['letters of any script', 'пароль€\r', 'пароль€'],
  ])('is %s', async (_, keys, typed) => {
    expect(await ask(keys)).toEqual({ typed, shown: 'Password: \n' });
  });

  it.each([
    ['Ctrl-C', 'half of it\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is none after %s', async (_, keys) => {
    expect(await ask(keys)).toEqual({ typed: null, shown: 'Password: \n' });
  });

  it('is forgotten before the next question', async () => {
    await ask('correct horse\r');
    const arrowUp = '\u001b[A';
    expect((await ask(`${arrowUp}\r`)).typed).toBe('');
  });
});
