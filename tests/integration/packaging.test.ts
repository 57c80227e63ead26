import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_TARGETS, ensureBuilt } from '../../build/scripts/lib/build.mjs';
import { capture } from '../../build/scripts/lib/run.mjs';
import { readFuses } from '../../electron/platform/read-fuses.ts';
import { looseFuses } from '../../electron/support/fuse-policy.ts';
import { DEFAULT_WIRE, fuseWire } from '../support/fuse-wire.ts';
import { minimalProfile } from '../unit/shared/profile-sample.ts';

/**
 * Packages the application for real, around a stand-in for Electron's files: what is tested is what gets in and how
 * the binary is set, not whether Electron starts.
 */

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-package-'));
const at = (...parts: readonly string[]) => path.join(folder, ...parts);

function standIn(name: string, wire: string): string {
  mkdirSync(at(name, 'resources'), { recursive: true });
  mkdirSync(at(name, 'locales'));
  for (const file of ['LICENSE', 'version', 'locales/en-US.pak']) writeFileSync(at(name, file), '');
  const padding = Buffer.alloc(64);
  writeFileSync(at(name, 'electron'), Buffer.concat([padding, fuseWire(wire), padding]), { mode: 0o755 });
  return at(name);
}

function pack(profile: object, electron: string, output: string) {
  writeFileSync(at('vendor.json'), JSON.stringify(profile));
  return capture(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      '--config',
      path.join(root, 'build/electron-builder.config.mjs'),
      '--linux',
      '--dir',
      '--x64',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${at(output)}`,
    ],
    { env: { LATCHKEY_PROFILE: at('vendor.json') } },
  );
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly offset?: string;
  readonly size?: number;
}

/** The archive: a header in JSON behind four lengths of four bytes, then the files one after the other. */
function readArchive(file: string): ReadonlyMap<string, string> {
  const bytes = readFileSync(file);
  const start = 8 + bytes.readUInt32LE(4);
  const header: Entry = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)));
  const files = new Map<string, string>();
  const walk = (entry: Entry, name: string) => {
    for (const [child, inner] of Object.entries(entry.files ?? {})) walk(inner, `${name}/${child}`);
    if (entry.files !== undefined) return;
    const from = start + Number(entry.offset);
    files.set(name.slice(1), bytes.toString('utf8', from, from + (entry.size ?? 0)));
  };
  walk(header, '');
  return files;
}

beforeAll(() => ensureBuilt(ALL_TARGETS));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the packaged application', () => {
  const resources = at('release/linux-unpacked/resources');
  const binary = at('release/linux-unpacked/latchkey');
  let archive: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    const { code, output } = await pack(minimalProfile(), standIn('electron', DEFAULT_WIRE), 'release');
    if (code !== 0) throw new Error(output);
    archive = readArchive(path.join(resources, 'app.asar'));
  });

  it('has what the build made for it, and nothing else', () => {
    const manifest: Record<string, { readonly file: string }> = JSON.parse(
      archive.get('dist/renderer-manifest.json') ?? '',
    );
    const served = Object.values(manifest).map(({ file }) => `dist/renderer/${file}`);
    expect(new Set(archive.keys())).toEqual(
      new Set([
        'package.json',
        'dist/main/main.js',
        'dist/preload/preload.cjs',
        'dist/renderer-manifest.json',
        ...served,
      ]),
    );
    expect(served).toContain('dist/renderer/index.html');
  });

  it('has nothing beside the archive but the profile and the manual page', () => {
    expect(readdirSync(resources).toSorted()).toEqual(['app.asar', 'latchkey.1', 'profile.json']);
    expect(JSON.parse(readFileSync(path.join(resources, 'profile.json'), 'utf8'))).toEqual(minimalProfile());
  });

  it('starts with the bundle of the main process', () => {
    const { main, type } = JSON.parse(archive.get('package.json') ?? '{}');
    expect(archive.has(main)).toBe(true);
    expect(type).toBe('module');
  });

  it('does not tell where it was built', () => {
    const telling = [...archive].filter(([, text]) => text.includes(root)).map(([name]) => name);
    expect(telling).toEqual([]);
  });

  it('has the fuses set', async () => {
    const { ENABLE, DISABLE } = FuseState;
    const wire = await getCurrentFuseWire(binary);
    expect({ ...wire, version: undefined }).toEqual({
      version: undefined,
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
      [FuseV1Options.WasmTrapHandlers]: ENABLE,
    });
  });

  it('is found to have them by a diagnosis, and what it was made of is not', async () => {
    const { signal } = new AbortController();
    expect(looseFuses(await readFuses(binary, signal))).toEqual([]);
    expect(looseFuses(await readFuses(at('electron/electron'), signal))).toEqual([
      'runAsNode',
      'cookieEncryption',
      'nodeOptions',
      'nodeInspect',
      'asarIntegrity',
      'onlyAsar',
      'fileProtocol',
    ]);
  });
});

describe('packaging refuses', () => {
  it('a binary with a fuse that nobody decided on', async () => {
    const electron = standIn('newer', `${DEFAULT_WIRE}1`);
    const { code, output } = await pack(minimalProfile(), electron, 'newer-release');
    expect(code).not.toBe(0);
    expect(output).toMatch(/fuse/i);
  });

  it('a vendor profile with a secret, and does not repeat it', async () => {
    const secret = `sk_live_${'Z9'.repeat(12)}`;
    const profile = { ...minimalProfile(), vendor: { name: secret, support: {} } };
    const { code, output } = await pack(profile, at('electron'), 'refused');
    expect(code).not.toBe(0);
    expect(output).toContain('vendor.name');
    expect(output).not.toContain(secret);
  });

  it('a vendor profile that is none', async () => {
    const { code, output } = await pack({ profileVersion: 1 }, at('electron'), 'refused');
    expect(code).not.toBe(0);
    expect(output).toContain('is not a valid vendor profile');
  });
});
