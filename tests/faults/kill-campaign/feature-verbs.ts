import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import { COUNT, FLAG, POOL } from './market.ts';
import type { Choices } from './prng.ts';

/** What a user does with features, one verb each. */
export const FEATURE_VERBS = ['checkout', 'return', 'use'] as const;
export type FeatureVerb = (typeof FEATURE_VERBS)[number];

const isFeatureVerb = (verb: string): verb is FeatureVerb =>
  (FEATURE_VERBS as readonly string[]).includes(verb);

export function drawChange(verb: FeatureVerb, choices: Choices): FeatureChange {
  const amount = 1 + choices.below(3);
  if (verb === 'use') return { kind: 'usage', key: FLAG, amount: 1 };
  if (verb === 'return') return { kind: 'return', key: POOL, amount };
  return { kind: 'checkout', key: choices.chance(0.6) ? POOL : COUNT, amount };
}

/** A change as a life tells what it is about to do. */
export const aboutOf = ({ key, amount }: FeatureChange): string => `${key} ${amount}`;

/** The change of a life before, to be tried again. */
export function changeFrom(verb: FeatureVerb, about: string): FeatureChange {
  const [key = '', amount = ''] = about.split(' ');
  return { kind: verb === 'use' ? 'usage' : verb, key, amount: Number(amount) };
}

/** What a death has cut off that its user tries again; null = something else, or nothing. */
export function againOf(
  begun: { readonly verb: string; readonly about: string | null } | null,
): { readonly verb: FeatureVerb; readonly about: string } | null {
  if (begun === null || begun.about === null || !isFeatureVerb(begun.verb)) return null;
  return { verb: begun.verb, about: begun.about };
}

/** What a verb adds to which feature; null where it is about something else. */
export function additionOf(
  verb: string,
  about: string | null,
): { readonly key: string; readonly added: number } | null {
  if (!isFeatureVerb(verb) || about === null) return null;
  const { key, amount } = changeFrom(verb, about);
  return { key, added: verb === 'return' ? -amount : amount };
}
