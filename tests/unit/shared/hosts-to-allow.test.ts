import { describe, expect, it } from 'vitest';
import { hostsToAllow, type LicenseSources } from '../../../shared/hosts-to-allow.ts';
import { parseProfile } from '../../../shared/profile.ts';
import { minimalProfile } from './profile-sample.ts';

const VENDORS: LicenseSources = { local: null, heldAt: [] };
const ON_THE_SPOT: LicenseSources = { local: 'https://licenses.plant.example:8443/x', heldAt: [] };

function hosts(
  api: Readonly<Record<string, unknown>>,
  sources: LicenseSources = VENDORS,
  more: Readonly<Record<string, unknown>> = {},
) {
  const sample = minimalProfile();
  const parsed = parseProfile({ ...sample, ...more, api: { ...sample.api, ...api } });
  if (!parsed.ok) throw new Error('no profile');
  return hostsToAllow(parsed.value, sources);
}

const LICENSING = { host: 'licenses.acme.example', port: 443, purpose: 'licensing', inspection: 'never' };
const LOCAL = { host: 'licenses.plant.example', port: 8443, purpose: 'localServer', inspection: 'never' };
const SIGN_IN = { host: 'id.acme.example', port: 443, purpose: 'signIn', inspection: 'allowed' };
const PORTAL = { host: 'my.acme.example', port: 443, purpose: 'portal', inspection: 'allowed' };
const OPEN_ID = { accounts: { openId: { issuer: 'https://id.acme.example/', clientId: 'c' } } };
const PASSWORD = { accounts: { password: true } };

describe('hostsToAllow', () => {
  it('is the license server, without inspection where its key is demanded', () => {
    expect(hosts({})).toEqual([LICENSING]);
    expect(hosts({ pinning: 'report' })).toEqual([{ ...LICENSING, inspection: 'allowed' }]);
    expect(hosts({ url: 'https://licenses.acme.example:8443/x' })).toEqual([{ ...LICENSING, port: 8443 }]);
  });

  it('names the portal where it is somewhere else', () => {
    expect(hosts({ portalUrl: 'https://my.acme.example/licenses' })).toEqual([LICENSING, PORTAL]);
    expect(hosts({ portalUrl: 'https://licenses.acme.example/portal' })).toEqual([LICENSING]);
  });

  it('names the identity provider where users can sign in there', () => {
    expect(hosts({}, VENDORS, OPEN_ID)).toEqual([LICENSING, SIGN_IN]);
    expect(hosts({}, VENDORS, PASSWORD)).toEqual([LICENSING]);
    expect(hosts({ portalUrl: 'https://id.acme.example/licenses' }, VENDORS, OPEN_ID)).toEqual([
      LICENSING,
      SIGN_IN,
    ]);
  });

  it('is the local server where that is chosen, and the vendor’s only while it holds a license', () => {
    expect(hosts({}, ON_THE_SPOT)).toEqual([LOCAL]);
    const there = { kind: 'local', host: 'licenses.plant.example:8443' } as const;
    expect(hosts({}, { ...ON_THE_SPOT, heldAt: [there] })).toEqual([LOCAL]);
    const cloud = { kind: 'cloud', host: 'licenses.acme.example' } as const;
    expect(hosts({}, { ...ON_THE_SPOT, heldAt: [there, cloud] })).toEqual([LOCAL, LICENSING]);
  });

  it('names a local server that is chosen no more while it holds a license', () => {
    const heldAt = [{ kind: 'local', host: 'old.plant.example' }] as const;
    const old = { ...LOCAL, host: 'old.plant.example', port: 443 };
    expect(hosts({}, { local: null, heldAt })).toEqual([LICENSING, old]);
    expect(hosts({ portalUrl: 'https://my.acme.example/' }, { ...ON_THE_SPOT, heldAt })).toEqual([
      LOCAL,
      old,
      PORTAL,
    ]);
  });
});
