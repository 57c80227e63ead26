import { describe, expect, it } from 'vitest';
import { hostsToAllow } from '../../../shared/hosts-to-allow.ts';
import { parseProfile } from '../../../shared/profile.ts';
import { minimalProfile } from './profile-sample.ts';

function hosts(api: Readonly<Record<string, unknown>>) {
  const sample = minimalProfile();
  const parsed = parseProfile({ ...sample, api: { ...sample.api, ...api } });
  if (!parsed.ok) throw new Error('no profile');
  return hostsToAllow(parsed.value);
}

const LICENSING = { host: 'licenses.acme.example', port: 443, purpose: 'licensing', inspection: 'never' };

describe('hostsToAllow', () => {
  it('is the license server, without inspection where its key is demanded', () => {
    expect(hosts({})).toEqual([LICENSING]);
    expect(hosts({ pinning: 'report' })).toEqual([{ ...LICENSING, inspection: 'allowed' }]);
    expect(hosts({ url: 'https://licenses.acme.example:8443/x' })).toEqual([{ ...LICENSING, port: 8443 }]);
  });

  it('names the portal where it is somewhere else', () => {
    const portal = { host: 'my.acme.example', port: 443, purpose: 'portal', inspection: 'allowed' };
    expect(hosts({ portalUrl: 'https://my.acme.example/licenses' })).toEqual([LICENSING, portal]);
    expect(hosts({ portalUrl: 'https://licenses.acme.example/portal' })).toEqual([LICENSING]);
  });
});
