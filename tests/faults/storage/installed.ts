import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { expect } from 'vitest';
import { installId } from '../../../electron/fingerprint/install-id.ts';
import { systemRandom } from '../../../electron/platform/system.ts';
import { savedWindowSchema, type SavedWindow } from '../../../electron/platform/window-bounds-policy.ts';
import { openSettings, type SettingsStore } from '../../../electron/settings/settings-store.ts';
import { openJsonFile, type JsonFile } from '../../../electron/support/json-file.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { placeOf, type Place } from '../../integration/license-file/place.ts';
import type { Installation } from '../../integration/license/engine.ts';
import { valueOf } from '../../support/vault.ts';

/** Everything that an application keeps beside its vault, in the same data folder. */
export interface Beside {
  readonly settings: SettingsStore;
  readonly window: JsonFile<SavedWindow | null>;
  readonly installId: ReturnType<typeof installId>;
  readonly place: Place;
}

export const WINDOW: SavedWindow = { bounds: { x: 40, y: 50, width: 900, height: 700 }, maximized: true };

export function besideOf(app: Installation): Beside {
  const { dataDir } = app;
  return {
    settings: openSettings({ dir: dataDir, log: SILENT }),
    window: openJsonFile({ dir: dataDir, name: 'window', log: SILENT }, v.nullable(savedWindowSchema), null),
    installId: installId(dataDir, systemRandom),
    place: placeOf(app),
  };
}

/** Writes every file that an application ever writes. */
export async function writeAll(app: Installation): Promise<void> {
  const { settings, window, installId: id, place } = besideOf(app);
  valueOf(await settings.change({ language: 'de', theme: 'dark' }));
  valueOf(window.write(WINDOW));
  expect(await id.ensure()).not.toBeNull();
  await place.sync();
  expect(await place.lies()).not.toBeNull();
}

/** Paths of all files below a folder, relative to it, sorted. */
export function filesIn(dir: string, below = ''): readonly string[] {
  return readdirSync(path.join(dir, below))
    .flatMap((entry) => {
      const name = path.join(below, entry);
      return lstatSync(path.join(dir, name)).isDirectory() ? filesIn(dir, name) : [name];
    })
    .toSorted();
}

export const isAside = (name: string): boolean => name.includes('.damaged-');

/** What was set aside, file by file; `null` = a folder. */
export function asideIn(dir: string): readonly Buffer[] {
  return filesIn(dir)
    .filter((name) => isAside(name))
    .map((name) => readFileSync(path.join(dir, name)));
}

/** Folders and files that were set aside go, so that the next case finds none. */
export function clearAside(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (isAside(path.basename(entry))) rmSync(path.join(dir, entry), { recursive: true, force: true });
  }
}
