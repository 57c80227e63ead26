import * as v from 'valibot';
import { proxyChoiceSchema } from '../../shared/proxy-choice.ts';
import { ok, type Result } from '../../shared/result.ts';
import { DEFAULT_SETTINGS, LANGUAGES, THEMES, type Settings } from '../../shared/settings.ts';
import { openJsonFile, type JsonFileOptions } from '../support/json-file.ts';

/** The user's settings, in `settings.json`. */
export interface SettingsStore {
  readonly current: () => Settings;
  /** Errors: those of `JsonFile.write`; the settings are then as before. */
  readonly change: (patch: Partial<Settings>) => Promise<Result<Settings>>;
}

const schema = v.object({
  language: v.fallback(v.picklist(['system', ...LANGUAGES]), DEFAULT_SETTINGS.language),
  theme: v.fallback(v.picklist(THEMES), DEFAULT_SETTINGS.theme),
  proxy: v.fallback(proxyChoiceSchema, DEFAULT_SETTINGS.proxy),
});

/** Opens the settings of a data folder; a file that can't be read gives the defaults. */
export function openSettings(options: Omit<JsonFileOptions, 'name'>): SettingsStore {
  const file = openJsonFile({ ...options, name: 'settings' }, schema, DEFAULT_SETTINGS);
  return {
    current: () => file.read(),
    change: (patch) => {
      const next: Settings = { ...file.read(), ...patch };
      const written = file.write(next);
      return Promise.resolve(written.ok ? ok(next) : written);
    },
  };
}
