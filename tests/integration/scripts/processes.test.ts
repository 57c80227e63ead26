import { describe, expect, it } from 'vitest';
import { endProgram, lineReader, startProgram } from '../../../build/scripts/lib/processes.mjs';

/** A program that starts one in a group of its own, as a browser does, and says its process id. */
const PARENT = `
  const { spawn } = require('node:child_process');
  const idle = 'setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', idle], { detached: true, stdio: 'ignore' });
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

const start = (program: string) =>
  startProgram(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('endProgram', () => {
  it('ends the program and what it started in a group of its own', async () => {
    const program = start(PARENT);
    const grandchild = Number(await lineReader(program)(20_000));
    expect(isAlive(grandchild)).toBe(true);
    await endProgram(program);
    expect(await program.ended).toBeGreaterThan(0);
    await expect.poll(() => isAlive(grandchild), { timeout: 5000 }).toBe(false);
  });

  it('lets a program end by itself', async () => {
    const program = start(
      "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000);",
    );
    await lineReader(program)(20_000);
    await endProgram(program);
    expect(await program.ended).toBe(process.platform === 'win32' ? 1 : 7);
  });

  it('is content with one that has ended', async () => {
    const program = start('');
    await program.ended;
    await expect(endProgram(program)).resolves.toBeUndefined();
  });
});

describe('lineReader', () => {
  it('gives one line after the other, then nothing', async () => {
    const next = lineReader(start("console.log('one\\ntwo')"));
    expect([await next(20_000), await next(20_000), await next(20_000)]).toEqual(['one', 'two', null]);
  });

  it('waits no longer than it is told', async () => {
    const program = start("console.log('up'); setInterval(() => {}, 1000)");
    const next = lineReader(program);
    expect(await next(20_000)).toBe('up');
    expect(await next(1)).toBeNull();
    await endProgram(program);
  });

  it('gives nothing when the program ends before', async () => {
    expect(await lineReader(start("process.stdout.write('half')"))(20_000)).toBeNull();
  });

  it('gives nothing for a program that can not be started', async () => {
    const program = startProgram('/nowhere/at/all', [], { stdio: ['ignore', 'pipe', 'ignore'] });
    expect(await lineReader(program)(20_000)).toBeNull();
  });
});
