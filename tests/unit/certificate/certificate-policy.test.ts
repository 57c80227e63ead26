import { describe, expect, it } from 'vitest';
import {
  isInForce,
  nextRenewalAt,
  problemOfImported,
  problemOfIssued,
  renewalAt,
  type CertificateFacts,
} from '../../../electron/certificate/certificate-policy.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 2, 14);

const facts = (changes: Partial<CertificateFacts> = {}): CertificateFacts => ({
  notBefore: NOW - DAY,
  notAfter: NOW + 29 * DAY,
  isAuthority: false,
  forClients: true,
  isP256: true,
  ...changes,
});

describe('a certificate that was issued for this device', () => {
  it.each<[string | null, string, Partial<CertificateFacts>]>([
    [null, 'a good one', {}],
    [null, 'one that begins in a moment by our clock', { notBefore: NOW + HOUR }],
    ['certificateIsAuthority', 'a CA', { isAuthority: true }],
    ['certificateKeyUnsupported', 'another kind of key', { isP256: false }],
    ['certificateNotForClients', 'one for servers', { forClients: false }],
    ['certificateNotForClients', 'one that does not say for what', { forClients: null }],
    ['clientCertificateExpired', 'one that is over', { notAfter: NOW }],
    ['clientCertificateExpired', 'one that begins in two days', { notBefore: NOW + 2 * DAY }],
    ['answerMalformed', 'one that never ends', { notAfter: Date.UTC(9999, 11, 31) }],
  ])('%s: %s', (problem, _name, changes) => {
    expect(problemOfIssued(facts(changes), NOW)).toBe(problem);
  });
});

describe('a certificate that an administrator brings', () => {
  it.each<[string | null, string, Partial<CertificateFacts>]>([
    [null, 'a good one', {}],
    [null, 'one that does not say for what', { forClients: null }],
    [null, 'one for many years', { notAfter: NOW + 9000 * DAY }],
    ['certificateIsAuthority', 'a CA', { isAuthority: true }],
    ['certificateKeyUnsupported', 'another kind of key', { isP256: false }],
    ['certificateNotForClients', 'one for servers', { forClients: false }],
    ['clientCertificateExpired', 'one that is over', { notAfter: NOW }],
  ])('%s: %s', (problem, _name, changes) => {
    expect(problemOfImported(facts(changes), NOW)).toBe(problem);
  });
});

describe('renewal', () => {
  const term = { notBefore: NOW, notAfter: NOW + 30 * DAY };

  it('is due at two thirds of the life', () => {
    expect(renewalAt(term)).toBe(NOW + 20 * DAY);
    expect(nextRenewalAt(term, null)).toBe(NOW + 20 * DAY);
    expect(nextRenewalAt(term, NOW + DAY)).toBe(NOW + 20 * DAY);
  });

  it('that failed is tried again after an hour, or sooner where little is left', () => {
    expect(nextRenewalAt(term, NOW + 25 * DAY)).toBe(NOW + 25 * DAY + HOUR);
    const short = { notBefore: NOW, notAfter: NOW + 3 * HOUR };
    expect(nextRenewalAt(short, NOW + 2.5 * HOUR)).toBe(NOW + 2.75 * HOUR);
  });

  it('leaves the certificate in force up to its end, and not at it', () => {
    expect(isInForce(term, NOW + 30 * DAY - 1)).toBe(true);
    expect(isInForce(term, NOW + 30 * DAY)).toBe(false);
    expect(isInForce(term, NOW - 2 * DAY)).toBe(false);
  });
});
