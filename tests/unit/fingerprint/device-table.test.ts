import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../device-table/outcomes.ts';
import { changesOf, DEVICES, FULL, on, STORIES } from '../../device-table/stories.ts';
import { withOutcomes } from '../../device-table/tables.ts';

const page = readFileSync(
  path.resolve(import.meta.dirname, '../../../electron/fingerprint/DEVICE.md'),
  'utf8',
);

describe('the page about the device', () => {
  it('has the tables that the code decides now', () => {
    expect(withOutcomes(page)).toBe(page);
  });

  it('is noticed where it is stale', () => {
    expect(withOutcomes(page.replace('| `deviceDrifted` |', '| `deviceChanged` |'))).toBe(page);
    expect(() => withOutcomes('# The device')).toThrow('no place');
  });
});

describe('what happens to a device', () => {
  it('lets any one factor change, and no copy to other hardware pass', () => {
    for (const change of changesOf(FULL).filter(({ changed }) => changed.length === 1)) {
      expect(outcomeOf(FULL, change)).toMatchObject({ vaultOpens: true, state: 'active', seatIsGiven: true });
    }
    for (const { story, ...change } of STORIES.filter((it) =>
      it.story.includes('copied to another computer'),
    )) {
      for (const device of Object.values(DEVICES)) {
        expect([story, outcomeOf(device, on(device, change))]).toMatchObject([
          story,
          { vaultOpens: false, state: 'notActivated', seatIsGiven: false },
        ]);
      }
    }
  });

  it('is told the same by vault and record, and never that it is another device where that is not known', () => {
    for (const device of Object.values(DEVICES)) {
      for (const change of [...STORIES.map((story) => on(device, story)), ...changesOf(device)]) {
        const { vaultOpens, state, reasons } = outcomeOf(device, change);
        expect(state === 'active').toBe(vaultOpens);
        if (change.changed.length === 0) expect(reasons).not.toContain('deviceChanged');
        expect(reasons.includes('deviceDrifted')).toBe(vaultOpens && change.changed.length > 0);
      }
    }
  });
});
