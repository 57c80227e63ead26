import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHECK_GROUPS, CHECK_IDS, CHECKS } from '../../../shared/support/checks.ts';
import { evidenceSchema, type Evidence } from '../../../shared/support/evidence.ts';
import { REPORT_VERSION, reportSchema, type DiagnosisReport } from '../../../shared/support/report.ts';

const REPORT: DiagnosisReport = {
  reportVersion: REPORT_VERSION,
  program: { version: '1.2.3', platform: 'linux', process: 'command' },
  profile: {
    vendorName: 'Orbit Works',
    applicationName: 'Orbit License Manager',
    environment: 'live',
    tenantId: 't_0000000000000000000001',
    apiHost: 'api.example.com',
  },
  startedAt: 1_900_000_000_000,
  endedAt: 1_900_000_001_000,
  complete: true,
  checks: [
    {
      id: 'connection',
      productId: null,
      status: 'failed',
      cause: { kind: 'error', code: 'serverUnreachable', facts: { host: 'api.example.com' } },
      remedy: 'checkNetwork',
      evidence: [{ kind: 'system', name: 'system', value: 'ECONNREFUSED' }],
      durationMs: 12,
    },
  ],
  verdict: [
    {
      cause: { kind: 'reason', code: 'serverUnreachable' },
      severity: 'warning',
      remedy: 'checkNetwork',
      productIds: [],
      explains: [],
    },
  ],
  licenses: [],
};

describe('the report of a diagnosis', () => {
  it('is taken as it is', () => {
    expect(v.parse(reportSchema, REPORT)).toEqual(REPORT);
  });

  it.each([
    ['a field that nobody knows', { ...REPORT, user: 'x' }],
    ['another version', { ...REPORT, reportVersion: 2 }],
    ['a check that nobody knows', { ...REPORT, checks: [{ ...REPORT.checks[0], id: 'mood' }] }],
    [
      'a code of neither union',
      {
        ...REPORT,
        verdict: [{ ...REPORT.verdict[0], cause: { kind: 'reason', code: 'badLuck' } }],
      },
    ],
  ])('refuses %s', (_, broken) => {
    expect(v.is(reportSchema, broken)).toBe(false);
  });

  it('has a group for every check, in one piece each', () => {
    const groups = CHECK_IDS.map((id) => CHECKS[id]);
    const changes = groups.filter((group, index) => group !== groups[index - 1]);
    expect(changes).toEqual(CHECK_GROUPS);
  });
});

describe('evidence', () => {
  it.each<Evidence>([
    { kind: 'version', name: 'tlsVersion', value: 'TLSv1.3' },
    { kind: 'address', name: 'proxy', value: 'proxy.example.com:3128' },
    { kind: 'address', name: 'server', value: '[::1]:443' },
    { kind: 'factors', name: 'changedFactors', value: ['mac', 'disk'] },
    { kind: 'word', name: 'keyringBackend', value: 'gnome_libsecret' },
  ])('$name may say $value', (evidence) => {
    expect(v.is(evidenceSchema, evidence)).toBe(true);
  });

  // Nothing secret has a place to ride along in.
  it.each([
    { kind: 'word', name: 'mode', value: '/home/somebody/.config' },
    { kind: 'word', name: 'mode', value: 'two words' },
    { kind: 'word', name: 'serialNumber', value: 'PF0ABCDE' },
    { kind: 'address', name: 'proxy', value: 'clerk:word@proxy.example.com:3128' },
    { kind: 'address', name: 'server', value: 'api.example.com/path' },
    { kind: 'version', name: 'tlsVersion', value: 'Y64E GJQP' },
    { kind: 'factors', name: 'changedFactors', value: ['00:1b:44:11:3a:b7'] },
    { kind: 'count', name: 'pins', value: '3' },
    { kind: 'text', name: 'note', value: 'anything' },
  ])('$name may not say $value', (evidence) => {
    expect(v.is(evidenceSchema, evidence)).toBe(false);
  });
});
