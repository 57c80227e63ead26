import { app } from 'electron';
import type { Log } from '../ports.ts';
import type { ServiceOptions } from '../services.ts';
import { systemLocale, type Installation } from './installation.ts';
import { openSignInPage } from './links.ts';
import { systemKeyring } from './keyring.ts';
import { readMachine } from './machine.ts';
import { policySource } from './managed-settings-file.ts';
import { programFacts } from './program-facts.ts';
import { systemNetwork } from './system-proxy.ts';
import { systemClock, systemPlatform, systemRandom } from './system.ts';
import { witnessFolder } from './witness-folder.ts';

/** What the window's services stand on. Use it only after the application is ready. */
export function windowPorts({ profile, dataDir }: Installation, log: Log): ServiceOptions {
  return {
    profile,
    dataDir,
    witnessDir: witnessFolder(dataDir),
    log,
    keyring: systemKeyring,
    network: systemNetwork(log),
    policy: policySource(profile.application.id, { isPackaged: app.isPackaged }),
    clock: systemClock,
    random: systemRandom,
    openBrowser: (address) => openSignInPage(address, profile, log),
    appVersion: app.getVersion(),
    platform: systemPlatform,
    program: programFacts('window', app.isPackaged),
    machine: readMachine(),
    systemLocale: systemLocale(),
  };
}
