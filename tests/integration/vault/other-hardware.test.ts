import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FactorName } from '../../../electron/fingerprint/types.ts';
import { outcomeOf, type Change } from '../../device-table/outcomes.ts';
import { changesOf, DEVICES, on, STORIES } from '../../device-table/stories.ts';
import { fakeKeyring, machine, open, put, textIn, vaultFolder } from '../../support/vault.ts';

const generations = ({ changed }: Change): Partial<Record<FactorName, number>> =>
  Object.fromEntries(changed.map((name) => [name, 1]));

/** The device as it is after the change. */
const after = (device: readonly FactorName[], change: Change) =>
  machine(
    device.filter((name) => change.hidden?.includes(name) !== true),
    generations(change),
  );

describe('a copy of a vault', () => {
  it.each(Object.entries(DEVICES))(
    'opens after each change as the page about the device says: %s',
    async (_, device) => {
      const dir = vaultFolder();
      await put(await open(dir, { machineKeys: machine(device) }), 'mine');
      for (const change of [...changesOf(device), ...STORIES.map((story) => on(device, story))]) {
        const copy = vaultFolder();
        cpSync(dir, copy, { recursive: true });
        const found = await textIn(await open(copy, { machineKeys: after(device, change) }));
        const { vaultOpens } = outcomeOf(device, change);
        expect([change, found]).toEqual([change, vaultOpens ? 'mine' : 'vaultKeyUnavailable']);
      }
    },
  );

  it('opens for no other hardware where the keyring is the same, and for no other keyring on the same', async () => {
    const device = DEVICES['A computer that shows everything'];
    const dir = vaultFolder();
    const keyring = fakeKeyring();
    // The second process takes away what the first one left for the case that the keyring does not work.
    for (const text of ['mine', 'mine']) {
      await put(await open(dir, { machineKeys: machine(device), keyring }), text);
    }
    const elsewhere = machine(device, { board: 1, disk: 1, mac: 1 });
    expect(await textIn(await open(dir, { machineKeys: elsewhere, keyring }))).toBe('vaultKeyUnavailable');
    const other = { ...fakeKeyring(), decrypt: () => Promise.reject(new Error('refused')) };
    expect(await textIn(await open(dir, { machineKeys: machine(device), keyring: other }))).toBe(
      'vaultKeyUnavailable',
    );
    expect(await textIn(await open(dir, { machineKeys: machine(device, { mac: 1 }), keyring }))).toBe('mine');
  });
});
