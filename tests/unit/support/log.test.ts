import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  isWanted,
  logLineText,
  parseLogLine,
  parseSince,
  rotatedFiles,
} from '../../../electron/support/log-entries-policy.ts';
import { createLog, logFileOf } from '../../../electron/support/log.ts';
import { logReader } from '../../../electron/support/read-log.ts';

function place(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'latchkey-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return logFileOf(dir);
}

describe('the log', () => {
  it('keeps four files, the newest lines in the first', () => {
    const file = place();
    const log = createLog({ file, process: 'window', maxBytes: 2000 });
    for (let number = 0; number < 200; number += 1) log.info('a line', { number });
    const files = rotatedFiles(file);
    expect(files.map((one) => existsSync(one))).toEqual([true, true, true, true]);
    expect(existsSync(file.replace('.log', '.4.log'))).toBe(false);
    for (const one of files) expect(statSync(one).size).toBeLessThan(2300);
    const numbers = logReader(file)().map(({ number }) => number);
    expect(numbers.at(-1)).toBe(199);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_none, at) => 200 - numbers.length + at));
  });

  it('redacts what it is given', () => {
    const file = place();
    const log = createLog({ file, process: 'window' });
    log.warn('typed ORBIT-YJLG-4EXN-TXFK-KAM4', { password: 'correct horse', correlationId: 'c-1' });
    expect(readFileSync(file, 'utf8')).not.toMatch(/YJLG|horse/);
    expect(logReader(file)()).toMatchObject([
      { level: 'warn', process: 'window', message: 'typed [redacted]', correlationId: 'c-1' },
    ]);
  });

  it('is read on from where it was read to, over a rotation too', () => {
    const file = place();
    const log = createLog({ file, process: 'cli', maxBytes: 1000 });
    const read = logReader(file);
    expect(read()).toEqual([]);
    const seen: unknown[] = [];
    for (let number = 0; number < 40; number += 1) {
      log.info('a line', { number });
      seen.push(...read().map((entry) => entry['number']));
    }
    expect(seen).toEqual(Array.from({ length: 40 }, (_none, at) => at));
    expect(read()).toEqual([]);
  });

  it('passes over what is no line, and over half a line until it is whole', () => {
    const file = place();
    createLog({ file, process: 'cli' }).info('first');
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `no line\n{"time":1}\n${line}\n${line.slice(0, 20)}`);
    const read = logReader(file);
    expect(read()).toHaveLength(1);
    writeFileSync(file, line.slice(20) + '\n', { flag: 'a' });
    expect(read()).toMatchObject([{ message: 'first' }]);
  });
});

describe('which lines are wanted', () => {
  const entry = parseLogLine(
    '{"time":"2026-11-21T12:00:00.000Z","level":"warn","process":"cli","message":"m","code":"timeout","n":{"a":1}}',
  );

  it('goes by level and time', () => {
    if (entry === null) throw new Error('not a line');
    const at = Date.parse(entry.time);
    expect(isWanted(entry, { level: 'warn', since: at })).toBe(true);
    expect(isWanted(entry, { level: 'error', since: null })).toBe(false);
    expect(isWanted(entry, { level: 'debug', since: at + 1 })).toBe(false);
    expect(logLineText(entry)).toBe('2026-11-21T12:00:00.000Z warn  cli    m  code=timeout  n={"a":1}');
  });

  it.each([
    ['15m', 1_000_000 - 900_000],
    ['2h', 1_000_000 - 7_200_000],
    ['1970-01-01T00:00:05Z', 5000],
    ['1970-01-02', 86_400_000],
    ['yesterday', null],
    ['5', null],
    ['5 toString', null],
    ['', null],
  ])('reads %j', (text, at) => {
    expect(parseSince(text, 1_000_000)).toBe(at);
  });
});
