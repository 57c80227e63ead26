import type { Page } from 'playwright';
import type { Question } from '../host/control-types.ts';
import type { Recorded } from '../host/recorder.ts';

/** How to start the application in a test. */
export interface LaunchOptions {
  /** Path of a vendor profile. */
  readonly profile: string;
  /** Folder of the installation; keep it for a restart, make a new one for a new device. */
  readonly dataDir: string;
  /** BCP 47 tag of the operating system's language; `en-US` unless given. */
  readonly locale?: string;
  /** The operating system's theme; `light` unless given. */
  readonly theme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly env?: NodeJS.ProcessEnv;
  /** Further arguments, such as a deep link. */
  readonly args?: readonly string[];
}

/** One run of the application. */
export interface Run {
  readonly page: Page;
  readonly traffic: readonly Recorded[];
  /** What the process wrote to its standard output and error so far. */
  readonly output: () => string;
  readonly close: () => Promise<number>;
  readonly ask: (question: Question) => Promise<unknown>;
}
