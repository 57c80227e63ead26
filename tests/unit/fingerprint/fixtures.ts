import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { Host } from '../../../electron/fingerprint/host.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/fingerprint');
const text = v.nullable(v.string());

const machineSchema = v.strictObject({
  about: v.string(),
  /** `recorded`: taken from a machine; `published`: written after what others have published of such machines. */
  origin: v.picklist(['recorded', 'published']),
  platform: v.picklist(['linux', 'darwin', 'win32']),
  /** What node-machine-id answers. */
  machineId: text,
  cpu: text,
  env: v.optional(v.record(v.string(), v.string()), {}),
  links: v.optional(v.record(v.string(), v.string()), {}),
  /** Command line, or `powershell` for the one question, and the file with what is printed. */
  programs: v.optional(v.record(v.string(), v.string()), {}),
});

const hint = v.nullable(v.strictObject({ kind: text, evidence: v.array(v.string()) }));

const expectedSchema = v.strictObject({
  /** As they are before they are hashed. */
  factors: v.strictObject({
    board: text,
    disk: text,
    mac: text,
    machineId: text,
    os: text,
    cpu: text,
  }),
  /** null = nothing was detected. */
  virtualMachine: hint,
  container: hint,
  clonedImage: hint,
});

export type Expected = v.InferOutput<typeof expectedSchema>;

/** Every machine there are fixtures of, by the name of its folder. */
export const MACHINES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const json = (name: string, file: string): unknown =>
  JSON.parse(readFileSync(path.join(FOLDER, name, file), 'utf8'));

export const machineOf = (name: string) => v.parse(machineSchema, json(name, 'machine.json'));
export const expectedOf = (name: string): Expected => v.parse(expectedSchema, json(name, 'expected.json'));

/** A host that answers with the files, links and outputs of a machine as they were recorded or written down. */
export function fixtureHost(name: string): Host {
  const machine = machineOf(name);
  // A colon is no part of a file's name on Windows.
  const place = (file: string): string => path.join(FOLDER, name, 'files', file.replaceAll(':', '%3A'));
  const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);
  const links = Object.keys(machine.links);
  const inFiles = (folder: string): readonly string[] => {
    const real = place(folder);
    return existsSync(real) ? readdirSync(real).map((child) => child.replaceAll('%3A', ':')) : [];
  };
  const inLinks = (folder: string): readonly string[] =>
    links.flatMap((link) => (path.posix.dirname(link) === folder ? [path.posix.basename(link)] : []));
  return {
    platform: machine.platform,
    readText: (file) => Promise.resolve(read(place(file))),
    readLink: (link) => Promise.resolve(machine.links[link] ?? null),
    list: (folder) => Promise.resolve([...new Set([...inFiles(folder), ...inLinks(folder)])]),
    run: (program, args) => {
      const line = program.endsWith('powershell.exe') ? 'powershell' : [program, ...args].join(' ');
      const output = machine.programs[line];
      return Promise.resolve(output === undefined ? null : read(path.join(FOLDER, name, 'programs', output)));
    },
    machineId: () => Promise.resolve(machine.machineId),
    cpuModel: () => machine.cpu,
    env: (variable) => machine.env[variable],
  };
}
