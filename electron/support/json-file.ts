import Store from 'electron-store';
import * as v from 'valibot';
import type { Log } from '../ports.ts';
import { systemCode } from './read-text.ts';

/** A small file of plain JSON beside the vault, for what is no secret and can be lost. */
export interface JsonFile<T> {
  /** The content; the default where there is none or it can't be read. */
  readonly read: () => T;
  /** Whether it was written. */
  readonly write: (value: T) => boolean;
}

/**
 * Opens `<dir>/<name>.json` through electron-store (atomic replace, mode 0600). Whatever is wrong with the file, the
 * default is served: nothing of it may keep the application from starting.
 */
export function openJsonFile<T>(
  options: { readonly dir: string; readonly name: string; readonly log: Log },
  schema: v.GenericSchema<unknown, T>,
  fallback: T,
): JsonFile<T> {
  let store: Store<{ content: unknown }> | null = null;
  const open = () => {
    store ??= new Store<{ content: unknown }>({
      name: options.name,
      cwd: options.dir,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: true,
    });
    return store;
  };
  const failed = (error: unknown) =>
    options.log.warn('file not usable', { file: `${options.name}.json`, system: systemCode(error) });
  return {
    read: () => {
      try {
        const parsed = v.safeParse(schema, open().get('content'));
        return parsed.success ? parsed.output : fallback;
      } catch (error) {
        failed(error);
        return fallback;
      }
    },
    write: (value) => {
      try {
        open().set('content', value);
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    },
  };
}
