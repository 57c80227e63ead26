import { describe, expect, it } from 'vitest';
import { reason, REASON_CODES, REASONS, type ReasonCode } from '../../../shared/license/reasons.ts';
import { ERROR_CODES, ERRORS, failure, type ErrorCode } from '../../../shared/errors.ts';
import { causeOfFailure, causeOfReason, remedyOfCause } from '../../../shared/support/causes.ts';
import type { CheckResult, ReportedLicense } from '../../../shared/support/report.ts';
import { judge } from '../../../shared/support/verdict-policy.ts';
import { LAYERS } from '../../../shared/support/verdict-rules.ts';

const PRODUCT = 'prod_0000000000000000000001';
const OTHER = 'prod_0000000000000000000002';

const license = (codes: readonly ReasonCode[], changes: Partial<ReportedLicense> = {}): ReportedLicense => ({
  productId: PRODUCT,
  productName: 'Orbit',
  state: 'active',
  mode: 'online',
  reasons: codes.map((code) => reason(code)),
  lastContactAt: null,
  supportCode: '',
  ...changes,
});

const check = (id: CheckResult['id'], status: CheckResult['status'], code?: ErrorCode): CheckResult => {
  const cause = code === undefined ? null : causeOfFailure(failure(code));
  const remedy = cause === null ? null : remedyOfCause(cause);
  return { id, productId: null, status, cause, remedy, evidence: [], durationMs: 1 };
};

/** `code severity` of each entry, with what it explains in brackets. */
const told = (checks: readonly CheckResult[], licenses: readonly ReportedLicense[]) =>
  judge(checks, licenses).map(({ cause, severity, explains }) => {
    const below = explains.length === 0 ? '' : ` (${explains.map(({ code }) => code).join(' ')})`;
    return `${cause.code} ${severity}${below}`;
  });

describe('the verdict', () => {
  it('is empty where nothing is wrong', () => {
    expect(judge([check('server', 'ok')], [license([])])).toEqual([]);
  });

  it.each(REASON_CODES)('says of a license with %s alone just that, with its remedy', (code) => {
    const [only, ...more] = judge([], [license([code])]);
    expect(only).toMatchObject({ ...REASONS[code], cause: { kind: 'reason', code } });
    expect(more).toEqual([]);
  });

  it.each(ERROR_CODES)('says of a check that found %s alone just that, with its remedy', (code) => {
    const [only, ...more] = judge([check('server', 'failed', code)], [license([])]);
    expect(only?.cause.code).toBe(code);
    expect(only?.remedy).toBe(ERRORS[code].remedy);
    expect(more).toEqual([]);
  });

  it.each([
    [
      'a way to the server that is shut, and the lease that could not be renewed',
      [check('connection', 'failed', 'serverUnreachable')],
      [license(['leaseExpired'], { state: 'leaseExpired' })],
      ['serverUnreachable blocking (leaseExpired)'],
    ],
    [
      'a clock in a wrong year, and all that looks over by it',
      [check('certificate', 'failed', 'certificateExpired')],
      [license(['clockAhead', 'leaseExpired'], { state: 'leaseExpired' })],
      ['clockAhead blocking (leaseExpired certificateExpired)'],
    ],
    [
      'a subscription that ended, and the lease that ended with it',
      [check('server', 'ok')],
      [license(['entitlementExpired', 'leaseExpired'], { state: 'entitlementNotActive' })],
      ['entitlementExpired blocking (leaseExpired)'],
    ],
    [
      'a code that the server refused',
      [
        check('server', 'ok'),
        { ...check('lastContact', 'warning', 'activationCodeInvalid'), productId: PRODUCT },
      ],
      [license(['neverActivated'], { state: 'notActivated', mode: null })],
      ['activationCodeInvalid blocking (neverActivated)'],
    ],
    [
      'a device that nobody has activated',
      [check('server', 'ok')],
      [license(['neverActivated', 'keyringWeak'], { state: 'notActivated', mode: null })],
      ['neverActivated warning', 'keyringWeak info'],
    ],
    [
      'a device that waits for the response to its request',
      [check('server', 'ok')],
      [license(['neverActivated', 'requestPending'], { state: 'notActivated', mode: null })],
      ['requestPending warning (neverActivated)'],
    ],
    [
      'a device that can’t be activated for want of a network',
      [check('dns', 'failed', 'dnsFailed')],
      [license(['neverActivated'], { state: 'notActivated', mode: null })],
      ['dnsFailed warning', 'neverActivated warning'],
    ],
  ])('names the cause of %s', (_, checks, licenses, wanted) => {
    expect(told(checks, licenses)).toEqual(wanted);
  });

  it('asks nobody to activate a product beside the one that is in use', () => {
    const idle = license(['neverActivated'], { state: 'notActivated', mode: null, productId: OTHER });
    expect(told([check('server', 'ok')], [license([]), idle])).toEqual(['neverActivated info']);
    expect(told([check('server', 'ok')], [idle])).toEqual(['neverActivated warning']);
  });

  it('does not take a server that can’t be reached for a license that ended', () => {
    expect(told([check('dns', 'failed', 'dnsFailed')], [license([])])).toEqual(['dnsFailed warning']);
  });

  it('does not trouble an offline activation with the way to the server', () => {
    const offline = license(['leaseExpired'], { state: 'leaseExpired', mode: 'offline' });
    const found = told([check('dns', 'failed', 'dnsFailed')], [offline]);
    expect(found[0]).toMatch(/^leaseExpired blocking/);
  });

  it('believes a fresh look more than the last contact', () => {
    const before = license(['pinMismatch']);
    expect(told([check('server', 'ok')], [before])).toEqual([]);
    expect(told([check('route', 'failed', 'proxyAuthRequired')], [before])).toEqual([
      'proxyAuthRequired warning',
    ]);
    // Without a fresh look the last contact is all there is.
    expect(told([], [before])).toEqual(['pinMismatch warning']);
    expect(told([check('server', 'ok')], [license(['serverError'])])).toEqual(['serverError warning']);
  });

  it('joins what concerns several products, and keeps apart what concerns others', () => {
    const both = [license(['leaseExpired']), license(['leaseExpired'], { productId: OTHER })];
    expect(judge([], both)).toMatchObject([{ productIds: [PRODUCT, OTHER] }]);
    const apart = [license(['entitlementExpired']), license(['leaseExpired'], { productId: OTHER })];
    expect(told([], apart)).toEqual(['entitlementExpired blocking', 'leaseExpired blocking']);
  });

  it('has a place for every reason', () => {
    const places: readonly string[] = LAYERS;
    expect(REASON_CODES.filter((code) => !places.includes(code))).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
  });

  it('puts what blocks before what warns before what is good to know', () => {
    const found = judge([], [license(['keyringWeak', 'leaseEndsSoon', 'deviceChanged'])]);
    expect(found.map(({ severity }) => severity)).toEqual(['blocking', 'warning', 'info']);
    expect(found[0]?.cause).toEqual(causeOfReason(reason('deviceChanged')));
  });
});
