import { describe, expect, it } from 'vitest';
import { createApp } from '../../../renderer/store/store.ts';
import { summaryOf } from '../../../renderer/diagnostics/summary.ts';
import { SAMPLE_REPORT } from '../../support/sample-report.ts';
import { SNAPSHOT } from '../ipc/samples.ts';
import { fakeBridge } from './fake-bridge.ts';

const [CHECK] = SAMPLE_REPORT.checks;

function start() {
  const fake = fakeBridge(SNAPSHOT);
  const app = createApp(fake.bridge, () => 0);
  app.getState().start();
  return { fake, app, diagnosis: () => app.getState().diagnosis };
}

describe('a diagnosis in the window', () => {
  it('shows each check as soon as it has ended, and the report at the end', async () => {
    const { fake, app, diagnosis } = start();
    const done = app.getState().diagnose();
    expect(diagnosis()).toMatchObject({ phase: 'running', checks: [], report: null });
    if (CHECK === undefined) throw new Error('the sample has no check');
    fake.check(CHECK);
    fake.check({ ...CHECK, durationMs: 13 });
    expect(diagnosis().checks).toEqual([{ ...CHECK, durationMs: 13 }]);
    fake.waiting[0]?.settle({ ok: true, value: SAMPLE_REPORT });
    await done;
    expect(diagnosis()).toEqual({
      phase: 'done',
      checks: SAMPLE_REPORT.checks,
      report: SAMPLE_REPORT,
      failure: null,
    });
    // One that comes late belongs to no diagnosis.
    fake.check({ ...CHECK, id: 'dns' });
    expect(diagnosis().checks).toEqual(SAMPLE_REPORT.checks);
  });

  it('is not begun twice, and says why it failed', async () => {
    const { fake, app, diagnosis } = start();
    const done = app.getState().diagnose();
    await app.getState().diagnose();
    expect(fake.waiting.map(({ verb }) => verb)).toEqual(['diagnose']);
    fake.waiting[0]?.settle({ ok: false, error: { code: 'timeout' } });
    await done;
    expect(diagnosis()).toMatchObject({ phase: 'failed', failure: { code: 'timeout' }, report: null });
  });
});

describe('the summary of a diagnosis', () => {
  it('tells the verdict with its code, and what the checks found', () => {
    const text = summaryOf(SAMPLE_REPORT, 'en');
    expect(text).toContain('[serverUnreachable]');
    expect(text).toContain('Connection: Failed [serverUnreachable]');
    expect(text).toContain('Orbit License Manager 1.2.3, Linux');
    expect(text).not.toContain('Nothing keeps');
    expect(summaryOf({ ...SAMPLE_REPORT, verdict: [] }, 'en')).toContain('Nothing keeps');
  });
});
