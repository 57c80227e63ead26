import './no-electron.ts';
import path from 'node:path';
import type { LicensingApi } from '../../electron/api/client.ts';
import type { Fingerprint } from '../../electron/fingerprint/types.ts';
import { contactsSchema, createContactLog } from '../../electron/license/contact-log.ts';
import { createRunClock } from '../../electron/license/run-clock.ts';
import type { EngineOptions } from '../../electron/license/turn.ts';
import { systemClock, systemRandom } from '../../electron/platform/system.ts';
import { NO_KEYRING, type Keyring } from '../../electron/ports.ts';
import { openJsonFile } from '../../electron/support/json-file.ts';
import { SILENT } from '../../electron/support/log.ts';
import { once } from '../../electron/support/once.ts';
import { openVault, type VaultParts } from '../../electron/vault/vault.ts';
import type { LocalServer } from '../../shared/local-server.ts';
import type { VendorProfile } from '../../shared/profile.ts';

/** The engine's ports on a real vault, for tests and for the processes that tests kill. */
export function assembleEngine(installation: {
  readonly dataDir: string;
  readonly profile: VendorProfile;
  readonly fingerprint: Fingerprint;
  readonly api: LicensingApi;
  /** The calls of a Local License Server. */
  readonly apiOf?: ((server: LocalServer) => LicensingApi) | undefined;
  /** Where a new activation is taken from; the vendor's own server without it. */
  readonly serverForNew?: (() => LocalServer | undefined) | undefined;
  readonly keyring?: Keyring | undefined;
  readonly parts?: Partial<VaultParts> | undefined;
  /** Milliseconds that the clock of the machine is ahead. */
  readonly clockOffset?: (() => number) | undefined;
  /** Milliseconds that have passed on the clock which nobody can set, beyond those that really have. */
  readonly elapsed?: (() => number) | undefined;
}): EngineOptions {
  const { apiOf = noLocalServer } = installation;
  const { dataDir, profile, fingerprint, api, clockOffset = () => 0, elapsed = () => 0 } = installation;
  const clock = {
    now: () => Date.now() + clockOffset(),
    monotonic: () => systemClock.monotonic() + elapsed(),
  };
  const vault = once(() =>
    openVault(
      {
        dir: path.join(dataDir, 'vault'),
        keyring: installation.keyring ?? NO_KEYRING,
        machineKeys: fingerprint.machineKeys,
        clock,
        random: systemRandom,
        log: SILENT,
      },
      installation.parts,
    ),
  );
  return {
    profile,
    apiOf: (server) => (server === undefined ? api : apiOf(server)),
    serverForNew: installation.serverForNew ?? (() => undefined),
    vault,
    fingerprint: () => Promise.resolve(fingerprint),
    contacts: createContactLog(
      openJsonFile({ dir: dataDir, name: 'contacts', log: SILENT }, contactsSchema, {}),
    ),
    program: { version: '0.0.0', platform: 'other' },
    clock,
    time: createRunClock(clock),
    random: systemRandom,
    log: SILENT,
  };
}

function noLocalServer(): never {
  throw new Error('this installation knows no local server');
}
