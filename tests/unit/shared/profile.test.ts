import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProfile } from '../../../shared/profile.ts';
import { fullProfile, minimalProfile, withField } from './profile-sample.ts';

function fieldOf(input: unknown): string {
  const parsed = parseProfile(input);
  if (parsed.ok) return 'accepted';
  expect(parsed.error.code).toBe('profileInvalid');
  return parsed.error.facts?.field ?? 'no field';
}

describe('parseProfile: what is right', () => {
  it('takes the least profile and fills in the safe defaults', () => {
    const input = minimalProfile();
    expect(parseProfile(input)).toEqual({
      ok: true,
      value: {
        ...input,
        api: { ...input.api, pinning: 'required', clientCertificates: 'none' },
        localServer: 'forbidden',
        fingerprint: { ...input.fingerprint, virtualMachines: 'allowed' },
      },
    });
  });

  it('takes the fullest profile unchanged', () => {
    expect(parseProfile(fullProfile())).toEqual({ ok: true, value: fullProfile() });
  });

  it('trims names', () => {
    const parsed = parseProfile(withField(minimalProfile(), 'vendor.name', '  Acme '));
    expect(parsed.ok && parsed.value.vendor.name).toBe('Acme');
  });
});

const long = (length: number) => 'x'.repeat(length);
const WRONG: readonly (readonly [path: string, ...values: unknown[]])[] = [
  ['profileVersion', undefined, 0, 2, '1'],
  ['environment', undefined, 'production', ''],
  ['tenantId', undefined, 't_short', `prod_${long(22)}`, `t_${long(23)}`, 1],
  ['vendor', undefined, null, 'Acme'],
  ['vendor.name', undefined, '', '   ', long(81), 1],
  ['vendor.website', 'http://acme.example/', 'https://user@acme.example/', 'acme.example', ''],
  ['vendor.support', undefined, 'mail us'],
  ['vendor.support.email', 'support', 'a@b', `${long(250)}@acme.example`],
  ['vendor.support.url', 'javascript:alert(1)', 'https://acme.example/#x', `https://a.example/${long(2048)}`],
  ['vendor.support.phone', 'call us', '1', '+1 tel:2'],
  ['application.name', undefined, '', long(61)],
  ['application.id', undefined, 'acme', 'com..acme', 'com.acme/licenses'],
  ['products', undefined, [], {}, Array.from({ length: 51 }, () => minimalProfile().products[0])],
  ['products.0', null, 'Anvil'],
  ['products.0.productId', undefined, 'prod_short', `t_${long(22)}`],
  ['products.0.name', undefined, '', long(81)],
  ['products.0.editions', {}, Array.from({ length: 51 }, () => ({ id: 'a', name: 'A' }))],
  ['products.0.editions.1.id', undefined, '', long(51)],
  ['products.0.editions.1.name', undefined, '', long(81)],
  ['accounts', {}, { password: false }, 'yes', null],
  ['accounts.openId', null, 'https://login.acme.example/'],
  ['accounts.openId.issuer', undefined, 'http://login.acme.example/', 'login.acme.example'],
  ['accounts.openId.clientId', undefined, '', long(201)],
  ['accounts.openId.scope', '', 'email "all"', long(301)],
  ['api', undefined, 'https://licenses.acme.example/'],
  [
    'api.url',
    undefined,
    'http://licenses.acme.example/',
    'https://u:p@licenses.acme.example/',
    'https://:p@licenses.acme.example/',
    'ftp://x/',
    1,
  ],
  ['api.pinning', 'off', true],
  ['api.pins', undefined, [], Array.from({ length: 11 }, () => minimalProfile().api.pins[0])],
  ['api.pins.0.sha256', undefined, '', 'A'.repeat(44), `${'A'.repeat(42)}==`, `${'-'.repeat(43)}=`],
  ['api.pins.0.notAfter', 'tomorrow', '2027-01-01', 1],
  ['api.ca', 'MIIB', '', `-----BEGIN CERTIFICATE-----${long(64 * 1024)}`],
  ['api.portalUrl', 'http://portal.acme.example/', 'portal'],
  ['localServer', 'yes', true],
  ['serverKeys', undefined, {}, Array.from({ length: 21 }, () => fullProfile().serverKeys[0])],
  ['serverKeys.0.kid', undefined, '', long(65)],
  ['serverKeys.0.use', undefined, 'verify'],
  ['serverKeys.0.crv', undefined, 'P-256'],
  ['serverKeys.0.x', undefined, '', 'a'.repeat(44), `${'a'.repeat(42)}+`],
  ['fingerprint', undefined, 'salt'],
  ['fingerprint.salt', undefined, 'short', `${'a'.repeat(42)}=`],
  ['fingerprint.virtualMachines', 'maybe', true],
  ['appearance.accent', undefined, 'blue', '#fff', '#1f6febff'],
  ['appearance.accentDark', 'url(x)', '#12345g'],
];

