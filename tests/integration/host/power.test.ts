import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startHost } from '../../host/client.ts';
import { minimalProfile } from '../../unit/shared/profile-sample.ts';

/** The built application without a browser, and what it logs. */
async function start() {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-power-'));
  const profile = path.join(folder, 'profile.json');
  const dataDir = path.join(folder, 'data');
  writeFileSync(profile, JSON.stringify(minimalProfile()));
  const host = await startHost(['--profile', profile, '--data', dataDir], {
    LATCHKEY_HOST_DISPLAY: 'none',
    LATCHKEY_HOST_LOCALE: 'en-US',
  });
  onTestFinished(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const log = path.join(dataDir, 'logs', 'latchkey.log');
  return {
    tell: (event: string) => host.ask({ kind: 'emit', target: 'powerMonitor', event, members: {}, args: [] }),
    logged: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.includes('power state')),
  };
}

it('the application looks at the clock when the computer falls asleep and when it wakes up', async () => {
  const { tell, logged } = await start();
  expect(await tell('suspend')).toMatchObject({ wasHeard: true });
  expect(await tell('resume')).toMatchObject({ wasHeard: true });
  await expect.poll(() => logged().length).toBe(2);
  expect(logged()[0]).toContain('suspend');
  expect(logged()[1]).toContain('resume');
});

it('it does not listen to what says nothing about the clock', async () => {
  const { tell } = await start();
  expect(await tell('on-battery')).toMatchObject({ wasHeard: false });
});
