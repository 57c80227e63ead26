import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isSignInPage, resolveLink } from '../../../electron/ipc/link-policy.ts';
import { profileSchema, type VendorProfile } from '../../../shared/profile.ts';
import { fullProfile, minimalProfile } from '../shared/profile-sample.ts';

const FULL = v.parse(profileSchema, fullProfile());

function withSupport(support: VendorProfile['vendor']['support']): VendorProfile {
  return { ...FULL, vendor: { ...FULL.vendor, support } };
}

describe('resolveLink', () => {
  it.each([
    ['website', 'https://acme.example/'],
    ['supportPage', 'https://acme.example/support?from=latchkey'],
    ['supportEmail', 'mailto:support@acme.example'],
    ['portal', 'https://portal.acme.example/'],
  ] as const)('opens %s', (name, address) => {
    expect(resolveLink(name, FULL)).toBe(address);
  });

  it.each(['website', 'supportPage', 'supportEmail', 'portal'] as const)(
    'has no %s in the least profile',
    (name) => {
      expect(resolveLink(name, v.parse(profileSchema, minimalProfile()))).toBeNull();
    },
  );

  it.each([
    'http://acme.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'no address',
  ])('never opens %s', (url) => {
    expect(resolveLink('supportPage', withSupport({ url }))).toBeNull();
  });

  it('adds no mail headers that an address could smuggle in', () => {
    const email = 'a@acme.example?bcc=b@evil.example';
    expect(resolveLink('supportEmail', withSupport({ email }))).not.toContain('?');
  });
});

describe('isSignInPage', () => {
  const openId = { issuer: 'https://login.acme.example', clientId: 'latchkey' };
  const profile = { accounts: { password: false, openId } };

  it('lets the page of the provider through, for our client alone', () => {
    expect(isSignInPage('https://accounts.acme.example/authorize?client_id=latchkey&state=x', profile)).toBe(
      true,
    );
  });

  it.each([
    'https://login.acme.example/authorize?client_id=another',
    'https://login.acme.example/authorize',
    'http://login.acme.example/authorize?client_id=latchkey',
    'https://user:secret@login.acme.example/?client_id=latchkey',
    'javascript:alert(1)//?client_id=latchkey',
    'file:///etc/passwd?client_id=latchkey',
    'latchkey',
  ])('lets nothing else through: %s', (address) => {
    expect(isSignInPage(address, profile)).toBe(false);
  });

  it('lets nothing through where the vendor has no provider', () => {
    const address = 'https://login.acme.example/?client_id=latchkey';
    expect(isSignInPage(address, {})).toBe(false);
    expect(isSignInPage(address, { accounts: { password: true } })).toBe(false);
  });
});
