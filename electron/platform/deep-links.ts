import { app } from 'electron';
import type { DeepLink } from '../../shared/contract.ts';
import { DEEP_LINK_SCHEME, findDeepLink, parseDeepLink } from '../ipc/deep-link-policy.ts';
import type { Log } from '../ports.ts';

export interface DeepLinks {
  /** The link that waits for the page, once. From then on links are announced. */
  readonly take: () => DeepLink | null;
  /** The page was loaded anew and has not asked yet. */
  readonly reset: () => void;
}

/**
 * Receives `latchkey:` links from the operating system: in our own arguments, in those of a second instance, and on
 * macOS as an event. A link waits until the page has asked for it; after that it is announced.
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
}): DeepLinks {
  const { products, initial, log, announce, onCall } = options;
  let waiting: DeepLink | null = null;
  let hasAsked = false;
  const receive = (text: string) => {
    const link = parseDeepLink(text, products);
    if (link === null) {
      log.warn('A link from outside was refused');
      return;
    }
    if (!hasAsked || !announce(link)) waiting = link;
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
  return {
    take: () => {
      hasAsked = true;
      const link = waiting;
      waiting = null;
      return link;
    },
    reset: () => {
      hasAsked = false;
    },
  };
}
