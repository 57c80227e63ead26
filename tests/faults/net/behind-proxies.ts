import type { NetCase, World } from './case.ts';
import { STRAIGHT, type Network, type ProxyLogin, type Route } from '../../../electron/api/network.ts';
import { shower } from './certificate-cases.ts';
import type { TlsPeer } from './peers.ts';
import { typedLogin } from '../../support/typed-secrets.ts';

/** What the cases with proxies are put up with. */

/** A network of these ways. */
export function through(routes: readonly Route[], login: ProxyLogin | null = null): Network {
  return { ...STRAIGHT, routesTo: () => Promise.resolve(routes), loginFor: () => Promise.resolve(login) };
}

/** The right server. */
export const server = async (world: World): Promise<TlsPeer> => shower(world, await world.pki.certify());
export const plainLogin = ({ secrets }: World) => ({ username: 'clerk', password: secrets.proxyPassword });
export const loginOf = (world: World, password = world.secrets.proxyPassword): ProxyLogin =>
  typedLogin({ ...plainLogin(world), password });

export const fine: NetCase['expect'] = () => ({ codes: ['ok'], requests: 1 });
export const unsent =
  (code: string): NetCase['expect'] =>
  () => ({ codes: [code], end: ['unsent'], requests: 0 });
