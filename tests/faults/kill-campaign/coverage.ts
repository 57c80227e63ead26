import type { Choices } from './prng.ts';
import type { Said } from './trace.ts';
import type { Verb } from './verbs.ts';

/** What is known of a point at which a life can be killed. */
interface Known {
  /** How often it came under a verb; none where it came outside of all. */
  readonly verbs: Map<Verb, number>;
  /** Whether it came in a folder that had its key already. */
  isLater: boolean;
  /** Whether it came with a server that wants no client certificates. */
  isPlain: boolean;
  kills: number;
  /** How many times it came. */
  times: number;
  /** Lives that were to die there and did not come there, in new folders and in others. */
  readonly misses: { birth: number; later: number };
}

/** Where lives were killed, and where they are still to be killed. */
export interface Coverage {
  /** Takes note of the points that a life came to. @param where in a folder without a key yet, with which server */
  readonly saw: (said: Said, where: Where) => void;
  /** Takes over the points of the lives without a death: each of them has to be killed at. */
  readonly demand: (points: readonly SeenPoint[]) => void;
  readonly seen: () => readonly SeenPoint[];
  readonly killed: (point: string) => void;
  readonly missed: (point: string, isBirth: boolean) => void;
  /** The point that needs a kill most, and the verb that leads there. */
  readonly target: (where: Where, choices: Choices) => { point: string; towards: Verb | null } | null;
  /** Whether a new folder is needed for a point that was never killed at. */
  readonly needsBirth: () => boolean;
  /** Kills at each point that came often enough to be aimed at. */
  readonly kills: () => Readonly<Record<string, number>>;
}

/** Where a life is lived. */
export interface Where {
  /** The folder has no key yet. */
  readonly isBirth: boolean;
  /** The server wants client certificates. */
  readonly isStrict: boolean;
}

export interface SeenPoint {
  readonly point: string;
  readonly verbs: readonly (readonly [Verb, number])[];
  readonly isLater: boolean;
  readonly isPlain: boolean;
  readonly times: number;
}

/**
 * Points that came so often are demanded, too. Others are the work of rare histories, such as what a kill has left
 * behind for ten minutes, and it would be luck to meet them again.
 */
const OFTEN = 12;

/** A start finishes only what was left open, so it leads nowhere by itself. */
const RARELY: ReadonlySet<Verb> = new Set(['reconcile', 'restart']);

function likelyVerb(verbs: ReadonlyMap<Verb, number>, choices: Choices): Verb | null {
  const weighed = [...verbs].map(([verb, count]) => [verb, RARELY.has(verb) ? count / 20 : count] as const);
  let left = choices.fraction() * weighed.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [verb, weight] of weighed) {
    left -= weight;
    if (left < 0) return verb;
  }
  return null;
}

export function createCoverage(): Coverage {
  const points = new Map<string, Known>();
  const dry = new Set<string>();
  const at = (point: string): Known => {
    const known = points.get(point) ?? {
      verbs: new Map<Verb, number>(),
      isLater: false,
      isPlain: false,
      kills: 0,
      times: 0,
      misses: { birth: 0, later: 0 },
    };
    points.set(point, known);
    return known;
  };
  const learn = (seen: readonly SeenPoint[]): void => {
    for (const { point, verbs, isLater, isPlain, times } of seen) {
      const known = at(point);
      known.times += times;
      for (const [verb, count] of verbs) known.verbs.set(verb, (known.verbs.get(verb) ?? 0) + count);
      known.isLater ||= isLater;
      known.isPlain ||= isPlain;
    }
  };
  /** Whether it hardly ever comes but in a new folder. */
  const isOfBirth = ({ isLater, misses }: Known): boolean => !isLater || misses.later > 1;
  return {
    saw: ({ verbs }, { isBirth, isStrict }) => {
      let isKeyMade = !isBirth;
      for (const [point, verb] of verbs) {
        const under = verb === null ? [] : [[verb, 1] as const];
        learn([{ point, verbs: under, isLater: isKeyMade, isPlain: !isStrict, times: 1 }]);
        // Of what follows the copy of the key comes only once, too.
        if (point.startsWith('after rename') && point.endsWith(' -> vault/keys.copy.json')) isKeyMade = true;
      }
    },
    seen: () =>
      [...points].map(([point, { verbs, isLater, isPlain, times }]) => ({
        point,
        verbs: [...verbs],
        isLater,
        isPlain,
        times,
      })),
    killed: (point) => {
      at(point).kills += 1;
    },
    missed: (point, isBirth) => {
      at(point).misses[isBirth ? 'birth' : 'later'] += 1;
    },
    target: ({ isBirth, isStrict }, choices) => {
      const candidates = [...points].filter(
        ([, { isLater, isPlain }]) => (isLater || isBirth) && (isPlain || isStrict),
      );
      if (candidates.length === 0) return null;
      const need = ([name, known]: (typeof candidates)[number]) => {
        const misses = isBirth ? known.misses.birth : known.misses.later;
        // In a new folder what can hardly be had elsewhere comes first.
        const isFirst = isBirth && isOfBirth(known);
        // Between asking and hearing most can be lost.
        const isCall = /^(?:before|after) (?:call|portal) /.test(name);
        return known.kills + misses / 2 - (isFirst ? 1 : 0) - (isCall ? 0.5 : 0);
      };
      const least = Math.min(...candidates.map(need));
      const [point, { verbs }] = choices.one(candidates.filter((candidate) => need(candidate) <= least));
      return { point, towards: likelyVerb(verbs, choices) };
    },
    needsBirth: () => [...points.values()].some((known) => known.kills === 0 && isOfBirth(known)),
    kills: () =>
      Object.fromEntries(
        [...points].flatMap(([point, { kills, times }]) =>
          kills > 0 || dry.has(point) || times >= OFTEN ? [[point, kills]] : [],
        ),
      ),
    demand: (seen) => {
      for (const { point } of seen) dry.add(point);
      learn(seen);
    },
  };
}
