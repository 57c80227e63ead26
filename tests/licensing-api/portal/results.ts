import type { Instant } from '../../../shared/license/types.ts';
import type { Answered, Freed } from '../offline/exchange.ts';
import { newSecret } from '../secrets.ts';

/**
 * What an upload led to, kept for its visitor for an hour: the page can be loaded again and the file fetched again
 * without sending the form twice, and nobody else can open its address.
 */
export type Result = Answered | Freed;

const KEPT_MS = 60 * 60_000;
const MAX_RESULTS = 1000;

export interface Results {
  /** @returns the id that its addresses are made with */
  readonly keep: (visitorId: string, result: Result, now: Instant) => string;
  readonly find: (visitorId: string, id: string, now: Instant) => Result | null;
}

export function portalResults(): Results {
  const results = new Map<
    string,
    { readonly visitorId: string; readonly result: Result; readonly at: Instant }
  >();
  return {
    keep: (visitorId, result, now) => {
      const id = newSecret();
      results.set(id, { visitorId, result, at: now });
      const [oldest] = results.keys();
      if (results.size > MAX_RESULTS && oldest !== undefined) results.delete(oldest);
      return id;
    },
    find: (visitorId, id, now) => {
      const known = results.get(id);
      if (known === undefined || known.visitorId !== visitorId || now - known.at >= KEPT_MS) return null;
      return known.result;
    },
  };
}
