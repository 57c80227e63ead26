import path from 'node:path';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readMachine } from '../../../electron/platform/machine.ts';
import { summaryOf } from '../../../renderer/diagnostics/summary.ts';
import type { VendorProfile } from '../../../shared/profile.ts';
import { LANGUAGES } from '../../../shared/settings.ts';
import type { Place } from '../../support/leaks.ts';
import { startServices } from '../../support/services.ts';
import { valueOf } from '../../support/vault.ts';

const place = (name: string, text: string): Place => ({ name, bytes: Buffer.from(text, 'utf8') });

/** What an installation has written for support: its log and its reports of crashes. */
export function writtenIn(dataDir: string): readonly Place[] {
  return ['logs', 'crashes'].flatMap((name) => {
    const dir = path.join(dataDir, name);
    if (!existsSync(dir)) return [];
    return readdirSync(dir).map((file) => ({
      name: `${name}/${file}`,
      bytes: readFileSync(path.join(dir, file)),
    }));
  });
}

/**
 * What its user would send to support now: a bundle with everything that is in it, the report and its summary in every
 * language. The log in it is the one that the test has left; the server need not be there.
 */
export async function sentToSupport(dataDir: string, profile: VendorProfile): Promise<readonly Place[]> {
  const services = await startServices({ profile, dataDir, machine: readMachine() });
  try {
    const { files, report } = valueOf(await services.support.bundle.make());
    return [
      ...files.map(({ name, text }) => place(`bundle/${name}`, text)),
      place('report', JSON.stringify(report)),
      ...LANGUAGES.map((language) => place(`summary (${language})`, summaryOf(report, language))),
    ];
  } finally {
    await services.close();
  }
}
