import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../ports.ts';
import { fileFailure } from '../vault/file-errors.ts';
import { readOwnFile, replaceOwnFile, setOwnFileAside } from './own-file.ts';

/** A small file of plain JSON beside the vault, for what is no secret and can be lost. */
export interface JsonFile<T> {
  /** The content; the default where there is none or it can't be read. */
  readonly read: () => T;
  /**
   * Replaces the content durably. Errors: `vaultUnsafe`, `vaultDiskFull`, `vaultReadOnly`, `vaultStorageFailed`; the
   * file is then as it was
   */
  readonly write: (value: T) => Result<void>;
}

export interface JsonFileOptions {
  readonly dir: string;
  readonly name: string;
  readonly log: Log;
}

const SIZE_LIMIT = 1024 * 1024;

/**
 * `check` finds what a failing disk has changed; it is no protection against whoever writes the file on purpose. A file
 * without it was written by hand, as an administrator may.
 */
const fileSchema = v.strictObject({ content: v.unknown(), check: v.optional(v.string()) });

const checkOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);

function parseContent(text: string): { readonly content: unknown } | null {
  try {
    const parsed = v.safeParse(fileSchema, JSON.parse(text));
    if (!parsed.success) return null;
    const { content, check } = parsed.output;
    return content !== undefined && (check === undefined || check === checkOf(content)) ? { content } : null;
  } catch {
    return null;
  }
}

/**
 * Opens `<dir>/<name>.json` (mode 0600). Whatever is wrong with the file, the default is served: nothing of it may keep
 * the application from starting. A damaged one is set aside.
 */
export function openJsonFile<T>(
  { dir, name, log }: JsonFileOptions,
  schema: v.GenericSchema<unknown, T>,
  fallback: T,
): JsonFile<T> {
  const file = path.join(dir, `${name}.json`);
  let told = '';
  /** Once per trouble: some of these files are read every few seconds. */
  const tell = (message: string, details: Readonly<Record<string, string | undefined>>): void => {
    const trouble = JSON.stringify([message, details]);
    if (trouble !== told) log.warn(message, { file: `${name}.json`, ...details });
    told = trouble;
  };
  const setAside = (): void => {
    try {
      const aside = setOwnFileAside(file);
      if (aside !== null) log.warn('A damaged file was set aside', { file: aside });
    } catch (error) {
      tell('A damaged file could not be set aside', { system: fileFailure(error).facts?.system });
    }
  };
  return {
    read: () => {
      const found = readOwnFile(file, SIZE_LIMIT);
      if (found.kind === 'foreign' || found.kind === 'unreadable') {
        tell('A file is not usable', { problem: found.kind, system: found.system ?? undefined });
      }
      if (found.kind === 'damaged') setAside();
      if (found.kind !== 'text') return fallback;
      const parsed = parseContent(found.text);
      if (parsed === null) {
        setAside();
        return fallback;
      }
      const content = v.safeParse(schema, parsed.content);
      return content.success ? content.output : fallback;
    },
    write: (value) => {
      try {
        mkdirSync(dir, { recursive: true, mode: 0o700 });
      } catch (error) {
        return err(fileFailure(error));
      }
      const content = { content: value, check: checkOf(value) };
      const written = replaceOwnFile(file, JSON.stringify(content));
      if (!written.ok) tell('A file could not be written', { system: written.error.facts?.system });
      else told = '';
      return written.ok ? ok(undefined) : written;
    },
  };
}
