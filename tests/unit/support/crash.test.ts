import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeError, describePageError } from '../../../electron/support/crash-report.ts';
import { openCrashStore } from '../../../electron/support/crash-store.ts';
import { SILENT } from '../../../electron/support/log.ts';
import { pageErrorOf, pageErrorSchema } from '../../../shared/support/page-error.ts';

const CODE = 'ORBIT-YJLG-4EXN-TXFK-KAM4';

function store(dataDir = mkdtempSync(path.join(tmpdir(), 'latchkey-crash-'))) {
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const time = { now: Date.parse('2026-11-21T12:00:00Z') };
  const crashes = openCrashStore({
    dataDir,
    program: { version: '1.2.3', platform: 'linux' },
    clock: { now: () => (time.now += 1000), monotonic: () => 5000.4 },
    log: SILENT,
  });
  return { crashes, dataDir, folder: path.join(dataDir, 'crashes') };
}

describe('what is told of an error', () => {
  it('is its kind, its code and where it was thrown, without the folder', () => {
    const error = Object.assign(new TypeError('no'), { code: 'ERR_INVALID_URL' });
    const told = describeError(error);
    expect(told).toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_URL' });
    expect(told?.frames[0]).toMatch(/crash\.test\.ts:\d+:\d+$/);
    expect(JSON.stringify(told)).not.toContain(import.meta.dirname);
  });

  it.each([
    ['in its message', new Error(`typed ${CODE}`)],
    [
      'in a message with lines like places',
      new Error(`x\n    at secret${CODE.replaceAll('-', '')} (a.js:1:2)`),
    ],
    ['in its name', Object.assign(new Error('x'), { name: `Error ${CODE}` })],
    ['in its code', Object.assign(new Error('x'), { code: `E ${CODE}` })],
    ['thrown as it is', CODE],
    ['in an object', { code: CODE }],
  ])('is no secret %s', (_name, error) => {
    expect(JSON.stringify(describeError(error)).replaceAll('-', '')).not.toContain('YJLG');
  });
});

describe('what the page tells of an error', () => {
  it('is its kind and where it was thrown', () => {
    const error = new RangeError(`no\n    at first (app://latchkey/a.js:1:2)`);
    error.stack = `${String(error)}\n    at show (app://latchkey/assets/index.js:10:20)\n    at app://latchkey/b.js:3:4`;
    const told = pageErrorOf('exception', error);
    expect(v.parse(pageErrorSchema, told)).toEqual(told);
    expect(describePageError(told)).toEqual({
      name: 'RangeError',
      code: null,
      frames: ['show index.js:10:20', 'b.js:3:4'],
    });
  });

  it.each([
    ['in its message', new Error(`typed ${CODE}`)],
    ['in its name', Object.assign(new Error('x'), { name: `Error ${CODE}` })],
    ['thrown as it is', CODE],
    ['in an object', { code: CODE }],
  ])('is no secret %s', (_name, error) => {
    const told = pageErrorOf('rejection', error);
    expect(v.is(pageErrorSchema, told)).toBe(true);
    expect(JSON.stringify(describePageError(told)).replaceAll('-', '')).not.toContain('YJLG');
  });

  it('is bounded, whatever was thrown', () => {
    const error = Object.assign(new Error('x'), { name: 'n'.repeat(1000) });
    error.stack = `x\n${'    at f (a.js:1:2)\n'.repeat(1000)}${'y'.repeat(10_000)}`;
    const told = pageErrorOf('exception', error);
    expect(v.is(pageErrorSchema, told)).toBe(true);
    expect(told.places).toHaveLength(40);
    expect(v.is(pageErrorSchema, { ...told, places: [...told.places, 'x'] })).toBe(false);
  });
});

describe('reports of crashes', () => {
  it('are kept, the newest five, in a form that is read again', () => {
    const { crashes, folder } = store();
    for (let number = 0; number < 8; number += 1) {
      crashes.note('unhandledRejection', { error: new RangeError(String(number)) });
    }
    expect(readdirSync(folder)).toHaveLength(5);
    const list = crashes.list();
    expect(list).toHaveLength(5);
    expect(list.map(({ at }) => at)).toEqual(
      list
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(list[0]).toMatchObject({ uptime: 5000, error: { name: 'RangeError' } });
  });

  it('are offered once, and only where the user has seen it happen', () => {
    const { crashes, dataDir } = store();
    expect(crashes.untold()).toBeNull();
    crashes.note('command', { error: new Error('x') });
    expect(crashes.untold()).toBeNull();
    crashes.note('pageGone', { reason: 'crashed' });
    expect(store(dataDir).crashes.untold()).toMatchObject({
      kind: 'pageGone',
      reason: 'crashed',
      error: null,
    });
    crashes.markTold();
    expect(store(dataDir).crashes.untold()).toBeNull();
  });

  it('never stand in the way: not where they can not be written, not where one is damaged', () => {
    const { crashes, dataDir, folder } = store();
    writeFileSync(folder, 'a file in the place of the folder');
    crashes.note('mainException', { error: new Error('x') });
    expect(crashes.list()).toEqual([]);
    rmSync(folder);
    const again = store(dataDir).crashes;
    again.note('mainException', { error: new Error('x') });
    const [name = ''] = readdirSync(folder);
    const text = readFileSync(path.join(folder, name), 'utf8');
    writeFileSync(path.join(folder, name), text.replace('"crashVersion": 1', '"crashVersion": 2'));
    expect(again.list()).toEqual([]);
  });
});
