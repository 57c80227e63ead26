import { renewalAt } from '../../../electron/certificate/certificate-policy.ts';
import type { FeatureChange } from '../../../electron/license/feature-policy.ts';
import type { Choices } from '../kill-campaign/prng.ts';
import { ownCertificate } from './certificates.ts';
import { COUNT, FLAG, POOL } from './server.ts';
import type { Deed, Situation } from './world.ts';

/** What somebody does next. */

const HOUR = 60 * 60_000;

interface Weighed {
  readonly weight: number;
  readonly deed: Deed;
}

/** Everything that makes sense now, and a little that has to be refused. */
function possible(situation: Situation, choices: Choices): readonly Weighed[] {
  const { view } = situation.told;
  const { actions, activation, offline, state } = view;
  const purchase = choices.below(2);
  const isOffline = activation?.mode === 'offline';
  const can = (action: (typeof actions)[number], weight: number, deed: Deed): Weighed[] =>
    actions.includes(action) ? [{ weight, deed }] : [];
  const change = (kind: FeatureChange['kind'], key: string, amount: number): Deed => ({
    do: 'feature',
    change: { kind, key, amount },
  });
  const amount = 1 + choices.below(3);
  const features: readonly Weighed[] = [
    ...can('checkoutFeature', 7, change('checkout', POOL, amount)),
    ...can('checkoutFeature', 4, change('checkout', COUNT, amount)),
    ...can('checkoutFeature', 6, change('usage', FLAG, 1)),
    ...can('returnFeature', 8, change('return', POOL, amount)),
  ];
  return [
    ...can('activateWithCode', 10, { do: 'activate', purchase }),
    ...can('makeOfflineRequest', 1, { do: 'request', purchase }),
    ...(offline.requests.length > 0 ? [{ weight: 3, deed: { do: 'import' } } as const] : []),
    ...(isOffline
      ? [{ weight: 6, deed: { do: 'leave' } } as const]
      : [
          ...can('refresh', 6, { do: 'refresh' }),
          ...can('pullState', 4, { do: 'pullState' }),
          ...can('deactivate', 6, { do: 'deactivate' }),
          ...features,
        ]),
    // What the vendor has put on hold is asked for until another purchase takes its place.
    ...(state === 'active' ? [] : can('pullState', 6, { do: 'pullState' })),
    { weight: 2, deed: { do: 'reconcile' } },
    { weight: 2, deed: { do: 'restart' } },
    { weight: 2, deed: { do: 'background' } },
    { weight: 1, deed: { do: 'wait', hours: 1 + choices.below(9) } },
    ...renewal(situation),
    ...vendor(view, purchase, choices),
  ];
}

/** The time goes by until a certificate has to be renewed. */
function renewal({ told, now }: Situation): readonly Weighed[] {
  const certificate = ownCertificate(told);
  const left = certificate === null ? 0 : renewalAt(certificate.facts) - now;
  return left > 0 ? [{ weight: 8, deed: { do: 'wait', hours: Math.ceil(left / HOUR) } }] : [];
}

/** The vendor puts a purchase on hold now and then, so that another takes its place, and relents. */
function vendor(
  { state }: Situation['told']['view'],
  purchase: number,
  choices: Choices,
): readonly Weighed[] {
  const disable = state === 'active' && choices.chance(0.5);
  return [{ weight: 2, deed: { do: 'vendor', purchase, disable } }];
}

/** How some stories begin: a purchase is put on hold, and another takes its place, whose first seat is to give back. */
export function opening(choices: Choices): readonly Deed[] {
  const purchase = choices.below(2);
  if (choices.chance(0.7)) return [{ do: 'activate', purchase }];
  return [
    { do: 'activate', purchase },
    { do: 'vendor', purchase, disable: true },
    { do: 'pullState' },
    { do: 'activate', purchase: 1 - purchase },
  ];
}

/** Most people try again what has failed; others start the program anew, wait, or do something else. */
export function nextDeed(situation: Situation, failed: Deed | null, choices: Choices): Deed {
  if (failed !== null) {
    const way = choices.fraction();
    if (way < 0.45) return failed;
    if (way < 0.6) return { do: 'restart' };
    if (way < 0.7) return { do: 'background' };
    if (way < 0.75) return { do: 'reconcile' };
  }
  const all = possible(situation, choices);
  let left = choices.fraction() * all.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, deed } of all) {
    left -= weight;
    if (left < 0) return deed;
  }
  return { do: 'reconcile' };
}
