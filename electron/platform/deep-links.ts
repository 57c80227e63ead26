import { app } from 'electron';
import type { DeepLink } from '../../shared/contract.ts';
import { createMailbox, type Mailbox } from '../ipc/mailbox.ts';
import { DEEP_LINK_SCHEME, findDeepLink, parseDeepLink } from '../ipc/deep-link-policy.ts';
import type { Log } from '../ports.ts';

/**
 * Receives `latchkey:` links from the operating system: in our own arguments, in those of a second instance, and on
 * macOS as an event.
 */
export function receiveDeepLinks(options: {
  readonly products: readonly string[];
  /** A link in our own arguments. */
  readonly initial: string | null;
  readonly log: Log;
  /** @returns whether a page was there to be told */
  readonly announce: (link: DeepLink) => boolean;
  /** Somebody started the application again or clicked a link. */
  readonly onCall: () => void;
}): Pick<Mailbox<DeepLink>, 'take' | 'reset'> {
  const { products, initial, log, announce, onCall } = options;
  const mailbox = createMailbox(announce);
  const receive = (text: string) => {
    const link = parseDeepLink(text, products);
    if (link === null) log.warn('A link from outside was refused');
    else mailbox.put(link);
  };
  if (initial !== null) receive(initial);
  if (app.isPackaged) app.setAsDefaultProtocolClient(DEEP_LINK_SCHEME);
  app.on('second-instance', (_event, argv) => {
    const text = findDeepLink(argv);
    if (text !== null) receive(text);
    onCall();
  });
  app.on('open-url', (event, text) => {
    event.preventDefault();
    receive(text);
    onCall();
  });
  return mailbox;
}
