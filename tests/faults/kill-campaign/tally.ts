import { additionOf } from './feature-verbs.ts';
import { POOL, type Counted } from './market.ts';
import type { Summary } from './summary.ts';
import type { Begun } from './trace.ts';

/** A wish that was cut off by a death: until it is settled, the same wish again is the same wish. */
interface Wish {
  readonly text: string;
  /** What the server may have counted of the feature when it was begun. */
  readonly before: ReadonlySet<number>;
  readonly at: number;
  /** Something came between after which the application may take the same wish for another one. */
  readonly isSure: boolean;
}

/** Servers know the key of a tracked use for a day. */
const KEY_LIFE = 23 * 60 * 60_000;

/** What leaves a wish alone, in one that is cut off as well. */
const LEAVES_WISHES: ReadonlySet<string> = new Set([
  'reconcile',
  'refresh',
  'pullState',
  'keepTime',
  'check',
  'settings',
  'restart',
]);

/** What may end an activation or take its seat anew without anybody hearing of it. */
const MAY_END: ReadonlySet<string> = new Set([
  'reconcile',
  'activate',
  'signIn',
  'deactivate',
  'refresh',
  'pullState',
]);

const plus = (numbers: Iterable<number>, added: number): number[] =>
  [...numbers].map((number) => number + added);

/**
 * What the server may have counted of each feature of an activation: what was said to be done once, what was cut off
 * once or not at all.
 */
export class Tally {
  /** By feature; nothing is known of a feature that is not in it. */
  #possible = new Map<string, ReadonlySet<number>>();
  #wish: Wish | null = null;

  /** A life begins with what the server has counted by now; null = there is no activation. */
  begin(counted: Counted | null): void {
    this.#possible = new Map(Object.entries(counted ?? {}).map(([key, count]) => [key, new Set([count])]));
  }

  /** @param code what came of it; null = it was cut off */
  take(begun: Begun, code: string | null, before: Summary, after: Summary, now: number): void {
    if (before.activation?.id !== after.activation?.id) {
      this.#possible.clear();
      this.#wish = null;
      return;
    }
    const addition = additionOf(begun.verb, begun.about);
    const pool = this.#possible.get(POOL);
    if (pool !== undefined && code === null && MAY_END.has(begun.verb)) {
      // What an activation had of a pool ends with it.
      this.#possible.set(POOL, new Set([...pool, 0]));
    }
    if (addition !== null) this.#count(addition, `${begun.verb} ${begun.about}`, code, now);
    else if (this.#wish !== null && !LEAVES_WISHES.has(begun.verb))
      this.#wish = { ...this.#wish, isSure: false };
    this.settle(after);
  }

  /** Where nothing is open any more, the next wish is another one. */
  settle({ journal }: Summary): void {
    if (journal === null) this.#wish = null;
  }

  #count(
    { key, added }: { key: string; added: number },
    text: string,
    code: string | null,
    now: number,
  ): void {
    const found = this.#possible.get(key);
    if (found === undefined || (code !== null && code !== 'ok')) return;
    const again = this.#wish?.text === text ? this.#wish : null;
    const isSure = again?.isSure === true && !(text.startsWith('use ') && now - again.at > KEY_LIFE);
    const done =
      again === null
        ? plus(found, added)
        : [...plus(again.before, added), ...(isSure ? [] : plus(found, added))];
    if (code === 'ok') {
      this.#possible.set(key, new Set(done));
      return;
    }
    this.#possible.set(key, new Set([...found, ...done]));
    this.#wish = again ?? { text, before: found, at: now, isSure: true };
  }

  /** @returns a sentence for everything that is counted otherwise */
  breaches(counted: Counted): readonly string[] {
    return [...this.#possible].flatMap(([key, possible]) => {
      const count = counted[key] ?? 0;
      return possible.has(count)
        ? []
        : [`${count} of ${key} are counted instead of ${[...possible].join(' or ')}`];
    });
  }
}
