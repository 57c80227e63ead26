import type {
  FeatureAmountRequest,
  FeatureUsageRequest,
  NewFeature,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import { invalidField, refuse, refuseWith, type Answer } from '../answer.ts';
import { withBody, type Handler } from '../context.ts';
import {
  refuseCheckout,
  refuseReturn,
  refuseUsage,
  usagePeriod,
  type FeatureRefusal,
} from '../policy/features.ts';
import { leaseStatus } from '../policy/lease.ts';
import { hashSecret } from '../secrets.ts';
import { featureUse, featureView } from '../views.ts';
import { entitlementRefusal, withSession, type Session } from './session.ts';

const REFUSALS: Readonly<Record<FeatureRefusal, Answer>> = {
  featureUnknown: refuse('featureUnknown', 'The entitlement has no such feature.'),
  featureExhausted: refuse('featureExhausted', 'Not that much of the feature is left.'),
  featureNotReturnable: refuse(
    'featureNotReturnable',
    'Only elements of a pool that this activation holds can be returned.',
  ),
  wrongType: invalidField('key', 'is a feature of another type', 'type'),
};

/** Features are for an activation that is active and online. */
function notUsable({ activation, entitlement, now }: Session): Answer | null {
  const inactive = entitlementRefusal(entitlement, now);
  if (inactive !== null) return inactive;
  if (leaseStatus(activation.leaseExpiry, now) !== 'active') {
    return refuseWith(409, 'The lease has ended; it has to be refreshed first.');
  }
  return activation.mode === 'online'
    ? null
    : refuse('offlineNotAllowed', 'Features are not for an offline activation.');
}

const find = (session: Session, key: string): NewFeature | undefined =>
  session.entitlement.terms.features.find((feature) => feature.key === key);

/** Counts an amount (negative = returned) and answers with the feature as it is then. */
function count(session: Session, feature: NewFeature, amount: number): Answer {
  const { context, entitlement, activation, now } = session;
  const period = usagePeriod(feature, entitlement.started, now);
  const use = { entitlementId: entitlement.id, activationId: activation.id };
  context.store.featureUse.add(use, feature.key, period.start, amount);
  return { status: 200, body: featureView(context, entitlement, activation.id, feature, now) };
}

function change(
  judge: typeof refuseCheckout,
  sign: 1 | -1,
): (session: Session, body: FeatureAmountRequest) => Answer {
  return (session, body) => {
    const blocked = notUsable(session);
    if (blocked !== null) return blocked;
    const { context, entitlement, activation, now } = session;
    const feature = find(session, body.key);
    if (feature === undefined) return REFUSALS.featureUnknown;
    const use = featureUse(context, entitlement, activation.id, feature, now);
    const why = judge(feature, use, body.amount);
    return why === null ? count(session, feature, sign * body.amount) : REFUSALS[why];
  };
}

const takeOut = change(refuseCheckout, 1);
const giveBack = change(refuseReturn, -1);

export const checkoutFeature: Handler = withBody<FeatureAmountRequest>((context, request) =>
  withSession(context, request, (session) => takeOut(session, request.body)),
);

export const returnFeature: Handler = withBody<FeatureAmountRequest>((context, request) =>
  withSession(context, request, (session) => giveBack(session, request.body)),
);

/** With an Idempotency-Key a use is counted once, however often the call is repeated within a day. */
export const trackFeatureUsage: Handler = withBody<FeatureUsageRequest>((context, request) =>
  withSession(context, request, (session) => {
    const blocked = notUsable(session);
    if (blocked !== null) return blocked;
    const feature = find(session, request.body.key);
    const why = refuseUsage(feature);
    if (feature === undefined || why !== null) return REFUSALS[why ?? 'featureUnknown'];

    const { idempotency } = context.store;
    const key = request.header('idempotency-key');
    const activationId = session.activation.id;
    const keyHash = key === undefined ? null : hashSecret(`${activationId}/${key}`);
    const call = { requestHash: hashSecret(request.body.key), activationId, status: 204 };
    const earlier = keyHash === null ? null : idempotency.find('usage', keyHash, session.now);
    if (earlier !== null && earlier.requestHash !== call.requestHash) {
      return invalidField('Idempotency-Key', 'was used with another request', 'idempotencyKeyReused');
    }
    if (earlier === null) count(session, feature, 1);
    if (keyHash !== null) idempotency.remember('usage', keyHash, call, session.now);
    return { status: 204 };
  }),
);
