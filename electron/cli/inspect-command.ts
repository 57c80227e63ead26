import type { Command as Program } from 'commander';
import { failure } from '../../shared/errors.ts';
import { parsePublicKey } from '../../shared/license-file/public-key.ts';
import { verifyLicenseFile, type LicenseFileReport } from '../../shared/license-file/verify.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readOuterHeader } from '../../shared/token/headers.ts';
import { recogniseToken } from '../../shared/token/recognise.ts';
import { signatureKeys } from '../offline/server-keys.ts';
import { decodeText, systemCode } from '../support/read-text.ts';
import { BUNDLE_LIMIT } from '../../shared/support/bundle.ts';
import type { Choose, Output, Alone } from './command.ts';
import { inspectBundle, type InspectedBundle } from './inspect-bundle.ts';

interface InspectOptions {
  readonly publicKey?: string;
  readonly licenseKey?: string;
  readonly fingerprint?: string;
}

/**
 * Exit statuses of `inspect`, stable: what it was asked about is answered, so they are no errors of the command.
 * `unverified`: no key to verify with, or an algorithm that is not supported.
 */
const EXIT = { valid: 0, invalid: 2, none: 3, unverified: 4, unsupported: 4 } as const;

/** Larger than any license file or token: a cap, so that a wrong path can't fill the memory. */
const MAX_BYTES = 256 * 1024;

const KINDS = {
  licenseFile: 'license-file',
  machineFile: 'machine-file',
  licenseKey: 'license-key',
} as const;

/** `inspect FILE`: what a token, license file or signed license key is and what can be verified of it. */
export function addInspectCommand(program: Program, choose: Choose): void {
  program
    .command('inspect')
    .description(
      'tell what a token, license file, license key or support bundle is; exit 0 only if its signature is valid, 2 if it is not, 3 if it is no such file, 4 if it can not be verified',
    )
    .argument('<file>', 'the file, or - for standard input')
    .option('--public-key <key>', 'Ed25519 key to verify with: hexadecimal or PEM (else those of --profile)')
    .option('--license-key <key>', 'license key that an encrypted file belongs to')
    .option('--fingerprint <text>', 'fingerprint of the machine that a machine file belongs to')
    .action((file: string, options: InspectOptions) => {
      choose({ needs: 'nothing', run: (alone) => inspect(alone, file, options) });
    });
}

async function inspect(alone: Alone, file: string, options: InspectOptions): Promise<Result<Output>> {
  const { ports } = alone;
  const publicKeys = publicKeysOf(alone, options);
  if (!publicKeys.ok) return publicKeys;
  let bytes: Uint8Array;
  try {
    bytes =
      file === '-' ? await ports.readStdin(BUNDLE_LIMIT + 1) : await ports.readFile(file, BUNDLE_LIMIT + 1);
  } catch (error) {
    return err(failure('fileUnreadable', { system: systemCode(error) }));
  }
  const bundle = bytes.length > BUNDLE_LIMIT ? null : inspectBundle(bytes);
  if (bundle !== null) return ok(bundleOutput(bundle));
  const text = bytes.length > MAX_BYTES ? '' : decodeText(bytes);
  const report = verifyLicenseFile(text, {
    publicKeys: publicKeys.value,
    now: ports.clock.now(),
    licenseKey: options.licenseKey,
    fingerprint: options.fingerprint,
    showUnverified: true,
  });
  return ok(report === null ? tokenOutput(text) : fileOutput(report));
}

function publicKeysOf(
  { ports, profile }: Alone,
  { publicKey }: InspectOptions,
): Result<readonly Uint8Array[]> {
  if (publicKey !== undefined) {
    // A PEM on one line of a shell often has its line ends written out.
    const key = parsePublicKey(publicKey.replaceAll(String.raw`\n`, '\n'));
    return key === null ? err(failure('usageInvalid', { field: '--public-key' })) : ok([key]);
  }
  if (profile === undefined) return ok([]);
  const read = ports.readProfile(profile);
  return read.ok ? ok(signatureKeys(read.value)) : read;
}

function fileOutput({ kind, alg, signature, dataset, expired }: LicenseFileReport): Output {
  const isoOf = (at: number | null | undefined) =>
    typeof at === 'number' ? new Date(at).toISOString() : null;
  const json = {
    kind: KINDS[kind],
    alg,
    signature,
    decrypted: dataset !== null,
    issued: isoOf(dataset?.issued),
    expiry: isoOf(dataset?.expiry),
    ttl: dataset?.ttl ?? null,
    expired,
    data: dataset?.data ?? null,
    included: dataset?.included ?? [],
  };
  return { json, text: linesOf(json), exit: EXIT[signature] };
}

/** Nobody signs a bundle: one whose files are as its manifest says is not altered by accident, and that is all. */
function bundleOutput(bundle: InspectedBundle): Output {
  const isDamaged = bundle.decrypted && !bundle.intact;
  return { json: bundle, text: linesOf(bundle), exit: isDamaged ? EXIT.invalid : EXIT.unverified };
}

/** Only its readers can open a token; what everybody may know is in the header. */
function tokenOutput(text: string): Output {
  const recognised = recogniseToken(text);
  if (!recognised.ok) {
    const json = { kind: null, signature: null, reason: recognised.error.code };
    return { json, text: linesOf(json), exit: EXIT.none };
  }
  const { kind, jwe } = recognised.value;
  const json = {
    kind,
    alg: 'ECDH-ES+A256GCM',
    signature: 'unverified',
    decrypted: false,
    encryptedTo: readOuterHeader(jwe.slice(0, jwe.indexOf('.')))?.kid ?? null,
    bytes: jwe.length,
  };
  return { json, text: linesOf(json), exit: EXIT.unverified };
}

function linesOf(values: object): string {
  const rows = Object.entries(values).map(([name, value]) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return `${name.padEnd(11)} ${shown}\n`;
  });
  return rows.join('');
}
