import '../../support/no-electron.ts';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { STRAIGHT } from '../../../electron/api/network.ts';
import { processPorts } from '../../../electron/cli/process-ports.ts';
import { runCli } from '../../../electron/cli/run.ts';
import { createServices } from '../../../electron/create-services.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import type { Services } from '../../../electron/services.ts';
import { createLog } from '../../../electron/support/log.ts';
import type { Failure } from '../../../shared/errors.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import type { Settings } from '../../../shared/settings.ts';
import { fakeHost } from '../../unit/fingerprint/fake-host.ts';
import { LINUX_DESKTOP } from '../../unit/fingerprint/machines.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/*
 * The services in a process with mounts of its own, so that its disks can be filled, frozen and taken away. The test
 * tells it over its channel what to do (disk.ts).
 */

const PAGE = 4096;
const running = new Map<string, Services>();

const servicesOf = (dataDir: string): Services => {
  const services = running.get(dataDir);
  if (services === undefined) throw new Error(`nothing was started on ${dataDir}`);
  return services;
};

const outcomeOf = async (work: Promise<Result<unknown>>): Promise<Failure | 'ok'> => {
  const result = await work;
  return result.ok ? 'ok' : result.error;
};

/** Runs a program that has to go well. */
function sh(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || (error?.message ?? '')}`);
  return stdout;
}

const logFile = (dataDir: string): string => path.join(dataDir, 'logs', 'latchkey.log');

/** Something to do with the disk between the server's answer to an activation and its being read. */
let afterActivation: readonly string[] | null = null;

const verbs = {
  sh: (program: string, ...args: string[]) => sh(program, ...args),

  /** Who the process is to the file system; 0 = itself. */
  become: (user: number) => {
    if (user === 0) process.seteuid?.(0);
    process.setegid?.(user);
    if (user !== 0) process.seteuid?.(user);
    return process.geteuid?.() ?? -1;
  },

  umask: (mask: number) => process.umask(mask),

  start: async (dataDir: string, profile: VendorProfile) => {
    const services = await createServices(
      {
        profile,
        dataDir,
        keyring: NO_KEYRING,
        clock: systemClock,
        random: systemRandom,
        log: createLog({ file: logFile(dataDir), process: 'window' }),
        appVersion: '1.0.0',
        systemLocale: 'en',
      },
      {
        host: fakeHost(LINUX_DESKTOP),
        refreshInterval: 3_600_000,
        engine: (engine) => ({
          ...engine,
          apiOf: (server) => ({
            ...engine.apiOf(server),
            activate: async (...args) => {
              const answer = await engine.apiOf(server).activate(...args);
              if (afterActivation !== null) sh(afterActivation[0] ?? '', ...afterActivation.slice(1));
              afterActivation = null;
              return answer;
            },
          }),
        }),
      },
    );
    running.set(dataDir, services);
  },

  stop: async (dataDir: string) => {
    await running.get(dataDir)?.close();
    running.delete(dataDir);
  },

  afterActivation: (...command: string[]) => {
    afterActivation = command;
  },

  activate: (dataDir: string, productId: string, code: string) =>
    outcomeOf(servicesOf(dataDir).license.activate({ productId, code: typedCode(code) })),
  refresh: (dataDir: string, productId: string) => outcomeOf(servicesOf(dataDir).license.refresh(productId)),
  deactivate: (dataDir: string, productId: string) =>
    outcomeOf(servicesOf(dataDir).license.deactivate(productId)),
  reconcile: (dataDir: string) => servicesOf(dataDir).reconcile(),
  request: async (dataDir: string, productId: string, code: string) => {
    const made = await servicesOf(dataDir).offline.makeRequest({ productId, code: typedCode(code) });
    return made.ok
      ? { ok: true as const, text: made.value.armored }
      : { ok: false as const, error: made.error };
  },
  leave: async (dataDir: string, productId: string) => {
    const made = await servicesOf(dataDir).offline.deactivate(productId);
    return made.ok
      ? { ok: true as const, text: made.value.armored }
      : { ok: false as const, error: made.error };
  },
  importToken: (dataDir: string, text: string) => outcomeOf(servicesOf(dataDir).offline.importToken(text)),
  change: (dataDir: string, patch: Partial<Settings>) =>
    outcomeOf(servicesOf(dataDir).settings.change(patch)),
  check: (dataDir: string, productId: string) =>
    outcomeOf(servicesOf(dataDir).licenseFile.check(productId, null)),
  view: async (dataDir: string) => {
    const { licenses, application } = await servicesOf(dataDir).snapshot();
    const [view] = licenses;
    if (view === undefined) throw new Error('no product');
    const { state, reasons, actions, offline } = view;
    return {
      state,
      codes: reasons.map(({ code }) => code),
      remedies: Object.fromEntries(reasons.map(({ code, remedy }) => [code, remedy])),
      actions,
      receipts: offline.receipts.length,
      requests: offline.requests.length,
      settings: application.settings,
    };
  },

  /** The command line, in this process and on this disk. */
  cli: async (profile: VendorProfile, dataDir: string, args: readonly string[], stdin = '') => {
    const said = { out: '', err: '' };
    const ports = processPorts({
      keyring: NO_KEYRING,
      network: () => STRAIGHT,
      version: '1.0.0',
      systemLocale: 'en',
      installed: { profile, dataDir },
    });
    const exit = await runCli(args, {
      ...ports,
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      readStdin: () => Promise.resolve(new TextEncoder().encode(stdin)),
    });
    return { exit, ...said };
  },

  /** Takes all room of a small disk but so many pages. */
  fill: (dir: string, pages = 0) => {
    const file = path.join(dir, 'filler');
    const handle = openSync(file, 'w');
    const left = (): number => statfsSync(dir).bavail;
    try {
      while (left() > pages) writeSync(handle, Buffer.alloc(PAGE * Math.min(64, left() - pages)));
    } finally {
      closeSync(handle);
    }
    return left();
  },
  unfill: (dir: string) => rmSync(path.join(dir, 'filler'), { force: true, recursive: true }),
  /** Takes all files that a small disk may have but so many. */
  fillInodes: (dir: string, files = 0) => {
    const folder = path.join(dir, 'filler');
    mkdirSync(folder);
    for (let n = 0; statfsSync(dir).ffree > files; n += 1) writeFileSync(path.join(folder, String(n)), '');
    return statfsSync(dir).ffree;
  },

  write: (file: string, text: string, mode = 0o600) => writeFileSync(file, text, { mode }),
  read: (file: string) => (existsSync(file) ? readFileSync(file, 'base64') : null),
  link: (target: string, file: string) => symlinkSync(target, file),
  /** Everything below a folder: kind and mode by relative path. */
  list: (dir: string): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      const looks = lstatSync(path.join(dir, entry));
      const kind = looks.isDirectory() ? 'folder' : looks.isFile() ? 'file' : 'other';
      found[entry] = `${kind} ${(looks.mode & 0o777).toString(8)}`;
    }
    return found;
  },
};

export type Verbs = typeof verbs;

const orderSchema = v.object({ id: v.number(), verb: v.string(), args: v.array(v.unknown()) });

async function carryOut(message: unknown): Promise<void> {
  const { id, verb, args } = v.parse(orderSchema, message);
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- disk.ts checks names and arguments by this type
    const work = (verbs as unknown as Record<string, (...given: readonly unknown[]) => unknown>)[verb];
    process.send?.({ id, result: (await work?.(...args)) ?? null });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? `${verb}: ${error.message}` : verb });
  }
}

process.on('message', (message) => void carryOut(message));
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0, result: 'ready' });
