import type { Log, Random } from '../ports.ts';
import { factorDigest, factorMaterial, seatIdOf } from './digest.ts';
import { clonedImageHint, containerHint, virtualMachineHint, type Evidence } from './hints-policy.ts';
import { nodeHost, TIME_LIMIT, type Host } from './host.ts';
import { installId } from './install-id.ts';
import { isIdentifying } from './match-policy.ts';
import { normalize } from './normalize.ts';
import { platformOf } from './platform.ts';
import { FACTOR_NAMES, type FactorName, type FactorSource, type Fingerprint } from './types.ts';

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
}

/** What the same function reads on every system. */
function commonSources(host: Host): readonly FactorSource[] {
  return [
    {
      name: 'machineId',
      read: async () => {
        const id = await host.machineId();
        // On Linux node-machine-id falls back to the host name, which identifies nothing and changes at will.
        return id !== null && /^[0-9a-f]{32}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
          ? id
          : null;
      },
    },
    { name: 'cpu', read: () => Promise.resolve(host.cpuModel()) },
  ];
}

/** The outcome, or null once the time is up or if it throws: no source may hold up the start. */
async function within<T>(work: () => Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(), limit]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads the device's factors, all at once, each with its time limit. Never fails: what can't be read is missing.
 * Call it once and keep the result; raw values are gone when it returns.
 */
export async function readFingerprint(options: FingerprintOptions): Promise<Fingerprint> {
  const { dataDir, random, log, host = nodeHost(), timeLimit = TIME_LIMIT } = options;
  const salt = new Uint8Array(Buffer.from(options.salt, 'base64url'));
  const platform = platformOf(host);
  const install = installId(dataDir, random);
  const [entries, evidence] = await Promise.all([
    Promise.all(
      [...platform.sources, ...commonSources(host)].map(
        async ({ name, read }) => [name, normalize(await within(read, timeLimit))] as const,
      ),
    ),
    within<Evidence>(platform.evidence, timeLimit),
  ]);
  const values = new Map<FactorName, string>();
  for (const [name, value] of entries) if (value !== null) values.set(name, value);
  const alone = ![...values.keys()].some(isIdentifying);
  const installed = await (alone ? install.ensure() : install.read());
  if (installed !== null) values.set('install', installed);

  const read = FACTOR_NAMES.flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [{ name, value }];
  });
  const unreadable = FACTOR_NAMES.filter((name) => !values.has(name) && (name !== 'install' || alone));
  log.info('Device factors read', { readable: read.map(({ name }) => name), unreadable });
  // The processor's model comes last of all: alone it identifies nothing, and seats would collide.
  const strongest = read.find(({ name }) => name !== 'cpu') ?? { name: 'install', value: random.uuid() };
  return {
    factors: Object.fromEntries(read.map(({ name, value }) => [name, factorDigest(salt, name, value)])),
    machineKeys: read.map(({ name, value }) => ({ name, material: factorMaterial(salt, name, value) })),
    unreadable,
    seatId: seatIdOf(salt, strongest.name, strongest.value),
    virtualMachine: virtualMachineHint(evidence ?? {}),
    container: containerHint(evidence ?? {}),
    clonedImage: clonedImageHint(evidence ?? {}),
  };
}
