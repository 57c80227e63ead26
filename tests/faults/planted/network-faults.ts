import type { Fault } from '../../licensing-api/faults.ts';
import type { CertificateVariant } from '../../licensing-api/tls/variants.ts';
import { askLogin, httpProxy } from '../net/proxies.ts';
import { tlsPeer } from '../net/peers.ts';
import { makePki } from '../net/pki.ts';
import type { PlantedFault } from './fault.ts';
import type { World } from './world.ts';

/** The way to the server, and the server at its end. */

/** The server shows another certificate. */
const certificate = (
  variant: CertificateVariant,
  what: Pick<PlantedFault, 'name' | 'code' | 'remedy' | 'button'>,
): PlantedFault => ({
  ...what,
  plant: async ({ activate, server }) => {
    await activate();
    await server.setCertificate(variant);
  },
});

/** The server answers badly whenever it is asked whether it is ready. */
const answer = (
  fault: Fault,
  what: Pick<PlantedFault, 'name' | 'code' | 'remedy' | 'button'>,
): PlantedFault => ({
  ...what,
  plant: async ({ activate, server }) => {
    await activate();
    for (let call = 0; call < 8; call += 1) server.faults.next(fault, 'getReadiness');
  },
});

async function through({ front, keep, setting }: World, refusal: string): Promise<void> {
  const { proxy } = await keep(httpProxy({ leadsTo: front.port, refuse: () => refusal }));
  setting.routes = [proxy];
}

/** An address whose name nobody knows. */
async function nowhere({ setting, restart }: World): Promise<void> {
  const { profile } = setting;
  setting.profile = { ...profile, api: { ...profile.api, url: 'https://no-such-host.invalid' } };
  await restart();
}

export const NETWORK_FAULTS: readonly PlantedFault[] = [
  {
    name: 'Nobody answers at the address of the server',
    code: 'serverUnreachable',
    remedy: 'checkNetwork',
    button: null,
    plant: async ({ activate, front }) => {
      await activate();
      front.set({ kind: 'shut' });
    },
  },
  {
    name: 'Whatever is sent to the server disappears',
    code: 'timeout',
    remedy: 'retry',
    button: null,
    plant: async ({ activate, front }) => {
      await activate();
      front.set({ kind: 'silent' });
    },
  },
  {
    name: 'The name of the server is not known',
    code: 'dnsFailed',
    remedy: 'checkNetwork',
    button: null,
    plant: async (world) => {
      await world.activate();
      await nowhere(world);
    },
  },
  {
    name: 'The device has no network',
    code: 'networkUnavailable',
    remedy: 'checkNetwork',
    button: null,
    plant: async (world) => {
      await world.activate();
      world.setting.isConnected = false;
      await nowhere(world);
    },
  },
  {
    name: 'The proxy is not there',
    code: 'proxyUnreachable',
    remedy: 'checkProxy',
    button: null,
    plant: async ({ activate, setting }) => {
      await activate();
      setting.routes = [{ scheme: 'http', host: 'no-such-proxy.invalid', port: 3128 }];
    },
  },
  {
    name: 'The proxy asks for a login',
    code: 'proxyAuthRequired',
    remedy: 'signInToProxy',
    button: 'Sign in to the proxy…',
    plant: async (world) => {
      await world.activate();
      await through(world, askLogin('Basic realm="x"'));
    },
  },
  {
    name: 'The proxy does not let connections to the server through',
    code: 'proxyRefused',
    remedy: 'askAdministrator',
    button: 'Copy details',
    plant: async (world) => {
      await world.activate();
      await through(world, 'HTTP/1.1 403 No\r\n\r\n');
    },
  },
  {
    name: 'Somebody inspects the connection with a certificate of their own',
    code: 'certificateUntrusted',
    remedy: 'askAdministrator',
    button: 'Copy details',
    plant: async ({ activate, front, keep }) => {
      await activate();
      const pki = await makePki();
      const pem = await pki.certify({ authority: pki.inspection, key: pki.otherKey });
      const { port } = await keep(tlsPeer({ pem, talk: (socket) => void socket.destroy() }));
      front.set({ kind: 'astray', port });
    },
  },
  {
    name: 'The server speaks TLS 1.1 at most',
    code: 'tlsFailed',
    remedy: 'askAdministrator',
    button: 'Copy details',
    plant: async ({ activate, front, keep }) => {
      await activate();
      const pem = await (await makePki()).certify();
      const tls = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const { port } = await keep(tlsPeer({ pem, tls, talk: (socket) => void socket.destroy() }));
      front.set({ kind: 'astray', port });
    },
  },
  certificate('expired', {
    name: 'The certificate of the server has expired',
    code: 'certificateExpired',
    remedy: 'contactVendor',
    button: 'Contact the vendor',
  }),
  certificate('notYetValid', {
    name: 'The certificate of the server is not valid yet',
    code: 'certificateNotYetValid',
    remedy: 'setClock',
    button: null,
  }),
  certificate('wrongHost', {
    name: 'The certificate of the server is for another name',
    code: 'certificateNameMismatch',
    remedy: 'askAdministrator',
    button: 'Copy details',
  }),
  certificate('newKey', {
    name: 'The server shows a key that is not pinned',
    code: 'pinMismatch',
    remedy: 'askAdministrator',
    button: 'Copy details',
  }),
  {
    name: 'The server shows a key that is not pinned, and the vendor wants it reported only',
    code: 'connectionInspected',
    remedy: 'askAdministrator',
    button: 'Copy details',
    plant: async ({ activate, server, setting, restart }) => {
      await activate();
      const { profile } = setting;
      setting.profile = { ...profile, api: { ...profile.api, pinning: 'report' } };
      await restart();
      await server.setCertificate('newKey');
    },
  },
  answer(
    { kind: 'status', status: 503 },
    { name: 'The server is out of order', code: 'serverError', remedy: 'retryLater', button: null },
  ),
  answer(
    { kind: 'status', status: 429, retryAfterSeconds: 60 },
    { name: 'The server is asked too often', code: 'rateLimited', remedy: 'retryLater', button: null },
  ),
  answer(
    { kind: 'wrongContentType' },
    {
      name: 'The server answers with a page of HTML',
      code: 'answerMalformed',
      remedy: 'contactVendor',
      button: 'Contact the vendor',
    },
  ),
  answer(
    { kind: 'padded', bytes: 2_000_000 },
    {
      name: 'The answer of the server has no end',
      code: 'answerTooLarge',
      remedy: 'contactVendor',
      button: 'Contact the vendor',
    },
  ),
  answer(
    { kind: 'redirect', location: 'http://localhost:1/' },
    {
      name: 'The server leads elsewhere',
      code: 'redirectRefused',
      remedy: 'askAdministrator',
      button: 'Copy details',
    },
  ),
];
