import { REPORT_VERSION, type DiagnosisReport } from '../../shared/support/report.ts';

/** A small report of an invented installation: its server is not reached. */
export const SAMPLE_REPORT: DiagnosisReport = {
  reportVersion: REPORT_VERSION,
  program: { version: '1.2.3', platform: 'linux', process: 'command' },
  profile: {
    vendorName: 'Orbit Works',
    applicationName: 'Orbit License Manager',
    environment: 'live',
    tenantId: 't_0000000000000000000001',
    apiHost: 'api.example.com',
  },
  startedAt: 1_900_000_000_000,
  endedAt: 1_900_000_001_000,
  complete: true,
  checks: [
    {
      id: 'connection',
      productId: null,
      status: 'failed',
      cause: { kind: 'error', code: 'serverUnreachable', facts: { host: 'api.example.com' } },
      remedy: 'checkNetwork',
      evidence: [{ kind: 'system', name: 'system', value: 'ECONNREFUSED' }],
      durationMs: 12,
    },
  ],
  verdict: [
    {
      cause: { kind: 'reason', code: 'serverUnreachable' },
      severity: 'warning',
      remedy: 'checkNetwork',
      productIds: [],
      explains: [],
    },
  ],
  licenses: [],
};
