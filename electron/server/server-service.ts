import * as v from 'valibot';
import { failure } from '../../shared/errors.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { localServerSchema, type LocalServer } from '../../shared/local-server.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ServerCertificate, ServerHealth, ServerView } from '../../shared/server-view.ts';
import type { ServerProbe } from '../api/probe.ts';
import type { Clock } from '../ports.ts';
import { authorityPem, describeAuthority } from './authority.ts';
import type { ChosenServer } from './chosen-server.ts';

/** What is asked for; null = the vendor's own server. */
export interface ServerWish {
  readonly local: {
    readonly url: string;
    readonly ca?: string | undefined;
    readonly pins: readonly string[];
  } | null;
  /** The user was told of what is trusted and of the licenses that stay where they are. */
  readonly isConfirmed: boolean;
}

/** The choice between the vendor's own server and a local one. */
export interface ServerService {
  readonly view: () => ServerView;
  /** Errors: `serverCertificateUnreadable`. */
  readonly inspectCertificate: (pem: string) => Result<readonly ServerCertificate[]>;
  /**
   * Chooses where new activations are taken from. Licenses that are held stay with their server, so where there are any
   * the user has to know. Errors: `confirmationNeeded`, `serverAddressInvalid`, `serverCertificateUnreadable`, those of
   * `ChosenServer.choose`.
   */
  readonly use: (wish: ServerWish) => Promise<Result<ServerView>>;
  /** Looks whether the server can be reached. */
  readonly check: () => Promise<ServerHealth>;
  /** Licenses that another server holds than this one. */
  readonly heldElsewhere: (local: { readonly url: string } | null) => Promise<readonly LicenseView[]>;
}

export function createServerService(options: {
  readonly profile: VendorProfile;
  readonly chosen: ChosenServer;
  readonly licenses: () => Promise<readonly LicenseView[]>;
  /** Makes one attempt to reach a server; undefined is the vendor's own. */
  readonly probe: (server: LocalServer | undefined) => ServerProbe;
  readonly clock: Clock;
}): ServerService {
  const { profile, chosen, licenses, probe, clock } = options;
  let last: { readonly url: string; readonly health: ServerHealth } | null = null;
  const urlOf = (server: { readonly url: string } | null | undefined) => server?.url ?? profile.api.url;

  const view = (): ServerView => {
    const server = chosen.current();
    const described = server?.ca === undefined ? ok([]) : describeAuthority(server.ca);
    const url = urlOf(server);
    return {
      kind: server === undefined ? 'cloud' : 'local',
      url: server?.url ?? null,
      host: new URL(url).host,
      certificates: described.ok ? described.value : [],
      pins: server?.pins.map(({ sha256 }) => sha256) ?? [],
      isManaged: chosen.isManaged(),
      isLocalAllowed: profile.localServer === 'allowed',
      health: last?.url === url ? last.health : null,
    };
  };
  const heldElsewhere: ServerService['heldElsewhere'] = async (local) => {
    const host = URL.canParse(urlOf(local)) ? new URL(urlOf(local)).host : '';
    return (await licenses()).filter(({ heldAt }) => heldAt !== null && heldAt.host !== host);
  };
  return {
    view,
    inspectCertificate: describeAuthority,
    heldElsewhere,
    use: async ({ local, isConfirmed }) => {
      const server = local === null ? ok(undefined) : serverFrom(local);
      if (!server.ok) return server;
      if (profile.localServer !== 'allowed' && local !== null) return err(failure('localServerForbidden'));
      const isTrusting = local?.ca !== undefined;
      if (!isConfirmed && (isTrusting || (await heldElsewhere(local)).length > 0)) {
        return err(failure('confirmationNeeded'));
      }
      const written = chosen.choose(server.value);
      return written.ok ? ok(view()) : written;
    },
    check: async () => {
      const server = chosen.current();
      const attempt = probe(server);
      try {
        const [peer, answer] = await Promise.all([attempt.peer, attempt.answer]);
        const { serverTime, localTime } = answer.ok ? answer.value : { serverTime: null, localTime: 0 };
        const health: ServerHealth = {
          at: clock.now(),
          failure: answer.ok ? answer.value.problem : answer.error,
          apiVersion: answer.ok ? (answer.value.apiVersion?.slice(0, 40) ?? null) : null,
          certificateEnds: peer.ok ? (peer.value.validUntil ?? null) : null,
          clockAhead: serverTime === null ? null : serverTime - localTime,
        };
        last = { url: urlOf(server), health };
        return health;
      } finally {
        attempt.close();
      }
    },
  };
}

function serverFrom({ url, ca, pins }: NonNullable<ServerWish['local']>): Result<LocalServer> {
  const certificates = ca === undefined ? ok(undefined) : authorityPem(ca);
  if (!certificates.ok) return certificates;
  const parsed = v.safeParse(localServerSchema, {
    url: url.trim(),
    ...(certificates.value === undefined ? {} : { ca: certificates.value }),
    pins: pins.map((sha256) => ({ sha256 })),
  });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return err(failure('serverAddressInvalid', path === null ? {} : { field: path }));
}
