import { execFile } from 'node:child_process';
import { open, readdir, readlink } from 'node:fs/promises';
import { cpus } from 'node:os';
import process from 'node:process';
import * as nodeMachineId from 'node-machine-id';
import type { Evidence } from './hints-policy.ts';
import type { FactorSource } from './types.ts';

/**
 * What the factor sources see of the machine. Nothing throws: what is missing, forbidden, too large or too slow is
 * null or empty, because a factor that can't be read is a foreseen case.
 */
export interface Host {
  readonly platform: string;
  /** The first characters of a text file, at most 64 KiB. */
  readonly readText: (path: string) => Promise<string | null>;
  readonly readLink: (path: string) => Promise<string | null>;
  readonly list: (path: string) => Promise<readonly string[]>;
  /** Standard output of a program given by its absolute path, so that no PATH decides what runs; never a shell. */
  readonly run: (program: string, args: readonly string[]) => Promise<string | null>;
  readonly machineId: () => Promise<string | null>;
  readonly cpuModel: () => string | null;
  readonly env: (name: string) => string | undefined;
}

/** What one operating system tells of its machine. */
export interface Platform {
  /** Board, disk, mac and os; machine id, cpu and install id are read the same way everywhere. */
  readonly sources: readonly FactorSource[];
  readonly evidence: () => Promise<Evidence>;
}

/**
 * A source that takes longer is as good as absent, milliseconds. Long, because nobody waits for it but what may not go
 * without: a cold PowerShell on a slow disk takes its ten seconds.
 */
export const TIME_LIMIT = 20_000;
/** Then the program is killed. After the source has been given up, so that the two never race. */
const KILL_AFTER = TIME_LIMIT + 1000;
const OUTPUT_LIMIT = 256 * 1024;
const TEXT_LIMIT = 64 * 1024;

const orNull = async <T>(value: Promise<T>): Promise<T | null> => {
  try {
    return await value;
  } catch {
    return null;
  }
};

async function readStart(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(TEXT_LIMIT);
    const { bytesRead } = await file.read(buffer, 0, TEXT_LIMIT, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function run(program: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      timeout: KILL_AFTER,
      maxBuffer: OUTPUT_LIMIT,
      windowsHide: true,
      killSignal: 'SIGKILL',
      env: { ...process.env, LC_ALL: 'C' },
      ...(signal === undefined ? {} : { signal }),
    } as const;
    execFile(program, [...args], options, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}

interface MachineIdModule {
  readonly machineId: (original: boolean) => Promise<string>;
}

/** The module is CommonJS and reaches us with or without a default export, depending on who loads it. */
function machineId(): Promise<string> {
  const module: Partial<MachineIdModule> & { readonly default?: MachineIdModule } = nodeMachineId;
  const read = module.machineId ?? module.default?.machineId;
  return read === undefined ? Promise.reject(new Error('node-machine-id has no machineId')) : read(true);
}

/**
 * The machine that this process runs on.
 * @param signal ends the programs that run
 */
export function nodeHost(signal?: AbortSignal): Host {
  return {
    platform: process.platform,
    readText: (path) => orNull(readStart(path)),
    readLink: (path) => orNull(readlink(path)),
    list: async (path) => (await orNull(readdir(path))) ?? [],
    run: (program, args) => orNull(run(program, args, signal)),
    machineId: () => orNull(machineId()),
    cpuModel: () => cpus()[0]?.model ?? null,
    env: (name) => process.env[name],
  };
}
