import type { Channel, RequestOf, ResponseOf, Snapshot } from '../../../shared/contract.ts';
import type { LicenseView } from '../../../shared/license/schemas.ts';
import type { ServerHealth, ServerView } from '../../../shared/server-view.ts';
import type { TokenView } from '../../../shared/offline.ts';
import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../../../electron/ipc/dispatch.ts';
import { SAMPLE_REPORT } from '../../support/sample-report.ts';

export const PRODUCT = 'prod_A1b2C3d4E5f6G7h8I9j0K1';

export const LICENSE: LicenseView = {
  productId: PRODUCT,
  productName: 'Anvil',
  editions: [],
  state: 'notActivated',
  lastKnown: null,
  reasons: [{ code: 'neverActivated', severity: 'info', remedy: 'activate' }],
  actions: ['activateWithCode'],
  activation: null,
  heldAt: null,
  seatId: 'seat-1',
  lastContactAt: null,
  offline: { available: true, requests: [], receipts: [] },
  busy: null,
  supportCode: '7K4M-Q2XN-B9TR',
};

export const TOKEN: TokenView = {
  productId: PRODUCT,
  id: 'n7Vb2kQp0xTd4mYw8cRs1A',
  kind: 'activation-request',
  madeAt: 1_768_478_400_000,
  armored: '-----BEGIN LATCHKEY ACTIVATION REQUEST-----',
  codes: ['LK1/abcdefgh/1/1/eyJ'],
  fileName: 'Anvil.lkrequest',
};

const SERVER: ServerView = {
  kind: 'cloud',
  url: null,
  host: 'licenses.acme.example',
  certificates: [],
  pins: [],
  isManaged: false,
  isLocalAllowed: false,
  health: null,
};

const HEALTH: ServerHealth = {
  at: 1_768_478_400_000,
  failure: null,
  apiVersion: '2024-11-07',
  certificateEnds: 1_800_000_000_000,
  clockAhead: -1200,
};

export const SNAPSHOT: Snapshot = {
  sequence: 1,
  now: 1_768_478_400_000,
  application: {
    name: 'Acme Licenses',
    version: '1.0.0',
    vendorName: 'Acme',
    environment: 'test',
    accent: null,
    accentDark: null,
    links: ['website'],
    supportEmail: null,
    supportPhone: null,
    portalUrl: null,
    apiHost: 'licenses.acme.example',
    accounts: null,
    server: SERVER,
    locale: 'en',
    settings: { language: 'system', theme: 'system', proxy: { kind: 'system' } },
    network: {
      proxy: { kind: 'system' },
      managed: [],
      problem: null,
      signedIn: [],
      hosts: [{ host: 'licenses.acme.example', port: 443, purpose: 'licensing', inspection: 'never' }],
    },
  },
  licenses: [LICENSE],
};

/** A request that every rule accepts, for each channel: the tests break one thing at a time. */
export const GOOD_REQUESTS: { readonly [C in Channel]: RequestOf<C> } = {
  'app.snapshot': {},
  'app.takeDeepLink': {},
  'app.takeOpenedFile': {},
  'license.activate': { productId: PRODUCT, code: 'ACME-1234-5678' },
  'license.activateWithPassword': { productId: PRODUCT, username: 'user', password: 'secret' },
  'license.signIn': { productId: PRODUCT },
  'license.cancelSignIn': {},
  'license.refresh': { productId: PRODUCT },
  'license.pullState': { productId: PRODUCT },
  'license.deactivate': { productId: PRODUCT },
  'license.changeFeature': { productId: PRODUCT, kind: 'return', key: 'cad', amount: 1 },
  'offline.makeRequest': { productId: PRODUCT, code: 'ACME-1234-5678' },
  'offline.discardRequest': { productId: PRODUCT, id: TOKEN.id },
  'offline.token': { productId: PRODUCT, id: TOKEN.id },
  'offline.saveToken': { productId: PRODUCT, id: TOKEN.id },
  'offline.recognise': { text: 'eyJ' },
  'offline.importToken': { text: 'eyJ' },
  'offline.deactivate': { productId: PRODUCT },
  'offline.clearReceipt': { productId: PRODUCT, id: TOKEN.id },
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
  'server.inspectCertificate': { text: '-----BEGIN CERTIFICATE-----' },
  'server.use': { kind: 'cloud' },
  'server.check': {},
  'settings.change': { theme: 'dark' },
  'proxy.signIn': { proxy: 'proxy.acme.example:3128', username: 'user', password: 'x', remember: false },
  'proxy.forget': {},
  'links.open': { link: 'website' },
};

export const GOOD_RESPONSES: { readonly [C in Channel]: ResponseOf<C> } = {
  'app.snapshot': SNAPSHOT,
  'app.takeDeepLink': null,
  'app.takeOpenedFile': null,
  'license.activate': LICENSE,
  'license.activateWithPassword': LICENSE,
  'license.signIn': LICENSE,
  'license.cancelSignIn': {},
  'license.refresh': LICENSE,
  'license.pullState': LICENSE,
  'license.deactivate': LICENSE,
  'license.changeFeature': LICENSE,
  'offline.makeRequest': TOKEN,
  'offline.discardRequest': LICENSE,
  'offline.token': TOKEN,
  'offline.saveToken': { name: 'Anvil.lkrequest' },
  'offline.recognise': { kind: 'activation-response', productId: PRODUCT },
  'offline.importToken': LICENSE,
  'offline.deactivate': { ...TOKEN, kind: 'deactivation' },
  'offline.clearReceipt': LICENSE,
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
  'settings.change': { language: 'system', theme: 'dark', proxy: { kind: 'none' } },
  'proxy.signIn': { proxy: 'proxy.acme.example:3128' },
  'proxy.forget': {},
  'server.inspectCertificate': { certificates: [] },
  'server.use': SERVER,
  'server.check': HEALTH,
  'links.open': {},
};

/** Handlers that answer well and count how often they are reached. */
export function countingHandlers(): { readonly handlers: Handlers; readonly calls: Channel[] } {
  const calls: Channel[] = [];
  const answer = (channel: Channel) => () => {
    calls.push(channel);
    return Promise.resolve(ok(GOOD_RESPONSES[channel]));
  };
  const handlers = Object.fromEntries(
    (Object.keys(GOOD_RESPONSES) as Channel[]).map((channel) => [channel, answer(channel)]),
  );
  return { handlers: handlers as unknown as Handlers, calls };
}
