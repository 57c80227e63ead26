import type { StoreApi } from 'zustand/vanilla';
import type { Bridge, BridgeResult, BundlePreview } from '../../shared/contract.ts';
import type { CheckResult } from '../../shared/support/report.ts';
import { call } from '../bridge.ts';
import { NO_DIAGNOSIS, type AppState, type Diagnosis } from './state.ts';

export interface DiagnosisActions {
  readonly diagnose: () => Promise<void>;
  readonly cancelDiagnosis: () => Promise<void>;
  readonly previewBundle: () => Promise<BridgeResult<BundlePreview>>;
  readonly saveBundle: Bridge['support']['saveBundle'];
  /** Asks once whether the window was closed by a crash. */
  readonly lookForCrash: () => Promise<void>;
  readonly forgetCrash: () => void;
}

/** A check that has ended, while a diagnosis runs; one that comes late belongs to none. */
export function withCheck(diagnosis: Diagnosis, check: CheckResult): Diagnosis {
  if (diagnosis.phase !== 'running') return diagnosis;
  const others = diagnosis.checks.filter(
    ({ id, productId }) => id !== check.id || productId !== check.productId,
  );
  return { ...diagnosis, checks: [...others, check] };
}

/** @param present gives the bridge; throws where there is none */
export function diagnosisActions(
  present: () => Bridge,
  set: StoreApi<AppState>['setState'],
  get: () => AppState,
): DiagnosisActions {
  return {
    diagnose: async () => {
      if (get().diagnosis.phase === 'running') return;
      set({ diagnosis: { ...NO_DIAGNOSIS, phase: 'running' } });
      const result = await call(async () => await present().support.diagnose());
      set(({ diagnosis }) => ({
        diagnosis: result.ok
          ? { phase: 'done', checks: result.value.checks, report: result.value, failure: null }
          : { ...diagnosis, phase: 'failed', failure: result.error },
      }));
    },
    cancelDiagnosis: async () => {
      await call(async () => await present().support.cancelDiagnosis());
    },
    previewBundle: () => call(async () => await present().support.previewBundle()),
    saveBundle: (request) => call(async () => await present().support.saveBundle(request)),
    lookForCrash: async () => {
      const found = await call(async () => await present().support.takeCrash());
      if (found.ok && found.value !== null) set({ crashAt: found.value.at });
    },
    forgetCrash: () => set({ crashAt: null }),
  };
}
