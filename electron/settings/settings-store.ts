import * as v from 'valibot';
import { failure } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { DEFAULT_SETTINGS, LANGUAGES, THEMES, type Settings } from '../../shared/settings.ts';
import type { Log } from '../ports.ts';
import { openJsonFile } from '../support/json-file.ts';

/** The user's settings, in `settings.json`. */
export interface SettingsStore {
  readonly current: () => Settings;
  /** Errors: `vaultReadOnly` where the folder can't be written to; the settings are then as before. */
  readonly change: (patch: Partial<Settings>) => Promise<Result<Settings>>;
}

const schema = v.object({
  language: v.fallback(v.picklist(['system', ...LANGUAGES]), DEFAULT_SETTINGS.language),
  theme: v.fallback(v.picklist(THEMES), DEFAULT_SETTINGS.theme),
});

/** Opens the settings of a data folder; a file that can't be read gives the defaults. */
export function openSettings(options: { readonly dir: string; readonly log: Log }): SettingsStore {
  const file = openJsonFile({ ...options, name: 'settings' }, schema, DEFAULT_SETTINGS);
  return {
    current: () => file.read(),
    change: (patch) => {
      const next: Settings = { ...file.read(), ...patch };
      return Promise.resolve(file.write(next) ? ok(next) : err(failure('vaultReadOnly')));
    },
  };
}
