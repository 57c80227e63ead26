import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { Clock, Log } from '../ports.ts';
import { ensureOwnFolder } from '../vault/directory.ts';
import { crashReportSchema, describeError, type CrashKind, type CrashReport } from './crash-report.ts';
import { openJsonFile } from './json-file.ts';
import { readOwnFile, replaceOwnFile } from './own-file.ts';

/** Reports of crashes on this device. They are never sent anywhere; the user may put them into a support bundle. */
export interface CrashStore {
  /** Keeps a report. Never throws: a program that is about to end has no other chance. */
  readonly note: (
    kind: CrashKind,
    facts: {
      readonly error?: unknown;
      /** What another process has described of the error. */
      readonly described?: CrashReport['error'];
      readonly reason?: string;
    },
  ) => void;
  /** Those that are kept, the newest first. */
  readonly list: () => readonly CrashReport[];
  /** The newest that has ended or stopped the window, and that the user has not been told of. */
  readonly untold: () => CrashReport | null;
  /** The user knows of all that there are. */
  readonly markTold: () => void;
}

export interface CrashStoreOptions {
  readonly dataDir: string;
  readonly program: CrashReport['program'];
  readonly clock: Clock;
  readonly log: Log;
}

/** A program that crashes at every start must not fill the disk. */
const KEPT = 5;
/** What a user of the window has seen happen. */
const SEEN: readonly CrashKind[] = ['mainException', 'pageException', 'pageGone', 'windowStuck'];
const SIZE_LIMIT = 64 * 1024;
const NAME = /^crash-\d{8}T\d{9}Z-\d+\.json$/;

export function openCrashStore({ dataDir, program, clock, log }: CrashStoreOptions): CrashStore {
  const folder = path.join(dataDir, 'crashes');
  // ISO 8601 of the newest crash that was told; empty = none was.
  const told = openJsonFile({ dir: dataDir, name: 'crashes-told', log }, v.string(), '');

  const names = (): readonly string[] => {
    try {
      return readdirSync(folder)
        .filter((name) => NAME.test(name))
        .toSorted()
        .toReversed();
    } catch {
      return [];
    }
  };
  const list = (): readonly CrashReport[] =>
    names()
      .slice(0, KEPT)
      .flatMap((name) => {
        const found = readOwnFile(path.join(folder, name), SIZE_LIMIT);
        const report = found.kind === 'text' ? parse(found.text) : null;
        return report === null ? [] : [report];
      });
  return {
    note: (kind, { error, described = null, reason }) => {
      try {
        const at = new Date(clock.now()).toISOString();
        const report: CrashReport = {
          crashVersion: 1,
          at,
          kind,
          program,
          uptime: Math.round(clock.monotonic()),
          reason: reason ?? null,
          error: error === undefined ? described : describeError(error),
        };
        log.error('The program crashed', { kind, reason: report.reason, error: report.error?.name ?? null });
        if (!ensureOwnFolder(folder).ok) return;
        const name = `crash-${at.replaceAll(/[-:.]/g, '')}-${process.pid}.json`;
        replaceOwnFile(path.join(folder, name), `${JSON.stringify(report, null, 2)}\n`);
        for (const old of names().slice(KEPT)) rmSync(path.join(folder, old), { force: true });
      } catch {
        // Nothing is left that could be told to anybody.
      }
    },
    list,
    untold: () => {
      const newest = list().find(({ kind }) => SEEN.includes(kind));
      return newest !== undefined && newest.at > told.read() ? newest : null;
    },
    markTold: () => {
      const [newest] = list();
      if (newest !== undefined) told.write(newest.at);
    },
  };
}

function parse(text: string): CrashReport | null {
  try {
    const parsed = v.safeParse(crashReportSchema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
