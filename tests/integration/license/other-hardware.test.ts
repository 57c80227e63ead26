import { describe, expect, it } from 'vitest';
import type { FactorName, Fingerprint } from '../../../electron/fingerprint/types.ts';
import { outcomeOf, type Change } from '../../device-table/outcomes.ts';
import { changesOf, FULL, STORIES } from '../../device-table/stories.ts';
import { activated, copyOf, device, withServer } from './engine.ts';

const { install, buy } = withServer();

/** The device as it is after the change. */
function after({ changed, hidden = [] }: Change): Fingerprint {
  const generations: Partial<Record<FactorName, number>> = Object.fromEntries(
    changed.map((name) => [name, 1]),
  );
  const whole = device(generations);
  const isSeen = (name: string): boolean => !hidden.some((other) => other === name);
  return {
    ...whole,
    factors: Object.fromEntries(Object.entries(whole.factors).filter(([name]) => isSeen(name))),
    machineKeys: whole.machineKeys.filter(({ name }) => isSeen(name)),
    unreadable: [...hidden],
  };
}

describe('a copy of the data folder', () => {
  it('is told after each change as the page about the device says', async () => {
    const { code } = await buy();
    const original = await activated(install(), code);
    for (const change of [...changesOf(FULL), ...STORIES]) {
      const copy = install({ dataDir: copyOf(original), fingerprint: after(change) });
      const { state, reasons } = outcomeOf(FULL, change);
      const { changed, hidden } = change;
      expect([changed, hidden, ...(await copy.told())]).toEqual([changed, hidden, state, ...reasons]);
    }
  });

  it.each(STORIES)(
    'after this, asks the server for its seat, which answers as the page says: $story',
    async (story) => {
      const { code, seatsUsed } = await buy({ seatCount: 1 });
      const original = await activated(install(), code);
      const fingerprint = { ...after(story), seatId: device().seatId };
      const app = install({ dataDir: copyOf(original), fingerprint });
      const { vaultOpens, seatIsGiven } = outcomeOf(FULL, story);
      if (vaultOpens) expect(await app.refresh()).toBe('ok');
      else expect(await app.activate(code)).toBe(seatIsGiven ? 'ok' : 'seatHeldElsewhere');
      expect(await seatsUsed()).toBe(1);
      // Who was refused has changed nothing for the first.
      if (!vaultOpens && !seatIsGiven) expect(await original.refresh()).toBe('ok');
    },
  );
});
