import * as v from 'valibot';

/** The support bundle: a zip of these files, in this order. `BUNDLE.md` tells vendors how to read one. */

/** Grows when a file changes its meaning or goes; files may be added without. */
export const BUNDLE_VERSION = 1;

/** Names within the zip; reports of crashes are `crash-1.json` and on, the newest first. */
export const BUNDLE_FILES = {
  manifest: 'manifest.json',
  page: 'report.html',
  report: 'report.json',
  environment: 'environment.json',
  log: 'log.jsonl',
} as const;

/** Bytes that a bundle may have, as a zip and encrypted. */
export const BUNDLE_LIMIT = 2 * 1024 * 1024;

/** `typ` of the JWE that an encrypted bundle is (RFC 7516). */
export const BUNDLE_TYPE = 'latchkey-support-bundle';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const manifestSchema = v.object({
  bundleVersion: v.literal(BUNDLE_VERSION),
  /** ISO 8601, UTC. */
  madeAt: v.pipe(v.string(), v.isoTimestamp()),
  application: v.object({ name: text(60), version: text(40) }),
  files: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}\.(?:json|jsonl|html)$/)),
        bytes: count,
        /** SHA-256 of the content, hexadecimal. */
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
    v.maxLength(40),
    v.readonly(),
  ),
  /** The oldest lines of the log, which there was no room for. */
  droppedLogLines: count,
});

export type BundleManifest = v.InferOutput<typeof manifestSchema>;

/** What the machine is like, as far as it helps: no name of a user, a computer or a folder. */
export const environmentSchema = v.strictObject({
  program: v.strictObject({ version: text(40), process: v.picklist(['window', 'command']) }),
  system: v.strictObject({ platform: text(40), release: text(120), architecture: text(40) }),
  runtime: v.strictObject({
    node: text(40),
    /** null on the command line in plain Node. */
    electron: v.nullable(text(40)),
    chromium: v.nullable(text(40)),
  }),
  /** BCP 47 tag of the system's language, and of the one in force. */
  systemLocale: text(60),
  language: text(10),
  timeZone: text(60),
});

export type Environment = v.InferOutput<typeof environmentSchema>;
