import { homedir } from 'node:os';
import path from 'node:path';

/** `none`: no browser at all; what the application asked for is only recorded. For tests of the shell's rules. */
export type Display = 'headed' | 'headless' | 'none';

/** What the environment says about this run of the host. */
export interface HostOptions {
  readonly display: Display;
  /** BCP 47 tag of the operating system's language, as the application and the page see it. */
  readonly locale: string;
  /** The operating system's theme. */
  readonly theme: 'light' | 'dark';
  /** Size of the page, instead of the window's own. */
  readonly viewport: { readonly width: number; readonly height: number } | null;
  /** Opens a port for a test to drive the page through, on this machine only. */
  readonly debugging: boolean;
  /** Poses as an installed application whose resources are in this folder. */
  readonly resources: string | null;
  /** Folder in which a save dialog ends, instead of asking: there is no dialog here. `cancel`: it is cancelled. */
  readonly saveTo: string;
  /** What the system says about proxies, in the words of a PAC script. */
  readonly proxy: string;
  /** Tells the parent process what happens, and does what it asks. */
  readonly controlled: boolean;
}

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Reads the LATCHKEY_HOST_... variables. Throws on a value that is none of the known. */
export function readOptions(env: NodeJS.ProcessEnv): HostOptions {
  const viewport = /^(\d+)x(\d+)$/.exec(env['LATCHKEY_HOST_VIEWPORT'] ?? '');
  return {
    display: oneOf('LATCHKEY_HOST_DISPLAY', env, ['headed', 'headless', 'none'], defaultDisplay(env)),
    locale: env['LATCHKEY_HOST_LOCALE'] ?? new Intl.DateTimeFormat().resolvedOptions().locale,
    theme: oneOf('LATCHKEY_HOST_THEME', env, ['light', 'dark'], 'light'),
    viewport: viewport === null ? null : { width: Number(viewport[1]), height: Number(viewport[2]) },
    debugging: env['LATCHKEY_HOST_DEBUGGING'] === '1',
    resources: env['LATCHKEY_HOST_RESOURCES'] ?? null,
    saveTo: env['LATCHKEY_HOST_SAVE_TO'] ?? path.join(homedir(), 'Downloads'),
    proxy: env['LATCHKEY_HOST_PROXY'] ?? 'DIRECT',
    controlled: env['LATCHKEY_HOST_CONTROL'] === '1',
  };
}

function defaultDisplay(env: NodeJS.ProcessEnv): Display {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
  return hasDisplay ? 'headed' : 'headless';
}

function oneOf<T extends string>(name: string, env: NodeJS.ProcessEnv, values: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new Error(`${name} must be one of ${values.join(', ')}`);
  return value;
}

export const OPTIONS = readOptions(process.env);
