import { REASONS, type Reason, type ReasonCode } from '../license/reasons.ts';
import type { ErrorCode } from '../errors.ts';
import { causeOfReason, remedyOfCause } from './causes.ts';
import { CHECKS } from './checks.ts';
import type { Cause, CheckResult, ReportedLicense, Verdict } from './report.ts';
import { ANSWERS, EXPLANATIONS, LAYERS, OF_THE_WAY } from './verdict-rules.ts';

/**
 * From what was found to what is the matter. Pure: the same findings always give the same verdict.
 *
 * A license says by its reasons why it is in its state; the checks say what was found just now. Of a cause and what
 * comes from it only the cause is to be worked on, and what is wrong on this device comes before what it makes look wrong
 * elsewhere: a clock in a wrong year before the certificate that it makes look expired.
 */
export function judge(
  checks: readonly CheckResult[],
  licenses: readonly ReportedLicense[],
): readonly Verdict[] {
  const found = merge([...ofLicenses(licenses, checks), ...ofChecks(checks, licenses)]);
  const roots = explain(found);
  return roots.toSorted((a, b) => weightOf(b) - weightOf(a) || placeOf(a.cause) - placeOf(b.cause));
}

type Code = ReasonCode | ErrorCode;

const WEIGHT = { blocking: 2, warning: 1, info: 0 } as const;
const weightOf = ({ severity }: Verdict): number => WEIGHT[severity];

function placeOf({ code }: Cause): number {
  const place = LAYERS.indexOf(code);
  return place < 0 ? LAYERS.length : place;
}

function entry(cause: Cause, severity: Verdict['severity'], productIds: readonly string[]): Verdict {
  return { cause, severity, remedy: remedyOfCause(cause), productIds: [...productIds], explains: [] };
}

/** The reasons of the licenses, but for those about the way to the server that a fresh look has overtaken. */
function ofLicenses(
  licenses: readonly ReportedLicense[],
  checks: readonly CheckResult[],
): readonly Verdict[] {
  const isProbed = checks.some(({ id, cause, status }) => {
    const isServer = CHECKS[id] === 'network';
    return isServer && (cause !== null || (id === 'server' && status === 'ok'));
  });
  const isOvertaken = (code: Code): boolean =>
    (isProbed && OF_THE_WAY.includes(code)) || (code === 'clockAhead' && isTimeRight(checks));
  // Whoever has one license in use need not be told to activate the products that were not bought.
  const isIdle = licenses.every(({ state }) => state === 'notActivated');
  const gravity = ({ code, severity }: Reason) =>
    isIdle && severity === 'info' && ANSWERS.includes(code) ? 'warning' : severity;
  return licenses.flatMap(({ productId, reasons }) =>
    reasons
      .filter(({ code }) => !isOvertaken(code))
      .map((reason) => entry(causeOfReason(reason), gravity(reason), [productId])),
  );
}

/** The server has just vouched for the time: whoever was away for weeks has no wrong clock. */
function isTimeRight(checks: readonly CheckResult[]): boolean {
  return checks.some(({ id, status }) => id === 'serverTime' && status === 'ok');
}

/** What the checks have found beyond the reasons. A way to the server that is shut bothers those who need it. */
function ofChecks(checks: readonly CheckResult[], licenses: readonly ReportedLicense[]): readonly Verdict[] {
  const online = licenses.filter(({ mode }) => mode !== 'offline').map((license) => license.productId);
  return checks.flatMap(({ id, cause, status, productId }) => {
    if (cause === null || !COUNTS.includes(status)) return [];
    if (id === 'clock' && cause.code === 'clockAhead' && isTimeRight(checks)) return [];
    // A reason that comes under another check has been told by its license, or was overtaken.
    if (id === 'lastContact' && cause.kind === 'reason') return [];
    const isNetwork = CHECKS[id] === 'network';
    const owner = licenses.find((license) => license.productId === productId);
    const refused = cause.kind === 'error' && id === 'lastContact' && owner?.state !== 'active';
    const severity = refused
      ? 'blocking'
      : isNetwork && online.length === 0
        ? 'info'
        : severityOf(cause, status);
    if (productId !== null) return [entry(cause, severity, [productId])];
    return [entry(cause, severity, isNetwork && online.length < licenses.length ? online : [])];
  });
}

const COUNTS: readonly CheckResult['status'][] = ['failed', 'warning', 'notice'];

function severityOf(cause: Cause, status: CheckResult['status']): Verdict['severity'] {
  if (cause.kind === 'reason') return REASONS[cause.code].severity;
  return status === 'notice' ? 'info' : 'warning';
}

/** Joins what was found more than once: for several products, or by a license and a check. */
function merge(found: readonly Verdict[]): readonly Verdict[] {
  const merged = new Map<string, Verdict>();
  for (const next of found) {
    const key = next.cause.code;
    const before = merged.get(key);
    if (before === undefined) merged.set(key, next);
    else
      merged.set(key, {
        ...before,
        severity: weightOf(next) > weightOf(before) ? next.severity : before.severity,
        productIds: [...new Set([...before.productIds, ...next.productIds])],
      });
  }
  return [...merged.values()];
}

/** Puts what comes from something else under it, and gives it the gravity of what it explains. */
function explain(found: readonly Verdict[]): readonly Verdict[] {
  const taken = new Map<Verdict, Verdict[]>();
  const explained = new Set<Verdict>();
  for (const { by, explains } of EXPLANATIONS) {
    for (const cause of found) {
      if (!by.includes(cause.cause.code) || explained.has(cause)) continue;
      for (const other of found) {
        if (other === cause || explained.has(other) || !explains.includes(other.cause.code)) continue;
        if (!concernsSame(cause, other) || (weightOf(cause) === 0 && weightOf(other) > 0)) continue;
        explained.add(other);
        // What this one has explained so far comes from the same cause.
        taken.set(cause, [...(taken.get(cause) ?? []), other, ...(taken.get(other) ?? [])]);
        taken.delete(other);
      }
    }
  }
  return found
    .filter((verdict) => !explained.has(verdict))
    .map((verdict) => {
      const below = taken.get(verdict) ?? [];
      const gravest = [verdict, ...below].toSorted((a, b) => weightOf(b) - weightOf(a))[0] ?? verdict;
      const productIds = new Set([verdict, ...below].flatMap((one) => one.productIds));
      return {
        ...verdict,
        severity: gravest.severity,
        productIds: [...productIds],
        explains: below.map(({ cause }) => cause),
      };
    });
}

/** Whether two findings may have to do with each other: one that names no product has to do with all. */
function concernsSame(one: Verdict, other: Verdict): boolean {
  if (one.productIds.length === 0 || other.productIds.length === 0) return true;
  return one.productIds.some((id) => other.productIds.includes(id));
}
