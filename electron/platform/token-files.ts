import path from 'node:path';
import { app } from 'electron';
import type { OpenedFile } from '../../shared/contract.ts';
import { createMailbox, type Mailbox } from '../ipc/mailbox.ts';
import { findTokenFile } from '../ipc/token-file-policy.ts';
import { readTokenFile } from '../offline/read-token-file.ts';
import { readAtMost } from '../support/read-text.ts';

/**
 * Receives token files that were opened from outside: in our own arguments, in those of a second instance, and on macOS
 * as an event. They are read and shown; nothing is done with them unasked.
 */
export function receiveTokenFiles(options: {
  /** A file in our own arguments. */
  readonly initial: string | null;
  /** @returns whether a page was there to be told */
  readonly announce: (file: OpenedFile) => boolean;
}): Pick<Mailbox<OpenedFile>, 'take' | 'reset'> {
  const mailbox = createMailbox(options.announce);
  const receive = async (file: string) => {
    const text = await readTokenFile(file, readAtMost);
    mailbox.put(text.ok ? { text: text.value, error: null } : { text: null, error: text.error });
  };
  if (options.initial !== null) void receive(path.resolve(options.initial));
  app.on('second-instance', (_event, argv, workingDirectory) => {
    const file = findTokenFile(argv.slice(1));
    if (file !== null) void receive(path.resolve(workingDirectory, file));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    void receive(file);
  });
  return mailbox;
}