const AT_ANY_DEPTH = [
  '',
  'vendor.',
  'vendor.support.',
  'application.',
  'products.1.',
  'products.0.editions.0.',
  'api.',
  'api.pins.0.',
  'serverKeys.0.',
  'fingerprint.',
  'appearance.',
];

describe('parseProfile: what is wrong', () => {
  it.each(WRONG.flatMap(([path, ...values]) => values.map((value) => ({ path, value }))))(
    'names $path',
    ({ path, value }) => {
      const field = fieldOf(withField(fullProfile(), path, value));
      expect(field.startsWith(`${path}: `)).toBe(true);
      expect(field.length).toBeLessThanOrEqual(300);
    },
  );

  it.each(AT_ANY_DEPTH)('refuses a field that it does not know, at %j', (parent) => {
    const path = `${parent}telemetry`;
    expect(fieldOf(withField(fullProfile(), path, true))).toBe(`${path}: is not a field of a profile`);
  });

  it('says that a field is missing', () => {
    expect(fieldOf(withField(minimalProfile(), 'api.url', undefined))).toBe('api.url: is missing');
  });

  it.each([undefined, null, 1, 'profile', [], () => 1])('refuses %j', (input) => {
    expect(fieldOf(input)).not.toBe('accepted');
  });

  it('refuses pins that all end, and takes them if one does not', () => {
    const pin = { sha256: `${'A'.repeat(43)}=`, notAfter: '2027-01-01T00:00:00Z' };
    expect(fieldOf(withField(fullProfile(), 'api.pins', [pin, pin]))).toContain('at least one pin');
    expect(fieldOf(withField(fullProfile(), 'api.pins', [pin, { sha256: pin.sha256 }]))).toBe('accepted');
  });

  it('refuses two products with one id and two keys with one kid', () => {
    const { products, serverKeys } = fullProfile();
    expect(fieldOf(withField(fullProfile(), 'products', [products[0], products[0]]))).toContain(
      'different ids',
    );
    expect(fieldOf(withField(fullProfile(), 'serverKeys', [serverKeys[0], serverKeys[0]]))).toContain(
      'different kids',
    );
  });

  it.each([
    ['sig', 'X25519'],
    ['enc', 'Ed25519'],
  ])('refuses a key for %s on %s', (use, crv) => {
    const key = { ...fullProfile().serverKeys[0], use, crv };
    expect(fieldOf(withField(fullProfile(), 'serverKeys', [key]))).toContain('a sig key is Ed25519');
  });

  it('refuses a local server where no key could tell whose it is', () => {
    const { serverKeys, ...profile } = fullProfile();
    const without = { ...profile, serverKeys: serverKeys.filter(({ use }) => use === 'enc') };
    expect(fieldOf(without)).toContain('needs a sig key');
    expect(fieldOf({ ...without, localServer: 'forbidden' })).toBe('accepted');
  });

  it('never repeats the value that it refuses', () => {
    const marker = 'hunter2hunter2';
    for (const [path] of WRONG) {
      expect(fieldOf(withField(fullProfile(), path, marker))).not.toContain(marker);
    }
  });

  it('never throws and never accepts what is not a profile', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(parseProfile(input).ok).toBe(false);
      }),
    );
  });
});
