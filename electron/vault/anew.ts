import { ok, err, type Result } from '../../shared/result.ts';
import type { Log } from '../ports.ts';
import type { AsideFolders } from './aside-folders.ts';
import { fileFailure } from './file-errors.ts';
import { copyOf, KEYS } from './names.ts';

/**
 * Beginning anew in a vault whose key can't be had, on trial. The old files are moved into a folder of their own; what
 * is done then is judged by what it leaves: a record, and the old files stay aside for good; none (the server has said
 * no), and they come back, since the keyring that opens them may come back as well.
 *
 * The name of the folder says how far it has come, so a kill at any instant leaves what `settle` finishes:
 * `anew-<time>-out` files are on their way out or back, and nothing new exists; `anew-<time>` all of them are out, and
 * what lies in the vault's folder is new; `aside-<time>` it is decided, for good. Each step is one rename.
 */
export interface Anew {
  /** Moves every file out. Undoes what it did if that fails. */
  readonly begin: () => Promise<Result<void>>;
  /** Under the lock: finishes or undoes what was begun, by this process or by one that was killed. */
  readonly settle: () => Promise<Result<void>>;
  /** Names of the files that were set aside for good, each with its folder, sorted. */
  readonly setAside: () => Promise<readonly string[]>;
}

export interface AnewOptions {
  readonly folders: AsideFolders;
  readonly log: Log;
  /** A name for now that sorts by time, such as `20260131T120000000Z`. */
  readonly stamp: () => string;
}

const TRIAL = /^anew-(\w+)(-out)?$/;
const KEY_FILES: readonly string[] = [`${KEYS}.json`, `${copyOf(KEYS)}.json`];

/** What belongs to the vault as it is in use: not the lock, and not what was set aside as damaged. */
const isOfVault = (file: string): boolean => file.endsWith('.json') && !file.includes('.damaged-');

export function createAnew({ folders, log, stamp }: AnewOptions): Anew {
  const bringBack = async (folder: string): Promise<void> => {
    const present = await folders.filesIn('');
    for (const file of await folders.filesIn(folder)) {
      // Nothing of ours is ever in both places; were it so, neither would be thrown away.
      if (!present.includes(file)) await folders.move(file, folder, '');
    }
    if ((await folders.filesIn(folder)).length === 0) await folders.remove(folder);
    else await folders.rename(folder, folder.replace(/^anew-(\w+)-out$/, 'aside-$1'));
  };

  const begin = async (): Promise<Result<void>> => {
    const name = `anew-${stamp()}`;
    const out = `${name}-out`;
    try {
      await folders.make(out);
      for (const file of await folders.filesIn('')) if (isOfVault(file)) await folders.move(file, '', out);
      await folders.rename(out, name);
      return ok(undefined);
    } catch (error) {
      const settled = await settle();
      return settled.ok ? err(fileFailure(error)) : settled;
    }
  };

  const decide = async (folder: string): Promise<void> => {
    const found = TRIAL.exec(folder);
    if (found === null) return;
    if (found[2] !== undefined) {
      await bringBack(folder);
      return;
    }
    const present = (await folders.filesIn('')).filter(isOfVault);
    if (present.some((file) => !KEY_FILES.includes(file) && !file.includes('.next.'))) {
      await folders.rename(folder, `aside-${found[1]}`);
      log.warn('The old files of the vault stay aside', { folder: `aside-${found[1]}` });
      return;
    }
    // A key that has sealed nothing is worth nothing.
    for (const file of present) await folders.discard(file);
    await folders.rename(folder, `${folder}-out`);
    await bringBack(`${folder}-out`);
    log.info('The old files of the vault are back, since nothing came of the new ones');
  };

  const settle = async (): Promise<Result<void>> => {
    try {
      for (const folder of await folders.list()) await decide(folder);
      return ok(undefined);
    } catch (error) {
      return err(fileFailure(error));
    }
  };

  return {
    begin,
    settle,
    setAside: async () => {
      const names: string[] = [];
      try {
        for (const folder of await folders.list()) {
          if (!folder.startsWith('aside-')) continue;
          for (const file of await folders.filesIn(folder)) names.push(`${folder}/${file}`);
        }
      } catch {
        // Only for support, who then see that the folder can't be read in other ways.
      }
      return names;
    },
  };
}
