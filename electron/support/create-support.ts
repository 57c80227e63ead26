import type { Language } from '../../shared/settings.ts';
import type { Result } from '../../shared/result.ts';
import type { ServiceOptions, Services } from '../services.ts';
import type { Vault } from '../vault/types.ts';
import { UNKNOWN_MACHINE } from './bundle/machine.ts';
import { createBundleService } from './bundle/service.ts';
import { openCrashStore } from './crash-store.ts';
import type { Diagnose } from './diagnose.ts';
import { readSecrets } from './known-secrets.ts';
import { logFileOf } from './log.ts';

/** Puts together what support gets of one installation: its bundle, and the crashes that it has seen. */
export function createSupport(
  options: ServiceOptions,
  parts: {
    readonly diagnose: Diagnose;
    readonly vault: () => Promise<Result<Vault>>;
    /** The language in force. */
    readonly language: () => Language;
  },
): Pick<Services['support'], 'bundle' | 'crashes'> {
  const { profile, dataDir, appVersion, platform = 'other', clock, random, log } = options;
  const crashes = openCrashStore({ dataDir, program: { version: appVersion, platform }, clock, log });
  const productIds = profile.products.map(({ productId }) => productId);
  const bundle = createBundleService({
    profile,
    dataDir,
    logFile: logFileOf(dataDir),
    appVersion,
    process: options.program?.process ?? 'command',
    systemLocale: options.systemLocale,
    language: parts.language,
    machine: options.machine ?? UNKNOWN_MACHINE,
    diagnose: parts.diagnose,
    secrets: () => readSecrets(parts.vault, productIds),
    crashes: crashes.list,
    clock,
    random,
    log,
  });
  return { bundle, crashes };
}
