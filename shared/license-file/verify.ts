import { decodeDataset, type Dataset, type Decryption, type Secrets } from './dataset.ts';
import { answerDevice, type CompareDevice, type DeviceAnswer } from './device.ts';
import { verifyEd25519 } from './ed25519.ts';
import { utf8 } from './encoding.ts';
import { parseLicenseFile, type LicenseKind, type SignedLicense } from './parse.ts';

export interface VerifyOptions extends Secrets {
  /** Ed25519 keys of the server, 32 bytes each; the signature of any of them counts. None: it stays unverified. */
  readonly publicKeys: readonly Uint8Array[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** How the device of the file compares with this one; without it only a fingerprint text is compared. */
  readonly compareDevice?: CompareDevice | undefined;
  /** Also decodes what no key was given to verify with, to show it to a person. Never what a key did not fit. */
  readonly showUnverified?: boolean | undefined;
}

/** `unsupported`: signed in a way that this reader does not know; it may well be genuine. */
export type SignatureAnswer = 'valid' | 'invalid' | 'unverified' | 'unsupported';

/** Every question about a license file and its own answer. */
export interface LicenseFileReport {
  readonly kind: LicenseKind;
  readonly alg: string;
  readonly signature: SignatureAnswer;
  /** `notTried`: the signature does not hold, so nobody looks into it. */
  readonly decryption: Decryption | 'notTried';
  /** null if it was not decoded, or if it is none. */
  readonly dataset: Dataset | null;
  /** null = not known, for want of the dataset. */
  readonly expired: boolean | null;
  /** `behind`: the file was issued in what is the future here, so the clock is wrong. */
  readonly clock: 'right' | 'behind' | 'unknown';
  readonly device: DeviceAnswer;
}

/** All that can be made of a report in one word; the first that applies, in this order. */
export type LicenseFileVerdict =
  | 'unsupported'
  | 'invalid'
  | 'unverified'
  | 'locked'
  | 'malformed'
  | 'clockBehind'
  | 'expired'
  | 'otherDevice'
  | 'deviceUnknown'
  | 'valid';

const ALGORITHMS: readonly string[] = ['base64+ed25519', 'aes-256-gcm+ed25519', 'ed25519'];

/** How far clocks may be apart before one of them is called wrong. */
const CLOCK_TOLERANCE = 5 * 60_000;

function checkSignature(license: SignedLicense, publicKeys: readonly Uint8Array[]): SignatureAnswer {
  const { alg, signed, signature } = license;
  if (!ALGORITHMS.includes(alg) || (alg === 'ed25519') !== (license.kind === 'licenseKey'))
    return 'unsupported';
  if (signature?.length !== 64) return 'invalid';
  if (publicKeys.length === 0) return 'unverified';
  const message = utf8(signed);
  return publicKeys.some((key) => verifyEd25519(signature, message, key)) ? 'valid' : 'invalid';
}

/**
 * Verifies a license file, machine file or signed license key. Doesn't throw, whatever the text. The signature is
 * checked first, and nothing is decoded unless it holds.
 * @param text at most 256 KiB
 * @returns null if the text is no such file
 */
export function verifyLicenseFile(text: string, options: VerifyOptions): LicenseFileReport | null {
  const license = parseLicenseFile(text);
  if (license === null) return null;
  const { kind, alg } = license;
  const signature = checkSignature(license, options.publicKeys);
  const decodes = signature === 'valid' || (signature === 'unverified' && options.showUnverified === true);
  if (!decodes) {
    return {
      kind,
      alg,
      signature,
      decryption: 'notTried',
      dataset: null,
      expired: null,
      clock: 'unknown',
      device: 'unknown',
    };
  }
  const { decryption, dataset } = decodeDataset(license, options);
  return { kind, alg, signature, decryption, dataset, ...judge(dataset, options) };
}

function judge(
  dataset: Dataset | null,
  { now, compareDevice, fingerprint }: VerifyOptions,
): Pick<LicenseFileReport, 'expired' | 'clock' | 'device'> {
  if (dataset === null) return { expired: null, clock: 'unknown', device: 'unknown' };
  const { data, issued, expiry } = dataset;
  return {
    expired: expiry !== null && now >= expiry,
    clock: issued !== null && issued > now + CLOCK_TOLERANCE ? 'behind' : 'right',
    device: answerDevice(data, { compare: compareDevice, fingerprint }),
  };
}

/** The report in one word. Only `valid` says that the software may run. */
export function verdictOf(report: LicenseFileReport): LicenseFileVerdict {
  const { signature, decryption, dataset, clock, expired, device } = report;
  if (signature !== 'valid') return signature;
  if (decryption === 'keyMissing' || decryption === 'failed') return 'locked';
  if (dataset === null) return 'malformed';
  if (clock === 'behind') return 'clockBehind';
  if (expired === true) return 'expired';
  if (device === 'different') return 'otherDevice';
  return device === 'unknown' ? 'deviceUnknown' : 'valid';
}
