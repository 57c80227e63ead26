import path from 'node:path';
import { app } from 'electron';
import type { VendorProfile } from '../../shared/profile.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readProfile } from './read-profile.ts';

export interface Installation {
  readonly profile: VendorProfile;
  /** Absolute path of the folder of vault, settings and log. */
  readonly dataDir: string;
}

/**
 * Finds out whose application this is and where its files are. An installed one has its profile among its resources
 * and its data in the user's folder for applications, under the application's id; a name could hold any character.
 */
export function locateInstallation(given: {
  readonly profile: string | null;
  readonly data: string | null;
}): Result<Installation> {
  const profile = readProfile(given.profile ?? path.join(process.resourcesPath, 'profile.json'));
  if (!profile.ok) return profile;
  const { application } = profile.value;
  app.setName(application.name);
  const dataDir = path.resolve(given.data ?? path.join(app.getPath('appData'), application.id));
  // Chromium's own files and the lock of the single instance lie beside the vault, not in it.
  app.setPath('userData', path.join(dataDir, 'window'));
  return ok({ profile: profile.value, dataDir });
}

/** BCP 47 tag of the operating system's language. */
export function systemLocale(): string {
  return app.getPreferredSystemLanguages()[0] ?? 'en';
}
