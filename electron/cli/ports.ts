import type { VendorProfile } from '../../shared/profile.ts';
import type { Result } from '../../shared/result.ts';
import type { Platform } from '../../shared/support-code/support-code.ts';
import type { Network } from '../api/network.ts';
import type { Clock, Keyring, Log, Random } from '../ports.ts';
import type { ServiceOptions } from '../services.ts';
import type { PolicySource } from '../settings/managed-settings.ts';
import type { Machine } from '../support/bundle/machine.ts';
import type { ReadFile } from '../support/read-text.ts';

/** What the command line needs from its process. */
export interface CliPorts {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Bytes of standard input up to its end, at most so many. */
  readonly readStdin: (maxBytes: number) => Promise<Uint8Array>;
  /** Asks whoever sits at the terminal, showing nothing of the answer; null = given up. Absent where nobody does. */
  readonly askSecret?: ((question: string) => Promise<string | null>) | undefined;
  readonly readFile: ReadFile;
  /** Replaces a file; on the medium when it resolves. */
  readonly writeFile: (path: string, content: string | Uint8Array) => Promise<void>;
  /** Calls back again and again, with so many milliseconds between, until the user interrupts the command. */
  readonly untilInterrupted: (milliseconds: number, callback: () => void) => Promise<void>;
  /** Opens an address in the user's own browser; a process that can't leaves it to the user. */
  readonly openBrowser?: ((address: string) => Promise<unknown>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly keyring: Keyring;
  readonly network: (log: Log) => Network;
  readonly openLog: (dataDir: string) => Log;
  /** Where the vault's witness lies; without it, in the data folder. */
  readonly witnessFolder?: (dataDir: string) => string;
  /** Where the administrator's policy for an application of this id is. */
  readonly policy?: (applicationId: string) => PolicySource;
  readonly readProfile: (file: string) => Result<VendorProfile>;
  readonly version: string;
  readonly platform: Platform;
  /** What this process knows of itself, for a diagnosis. */
  readonly program: ServiceOptions['program'];
  readonly machine: Machine;
  /** BCP 47 tag of the operating system's language. */
  readonly systemLocale: string;
  /** Where an installed application has its profile and its data; options and environment are then not asked. */
  readonly installed?: { readonly profile: VendorProfile; readonly dataDir: string };
}
