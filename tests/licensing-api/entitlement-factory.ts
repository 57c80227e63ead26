import type {
  CreateEntitlementRequest,
  UpdateEntitlementRequest,
  ValidationError,
} from '../../shared/licensing-api/generated/types.gen.ts';
import type { Instant } from '../../shared/license/types.ts';
import type { Context } from './context.ts';
import { expiryFrom } from './policy/entitlement.ts';
import { hashSecret, newActivationCode, newId } from './secrets.ts';
import type { StoredEntitlement, Terms } from './store/entitlements.ts';
import { optional } from './views.ts';

const CODE_PREFIX = 'ORBIT';

const wrong = (propertyName: string, message: string): ValidationError => ({
  propertyName,
  message,
  code: 'rule',
});

function duplicates(name: string, keys: readonly string[]): ValidationError[] {
  return new Set(keys).size === keys.length
    ? []
    : [{ propertyName: name, message: 'has the same key twice', code: 'duplicate' }];
}

/** What the schema of terms can't say, of new ones and of changed ones. */
export function checkTerms(
  terms: Pick<CreateEntitlementRequest, 'features' | 'attributes' | 'editions'>,
): ValidationError[] {
  const { features = [], attributes = [], editions = [] } = terms;
  const errors: ValidationError[] = [];
  features.forEach((feature, index) => {
    if (feature.usagePeriod !== undefined && feature.type !== 'usageCount') {
      errors.push(wrong(`features.${index}.usagePeriod`, 'is for usageCount only'));
    }
    if (feature.type === 'bool' && (feature.total ?? 1) > 1) {
      errors.push(wrong(`features.${index}.total`, 'is 0 or 1 for bool'));
    }
    if (feature.overdraft !== undefined && (feature.type === 'bool' || feature.total === undefined)) {
      errors.push(wrong(`features.${index}.overdraft`, 'is for elementPool and usageCount with a total'));
    }
  });
  attributes.forEach(({ type, value }, index) => {
    if (value === undefined) return;
    const bad =
      (type === 'number' && (value.trim() === '' || !Number.isFinite(Number(value)))) ||
      (type === 'date' && Number.isNaN(Date.parse(value)));
    if (bad) errors.push(wrong(`attributes.${index}.value`, `is not a ${type}`));
  });
  const keyed = { features: features.map((it) => it.key), attributes: attributes.map((it) => it.key) };
  return [
    ...errors,
    ...Object.entries(keyed).flatMap(([name, keys]) => duplicates(name, keys)),
    ...duplicates(
      'editions',
      editions.map((it) => it.id),
    ),
  ];
}

/** What the schema of a new entitlement can't say. */
export function checkNewEntitlement(context: Context, request: CreateEntitlementRequest): ValidationError[] {
  const { plan } = request;
  const errors: ValidationError[] = [];
  if (!context.store.settings.products().some((it) => it.id === request.productId)) {
    errors.push(wrong('productId', 'is not a product of this tenant'));
  }
  if ((plan.licenseType === 'Perpetual') !== (plan.licenseDuration.type === 'None')) {
    errors.push(wrong('plan.licenseDuration', 'is None for a perpetual plan, and only for one'));
  }
  if ((plan.licenseStartType === 'Custom') !== (request.startDate !== undefined)) {
    errors.push(wrong('startDate', 'is required by the start type Custom, and only by it'));
  }
  return [...errors, ...checkTerms(request)];
}

/** Terms after a change: what is given replaces what was, and null takes it away. */
export function changedTerms(terms: Terms, change: UpdateEntitlementRequest): Terms {
  const {
    plan,
    lingerPeriod = terms.lingerPeriod,
    offlineLeasePeriod = terms.offlineLeasePeriod,
    maintenanceExpiryDate = terms.maintenanceExpiryDate,
    ...given
  } = change;
  const { lingerPeriod: _l, offlineLeasePeriod: _o, maintenanceExpiryDate: _m, ...rest } = terms;
  return {
    ...rest,
    ...given,
    plan: { ...terms.plan, ...plan },
    ...optional('lingerPeriod', lingerPeriod),
    ...optional('offlineLeasePeriod', offlineLeasePeriod),
    ...optional('maintenanceExpiryDate', maintenanceExpiryDate),
  };
}

/** When the license starts; null = with the first activation, or when somebody starts it. */
function startOf(request: CreateEntitlementRequest, now: Instant): Instant | null {
  const type = request.plan.licenseStartType;
  if (type === 'EntitlementCreation') return now;
  return type === 'Custom' ? Date.parse(request.startDate ?? '') : null;
}

/**
 * Creates an entitlement from a request that `checkNewEntitlement` has found right.
 * @returns it with its activation code, which nobody can read again: the store has its hash only
 */
export function createStoredEntitlement(
  context: Context,
  request: CreateEntitlementRequest,
): { readonly entitlement: StoredEntitlement; readonly activationCode: string } {
  const now = context.now();
  const { startDate: _startDate, productId, ...given } = request;
  const started = startOf(request, now);
  const gracePeriod = given.gracePeriod ?? { type: 'None' };
  const entitlement: StoredEntitlement = {
    id: newId('ent'),
    productId,
    created: now,
    started,
    expiry: started === null ? null : expiryFrom(given.plan, started),
    disabled: false,
    gracePeriod,
    terms: {
      ...given,
      offeringName: given.offeringName ?? given.plan.name,
      sku: given.sku ?? 'CUSTOM',
      gracePeriod,
      leasePeriod: given.leasePeriod ?? { type: 'Day', count: 30 },
      hasMaintenance: given.hasMaintenance ?? false,
      editions: given.editions ?? [],
      features: given.features ?? [],
      attributes: given.attributes ?? [],
    },
  };
  const activationCode = newActivationCode(CODE_PREFIX);
  context.store.entitlements.add(entitlement, hashSecret(activationCode));
  return { entitlement, activationCode };
}
