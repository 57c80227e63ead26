import { VERBS, type Scene, type Verb } from './verbs.ts';

/** What a user may sensibly do next. */

type Situation = Pick<Scene, 'view' | 'pocket' | 'choices'>;

/** How likely each verb is where it is possible. */
const WEIGHTS: Readonly<Partial<Record<Verb, number>>> = {
  check: 0.5,
  settings: 0.4,
  restart: 0.4,
  keepTime: 0.5,
};

function isPossible(verb: Verb, { view, pocket }: Situation): boolean {
  const { actions, activation, offline } = view;
  const isOffline = activation?.mode === 'offline';
  switch (verb) {
    case 'activate':
      return actions.includes('activateWithCode');
    case 'signIn':
      return actions.includes('activateWithAccount');
    case 'checkout':
    case 'use':
      return actions.includes('checkoutFeature');
    case 'return':
      return actions.includes('returnFeature') && hasElements(activation);
    case 'refresh':
    case 'pullState':
      return actions.includes(verb) && !isOffline;
    case 'deactivate':
      return actions.includes('deactivate') && !isOffline;
    case 'request':
      return actions.includes('makeOfflineRequest');
    case 'discard':
    case 'answer':
      return offline.requests.length > 0;
    case 'import':
      return pocket.tokens().length > 0;
    case 'portalRefresh':
    case 'leave':
      return isOffline;
    case 'deliver':
      return offline.receipts.length > 0;
    case 'clear':
      return offline.receipts.some(({ id }) => pocket.isDelivered(id));
    case 'reconcile':
    case 'keepTime':
    case 'check':
    case 'settings':
    case 'restart':
      return true;
  }
}

/** Whether there is something of a pool to give back. */
function hasElements(activation: Situation['view']['activation']): boolean {
  return activation?.features.some(({ type, active }) => type === 'elementPool' && active > 0) === true;
}

/** One step on the way to a verb that may not be possible yet. */
function stepTowards(verb: Verb, situation: Situation): Verb {
  if (isPossible(verb, situation)) return verb;
  const { activation, offline } = situation.view;
  const mode = activation?.mode ?? null;
  const giveBack: Verb = mode === 'offline' ? 'leave' : 'deactivate';
  const takeOffline = (): Verb => {
    const [request] = offline.requests;
    if (request === undefined) return 'request';
    return situation.pocket.tokens().some(({ about }) => about === request.id) ? 'import' : 'answer';
  };
  switch (verb) {
    case 'return':
      return mode === 'online' ? 'checkout' : stepTowards('checkout', situation);
    case 'checkout':
    case 'use':
    case 'refresh':
    case 'pullState':
    case 'deactivate':
      if (mode === 'offline') return 'leave';
      return situation.choices.chance(0.7) ? 'activate' : 'signIn';
    case 'portalRefresh':
    case 'leave':
    case 'import':
      return mode === 'online' ? 'deactivate' : takeOffline();
    case 'deliver':
      return mode === 'offline' ? 'leave' : stepTowards('leave', situation);
    case 'clear':
      return stepTowards('deliver', situation);
    case 'discard':
    case 'answer':
      return mode === null ? 'request' : giveBack;
    default:
      return mode === null ? verb : giveBack;
  }
}

/**
 * The next verb: mostly one that is possible, sometimes one that is not and has to be refused.
 * @param towards the verb to come to soon
 */
export function nextVerb(situation: Situation, towards: Verb | null): Verb {
  const { choices } = situation;
  if (towards !== null && choices.chance(0.9)) return stepTowards(towards, situation);
  if (choices.chance(0.08)) return choices.one(VERBS);
  const possible = VERBS.filter((verb) => isPossible(verb, situation));
  const weights = possible.map((verb) => WEIGHTS[verb] ?? 1);
  let left = choices.fraction() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, verb] of possible.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return verb;
  }
  return 'reconcile';
}
