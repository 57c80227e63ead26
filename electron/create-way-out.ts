import { failure } from '../shared/errors.ts';
import { hostsToAllow, type LicenseSources } from '../shared/hosts-to-allow.ts';
import { managedBy } from '../shared/managed-policy.ts';
import type { NetworkView } from '../shared/network-view.ts';
import type { ProxyChoice } from '../shared/proxy-choice.ts';
import { err, type Result } from '../shared/result.ts';
import { chosenNetwork } from './api/chosen-network.ts';
import { STRAIGHT, type Network } from './api/network.ts';
import type { ServiceOptions, Services } from './services.ts';
import type { PolicyFile } from './settings/managed-settings.ts';
import { createProxyLogins } from './settings/proxy-logins.ts';
import { signInToProxy } from './settings/proxy-sign-in.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { Vault } from './vault/types.ts';

export interface WayOutParts {
  readonly settings: SettingsStore;
  readonly policy: PolicyFile;
  readonly vault: () => Promise<Result<Vault>>;
}

/** How this installation leaves its network: what was chosen, by whom, and with which logins. */
export interface WayOut {
  /** For every connection that is made. */
  readonly network: Network;
  /** What a window shows of it. */
  readonly view: (sources: LicenseSources) => NetworkView;
  /** The settings, as far as the administrator leaves them to the user. */
  readonly settings: SettingsStore;
  readonly proxy: (signIn: {
    /** Base address of the server that licenses are taken from now. */
    readonly server: () => string;
    /** Makes a call to it that says nothing and needs no activation. */
    readonly tryOut: () => Promise<Result<unknown>>;
  }) => Services['proxy'];
  /** Looks which logins are kept in the vault. */
  readonly load: () => Promise<void>;
}

export function createWayOut(options: ServiceOptions, { settings, policy, vault }: WayOutParts): WayOut {
  const { profile, log } = options;
  const logins = createProxyLogins(vault, log);
  const choice = (): ProxyChoice => policy.current().policy?.proxy ?? settings.current().proxy;
  const network = chosenNetwork(options.network ?? STRAIGHT, choice, logins);
  return {
    network,
    view: (sources) => {
      const { policy: decided, problem } = policy.current();
      return {
        proxy: choice(),
        managed: managedBy(decided),
        problem,
        signedIn: logins.names(),
        hosts: hostsToAllow(profile, sources),
      };
    },
    settings: {
      current: settings.current,
      change: (patch) => {
        // Language and appearance are nobody's but the user's.
        const refused = patch.proxy === undefined ? null : policy.refusalOf('changeSettings');
        const isManaged = patch.proxy !== undefined && policy.current().policy?.proxy !== undefined;
        if (refused === null && !isManaged) return settings.change(patch);
        return Promise.resolve(err(refused ?? failure('deniedByPolicy')));
      },
    },
    proxy: ({ server, tryOut }) => ({
      signIn: async (request) => {
        const { problem } = policy.current();
        if (problem !== null) return err(failure('policyInvalid', { field: problem }));
        return signInToProxy({ logins, network, server: new URL(server()), tryOut }, request);
      },
      forget: logins.forget,
    }),
    load: logins.load,
  };
}
