import type { Page } from 'playwright';
import { failure } from '../../../shared/errors.ts';
import { reason } from '../../../shared/license/reasons.ts';
import { causeOfFailure, causeOfReason, remedyOfCause } from '../../../shared/support/causes.ts';
import { CHECK_IDS, CHECKS, type CheckId, type CheckStatus } from '../../../shared/support/checks.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import {
  REPORT_VERSION,
  type Cause,
  type CheckResult,
  type DiagnosisReport,
} from '../../../shared/support/report.ts';
import { judge } from '../../../shared/support/verdict-policy.ts';
import { answer, emit } from './fake-bridge.ts';
import { DAY, ended, held, license, NOW, STUDIO } from './samples.ts';
import type { State } from './states.ts';
import { place } from './steps.ts';

/** The screen of the diagnosis in the states that a person meets. */

interface Found {
  readonly status: CheckStatus;
  readonly cause?: Cause;
  readonly evidence?: readonly Evidence[];
}

function checksWith(found: Partial<Record<CheckId, Found>>): readonly CheckResult[] {
  return CHECK_IDS.map((id) => {
    const { status, cause = null, evidence = [] } = found[id] ?? { status: 'ok' };
    return {
      id,
      productId: CHECKS[id] === 'license' ? STUDIO : null,
      status,
      cause,
      remedy: cause === null ? null : remedyOfCause(cause),
      evidence,
      durationMs: 20,
    };
  });
}

function reportOf(view: State['licenses'][number], checks: readonly CheckResult[]): DiagnosisReport {
  const { productId, productName, state, reasons, activation, lastContactAt, supportCode } = view;
  const licenses = [
    { productId, productName, state, reasons, mode: activation?.mode ?? null, lastContactAt, supportCode },
  ];
  return {
    reportVersion: REPORT_VERSION,
    program: { version: '1.4.0', platform: 'linux', process: 'window' },
    profile: null,
    startedAt: NOW,
    endedAt: NOW + 900,
    complete: true,
    checks,
    verdict: judge(checks, licenses),
    licenses,
  };
}

const active = license({ facts: held() });
const expired = license({ facts: held({ leaseExpiry: NOW - 2 * DAY, lastLeaseAt: NOW - 32 * DAY }) });
const released = license({ facts: ended('seatReleased') });

const shut = checksWith({
  program: { status: 'notice', evidence: [{ kind: 'version', name: 'application', value: '1.4.0' }] },
  route: {
    status: 'failed',
    cause: causeOfFailure(
      failure('proxyAuthRequired', { host: 'licensing.example.com:443', proxy: 'proxy.example.com:3128' }),
    ),
    evidence: [
      { kind: 'word', name: 'route', value: 'http' },
      { kind: 'address', name: 'proxy', value: 'proxy.example.com:3128' },
      { kind: 'count', name: 'httpStatus', value: 407 },
    ],
  },
  dns: { status: 'skipped' },
  connection: { status: 'skipped' },
  encryption: { status: 'skipped' },
  certificate: { status: 'skipped' },
  pin: { status: 'skipped' },
  clientCertificate: { status: 'skipped' },
  server: { status: 'timedOut' },
  requestLimit: { status: 'skipped' },
  serverTime: { status: 'skipped' },
  key: { status: 'notice', cause: causeOfReason(reason('keyringWeak')) },
  lease: {
    status: 'failed',
    cause: causeOfReason(reason('leaseExpired', { at: NOW - 2 * DAY })),
    evidence: [{ kind: 'instant', name: 'leaseEnd', value: NOW - 2 * DAY }],
  },
  disk: { status: 'ok', evidence: [{ kind: 'size', name: 'freeSpace', value: 83_554_684_928 }] },
});

const gone = checksWith({
  seat: {
    status: 'failed',
    cause: causeOfReason(reason('seatReleased', { at: NOW - DAY })),
    evidence: [{ kind: 'instant', name: 'endedAt', value: NOW - DAY }],
  },
  entitlement: { status: 'skipped' },
  lease: { status: 'skipped' },
  licenseFile: { status: 'skipped' },
  nonce: { status: 'skipped' },
});

const BEHIND = 50 * 60 * 60_000;
const cloned = license({ facts: ended('seatLostToClone') });
const locked = license({ facts: null, around: { vault: 'unavailable' } });
const late = license({ facts: held(), clock: { behindBy: BEHIND } });

