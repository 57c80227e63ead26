import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHECK_GROUPS, CHECK_IDS, CHECKS } from '../../../shared/support/checks.ts';
import { evidenceSchema, type Evidence } from '../../../shared/support/evidence.ts';
import { reportSchema } from '../../../shared/support/report.ts';
import { SAMPLE_REPORT as REPORT } from '../../support/sample-report.ts';

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
