import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHANNELS, EVENTS, LIMITS, type Channel, type RequestOf } from '../../../shared/contract.ts';
import { ERROR_CODES } from '../../../shared/errors.ts';
import { factsSchema } from '../../../shared/facts.ts';
import { deriveLicense } from '../../../shared/license/derive.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { SAMPLE_REPORT } from '../../support/sample-report.ts';
import { failureSchema } from '../../../shared/failure-schema.ts';
import { activation, around, NOW } from './sample-license.ts';
import { withField } from './profile-sample.ts';

const productId = 'prod_A1b2C3d4E5f6G7h8I9j0K1';
const forProduct = { productId };

const REQUESTS: { readonly [C in Channel]: RequestOf<C> } = {
  'app.snapshot': {},
  'app.takeDeepLink': {},
  'app.takeOpenedFile': {},
  'license.activate': { productId, code: 'ACME-1234', seatName: 'Bench 3', editionId: 'pro' },
  'license.activateWithPassword': { ...forProduct, username: 'user', password: 'x', seatName: 'Bench 3' },
  'license.signIn': { productId, seatName: 'Bench 3', editionId: 'pro' },
  'license.cancelSignIn': {},
  'license.refresh': forProduct,
  'license.pullState': forProduct,
  'license.deactivate': forProduct,
  'license.changeFeature': { productId, kind: 'checkout', key: 'cad', amount: 2 },
  'offline.makeRequest': { productId, code: 'ACME-1234', seatName: 'Bench 3', editionId: 'pro' },
  'offline.discardRequest': { productId, id: 'jti' },
  'offline.token': { productId, id: 'jti' },
  'offline.saveToken': { productId, id: 'jti' },
  'offline.recognise': { text: 'eyJ' },
  'offline.importToken': { text: 'eyJ' },
  'offline.deactivate': forProduct,
  'offline.clearReceipt': { productId, id: 'jti' },
  'support.diagnose': {},
  'support.cancelDiagnosis': {},
  'support.previewBundle': {},
  'support.saveBundle': { id: 'bundle-1', encrypt: true },
  'support.notePageError': {
    how: 'exception',
    name: 'TypeError',
    places: ['    at show (app://latchkey/assets/index.js:1:2)'],
  },
  'support.takeCrash': {},
  'settings.change': {
    language: 'ar',
    theme: 'dark',
    proxy: { kind: 'manual', address: 'proxy.acme.example:3128', except: '.acme.example' },
  },
  'proxy.signIn': { proxy: null, username: 'user', password: 'x', remember: true },
  'proxy.forget': {},
  'server.inspectCertificate': { text: '-----BEGIN CERTIFICATE-----' },
  'server.use': {
    kind: 'local',
    url: 'https://licenses.plant.example:6501',
    ca: '-----BEGIN CERTIFICATE-----',
    pins: [`${'A'.repeat(43)}=`],
  },
  'server.check': {},
  'links.open': { link: 'portal' },
};

const held = activation({
  features: [{ key: 'cad', type: 'elementPool', active: 1, available: 2, total: 3, usagePeriodEnds: null }],
  attributes: [{ key: 'region', type: 'string', value: 'north' }],
});
const clock = { now: NOW, behindBy: 90_000 };
const drifted = around({ device: { verdict: 'drifted', changed: ['mac'] } });

const VIEW = {
  productId,
  lastKnown: null,
  productName: 'Anvil',
  editions: [{ id: 'pro', name: 'Professional' }],
  ...deriveLicense({ activation: held, ended: null }, clock, drifted),
  activation: held,
  heldAt: { kind: 'local', host: 'licenses.plant.example:6501' },
  seatId: 'seat-1',
  lastContactAt: NOW,
  offline: { available: true, requests: [], receipts: [] },
  busy: null,
  supportCode: '7K4M-Q2XN-B9TR',
};

const CERTIFICATE = {
  subject: 'CN=Plant CA',
  sha256: Array.from({ length: 32 }, () => 'AB').join(':'),
  notBefore: NOW,
  notAfter: NOW + 1,
};
const HEALTH = {
  at: NOW,
  failure: { code: 'serverUnreachable' },
  apiVersion: '2024-11-07',
  certificateEnds: NOW,
  clockAhead: 1200,
};
const SERVER = {
  kind: 'local',
  url: 'https://licenses.plant.example:6501',
  host: 'licenses.plant.example:6501',
  certificates: [CERTIFICATE],
  pins: [`${'A'.repeat(43)}=`],
  isManaged: false,
  isLocalAllowed: true,
  health: HEALTH,
};

