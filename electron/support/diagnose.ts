import { clearTimeout, setTimeout } from 'node:timers';
import type { VendorProfile } from '../../shared/profile.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { judge } from '../../shared/support/verdict-policy.ts';
import {
  REPORT_VERSION,
  type CheckResult,
  type DiagnosisReport,
  type ReportedLicense,
} from '../../shared/support/report.ts';
import type { ServerProbe } from '../api/probe.ts';
import { contactOf } from '../license/contact-log.ts';
import type { EngineOptions } from '../license/turn.ts';
import { foldersOf } from '../folders.ts';
import { lockFiles } from '../vault/lock-files.ts';
import { localProcesses } from '../vault/process-identity.ts';
import type { Check } from './checks/check.ts';
import { deviceChecks } from './checks/device-checks.ts';
import { installationChecks, type ProgramFacts } from './checks/installation-checks.ts';
import { licenseChecks } from './checks/license-checks.ts';
import { lockCheck } from './checks/lock-check.ts';
import { lookAround, type Look } from './checks/look.ts';
import { networkChecks } from './checks/network-checks.ts';
import { storageChecks } from './checks/storage-checks.ts';
import { storageFacts, type StorageFacts } from './checks/storage-facts.ts';
import { timeChecks } from './checks/time-checks.ts';
import { runChecks } from './run-checks.ts';

export interface DiagnosisOptions {
  readonly engine: EngineOptions;
  readonly dataDir: string;
  /** What the process knows of itself; null where nobody has told. */
  readonly program: Omit<ProgramFacts, 'version' | 'platform'> | null;
  /** Whether an administrator has put a policy file on this machine. */
  readonly isManaged: () => boolean;
  /** The licenses as they are shown now. */
  readonly licenses: () => Promise<readonly LicenseView[]>;
  /** Begins one attempt to reach the server. */
  readonly probe: () => ServerProbe;
  readonly storage?: StorageFacts | undefined;
  /** Calls back once after so many milliseconds; the returned function takes that back. */
  readonly after?: ((milliseconds: number, callback: () => void) => () => void) | undefined;
}

export interface DiagnoseCall {
  /** Told of each check as soon as it has ended. */
  readonly onCheck?: (result: CheckResult) => void;
  readonly signal?: AbortSignal;
}

/** Finds out why licenses are not active. Changes nothing, asks the user nothing, and never fails. */
export type Diagnose = (call?: DiagnoseCall) => Promise<DiagnosisReport>;

type Timer = NonNullable<DiagnosisOptions['after']>;

/** Keeps the process alive, which else has nothing to wait for where a check hangs. */
const afterTimeout: Timer = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
};

/** What is asked for only once per diagnosis, and only if a check wants it. */
function shared<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

export function createDiagnose(options: DiagnosisOptions): Diagnose {
  const { engine, after = afterTimeout } = options;
  const { clock, log, profile } = engine;
  return async ({ onCheck = () => undefined, signal = new AbortController().signal } = {}) => {
    const startedAt = clock.now();
    const look = shared(() => lookAround(engine, options.licenses));
    const probe = shared(options.probe);
    let checks: readonly CheckResult[] = [];
    try {
      checks = await runChecks(checksOf({ ...options, after }, look, probe), {
        clock,
        log,
        after,
        signal,
        onResult: onCheck,
      });
    } finally {
      probe().close();
    }
    const licenses = (await options.licenses()).map(reported);
    return {
      reportVersion: REPORT_VERSION,
      program: { ...engine.program, process: options.program?.process ?? 'command' },
      profile: identityOf(profile),
      startedAt,
      endedAt: clock.now(),
      complete: !signal.aborted,
      checks: [...checks],
      verdict: [...judge(checks, licenses)],
      licenses,
    };
  };
}

function checksOf(
  options: DiagnosisOptions & { readonly after: Timer },
  look: () => Promise<Look>,
  probe: () => ServerProbe,
): readonly Check[] {
  const { engine, dataDir, storage = storageFacts, after } = options;
  const { profile, clock, program } = engine;
  const folders = foldersOf(dataDir);
  return [
    ...installationChecks(
      profile,
      options.program === null ? null : { ...program, ...options.program },
      options.isManaged,
      clock,
      look,
    ),
    ...storageChecks(folders, storage, look),
    lockCheck({
      files: lockFiles(folders.vault),
      processes: localProcesses(),
      pause: (milliseconds) => new Promise<void>((resolve) => void after(milliseconds, resolve)),
    }),
    ...deviceChecks(look),
    ...timeChecks(clock, look, probe),
    ...networkChecks(probe, new URL(engine.serverForNew()?.url ?? profile.api.url).host),
    ...profile.products.flatMap(({ productId }) =>
      licenseChecks(productId, look, (record) =>
        engine.contacts.last(contactOf(productId, record, engine.serverForNew())),
      ),
    ),
  ];
}

function identityOf({ vendor, application, environment, tenantId, api }: VendorProfile) {
  return {
    vendorName: vendor.name,
    applicationName: application.name,
    environment,
    tenantId,
    apiHost: new URL(api.url).host,
  };
}

function reported(view: LicenseView): ReportedLicense {
  const { productId, productName, state, reasons, activation, lastContactAt, supportCode } = view;
  return {
    productId,
    productName,
    state,
    reasons: [...reasons],
    mode: activation?.mode ?? null,
    lastContactAt,
    supportCode,
  };
}
