/** Holds what came from outside until the page asks for it; from then on the page is told. */
export interface Mailbox<T> {
  readonly put: (item: T) => void;
  /** What waits, once. */
  readonly take: () => T | null;
  /** The page was loaded anew and has not asked yet. */
  readonly reset: () => void;
}

/** @param announce tells the page; returns whether one was there to be told */
export function createMailbox<T>(announce: (item: T) => boolean): Mailbox<T> {
  let waiting: T | null = null;
  let hasAsked = false;
  return {
    put: (item) => {
      if (!hasAsked || !announce(item)) waiting = item;
    },
    take: () => {
      hasAsked = true;
      const item = waiting;
      waiting = null;
      return item;
    },
    reset: () => {
      hasAsked = false;
    },
  };
}