const SNAPSHOT = {
  sequence: 1,
  now: NOW,
  application: {
    name: 'Acme Licenses',
    version: '1.0.0',
    vendorName: 'Acme',
    environment: 'live',
    accent: '#1f6feb',
    accentDark: null,
    links: ['portal', 'supportEmail'],
    supportEmail: 'support@acme.example',
    supportPhone: null,
    portalUrl: null,
    apiHost: 'licenses.acme.example',
    accounts: {
      openId: true,
      password: false,
      waiting: { productId, address: 'https://login.acme.example/?client_id=x' },
    },
    server: SERVER,
    locale: 'en-GB',
    settings: DEFAULT_SETTINGS,
    network: {
      proxy: { kind: 'pac', url: 'http://wpad/proxy.pac' },
      managed: ['proxy'],
      problem: null,
      signedIn: ['proxy.acme.example:3128'],
      hosts: [{ host: 'licenses.acme.example', port: 443, purpose: 'licensing', inspection: 'never' }],
    },
  },
  licenses: [VIEW],
};

const TOKEN = {
  productId,
  id: 'jti',
  kind: 'activation-request',
  madeAt: NOW,
  armored: '-----BEGIN',
  codes: ['LK1/a'],
  fileName: 'Anvil.lkrequest',
};

const DEEP_LINK = { productId: null, code: 'ACME-1234' };

const RESPONSES: Readonly<Record<Channel, object>> = {
  'app.snapshot': SNAPSHOT,
  'app.takeDeepLink': DEEP_LINK,
  'app.takeOpenedFile': { text: null, error: { code: 'fileUnreadable', facts: { system: 'EIO' } } },
  'license.activate': VIEW,
  'license.activateWithPassword': VIEW,
  'license.signIn': VIEW,
  'license.cancelSignIn': {},
  'license.refresh': VIEW,
  'license.pullState': VIEW,
  'license.deactivate': VIEW,
  'license.changeFeature': VIEW,
  'offline.makeRequest': TOKEN,
  'offline.discardRequest': VIEW,
  'offline.token': TOKEN,
  'offline.saveToken': { name: 'Anvil.lkrequest' },
  'offline.recognise': { kind: 'refresh', productId },
  'offline.importToken': VIEW,
  'offline.deactivate': { ...TOKEN, kind: 'deactivation' },
  'offline.clearReceipt': VIEW,
  'support.diagnose': SAMPLE_REPORT,
  'support.cancelDiagnosis': {},
  'support.previewBundle': {
    id: 'bundle-1',
    files: [{ name: 'report.json', bytes: 2, text: '{}' }],
    canEncrypt: true,
  },
  'support.saveBundle': { name: 'support.zip' },
  'support.notePageError': {},
  'support.takeCrash': { at: 1_900_000_000_000 },
  'server.inspectCertificate': { certificates: [CERTIFICATE] },
  'server.use': SERVER,
  'server.check': HEALTH,
  'settings.change': DEFAULT_SETTINGS,
  'proxy.signIn': { proxy: 'proxy.acme.example:3128' },
  'proxy.forget': {},
  'links.open': {},
};

const channels = Object.keys(CHANNELS) as Channel[];

/** The paths of every object inside a value, its own (the empty path) included. */
function objectsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, child]) => objectsIn(child, `${path}${name}.`));
  return Array.isArray(value) ? inner : [path, ...inner];
}

