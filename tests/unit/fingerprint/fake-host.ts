import type { Host } from '../../../electron/fingerprint/host.ts';

/** An invented machine: files, links and folders by path, programs by their command line. */
export interface Machine {
  readonly platform: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly folders?: Readonly<Record<string, readonly string[]>>;
  readonly programs?: Readonly<Record<string, string>>;
  readonly machineId?: string | null;
  readonly cpu?: string | null;
  readonly env?: Readonly<Record<string, string>>;
}

export function fakeHost(machine: Machine): Host {
  const { files = {}, links = {}, folders = {}, programs = {}, env = {} } = machine;
  return {
    platform: machine.platform,
    readText: (path) => Promise.resolve(files[path] ?? null),
    readLink: (path) => Promise.resolve(links[path] ?? null),
    list: (path) => Promise.resolve(folders[path] ?? []),
    run: (program, args) => Promise.resolve(programs[[program, ...args].join(' ')] ?? null),
    machineId: () => Promise.resolve(machine.machineId ?? null),
    cpuModel: () => machine.cpu ?? null,
    env: (name) => env[name],
  };
}
