import { sha256 } from '@noble/hashes/sha2.js';
import * as v from 'valibot';
import {
  BUNDLE_FILES,
  BUNDLE_VERSION,
  environmentSchema,
  type BundleManifest,
  type Environment,
} from '../../../shared/support/bundle.ts';
import { reportPage } from '../../../shared/support/report-page.ts';
import { reportSchema, type DiagnosisReport } from '../../../shared/support/report.ts';
import type { Instant } from '../../../shared/license/types.ts';
import type { Language } from '../../../shared/settings.ts';
import type { LogEntry } from '../log-entries-policy.ts';
import { redact } from '../redact-policy.ts';
import { createScrub, scrubValue, type Known } from '../scrub-policy.ts';

/**
 * Bytes that the content may have: small enough that the bundle stays below its limit even where nothing could be
 * compressed and base64 of the encrypted form makes four of three.
 */
const ROOM = 1_400_000;

export interface BundleSource {
  readonly report: DiagnosisReport;
  readonly environment: Environment;
  /** The oldest first. */
  readonly log: readonly LogEntry[];
  /** Reports of crashes (crash-report.ts), the newest first. */
  readonly crashes: readonly object[];
  readonly application: { readonly name: string; readonly version: string };
  readonly language: Language;
  readonly madeAt: Instant;
  /** Secrets and names that must not be in it. */
  readonly known: readonly Known[];
}

export interface Content {
  readonly name: string;
  readonly text: string;
  readonly bytes: number;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function contentOf(name: string, text: string): Content {
  return { name, text, bytes: bytesOf(text).length };
}

/**
 * The files of a bundle, in their order. Everything in it has been searched for secrets: lines of the log by name and
 * form once more, as an older version may have written them, and everything for the very values that are known.
 */
export function bundleFiles(source: BundleSource): readonly Content[] {
  const { language, known } = source;
  const scrub = createScrub(known);
  // Report and environment have no place for names; a word of theirs that is somebody's name is none.
  const withoutSecrets = createScrub(known.filter(({ isName }) => isName !== true));
  // Parsed, so that nothing rides along that the published schema doesn't name.
  const report = v.parse(reportSchema, scrubValue(v.parse(reportSchema, source.report), withoutSecrets));
  const environment = v.parse(environmentSchema, scrubValue(source.environment, withoutSecrets));
  const before = [
    contentOf(BUNDLE_FILES.page, reportPage({ report, environment, language, madeAt: source.madeAt })),
    contentOf(BUNDLE_FILES.report, jsonOf(report)),
    contentOf(BUNDLE_FILES.environment, jsonOf(environment)),
    ...source.crashes.map((crash, index) =>
      contentOf(`crash-${index + 1}.json`, jsonOf(scrubValue(crash, scrub))),
    ),
  ];
  const lines = source.log.map((entry) => `${JSON.stringify(scrubValue(redact(entry), scrub))}\n`);
  const room = ROOM - before.reduce((sum, { bytes }) => sum + bytes, 0);
  const kept = newest(lines, room);
  const files = [...before, contentOf(BUNDLE_FILES.log, kept.join(''))];
  const manifest: BundleManifest = {
    bundleVersion: BUNDLE_VERSION,
    madeAt: new Date(source.madeAt).toISOString(),
    application: source.application,
    files: files.map(({ name, text, bytes }) => ({ name, bytes, sha256: digestOf(text) })),
    droppedLogLines: lines.length - kept.length,
  };
  return [contentOf(BUNDLE_FILES.manifest, jsonOf(manifest)), ...files];
}

/** As many lines as there is room for, the newest. */
function newest(lines: readonly string[], room: number): readonly string[] {
  let left = room;
  let first = lines.length;
  for (const [index, line] of [...lines.entries()].toReversed()) {
    left -= bytesOf(line).length;
    if (left < 0) break;
    first = index;
  }
  return lines.slice(first);
}

/** SHA-256 of a text, hexadecimal. */
export function digestOf(text: string): string {
  return Array.from(sha256(bytesOf(text)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
