import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecret, parseProfile } from '../../../shared/profile.ts';
import { fullProfile, minimalProfile, withField } from './profile-sample.ts';

// Put together at run time, so that no scanner takes them for real ones.
const pem = (kind: string) => `-----BEGIN ${kind}-----\nMC4CAQ\n-----END ${kind}-----`;
const SECRET_VALUES: readonly (readonly [kind: string, value: string])[] = [
  ['a PKCS #8 key', pem('PRIVATE KEY')],
  ['an encrypted key', pem('ENCRYPTED PRIVATE KEY')],
  ['an RSA key', pem('RSA PRIVATE KEY')],
  ['an EC key', pem('EC PRIVATE KEY')],
  ['an OpenSSH key', pem('OPENSSH PRIVATE KEY')],
  ['a PGP key', pem('PGP PRIVATE KEY BLOCK')],
  ['a live secret key', ['sk', 'live', '0123456789abcdef'].join('_')],
  ['a restricted test key', ['rk', 'test', '0123456789abcdef'].join('_')],
  ['a cloud access key', `AKIA${'A1B2'.repeat(4)}`],
  ['a personal access token', `ghp_${'a1'.repeat(18)}`],
  ['a server token', `ghs_${'a1'.repeat(18)}`],
  ['a chat token', ['xoxb', '1234'].join('-')],
  ['a JSON Web Token', ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJhIn0', 'c2ln'].join('.')],
];

const SECRET_NAMES = [
  'secret',
  'clientSecret',
  'client_secret',
  'CLIENT-SECRET',
  'apiKey',
  'api_key',
  'api-key',
  'X-API-KEY',
  'privateKey',
  'private_key',
  'password',
  'Passphrase',
  'accessToken',
  'access_token',
  'bearer',
  'credentials',
];

const PLACES = [
  'vendor.name',
  'vendor.website',
  'vendor.support.email',
  'products.0.name',
  'products.0.editions.1.name',
  'api.url',
  'api.ca',
  'serverKeys.1.x',
  'fingerprint.salt',
];

const PARENTS = ['', 'vendor.', 'vendor.support.', 'products.1.', 'products.0.editions.1.', 'api.pins.0.'];

describe('findSecret', () => {
  it('finds none in a right profile', () => {
    expect(findSecret(minimalProfile())).toBeNull();
    expect(findSecret(fullProfile())).toBeNull();
  });

  it.each(SECRET_VALUES)('finds %s in every field, beside other text too', (_, value) => {
    for (const place of PLACES) {
      expect(findSecret(withField(fullProfile(), place, value))).toBe(place);
      expect(findSecret(withField(fullProfile(), place, `see ${value} here`))).toBe(place);
    }
  });

  it.each(SECRET_NAMES)('finds the name %s at every depth', (name) => {
    for (const parent of PARENTS) {
      expect(findSecret(withField(fullProfile(), `${parent}${name}`, 'x'))).toBe(`${parent}${name}`);
    }
  });

  it('leaves a yes or no alone, whatever its name', () => {
    expect(findSecret(withField(fullProfile(), 'accounts.password', false))).toBeNull();
    expect(findSecret(withField(fullProfile(), 'accounts.password', 'yes'))).toBe('accounts.password');
    expect(findSecret(withField(fullProfile(), 'accounts.openId.clientSecret', 'x'))).toBe(
      'accounts.openId.clientSecret',
    );
  });

  it('finds the private member of a key, and leaves other fields called d alone', () => {
    expect(findSecret(withField(fullProfile(), 'serverKeys.0.d', 'x'))).toBe('serverKeys.0.d');
    expect(findSecret(withField(fullProfile(), 'vendor.d', 'x'))).toBeNull();
  });

  it.each([
    'Secretariat-free name',
    pem('CERTIFICATE'),
    pem('PUBLIC KEY'),
    'sk_live_short',
    'pk_live_0123456789abcdef',
    'AKIAshort',
    'eyJ is how it starts',
    '',
    1,
    null,
    true,
  ])('takes %j for harmless', (value) => {
    expect(findSecret(withField(fullProfile(), 'vendor.name', value))).toBeNull();
  });

  it('finds the first of several, in the order of the file', () => {
    expect(findSecret({ a: { b: 'fine', token: pem('PRIVATE KEY') }, password: 'x' })).toBe('a.token');
    expect(findSecret([{ ok: 1 }, { password: 'x' }, { secret: 'y' }])).toBe('1.password');
  });

  it('does not repeat a secret that stands where a name should', () => {
    const [, value] = SECRET_VALUES[6] ?? ['', ''];
    expect(findSecret({ api: { [value]: 1 } })).toBe('api');
  });

  it('survives nesting without end', () => {
    const nested = (inner: unknown) => {
      let value = inner;
      for (let depth = 0; depth < 100_000; depth += 1) value = [value];
      return value;
    };
    expect(findSecret(nested('fine'))).toBeNull();
    expect(findSecret(nested(pem('PRIVATE KEY')))?.startsWith('0.0.0.')).toBe(true);
  });

  it('finds a secret wherever a JSON value hides it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...SECRET_VALUES), (value, [, secret]) => {
        expect(findSecret({ before: value, inner: [value, { x: secret }] })).not.toBeNull();
      }),
    );
  });
});

describe('parseProfile', () => {
  it.each(SECRET_VALUES)('refuses %s by its place and does not repeat it', (_, value) => {
    const parsed = parseProfile(withField(minimalProfile(), 'vendor.name', value));
    expect(parsed).toEqual({
      ok: false,
      error: { code: 'profileInvalid', facts: { field: 'vendor.name looks like a secret' } },
    });
  });

  it('refuses a name that is secret even with an empty value', () => {
    const parsed = parseProfile(withField(minimalProfile(), 'api.clientSecret', ''));
    expect(parsed.ok ? null : parsed.error.facts).toEqual({ field: 'api.clientSecret looks like a secret' });
  });

  it('keeps within the length of a fact', () => {
    const parsed = parseProfile({ [`${'x'.repeat(400)}Password`]: 1 });
    expect(parsed.ok ? 0 : parsed.error.facts?.field?.length).toBe(300);
  });
});
