/**
 * What a run of the tests comes to.
 *
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Tally
 */

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sum = (tallies) => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
  skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
});

/** @param {boolean} passed @returns {Tally} of one check that says yes or no */
export const single = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/** @param {unknown} value */
const count = (value) => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0);

/** @param {unknown} file @returns {boolean} whether it failed before it came to a test */
const failedAsAWhole = (file) =>
  typeof file === 'object' &&
  file !== null &&
  'status' in file &&
  file.status === 'failed' &&
  'assertionResults' in file &&
  Array.isArray(file.assertionResults) &&
  !file.assertionResults.some((result) => result.status === 'failed');

/**
 * The tally of Vitest's JSON report. A file that could not be loaded counts as one failed test, and so does a run
 * that failed although no test did: nothing that went wrong may get lost in the sum.
 *
 * @param {string} text the report, or nothing if none was written
 * @param {number} exitCode Vitest's
 * @returns {Tally}
 */
export function fromVitest(text, exitCode) {
  /** @type {unknown} */
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return single(false);
  }
  if (typeof report !== 'object' || report === null) return single(false);
  /** @type {Record<string, unknown>} */
  const fields = { ...report };
  const files = Array.isArray(fields['testResults']) ? fields['testResults'] : [];
  const failed = count(fields['numFailedTests']) + files.filter(failedAsAWhole).length;
  return {
    passed: count(fields['numPassedTests']),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count(fields['numPendingTests']) + count(fields['numTodoTests']),
  };
}

/** @param {Tally} tally @returns {string} the last line of `npm test` */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** @param {Tally} tally @returns {0 | 1} nothing tested is nothing proven */
export const verdict = ({ passed, failed }) => (failed === 0 && passed > 0 ? 0 : 1);
