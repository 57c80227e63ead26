import type { Page } from 'playwright';
import { failure } from '../../../shared/errors.ts';
import { NO_LIMITS, withinLimits } from '../../../shared/license/limits.ts';
import type { NetworkView } from '../../../shared/network-view.ts';
import { answer } from './fake-bridge.ts';
import { held, license, NOW } from './samples.ts';
import type { State } from './states.ts';
import { place } from './steps.ts';

/** The way out of the network and the policy of an administrator, in the states that a person meets. */

const active = license({ facts: held() });

const NETWORK: NetworkView = {
  proxy: { kind: 'system' },
  managed: [],
  problem: null,
  signedIn: [],
  hosts: [
    { host: 'licensing.example.com', port: 443, purpose: 'licensing', inspection: 'never' },
    { host: 'portal.example.com', port: 443, purpose: 'portal', inspection: 'allowed' },
  ],
};

/** A license whose last call ended at a proxy that asked for a login. */
const behindProxy = license({
  facts: held(),
  around: {
    lastContact: { at: NOW, code: 'proxyAuthRequired', facts: { proxy: 'proxy.example.com:3128' } },
  },
});

const limited = (changes: Partial<typeof NO_LIMITS>) => {
  const limits = { ...NO_LIMITS, ...changes };
  const { state, reasons, actions } = withinLimits(active, limits);
  return license({ facts: held(), view: { state, reasons, actions } });
};

const signIn = async (page: Page) => {
  await page.locator('.reasons .button').first().click();
  await page.locator('input[name=username]').fill('user');
};

export const NETWORK_STATES: readonly State[] = [
  {
    name: 'network-address',
    licenses: [active],
    change: {
      network: {
        ...NETWORK,
        proxy: { kind: 'manual', address: 'proxy.example.com:3128', except: '.example.com, 10.0.0.7' },
        signedIn: ['proxy.example.com:3128'],
      },
    },
    steps: place(1),
  },
  {
    name: 'network-address-wrong',
    licenses: [active],
    change: {
      network: { ...NETWORK, proxy: { kind: 'pac', url: 'http://wpad.example.com/proxy.pac' } },
    },
    steps: async (page) => {
      await place(1)(page);
      await page.locator('input[name=proxy-address]').fill('proxy.example.com');
      await page.locator('.proxy-form .button').click();
      await page.locator('.field-error').first().waitFor();
    },
  },
  {
    name: 'network-managed',
    licenses: [active],
    change: {
      network: {
        ...NETWORK,
        proxy: { kind: 'manual', address: 'http://proxy.example.com:3128', except: '' },
        managed: ['server', 'proxy', 'ca', 'virtualMachines'],
      },
    },
    steps: place(1),
  },
  {
    name: 'network-hosts',
    licenses: [active],
    change: {
      network: {
        ...NETWORK,
        hosts: [
          { host: 'licenses.plant.example', port: 6501, purpose: 'localServer', inspection: 'never' },
          ...NETWORK.hosts.slice(0, 1),
          { host: 'id.example.com', port: 443, purpose: 'signIn', inspection: 'allowed' },
          ...NETWORK.hosts.slice(1),
        ],
      },
    },
    steps: async (page) => {
      await place(1)(page);
      await page.locator('.host-note').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'network-policy-invalid',
    licenses: [limited({ invalid: 'deny.0: is not valid' })],
    change: { network: { ...NETWORK, problem: 'deny.0: is not valid' } },
    steps: place(1),
  },
  { name: 'license-policy-invalid', licenses: [limited({ invalid: 'deny.0: is not valid' })] },
  { name: 'license-denied', licenses: [limited({ denied: ['deactivate', 'checkoutFeature'] })] },
  { name: 'proxy-asks', licenses: [behindProxy] },
  { name: 'proxy-sign-in', licenses: [behindProxy], steps: signIn },
  {
    name: 'proxy-sign-in-refused',
    licenses: [behindProxy],
    steps: async (page) => {
      await signIn(page);
      await page.locator('input[name=password]').fill('guess');
      await page.locator('.dialog-buttons .button-primary').click();
      await answer(page, 'proxy.signIn', {
        ok: false,
        error: failure('proxyLoginRefused', { proxy: 'proxy.example.com:3128' }),
      });
      await page.getByRole('alert').waitFor();
    },
  },
];
