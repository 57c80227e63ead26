import { describe, expect, it } from 'vitest';
import { runCampaign } from '../run-campaign.ts';
import { DEFECTS } from './broken.ts';

const campaign = (...args: readonly string[]) => runCampaign('lost-answers', args);

const LAST_LINE = /^cuts (\d+), wrong (\d+)\n$/m;

// A minute on two cores that are free; the limit is for machines that are busy with more.
describe('an application whose answers get lost', { timeout: 1_800_000 }, () => {
  it('repairs itself, and no seat, use or nonce is lost or doubled', async () => {
    const { exit, out } = await campaign('--cuts', '2000', '--seed', 'fixed');
    const [, cuts, wrong] = LAST_LINE.exec(out) ?? [];
    expect({ exit, wrong, out: exit === 0 ? '' : out }).toEqual({ exit: 0, wrong: '0', out: '' });
    expect(Number(cuts)).toBeGreaterThanOrEqual(2000);
  });
});

describe('the campaign', { timeout: 600_000 }, () => {
  it.each(Object.keys(DEFECTS))('finds the defect %s, and again by what it has printed', async (defect) => {
    const found = await campaign('--cuts', '800', '--seed', 'broken', '--broken', defect);
    expect(found.exit, found.out).toBe(1);
    const [, replay = ''] = /^again: .* --replay (\S+) --broken \w+$/m.exec(found.out) ?? [];
    const again = await campaign('--replay', replay, '--broken', defect);
    expect(again.exit, again.out).toBe(1);
    expect(again.out).toContain('wrong: ');
    // The same story without the defect: what was found is the defect's work.
    const whole = await campaign('--replay', replay);
    expect(whole.out).toMatch(/, wrong 0\n$/);
    expect(whole.exit).toBe(0);
  });

  it('says what it wants where it is called wrongly', async () => {
    for (const args of [
      ['--cuts', '0'],
      ['--cuts', 'x'],
      ['--broken', 'nothing'],
      ['--replay', '*'],
      ['x'],
    ]) {
      expect(await campaign(...args)).toEqual({ exit: 2, out: '' });
    }
  });
});
