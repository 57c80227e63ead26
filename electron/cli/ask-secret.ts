import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';

/** A terminal to ask at. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Asks for something secret at a terminal. What is typed is not shown, and nothing of it is kept for the next question.
 * @returns the line without its end; null where the user has given up (Ctrl-C, Ctrl-D)
 */
export function askSecret(question: string, { input, output }: Terminal): Promise<string | null> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: mute, terminal: true, historySize: 0 });
  output.write(question);
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    // After a line the promise has been kept already.
    lines.once('close', () => {
      output.write('\n');
      resolve(null);
    });
  });
}
