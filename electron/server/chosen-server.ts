import * as v from 'valibot';
import { failure } from '../../shared/errors.ts';
import { localServerSchema, type LocalServer } from '../../shared/local-server.ts';
import type { ManagedPolicy } from '../../shared/managed-policy.ts';
import type { VendorProfile } from '../../shared/profile.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../ports.ts';
import { openJsonFile } from '../support/json-file.ts';

/** The server that new activations are taken from; undefined is the vendor's own. */
export interface ChosenServer {
  readonly current: () => LocalServer | undefined;
  /** Whether an administrator has decided it. */
  readonly isManaged: () => boolean;
  /** Errors: `localServerForbidden`, `deniedByPolicy`, those of `JsonFile.write`. */
  readonly choose: (server: LocalServer | undefined) => Result<null>;
}

const schema = v.strictObject({ local: v.nullable(localServerSchema) });

/**
 * Opens the choice of an installation. It is no secret, and whoever can write the file could use the settings as well:
 * what a local server says is believed only as far as the vendor has signed it. The policy of the administrator wins,
 * and over both stands the vendor, who may forbid it.
 */
export function openChosenServer(options: {
  readonly dir: string;
  readonly profile: VendorProfile;
  readonly policy: () => ManagedPolicy | null;
  readonly log: Log;
}): ChosenServer {
  const { dir, profile, policy, log } = options;
  const file = openJsonFile({ dir, name: 'server', log }, schema, { local: null });
  const isAllowed = profile.localServer === 'allowed';
  const isManaged = () => policy()?.server !== undefined;
  return {
    current: () => {
      if (!isAllowed) return undefined;
      const managed = policy()?.server;
      if (managed === undefined) return file.read().local ?? undefined;
      return managed.kind === 'local' ? v.parse(localServerSchema, withoutKind(managed)) : undefined;
    },
    isManaged,
    choose: (server) => {
      if (server !== undefined && !isAllowed) return err(failure('localServerForbidden'));
      if (isManaged()) return err(failure('deniedByPolicy'));
      const written = file.write({ local: server ?? null });
      return written.ok ? ok(null) : written;
    },
  };
}

function withoutKind({ url, ca, pins }: Extract<NonNullable<ManagedPolicy['server']>, { kind: 'local' }>) {
  return { url, pins, ...(ca === undefined ? {} : { ca }) };
}
