import { describe, expect, it } from 'vitest';
import { closingLine, fromVitest, single, sum, verdict } from '../../../build/scripts/lib/tally.mjs';

const report = (fields: object) => JSON.stringify({ testResults: [], ...fields });

describe('fromVitest', () => {
  it('takes the numbers of the report', () => {
    const text = report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 });
    expect(fromVitest(text, 1)).toEqual({ passed: 7, failed: 2, skipped: 4 });
  });

  it('is empty for a folder without tests', () => {
    expect(fromVitest(report({}), 0)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('counts a file that could not be loaded, once', () => {
    const text = report({
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    });
    expect(fromVitest(text, 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  it('counts a run that failed although no test did', () => {
    expect(fromVitest(report({ numPassedTests: 5 }), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  it.each(['', 'no json', 'null', '[1', '7'])('counts a report that is %o as one failure', (text) => {
    expect(fromVitest(text, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('takes no number that is none', () => {
    const text = report({ numPassedTests: '9', numFailedTests: -1, numPendingTests: 1.5 });
    expect(fromVitest(text, 0)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('the closing line', () => {
  it('has the sum of all parts', () => {
    const total = sum([single(true), single(false), { passed: 10, failed: 0, skipped: 4 }]);
    expect(closingLine(total)).toBe('11 passed, 1 failed, 4 skipped');
  });

  it('is there when nothing ran', () => {
    expect(closingLine(sum([]))).toBe('0 passed, 0 failed, 0 skipped');
  });
});

describe('the verdict', () => {
  it.each([
    [{ passed: 1, failed: 0, skipped: 0 }, 0],
    [{ passed: 1, failed: 0, skipped: 9 }, 0],
    [{ passed: 9, failed: 1, skipped: 0 }, 1],
    [{ passed: 0, failed: 0, skipped: 0 }, 1],
    [{ passed: 0, failed: 0, skipped: 5 }, 1],
  ])('of %o is exit code %i', (tally, code) => {
    expect(verdict(tally)).toBe(code);
  });
});
