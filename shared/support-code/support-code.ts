import type { Reason, ReasonCode } from '../license/reasons.ts';
import type { ActivationMode, Instant, LicenseState } from '../license/types.ts';
import { readCharacters, writeCharacters } from './characters.ts';
import { REASON_NUMBERS, reasonOfNumber } from './reason-numbers.ts';

/**
 * The support code: what a support agent asks for first, in twelve characters that can be read out over the telephone.
 * It holds no secret and nothing that identifies the user or the device.
 */

export const PLATFORMS = ['other', 'windows', 'macos', 'linux'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** What a support code tells. */
export interface SupportFacts {
  readonly state: LicenseState;
  /** The two gravest reasons, as `deriveLicense` orders them; null = there is none, or only a later version knows it. */
  readonly reasons: readonly [ReasonCode | null, ReasonCode | null];
  /** `major.minor.patch`; a part that is too large is shown as the largest there is room for. */
  readonly version: string;
  readonly mode: ActivationMode | null;
  readonly environment: 'test' | 'live';
  readonly platform: Platform;
  /** Whole days since the Licensing API last answered, up to 30; null = never. */
  readonly contactDays: number | null;
  /** Place of the product in the vendor profile, from 0; 7 = that or any later one. */
  readonly product: number;
}

const STATES = ['uninitialized', 'notActivated', 'active', 'leaseExpired', 'entitlementNotActive'] as const;
const MODES = [null, 'online', 'offline'] as const;
const ENVIRONMENTS = ['live', 'test'] as const;
const FORMAT = 1;
const DAY = 24 * 60 * 60_000;
const NEVER = 31;

/** Widths in bits, first to last; 50 in all. */
const WIDTHS = {
  format: 2,
  state: 3,
  first: 7,
  second: 7,
  major: 5,
  minor: 7,
  patch: 6,
  mode: 2,
  environment: 1,
  contact: 5,
  platform: 2,
  product: 3,
} as const;

type Fields = Record<keyof typeof WIDTHS, number>;
const NAMES = Object.keys(WIDTHS) as readonly (keyof typeof WIDTHS)[];

/** What is known of a license, as a support code needs it. */
export interface SupportSource {
  readonly license: {
    readonly state: LicenseState;
    readonly reasons: readonly Pick<Reason, 'code'>[];
    readonly activation: { readonly mode: ActivationMode } | null;
    readonly lastContactAt: Instant | null;
  };
  readonly version: string;
  readonly environment: 'test' | 'live';
  readonly platform: Platform;
  /** Place of the product in the vendor profile, from 0. */
  readonly product: number;
  readonly now: Instant;
}

/** The support code of a license, in three groups such as `7K4M-Q2XN-B9TR`. */
export function supportCode({
  license,
  version,
  environment,
  platform,
  product,
  now,
}: SupportSource): string {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map((part) => Number(part) || 0);
  const { state, reasons, activation, lastContactAt } = license;
  const number = (reason: Pick<Reason, 'code'> | undefined) =>
    reason === undefined ? 0 : REASON_NUMBERS[reason.code];
  // What every license of a test environment says is told by its own bit.
  const [first, second] = reasons.filter(({ code }) => code !== 'testEnvironment');
  const days =
    lastContactAt === null ? NEVER : Math.min(30, Math.max(0, Math.floor((now - lastContactAt) / DAY)));
  return writeCharacters(
    pack({
      format: FORMAT,
      state: STATES.indexOf(state),
      first: number(first),
      second: number(second),
      major,
      minor,
      patch,
      mode: MODES.indexOf(activation?.mode ?? null),
      environment: ENVIRONMENTS.indexOf(environment),
      contact: days,
      platform: PLATFORMS.indexOf(platform),
      product,
    }),
  );
}

/** A support code that was read out, and what it tells. */
export interface ReadSupportCode {
  readonly code: string;
  /** Whether one character was wrong and could be put right: to be asked back. */
  readonly corrected: boolean;
  readonly facts: SupportFacts;
}

/** Reads a support code, however it was typed; null for what is none. */
export function readSupportCode(text: string): ReadSupportCode | null {
  const read = readCharacters(text);
  if (read === null) return null;
  const fields = unpack(read.bits);
  const state = STATES[fields.state];
  const mode = MODES[fields.mode];
  const platform = PLATFORMS[fields.platform];
  const environment = ENVIRONMENTS[fields.environment];
  if (fields.format !== FORMAT || state === undefined || mode === undefined) return null;
  if (platform === undefined || environment === undefined) return null;
  return {
    code: read.code,
    corrected: read.corrected !== null,
    facts: {
      state,
      reasons: [reasonOfNumber(fields.first), reasonOfNumber(fields.second)],
      version: `${fields.major}.${fields.minor}.${fields.patch}`,
      mode,
      environment,
      platform,
      contactDays: fields.contact === NEVER ? null : fields.contact,
      product: fields.product,
    },
  };
}

function pack(fields: Fields): bigint {
  let bits = 0n;
  for (const name of NAMES) {
    const width = BigInt(WIDTHS[name]);
    const largest = 2 ** WIDTHS[name] - 1;
    bits = (bits << width) | BigInt(Math.min(largest, Math.max(0, Math.trunc(fields[name]))));
  }
  return bits;
}

function unpack(bits: bigint): Fields {
  let left = bits;
  const fields: Fields = {
    format: 0,
    state: 0,
    first: 0,
    second: 0,
    major: 0,
    minor: 0,
    patch: 0,
    mode: 0,
    environment: 0,
    contact: 0,
    platform: 0,
    product: 0,
  };
  for (const name of NAMES.toReversed()) {
    const width = BigInt(WIDTHS[name]);
    fields[name] = Number(left & ((1n << width) - 1n));
    left >>= width;
  }
  return fields;
}
