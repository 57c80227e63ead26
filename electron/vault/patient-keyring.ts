import type { Keyring } from '../ports.ts';
import { toBase64 } from './base64.ts';

/** The keyring has not answered yet, such as while it asks the user for a password. It may still. */
export class KeyringSilent extends Error {
  override readonly name = 'KeyringSilent';
  constructor() {
    super('the keyring has not answered yet');
  }
}

/** Milliseconds. Longer than a healthy keyring takes, shorter than a user waits for a window. */
const PATIENCE = 3000;

/**
 * A keyring that is not waited for beyond measure: a prompt that nobody answers must not keep the program from starting.
 * A question that got no answer in time fails with `KeyringSilent`, goes on, and is not put a second time: whoever asks
 * the same again gets its answer as soon as there is one, so what the user answers late still counts.
 * @param patience milliseconds
 */
export function patientKeyring(keyring: Keyring, patience = PATIENCE): Keyring {
  const open = new Map<string, { readonly answer: Promise<unknown>; isLate: boolean }>();

  const ask = async <T>(question: string, put: () => Promise<T>): Promise<T> => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one question has one kind of answer
    const pending = open.get(question) as { answer: Promise<T>; isLate: boolean } | undefined;
    const entry = pending ?? { answer: put(), isLate: false };
    open.set(question, entry);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new KeyringSilent()), entry.isLate ? 0 : patience);
    });
    try {
      const answer = await Promise.race([entry.answer, silence]);
      open.delete(question);
      return answer;
    } catch (error) {
      entry.isLate = error instanceof KeyringSilent;
      // Kept open only while there is an answer to come; a refusal may be another one next time.
      if (!entry.isLate) open.delete(question);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    status: () => ask('status', () => keyring.status()),
    encrypt: (plain) => ask(`encrypt ${plain}`, () => keyring.encrypt(plain)),
    decrypt: (sealed) => ask(`decrypt ${toBase64(sealed)}`, () => keyring.decrypt(sealed)),
  };
}