/** Somebody inspects the connection, on a device that an administrator manages and whose program was changed. */
const inspected = checksWith({
  program: {
    status: 'warning',
    cause: causeOfFailure(failure('programAltered')),
    evidence: [
      { kind: 'word', name: 'platform', value: 'windows' },
      { kind: 'word', name: 'host', value: 'electron' },
      { kind: 'flag', name: 'fusesSet', value: false },
      { kind: 'fuses', name: 'looseFuses', value: ['runAsNode', 'asarIntegrity'] },
    ],
  },
  policy: { status: 'notice', cause: causeOfReason(reason('deniedByPolicy')) },
  vault: {
    status: 'ok',
    evidence: [
      { kind: 'word', name: 'vault', value: 'good' },
      { kind: 'word', name: 'witness', value: 'none' },
    ],
  },
  key: { status: 'ok', evidence: [{ kind: 'word', name: 'keyringBackend', value: 'keychain' }] },
  route: { status: 'ok', evidence: [{ kind: 'word', name: 'route', value: 'direct' }] },
  certificate: {
    status: 'failed',
    cause: causeOfFailure(
      failure('certificateUntrusted', {
        host: 'licensing.example.com:443',
        issuer: 'Example Works Inspection CA',
      }),
    ),
    evidence: [{ kind: 'issuer', name: 'issuer', value: 'Example Works Inspection CA' }],
  },
  pin: { status: 'skipped' },
  clientCertificate: { status: 'skipped' },
  server: { status: 'skipped' },
  requestLimit: { status: 'skipped' },
  serverTime: { status: 'skipped' },
  lease: { status: 'failed', cause: causeOfReason(reason('leaseExpired', { at: NOW - 2 * DAY })) },
});

const taken = checksWith({
  seat: { status: 'failed', cause: causeOfReason(reason('seatLostToClone')) },
});

const shutIn = checksWith({
  key: { status: 'failed', cause: causeOfReason(reason('vaultUnavailable')) },
});

const behind = checksWith({
  clock: {
    status: 'failed',
    cause: causeOfReason(reason('clockRolledBack', { at: NOW, count: BEHIND / 60_000 })),
    evidence: [
      { kind: 'instant', name: 'trustedTime', value: NOW },
      { kind: 'duration', name: 'behindBy', value: BEHIND },
    ],
  },
});

const begin = async (page: Page) => {
  await place(2)(page);
  await page.locator('.diagnosis-entry .button').click();
  await page.locator('.check').first().waitFor();
};

const finish = (report: DiagnosisReport) => async (page: Page) => {
  await begin(page);
  await answer(page, 'support.diagnose', { ok: true, value: report });
  await page.locator('.diagnosis-verdict .callout').first().waitFor();
};

export const DIAGNOSIS_STATES: readonly State[] = [
  {
    name: 'diagnosis-running',
    licenses: [active],
    steps: async (page) => {
      await begin(page);
      for (const check of shut.slice(0, 9)) await emit(page, 'diagnosis', check);
    },
  },
  { name: 'diagnosis-fine', licenses: [active], steps: finish(reportOf(active, checksWith({}))) },
  {
    name: 'diagnosis-proxy',
    licenses: [expired],
    steps: async (page) => {
      await finish(reportOf(expired, shut))(page);
      for (const trigger of await page.locator('.check-trigger').all()) await trigger.click();
    },
  },
  { name: 'diagnosis-seat-released', licenses: [released], steps: finish(reportOf(released, gone)) },
  {
    name: 'diagnosis-inspected',
    licenses: [expired],
    steps: async (page) => {
      await finish(reportOf(expired, inspected))(page);
      for (const trigger of await page.locator('.check-trigger').all()) await trigger.click();
    },
  },
  { name: 'diagnosis-clone', licenses: [cloned], steps: finish(reportOf(cloned, taken)) },
  { name: 'diagnosis-locked', licenses: [locked], steps: finish(reportOf(locked, shutIn)) },
  { name: 'diagnosis-clock', licenses: [late], steps: finish(reportOf(late, behind)) },
  {
    name: 'diagnosis-failed',
    licenses: [active],
    steps: async (page) => {
      await begin(page);
      await answer(page, 'support.diagnose', { ok: false, error: failure('internal') });
      await page.locator('.diagnosis-verdict .callout').first().waitFor();
    },
  },
];
