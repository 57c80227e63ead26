import type {
  CreateEntitlementRequest,
  RenewEntitlementRequest,
  UpdateEntitlementRequest,
} from '../../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../../shared/license/types.ts';
import { invalid, refuseWith, type Answer } from '../answer.ts';
import { withBody, type ApiRequest, type Context, type Handler } from '../context.ts';
import { endActivation } from '../ending.ts';
import {
  changedTerms,
  checkNewEntitlement,
  checkTerms,
  createStoredEntitlement,
} from '../entitlement-factory.ts';
import { expiryFrom, renewedExpiry } from '../policy/entitlement.ts';
import type { StoredEntitlement } from '../store/entitlements.ts';
import { managedActivationView, managedEntitlementView } from '../views.ts';
import { pageOf } from './page.ts';
import { entitlementOf } from './session.ts';

/** The vendor's back office: the scopes of each call are in the contract. */

export const createEntitlement: Handler = withBody<CreateEntitlementRequest>((context, request) => {
  const errors = checkNewEntitlement(context, request.body);
  if (errors.length > 0) return invalid(errors);
  return context.store.transaction(() => {
    const { entitlement, activationCode } = createStoredEntitlement(context, request.body);
    const view = managedEntitlementView(context, entitlement, context.now());
    return { status: 201, body: { ...view, activationCode } };
  });
});

export const listEntitlements: Handler = (context, request) => {
  const { limit, offset } = pageOf(request);
  const now = context.now();
  const items = context.store.entitlements
    .list(limit, offset)
    .map((it) => managedEntitlementView(context, it, now));
  return { status: 200, body: { items, total: context.store.entitlements.count() } };
};

/** Runs a change on the entitlement of the path; a change answers with a refusal or with nothing. */
function onEntitlement(
  context: Context,
  request: ApiRequest,
  change: (entitlement: StoredEntitlement, now: Instant) => Answer | null,
): Answer {
  return context.store.transaction(() => {
    const id = request.param('entitlementId');
    const entitlement = context.store.entitlements.byId(id);
    if (entitlement === null) return refuseWith(404, 'There is no such entitlement.');
    const now = context.now();
    const refusal = change(entitlement, now);
    if (refusal !== null) return refusal;
    const changed = context.store.entitlements.byId(id) ?? entitlement;
    return { status: 200, body: managedEntitlementView(context, changed, now) };
  });
}

export const getManagedEntitlement: Handler = (context, request) =>
  onEntitlement(context, request, () => null);

export const updateEntitlement: Handler = withBody<UpdateEntitlementRequest>((context, request) =>
  onEntitlement(context, request, (entitlement) => {
    const terms = changedTerms(entitlement.terms, request.body);
    const errors = checkTerms(terms);
    if (errors.length > 0) return invalid(errors);
    context.store.entitlements.setTerms(entitlement.id, terms);
    return null;
  }),
);

export const renewEntitlement: Handler = withBody<RenewEntitlementRequest | undefined>((context, request) =>
  onEntitlement(context, request, (entitlement, now) => {
    const period = request.body?.period ?? entitlement.terms.plan.licenseDuration;
    const expiry = renewedExpiry(entitlement, period, now);
    if (expiry === null) return refuseWith(409, 'Only a subscription that has started once can be renewed.');
    context.store.entitlements.setTerm(entitlement.id, entitlement.started, expiry);
    return null;
  }),
);

export const disableEntitlement: Handler = (context, request) =>
  onEntitlement(context, request, (entitlement) => {
    context.store.entitlements.setDisabled(entitlement.id, true);
    return null;
  });

export const enableEntitlement: Handler = (context, request) =>
  onEntitlement(context, request, (entitlement) => {
    context.store.entitlements.setDisabled(entitlement.id, false);
    return null;
  });

export const startEntitlement: Handler = (context, request) =>
  onEntitlement(context, request, (entitlement, now) => {
    if (entitlement.started !== null && entitlement.started <= now) {
      return refuseWith(409, 'The entitlement has started already.');
    }
    context.store.entitlements.setTerm(entitlement.id, now, expiryFrom(entitlement.terms.plan, now));
    return null;
  });

export const resetEntitlement: Handler = (context, request) =>
  onEntitlement(context, request, (entitlement, now) => {
    const { activations, featureUse } = context.store;
    for (const activation of activations.live(entitlement.id)) {
      endActivation(context, entitlement, activation, 'released', now);
    }
    featureUse.forget(entitlement.id);
    return null;
  });

export const listActivations: Handler = (context, request) => {
  const entitlement = context.store.entitlements.byId(request.param('entitlementId'));
  if (entitlement === null) return refuseWith(404, 'There is no such entitlement.');
  const now = context.now();
  const includeEnded = request.query('includeEnded') === 'true';
  const { items, total } = context.store.activations.list(entitlement.id, {
    includeEnded,
    ...pageOf(request),
  });
  return {
    status: 200,
    body: { items: items.map((it) => managedActivationView(entitlement, it, now)), total },
  };
};

export const releaseActivation: Handler = (context, request) =>
  context.store.transaction(() => {
    const activation = context.store.activations.byId(request.param('activationId'));
    if (activation === null || activation.ended !== null) {
      return refuseWith(404, 'There is no such seat.');
    }
    endActivation(context, entitlementOf(context, activation), activation, 'released', context.now());
    return { status: 204 };
  });

export const revokeClientCertificates: Handler = (context, request) =>
  context.store.transaction(() => {
    const { activations, certificates } = context.store;
    const activation = activations.byId(request.param('activationId'));
    if (activation === null) return refuseWith(404, 'There is no such activation.');
    certificates.revokeOlder(activation.id, context.now());
    return { status: 204 };
  });
