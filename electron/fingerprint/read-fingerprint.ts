import type { Log, Random } from '../ports.ts';
import { factorDigest, factorMaterial, seatIdOf } from './digest.ts';
import { clonedImageHint, containerHint, virtualMachineHint, type Evidence } from './hints-policy.ts';
import { commonSources } from './common.ts';
import { nodeHost, TIME_LIMIT, type Host } from './host.ts';
import { installId } from './install-id.ts';
import { isIdentifying } from './match-policy.ts';
import { normalize } from './normalize.ts';
import { platformOf } from './platform.ts';
import { FACTOR_NAMES, type DeviceReader, type FactorName, type Fingerprint } from './types.ts';

export interface FingerprintOptions {
  /** `profile.fingerprint.salt`: 32 bytes in base64url. */
  readonly salt: string;
  /** Absolute path of the data folder; the install id lies there when nothing else can be read. */
  readonly dataDir: string;
  readonly random: Random;
  readonly log: Log;
  /** The machine; this one unless a test brings another. */
  readonly host?: Host | undefined;
  /** For each source, milliseconds. */
  readonly timeLimit?: number | undefined;
  /** For the first look at the device, milliseconds. */
  readonly firstLook?: number | undefined;
}

/** Files answer within a few milliseconds; what takes longer is a program, and the window doesn't wait for it. */
const FIRST_LOOK = 300;

/** What is kept of a factor: nothing from which its value could be had again. */
interface KnownFactor {
  readonly digest: string;
  readonly material: Uint8Array;
  readonly seatId: string;
}

/** The outcome, or null once the time is up, if it throws, or if nobody wants to know any more. */
async function within<T>(
  work: () => Promise<T>,
  milliseconds: number,
  stopping: AbortSignal,
): Promise<T | null> {
  let giveUp = (): void => undefined;
  const limit = new Promise<null>((resolve) => {
    giveUp = () => {
      resolve(null);
    };
  });
  const timer = setTimeout(giveUp, milliseconds);
  if (stopping.aborted) giveUp();
  stopping.addEventListener('abort', giveUp);
  try {
    return await Promise.race([work(), limit]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', giveUp);
  }
}

/**
 * Makes the reader of the device; it begins with the first call. Never fails: what can't be read is missing. Digests
 * and key material live in this process's memory alone. A cache of them on disk would be copied along with the vault,
 * and would open the copy on any machine.
 */
export function createDeviceReader(options: FingerprintOptions): DeviceReader {
  const { dataDir, random, log, timeLimit = TIME_LIMIT, firstLook = FIRST_LOOK } = options;
  const stopping = new AbortController();
  const host = options.host ?? nodeHost(stopping.signal);
  const salt = new Uint8Array(Buffer.from(options.salt, 'base64url'));
  const platform = platformOf(host);
  const install = installId(dataDir, random);
  const sources = [...platform.sources, ...commonSources(host)];

  const known = new Map<FactorName, KnownFactor>();
  const pending = new Set<FactorName>(sources.map(({ name }) => name));
  const listeners = new Set<() => void>();
  let evidence: Evidence = {};
  let isAnnounced = false;
  let isComplete = false;
  let lastResort: string | null = null;

  const note = (name: FactorName, value: string | null): void => {
    pending.delete(name);
    if (value === null) return;
    known.set(name, {
      digest: factorDigest(salt, name, value),
      material: factorMaterial(salt, name, value),
      seatId: seatIdOf(salt, name, value),
    });
  };

  /** One answer of a program often serves several factors: all of them are told at once. */
  const announce = (): void => {
    if (isAnnounced || listeners.size === 0) return;
    isAnnounced = true;
    setImmediate(() => {
      isAnnounced = false;
      for (const listener of listeners) listener();
    });
  };

  const lookAround = async (): Promise<void> => {
    evidence = (await within(platform.evidence, timeLimit, stopping.signal)) ?? {};
    announce();
  };

  const readInstallId = async (): Promise<void> => {
    note('install', await install.read());
  };

  const askAll = async (): Promise<void> => {
    const asked = sources.map(async ({ name, read }) => {
      note(name, normalize(await within(read, timeLimit, stopping.signal)));
      announce();
    });
    await Promise.all([...asked, lookAround(), readInstallId()]);
    if (isAlone() && !known.has('install')) note('install', await install.ensure());
    isComplete = true;
    const { factors, unreadable } = present();
    log.info('Device factors read', { readable: Object.keys(factors), unreadable });
  };

  const isAlone = (): boolean => ![...known.keys()].some(isIdentifying);

  const present = (): Fingerprint => {
    const read = FACTOR_NAMES.flatMap((name) => {
      const factor = known.get(name);
      return factor === undefined ? [] : [{ name, ...factor }];
    });
    const isMissing = (name: FactorName): boolean =>
      !known.has(name) && !pending.has(name) && (name !== 'install' || isAlone());
    // The processor's model comes last of all: alone it identifies nothing, and seats would collide.
    const strongest = read.find(({ name }) => name !== 'cpu');
    return {
      factors: Object.fromEntries(read.map(({ name, digest }) => [name, digest])),
      machineKeys: read.map(({ name, material }) => ({ name, material })),
      unreadable: FACTOR_NAMES.filter(isMissing),
      pending: FACTOR_NAMES.filter((name) => pending.has(name)),
      seatId: strongest?.seatId ?? (lastResort ??= seatIdOf(salt, 'install', random.uuid())),
      virtualMachine: virtualMachineHint(evidence),
      container: containerHint(evidence),
      clonedImage: clonedImageHint(evidence),
    };
  };

  let all: Promise<void> | null = null;
  const begun = (): Promise<void> => (all ??= askAll());
  let looked: Promise<unknown> | null = null;

  return {
    current: async () => {
      await (looked ??= within(begun, firstLook, stopping.signal));
      return present();
    },
    complete: async () => {
      await begun();
      return present();
    },
    isComplete: () => isComplete,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => {
      listeners.clear();
      stopping.abort();
    },
  };
}

/** Reads all of the device's factors. Call it once and keep the result. */
export function readFingerprint(options: FingerprintOptions): Promise<Fingerprint> {
  return createDeviceReader(options).complete();
}