describe.each(channels)('the contract of %s', (channel) => {
  const { request, response } = CHANNELS[channel];

  it('is named for a verb of the domain', () => {
    expect(channel).toMatch(/^(?:app|license|offline|settings|server|support|proxy|links)\.[a-z][A-Za-z]+$/);
  });

  it('takes a right request and response', () => {
    expect(v.is(request, REQUESTS[channel])).toBe(true);
    expect(v.is(response, RESPONSES[channel])).toBe(true);
  });

  it.each([undefined, null, 1, 'x', true])('refuses %j as either', (value) => {
    expect(v.is(request, value)).toBe(false);
    expect(value !== null && v.is(response, value)).toBe(false);
  });

  it('refuses a field more, in every object of request and response', () => {
    for (const path of objectsIn(REQUESTS[channel])) {
      expect(v.is(request, withField(REQUESTS[channel], `${path}more`, 1))).toBe(false);
    }
    for (const path of objectsIn(RESPONSES[channel])) {
      expect([path, v.is(response, withField(RESPONSES[channel], `${path}more`, 1))]).toEqual([path, false]);
    }
  });

  it('lets no secret of the record out under its name', () => {
    for (const name of ['activationCode', 'accessToken', 'nonce', 'privateKey', 'deviceKey']) {
      expect(v.is(response, withField(RESPONSES[channel], name, 'x'))).toBe(false);
    }
  });
});

describe('requests', () => {
  const takes = (channel: Channel, value: unknown) => v.is(CHANNELS[channel].request, value);

  it.each([
    '',
    'prod_',
    'prod_short',
    `${productId}0`,
    ` ${productId}`,
    `${productId}\n`,
    '../prod',
    1,
    null,
  ])('refuse %j as a product', (wrong) => {
    for (const channel of channels.filter((name) => name.startsWith('license.'))) {
      expect(takes(channel, { ...REQUESTS[channel], productId: wrong })).toBe(false);
    }
  });

  it('take texts up to their cap and no further', () => {
    for (const [field, cap] of [
      ['code', 64],
      ['seatName', 50],
      ['editionId', 50],
    ] as const) {
      const request = REQUESTS['license.activate'];
      expect(takes('license.activate', { ...request, [field]: 'x'.repeat(cap) })).toBe(true);
      expect(takes('license.activate', { ...request, [field]: 'x'.repeat(cap + 1) })).toBe(false);
    }
  });

  it('need a code to activate and nothing else beside the product', () => {
    expect(takes('license.activate', { productId, code: 'ACME' })).toBe(true);
    expect(takes('license.activate', { productId })).toBe(false);
  });

  it('change one setting or none, to a known value', () => {
    for (const right of [{}, { theme: 'dark' }, { language: 'system' }]) {
      expect(takes('settings.change', right)).toBe(true);
    }
    for (const wrong of [{ theme: 'sepia' }, { language: 'fr' }, { theme: null }]) {
      expect(takes('settings.change', wrong)).toBe(false);
    }
  });

  it.each(['https://acme.example/', 'file:///etc/passwd', '', 'Portal', null])('never open %j', (link) => {
    expect(takes('links.open', { link })).toBe(false);
  });
});

describe('events, failures and limits', () => {
  it('carry what the channels carry', () => {
    expect(v.is(EVENTS.snapshot, SNAPSHOT)).toBe(true);
    expect(v.is(EVENTS.deepLink, DEEP_LINK)).toBe(true);
    expect(v.is(EVENTS.snapshot, { ...SNAPSHOT, more: 1 })).toBe(false);
    expect(v.is(EVENTS.deepLink, { ...DEEP_LINK, more: 1 })).toBe(false);
  });

  it.each(ERROR_CODES)('tell %s', (code) => {
    expect(v.is(failureSchema, { code })).toBe(true);
    expect(v.is(failureSchema, { code, facts: { host: 'a:1' } })).toBe(true);
  });

  it('tell nothing that is not in the closed lists', () => {
    expect(v.is(failureSchema, { code: 'oops' })).toBe(false);
    expect(v.is(failureSchema, { code: 'busy', message: 'stack' })).toBe(false);
    expect(v.is(failureSchema, { code: 'busy', facts: { code: 'ACME-1234' } })).toBe(false);
    expect(v.is(factsSchema, { host: 'x'.repeat(300) })).toBe(true);
    expect(v.is(factsSchema, { host: 'x'.repeat(301) })).toBe(false);
  });

  it('leave room for an offline token of 64 KiB in a request', () => {
    expect(LIMITS.requestBytes).toBeGreaterThan(64 * 1024);
    expect(LIMITS.handlerMilliseconds).toBeGreaterThan(0);
  });
});
