import type { Cut } from '../../licensing-api/faults.ts';
import type { Choices } from '../kill-campaign/prng.ts';

/** Where and how answers get lost, and which of it has been tried. */

const PLACES = ['start', 'head', 'body'] as const satisfies readonly Cut['place'][];
const HOWS = ['reset', 'fin', 'close'] as const satisfies readonly Cut['how'][];

/** The calls of a client, by their names in the contract; those without a body in their answer can't be cut off in it. */
const CALLS: Readonly<Record<string, { readonly hasBody: boolean }>> = {
  activate: { hasBody: true },
  getActivation: { hasBody: true },
  refreshActivation: { hasBody: true },
  getEntitlement: { hasBody: true },
  checkOutLicenseFile: { hasBody: true },
  checkoutFeature: { hasBody: true },
  returnFeature: { hasBody: true },
  trackFeatureUsage: { hasBody: false },
  issueClientCertificate: { hasBody: true },
  deactivate: { hasBody: false },
};

/** Every way in which every call can be cut off, as it is counted. */
export const WAYS: readonly string[] = Object.entries(CALLS).flatMap(([call, { hasBody }]) =>
  PLACES.filter((place) => hasBody || place !== 'body').flatMap((place) =>
    HOWS.map((how) => wayOf(call, place, how)),
  ),
);

export function wayOf(call: string, place: Cut['place'], how: Cut['how']): string {
  return `${call}, ${place}, ${how}`;
}

/** What happens to one call: nothing, its answer is cut off, or it never reaches the server, which looks the same. */
export type Mishap = Omit<Cut, 'onCut'> | 'question' | null;

export function drawCut(choices: Choices): Omit<Cut, 'onCut'> {
  return { place: choices.one(PLACES), fraction: choices.fraction(), how: choices.one(HOWS) };
}

/** More than an operation makes: the network stays away until it ends. */
const ALL_CALLS = 12;

/** The network goes away after so many calls. */
export function outageAfter(calls: number): readonly Mishap[] {
  return Array.from({ length: ALL_CALLS }, (_, call) => (call < calls ? null : 'question'));
}

/** What happens to the calls of one operation, in order. Sometimes the repair is hit as well. */
export function drawCuts(choices: Choices): readonly Mishap[] {
  if (choices.chance(0.08)) return outageAfter(choices.below(4));
  const spared = choices.one([0, 0, 0, 1, 1, 2, 3]);
  const cuts: Mishap[] = [...Array.from({ length: spared }, () => null), drawCut(choices)];
  // A call that fails ends most operations; some go on, and some repair what was open before.
  while (choices.chance(0.4)) cuts.push(choices.chance(0.7) ? drawCut(choices) : null);
  return cuts;
}
