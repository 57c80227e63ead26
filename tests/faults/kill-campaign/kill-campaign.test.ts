import { describe, expect, it } from 'vitest';
import { runCampaign } from '../run-campaign.ts';
import { BREAKAGES } from './broken.ts';

const campaign = (...args: readonly string[]) => runCampaign('kill-campaign', args);

const LAST_LINE = /^kills (\d+), violations (\d+)\n$/m;

// Four minutes on two cores that are free; the limit is for machines that are busy with more.
describe('the application, killed again and again', { timeout: 1_800_000 }, () => {
  // Without a seed of its own the second takes a new one each time, and tells it.
  it.each([
    ['with a fixed seed', 550, ['--seed', 'fixed']],
    ['with a seed of its own', 450, []],
  ] as const)('%s loses nothing, wherever it is', async (_name, kills, seed) => {
    const { exit, out } = await campaign('--kills', String(kills), ...seed);
    const [, killed, violations] = LAST_LINE.exec(out) ?? [];
    expect({ exit, violations, out: exit === 0 ? '' : out }).toEqual({ exit: 0, violations: '0', out: '' });
    expect(Number(killed)).toBeGreaterThanOrEqual(kills);
  });
});

describe('the campaign', { timeout: 600_000 }, () => {
  it.each(BREAKAGES)('finds the defect %s, and finds it again by what it has printed', async (breakage) => {
    const found = await campaign('--kills', '400', '--seed', 'broken', '--broken', breakage);
    expect(found.exit, found.out).toBe(1);
    expect(Number(LAST_LINE.exec(found.out)?.[2])).toBeGreaterThan(0);
    const [, replay = ''] =
      /^again: npm run -s kill-campaign -- --replay (\S+) --broken \w+$/m.exec(found.out) ?? [];
    const again = await campaign('--replay', replay, '--broken', breakage);
    expect(again.exit, again.out).toBe(1);
    expect(again.out).toContain('violation: ');
    // The same lives without the defect: what was found is the defect's work.
    const whole = await campaign('--replay', replay);
    expect(whole.out).toMatch(/, violations 0\n$/);
    expect(whole.exit).toBe(0);
  });

  it('says what it wants where it is called wrongly', async () => {
    for (const args of [
      ['--kills', '0'],
      ['--kills', 'x'],
      ['--broken', 'nothing'],
      ['--replay', 'x'],
      ['x'],
    ]) {
      expect(await campaign(...args)).toEqual({ exit: 2, out: '' });
    }
  });
});
