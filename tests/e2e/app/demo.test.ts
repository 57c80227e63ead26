import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { expect, it, onTestFinished } from 'vitest';
import { endProgram, lineReader, startProgram } from '../../../build/scripts/lib/processes.mjs';
import { demoServersSchema } from '../../demo/announcement.ts';

const program = (name: string) => path.resolve(import.meta.dirname, '../../demo', name);

/** Starts the servers of the demo. @returns what they said, and the folder that all of it is in */
async function startServers() {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-demo-'));
  const servers = startProgram(process.execPath, [program('main.ts'), '--data', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(async () => {
    await endProgram(servers);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const line = (await lineReader(servers)(60_000)) ?? 'null';
  return { folder, line, told: v.parse(demoServersSchema, JSON.parse(line)) };
}

/** Plays the demo. @returns its exit code, and the folder of what it leaves */
async function play(folder: string, said: string) {
  const out = path.join(folder, 'out');
  const args = [program('play.ts'), '--data', path.join(folder, 'app'), '--out', out];
  const player = startProgram(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(() => endProgram(player));
  player.child.stdin?.end(said);
  return { code: await player.ended, out };
}

it('plays every way to activate, and shows neither the code nor the password in what it leaves', async () => {
  const { folder, line, told } = await startServers();
  const { code, out } = await play(folder, line);
  expect(code).toBe(0);
  const transcript = readFileSync(path.join(out, 'transcript.txt'), 'utf8');
  const active = transcript.split('\n').filter((said) => said.endsWith(' is active'));
  expect(active.length).toBeGreaterThanOrEqual(3);
  expect(transcript).toContain(told.account.username);
  expect(transcript).toContain('Client certificate');
  expect(transcript).not.toContain(told.activationCode);
  expect(transcript).not.toContain(told.account.password);
  expect(readdirSync(out).filter((name) => name.endsWith('-dark.png'))).toHaveLength(14);
});

it('plays nothing, and says so by its exit code, where nobody says where the servers are', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { code, out } = await play(folder, '{}');
  expect(code).not.toBe(0);
  expect(existsSync(path.join(out, 'transcript.txt'))).toBe(false);
});
