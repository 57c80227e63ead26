import { isDeepStrictEqual } from 'node:util';
import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import { COUNT, FLAG, POOL, type Amounts } from './server.ts';
import type { Deed, Situation } from './world.ts';

/** What a person has wished of a feature and has not heard the end of, and what the server had counted before. */
export interface OpenWish {
  readonly change: FeatureChange;
  readonly before: number;
  readonly holder: string;
  readonly at: number;
}

/** Servers know an idempotency key for a day; whoever repeats a use later has used it twice. */
const KEY_LIFE = 23 * 60 * 60_000;

const NAMES: Readonly<Record<string, keyof Amounts>> = { [POOL]: 'pool', [COUNT]: 'count', [FLAG]: 'flag' };

const nameOf = ({ key }: FeatureChange): keyof Amounts => NAMES[key] ?? 'flag';

const deltaOf = ({ kind, amount }: FeatureChange): number => (kind === 'return' ? -amount : amount);

/** The seat as the server has it: what is shown may be a step behind. */
const holderOf = ({ held }: Situation): string =>
  held.seats
    .map(({ id }) => id)
    .toSorted()
    .join();

/** Whether a lease has ended, after which the elements of its pool come back by themselves. */
function hasLapsed({ held, now }: Situation): boolean {
  return held.seats.some(({ leaseExpiry }) => leaseExpiry <= now);
}

/**
 * Whether the server has counted what was wished: once if it was said to be done, once or not at all if nothing was
 * heard, and nothing besides.
 * @param wish the one that is open when the deed begins
 * @returns a sentence for everything that was counted wrongly
 */
export function miscounted(
  deed: Deed,
  outcome: string,
  wish: OpenWish | null,
  before: Situation,
  after: Situation,
): readonly string[] {
  const change = deed.do === 'feature' ? deed.change : null;
  return (['pool', 'count', 'flag'] as const).flatMap((name) => {
    const now = after.held.amounts[name];
    const found = before.held.amounts[name];
    const isSameSeat = holderOf(before) === holderOf(after) && !hasLapsed(before);
    // What an activation had of a pool ends with it.
    const floor = name === 'pool' && !isSameSeat ? [0] : [];
    if (change === null || nameOf(change) !== name) {
      const allowed = [found, ...floor];
      return allowed.includes(now) ? [] : [`${name}: ${now} counted, ${found} before, and nothing wished`];
    }
    const isAgain = wish !== null && isDeepStrictEqual(wish.change, change);
    const base = isAgain ? wish.before : found;
    const done = [base, ...floor].map((start) => start + deltaOf(change));
    const undone = isAgain ? [found] : [base, ...floor];
    const allowed = outcome === 'ok' ? done : [...done, ...undone];
    if (allowed.includes(now)) return [];
    return [
      `${name}: ${now} counted, ${base} before the wish for ${deltaOf(change)}, which came to ${outcome}`,
    ];
  });
}

const OPERATIONS = {
  checkout: 'checkoutFeature',
  return: 'returnFeature',
  usage: 'trackFeatureUsage',
} as const satisfies Record<FeatureChange['kind'], string>;

/**
 * What is still open after a deed.
 * @param calls the operations that the server was called for meanwhile
 */
export function openAfter(
  deed: Deed,
  outcome: string,
  calls: readonly string[],
  wish: OpenWish | null,
  before: Situation,
  after: Situation,
): OpenWish | null {
  // Where nothing is open any more, what is shown is how it is: the next wish is another one.
  if (after.told.journal === null || (deed.do === 'feature' && outcome === 'ok')) return null;
  const isCurrent = (one: OpenWish): boolean =>
    one.holder === holderOf(after) && after.now - one.at < KEY_LIFE && !hasLapsed(after);
  const isSent = deed.do === 'feature' && calls.includes(OPERATIONS[deed.change.kind]);
  const isAgain = deed.do === 'feature' && wish !== null && isDeepStrictEqual(wish.change, deed.change);
  if (isSent && !isAgain) {
    const found = before.held.amounts[nameOf(deed.change)];
    return { change: deed.change, before: found, holder: holderOf(after), at: after.now };
  }
  return wish !== null && isCurrent(wish) ? wish : null;
}
