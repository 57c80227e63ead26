import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHost, type HostProcess } from '../host/client.ts';
import type { Facts, ForgedSender, Question } from '../host/control-types.ts';
import type { InvokeAnswer } from '../host/page-shim.ts';
import type { Recorded } from '../host/recorder.ts';
import { minimalProfile } from '../unit/shared/profile-sample.ts';

/** A vendor profile with links, and an API that no test here reaches. */
export function sampleProfile(changes: object = {}): object {
  return {
    ...minimalProfile(),
    vendor: { name: 'Acme', website: 'https://acme.example/', support: { email: 'support@acme.example' } },
    ...changes,
  };
}

/** The built main entry, running for real, with what a test asks of it. */
export interface Shell {
  readonly facts: () => Promise<Facts>;
  readonly ask: (question: Question) => Promise<unknown>;
  /** Sends a message to a channel; by default as our own page would. */
  readonly invoke: (
    channel: string,
    args: readonly unknown[],
    sender?: ForgedSender,
  ) => Promise<InvokeAnswer>;
  readonly recorded: readonly Recorded[];
  readonly process: HostProcess;
  readonly dataDir: string;
  readonly close: () => Promise<void>;
}

/**
 * Runs dist/main/main.js without a browser: what it asks of Electron is recorded, and its rules are asked one by one.
 * @param installed poses as an installed application with its profile among its resources
 */
export async function startShell(
  options: {
    readonly profile?: object;
    readonly installed?: boolean;
    readonly args?: readonly string[];
  } = {},
): Promise<Shell> {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-shell-'));
  const profile = path.join(folder, 'profile.json');
  writeFileSync(profile, JSON.stringify(options.profile ?? sampleProfile()));
  const dataDir = path.join(folder, 'data');
  const args = options.installed === true ? [] : ['--profile', profile, '--data', dataDir];
  const process = await startHost([...args, ...(options.args ?? [])], {
    LATCHKEY_HOST_DISPLAY: 'none',
    LATCHKEY_HOST_LOCALE: 'en-US',
    XDG_CONFIG_HOME: path.join(folder, 'config'),
    ...(options.installed === true ? { LATCHKEY_HOST_RESOURCES: folder } : {}),
  });
  return {
    facts: () => process.ask({ kind: 'facts' }) as Promise<Facts>,
    ask: process.ask,
    invoke: (channel, invokeArgs, sender = {}) =>
      process.ask({ kind: 'invoke', channel, args: invokeArgs, sender }) as Promise<InvokeAnswer>,
    recorded: process.recorded,
    process,
    dataDir,
    close: async () => {
      await process.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
