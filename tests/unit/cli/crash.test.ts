import '../../support/no-electron.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { processPorts } from '../../../electron/cli/process-ports.ts';
import { runCli } from '../../../electron/cli/run.ts';
import { environmentNetwork } from '../../../electron/platform/network.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';

const CODE = 'ORBIT-YJLG-4EXN-TXFK-KAM4';

describe('a command that fails in a way that nobody has foreseen', () => {
  it('ends as a defect, and leaves a report that tells where and nothing of what', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-crash-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const said: string[] = [];
    const ports = processPorts({
      keyring: NO_KEYRING,
      network: () => environmentNetwork({}),
      version: '1.2.3',
      systemLocale: 'en',
    });
    const exit = await runCli(['--profile', 'p.json', '--data', dir, 'status'], {
      ...ports,
      out: (text) => said.push(text),
      err: (text) => said.push(text),
      readProfile: () => {
        throw new RangeError(`typed ${CODE}`);
      },
    });
    expect(exit).toBe(1);
    expect(said.join('')).toContain('Something went wrong inside the application.');
    const [name = ''] = readdirSync(path.join(dir, 'crashes'));
    const report = readFileSync(path.join(dir, 'crashes', name), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ kind: 'command', error: { name: 'RangeError' } });
    const log = readFileSync(path.join(dir, 'logs', 'latchkey.log'), 'utf8');
    expect(`${said.join('')}${report}${log}`).not.toContain('YJLG');
    expect(report).toContain('crash.test.ts:');
  });
});
