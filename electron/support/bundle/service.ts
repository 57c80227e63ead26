import { failure } from '../../../shared/errors.ts';
import { fromBase64Url } from '../../../shared/license-file/encoding.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Language } from '../../../shared/settings.ts';
import { BUNDLE_LIMIT, BUNDLE_TYPE, type Environment } from '../../../shared/support/bundle.ts';
import type { DiagnosisReport } from '../../../shared/support/report.ts';
import { sealJwe } from '../../../shared/token/jwe.ts';
import type { Clock, Log, Random } from '../../ports.ts';
import type { CrashReport } from '../crash-report.ts';
import { logReader } from '../read-log.ts';
import type { Known } from '../scrub-policy.ts';
import { bundleFiles, type Content } from './bundle-policy.ts';
import { namesOf, type Machine } from './machine.ts';
import { zipFiles } from './zip.ts';

/** A bundle that was made and not saved yet. */
export interface MadeBundle {
  readonly id: string;
  /** Everything that is in it, in full. */
  readonly files: readonly Content[];
  /** The vendor has a key that it can be encrypted to. */
  readonly canEncrypt: boolean;
  /** The diagnosis in it. */
  readonly report: DiagnosisReport;
}

/** A bundle as it is saved. */
export interface PackedBundle {
  /** A name for the file; says nothing of the user. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface BundleService {
  /** Looks at everything and puts it together. Nothing is written. Errors: `internal` */
  readonly make: () => Promise<Result<MadeBundle>>;
  /**
   * The bundle that was made last, byte for byte what was shown.
   * Errors: `requestInvalid` where another one was made since, or where there is no key to encrypt to
   */
  readonly pack: (id: string, encrypt: boolean) => Result<PackedBundle>;
}

export interface BundleOptions {
  readonly profile: VendorProfile;
  readonly dataDir: string;
  readonly logFile: string;
  readonly appVersion: string;
  readonly process: Environment['program']['process'];
  readonly systemLocale: string;
  readonly language: () => Language;
  readonly machine: Machine;
  readonly diagnose: () => Promise<DiagnosisReport>;
  /** The secrets of the vault, as far as it opens. */
  readonly secrets: () => Promise<readonly Known[]>;
  readonly crashes: () => readonly CrashReport[];
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

export function createBundleService(options: BundleOptions): BundleService {
  const { profile, clock, random, log } = options;
  const key = profile.support?.bundleKey;
  let last: (MadeBundle & { readonly madeAt: number }) | null = null;
  return {
    make: async () => {
      try {
        const madeAt = clock.now();
        const [report, secrets] = [await options.diagnose(), await options.secrets()];
        const language = options.language();
        const { system, runtime, timeZone } = options.machine;
        const files = bundleFiles({
          report,
          environment: {
            program: { version: options.appVersion, process: options.process },
            system,
            runtime,
            systemLocale: options.systemLocale,
            language,
            timeZone,
          },
          log: logReader(options.logFile)(),
          crashes: options.crashes(),
          application: { name: profile.application.name, version: options.appVersion },
          language,
          madeAt,
          known: [...secrets, ...namesOf(options.machine, options.dataDir)],
        });
        last = { id: random.uuid(), files, canEncrypt: key !== undefined, report, madeAt };
        const { madeAt: _, ...made } = last;
        return ok(made);
      } catch (error) {
        log.error('A support bundle could not be made', { error });
        return err(failure('internal'));
      }
    },
    pack: (id, encrypt) => {
      if (last?.id !== id) return err(failure('requestInvalid', { field: 'id' }));
      const zip = zipFiles(last.files);
      const name = `support-${new Date(last.madeAt).toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}`;
      if (!encrypt) return withinLimit({ name: `${name}.zip`, bytes: zip });
      const publicKey = key === undefined ? null : fromBase64Url(key.x);
      const jwe =
        key === undefined || publicKey === null
          ? null
          : sealJwe({ typ: BUNDLE_TYPE, cty: 'zip', kid: key.kid }, zip, publicKey, random);
      if (jwe === null) return err(failure('requestInvalid', { field: 'encrypt' }));
      return withinLimit({ name: `${name}.jwe`, bytes: new TextEncoder().encode(`${jwe}\n`) });
    },
  };
}

/** The room of the content (bundle-policy.ts) sees to it; a mistake there must not send more than was promised. */
function withinLimit(packed: PackedBundle): Result<PackedBundle> {
  return packed.bytes.length > BUNDLE_LIMIT ? err(failure('internal')) : ok(packed);
}
