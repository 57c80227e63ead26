import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../shared/managed-policy.ts';

const PIN = { sha256: `${'A'.repeat(43)}=` };
const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const full = {
  policyVersion: 1,
  server: { kind: 'local', url: 'https://licenses.plant.example:8443/', ca: CA, pins: [PIN] },
  proxy: { kind: 'manual', address: 'http://proxy.plant.example:3128', except: '.plant.example' },
  ca: CA,
  deny: ['deactivate', 'makeOfflineRequest', 'changeSettings'],
  virtualMachines: 'forbidden',
};

describe('the policy of an administrator', () => {
  it('takes every field, and the least', () => {
    expect(parsePolicy(full)).toEqual({ ok: true, value: full });
    expect(parsePolicy({ policyVersion: 1 })).toEqual({ ok: true, value: { policyVersion: 1 } });
  });

  it('takes a server that is recognised by its certificate authority or by a pin alone', () => {
    const { url } = full.server;
    for (const known of [{ ca: CA }, { pins: [PIN] }]) {
      const server = { kind: 'local', url, ...known };
      expect(parsePolicy({ policyVersion: 1, server })).toMatchObject({ ok: true, value: { server } });
    }
  });

  it.each([
    { kind: 'system' },
    { kind: 'none' },
    { kind: 'pac', url: 'http://wpad.plant.example/proxy.pac' },
  ])('takes the proxy $kind', (proxy) => {
    expect(parsePolicy({ policyVersion: 1, proxy })).toMatchObject({ ok: true, value: { proxy } });
  });

  it.each([
    ['no version', {}, 'policyVersion: is missing'],
    ['a version of later', { policyVersion: 2 }, 'policyVersion: must be 1'],
    [
      'a field of another file',
      { policyVersion: 1, pinning: 'report' },
      'pinning: is not a field of a policy',
    ],
    [
      'a weaker pinning of its server',
      { ...full, server: { ...full.server, pinning: 'report' } },
      'server.pinning',
    ],
    [
      'a server that nothing recognises',
      { ...full, server: { kind: 'local', url: full.server.url } },
      'server: needs a certificate or a pin',
    ],
    [
      'a server with a pin that is none',
      { ...full, server: { ...full.server, pins: [{ sha256: 'AAAA' }] } },
      'server.pins',
    ],
    [
      'a server without TLS',
      { ...full, server: { ...full.server, url: 'http://plant.example/' } },
      'server.url',
    ],
    ['an action that nobody knows', { policyVersion: 1, deny: ['reactivate'] }, 'deny.0'],
    ['the end of every lease', { policyVersion: 1, deny: ['refresh'] }, 'deny.0'],
    [
      'virtual machines that the vendor forbids',
      { policyVersion: 1, virtualMachines: 'allowed' },
      'virtualMachines',
    ],
    [
      'a login in the address of a proxy',
      { policyVersion: 1, proxy: { kind: 'manual', address: 'http://user:pass@proxy:3128' } },
      'proxy.address',
    ],
    [
      'a login of a proxy',
      { policyVersion: 1, proxy: { kind: 'none', password: 'x' } },
      'proxy.password looks like',
    ],
    [
      'a script from a file',
      { policyVersion: 1, proxy: { kind: 'pac', url: 'file:///tmp/proxy.pac' } },
      'proxy.url',
    ],
    ['a private key', { policyVersion: 1, ca: `${CA}-----BEGIN PRIVATE KEY-----` }, 'ca looks like a secret'],
    ['no object', null, 'must be'],
  ])('refuses %s', (_, input, field) => {
    const parsed = parsePolicy(input);
    expect(parsed.ok ? null : parsed.error).toContain(field);
  });

  it('never quotes what it refuses', () => {
    const parsed = parsePolicy({ policyVersion: 1, proxy: { kind: 'manual', address: 'me:hunter2@proxy' } });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
    expect(parsed.ok).toBe(false);
  });
});
