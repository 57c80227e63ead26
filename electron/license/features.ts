import { err, ok, type Result } from '../../shared/result.ts';
import type { FeatureAnswer } from '../api/client.ts';
import { toFeature } from '../api/convert-policy.ts';
import type { FeatureChange } from './feature-policy.ts';
import { afterChange, amountOf, isSameChange, wasCarriedOut, withFeature } from './feature-policy.ts';
import { checkOutLicenseFile, pullDescription } from './follow-up.ts';
import { writeJournal, type Ledger } from './ledger.ts';
import { callInSession } from './call-in-session.ts';
import type { SessionCall } from './session.ts';
import type { CallOutcome } from './take-seat.ts';
import { close, refusalOf, type Turn } from './turn.ts';

/**
 * Checks a feature out or in, or tracks a use of it. The wire knows no way to repeat a checkout safely, so an answer
 * that was lost is not guessed: the next operation asks the server how much this activation has, and the same wish
 * again is then carried out once, not twice.
 */
export async function changeFeature(turn: Turn, found: Ledger, change: FeatureChange): Promise<Result<null>> {
  const refused = refusalOf(turn, found, change.kind === 'return' ? 'returnFeature' : 'checkoutFeature');
  if (refused !== null) return err(refused);
  const settled = await settleDoubt(turn, found);
  if (!settled.ok) return settled;
  const { ledger, failure: trouble } = settled.value;
  const { activation } = ledger.record;
  if (trouble !== null || activation === null) return close(turn, settled.value);
  const again = found.doubtful && isSameChange(found.journal, change);
  if (again && wasCarriedOut(found.journal, activation)) return close(turn, settled.value);

  const key = again ? found.journal?.idempotencyKey : undefined;
  const intended = await writeJournal(turn.transaction, ledger, {
    kind: 'call',
    feature: { ...change, before: amountOf(activation, change.key) },
    idempotencyKey: key ?? turn.options.random.uuid(),
    startedAt: turn.options.clock.now(),
  });
  if (!intended.ok) return intended;
  const done = await callInSession(
    turn.options,
    turn.transaction,
    intended.value,
    callFor(change, intended.value.journal?.idempotencyKey ?? ''),
    (before, answer) => ({ activation: withAnswer(before, change, answer) }),
  );
  if (!done.ok) return done;
  if (done.value.failure !== null) return closeRefused(turn, inTermsOf(change, done.value));
  if (change.kind === 'usage') return close(turn, done.value);
  // The wish is carried out: the same one again is a new one, also where the next answer gets lost.
  const struck = await writeJournal(turn.transaction, done.value.ledger, {
    kind: 'call',
    idempotencyKey: turn.options.random.uuid(),
    startedAt: turn.options.clock.now(),
  });
  if (!struck.ok) return struck;
  // The installed software reads what it may use from its license file.
  const file = await checkOutLicenseFile(turn, { ...done.value, ledger: struck.value });
  if (!file.ok) return file;
  const isKept = file.value.ledger.record.activation !== null;
  return close(turn, isKept ? { ...file.value, failure: null } : file.value);
}

/** Nothing of a feature that is on or off can be used up: one that is used up was never in the license. */
function inTermsOf({ kind }: FeatureChange, refused: CallOutcome): CallOutcome {
  const isNotIncluded = kind === 'usage' && refused.failure?.code === 'featureExhausted';
  return isNotIncluded ? { ...refused, failure: { ...refused.failure, code: 'featureUnknown' } } : refused;
}

/** A refusal says that what is known of the feature is out of date: the truth is fetched, and the refusal told. */
async function closeRefused(turn: Turn, refused: CallOutcome): Promise<Result<null>> {
  const isAboutFeature = refused.failure?.code.startsWith('feature') === true;
  if (!refused.settled || !isAboutFeature) return close(turn, refused);
  const state = await pullDescription(turn, refused.ledger);
  if (!state.ok) return state;
  return close(
    turn,
    state.value.failure === null ? { ...state.value, failure: refused.failure } : state.value,
  );
}

/** Where an answer was lost before, the server's description says what has become of it. */
function settleDoubt(turn: Turn, found: Ledger): Promise<Result<CallOutcome>> {
  return found.doubtful
    ? pullDescription(turn, found)
    : Promise.resolve(ok({ ledger: found, settled: true, failure: null }));
}

function callFor({ kind, key, amount }: FeatureChange, idempotencyKey: string): SessionCall<FeatureAnswer> {
  return (api, session) => {
    switch (kind) {
      case 'checkout':
        return api.checkoutFeature(session, { key, amount });
      case 'return':
        return api.returnFeature(session, { key, amount });
      case 'usage':
        return api.trackFeatureUsage(session, key, idempotencyKey);
    }
  };
}

type Description = NonNullable<Ledger['record']['activation']>;

function withAnswer(before: Description, change: FeatureChange, { feature }: FeatureAnswer): Description {
  const known = before.features.find(({ key }) => key === change.key);
  if (feature !== null) return withFeature(before, toFeature(feature));
  return known === undefined ? before : withFeature(before, afterChange(known, change));
}
