import { describe, expect, it } from 'vitest';
import { activated, copyOf, device, OTHER_DEVICE, VIRTUAL, withServer } from './engine.ts';

const { install, buy } = withServer();

describe('a copy of the data folder on the same machine', () => {
  it.each(['refresh', 'pullState'] as const)(
    'is told with %s that it has lost the seat, and the first keeps working',
    async (call) => {
      const { code, seatsUsed } = await buy();
      const first = await activated(install(), code);
      const second = install({ dataDir: copyOf(first) });
      expect((await second.view()).state).toBe('active');
      expect(await first.refresh()).toBe('ok');
      expect(await second[call]()).toBe('nonceMismatch');
      expect(await second.told()).toEqual(['notActivated', 'seatLostToClone']);
      expect((await second.view()).actions).toContain('activateWithCode');
      for (let round = 0; round < 2; round += 1) expect(await first.refresh()).toBe('ok');
      expect((await first.view()).state).toBe('active');
      expect(await seatsUsed()).toBe(1);
    },
  );

  it('takes the seat if it is the first to call, and the original is told', async () => {
    const { code } = await buy();
    const original = await activated(install(), code);
    const copy = install({ dataDir: copyOf(original) });
    expect(await copy.refresh()).toBe('ok');
    expect(await original.refresh()).toBe('nonceMismatch');
    expect(await original.told()).toEqual(['notActivated', 'seatLostToClone']);
    expect(await copy.refresh()).toBe('ok');
  });

  it('that was told can take the seat over with the code, on the user’s wish and no other way', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const second = install({ dataDir: copyOf(first) });
    expect(await first.refresh()).toBe('ok');
    expect(await second.refresh()).toBe('nonceMismatch');
    expect(await second.reconcile()).toBe('ok');
    expect(await second.refresh()).toBe('notAllowedInState');
    expect(await second.activate(code)).toBe('ok');
    expect(await first.refresh()).toBe('accessTokenInvalid');
    expect(await first.told()).toEqual(['notActivated', 'seatLostToClone']);
    expect(await seatsUsed()).toBe(1);
  });

  it('that gives the seat back ends it for both', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const second = install({ dataDir: copyOf(first) });
    expect(await second.deactivate()).toBe('ok');
    expect(await seatsUsed()).toBe(0);
    expect(await first.refresh()).toBe('accessTokenInvalid');
    expect((await first.view()).state).toBe('notActivated');
  });
});

describe('a copy of the data folder on another machine', () => {
  it('is no license there: its vault does not open, and only activating again is offered', async () => {
    const { code } = await buy({ seatCount: 1 });
    const first = await activated(install(), code);
    const stolen = install({ dataDir: copyOf(first), fingerprint: device(OTHER_DEVICE) });
    expect(await stolen.told()).toEqual(['notActivated', 'deviceChanged']);
    expect((await stolen.view()).actions).toEqual(['activateWithCode', 'makeOfflineRequest']);
    for (const call of ['refresh', 'pullState', 'deactivate'] as const) {
      expect(await stolen[call]()).toBe('vaultKeyUnavailable');
    }
    expect(await stolen.activate(code)).toBe('seatLimitReached');
    expect(await first.refresh()).toBe('ok');
  });

  it('is a new installation once it is activated, with a seat of its own', async () => {
    const { code, seats } = await buy();
    const first = await activated(install(), code);
    const moved = install({ dataDir: copyOf(first), fingerprint: device(OTHER_DEVICE) });
    expect(await moved.activate(code)).toBe('ok');
    expect(await moved.told()).toEqual(['active']);
    expect(new Set((await seats()).map(({ seatId }) => seatId)).size).toBe(2);
    expect(await first.refresh()).toBe('ok');
    expect(await moved.refresh()).toBe('ok');
  });
});

describe('a copied image of a virtual machine', () => {
  it('with the very same hardware is told that it has lost the seat, and the first keeps working', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install({ fingerprint: device({}, VIRTUAL) }), code);
    const second = install({ dataDir: copyOf(first), fingerprint: device({}, VIRTUAL) });
    expect(await second.told()).toContain('active');
    expect(await first.refresh()).toBe('ok');
    expect(await second.refresh()).toBe('nonceMismatch');
    expect(await second.told()).toEqual(expect.arrayContaining(['notActivated', 'seatLostToClone']));
    expect(await second.reconcile()).toBe('ok');
    for (let round = 0; round < 2; round += 1) expect(await first.refresh()).toBe('ok');
    expect(await first.told()).not.toContain('seatLostToClone');
    expect(await seatsUsed()).toBe(1);
  });

  it('with a new board and network card, as hypervisors give them to copies, is another device', async () => {
    const { code, seatsUsed } = await buy({ seatCount: 1 });
    const first = await activated(install({ fingerprint: device({}, VIRTUAL) }), code);
    const given = device({ board: 1, mac: 1 }, VIRTUAL);
    const second = install({ dataDir: copyOf(first), fingerprint: given });
    expect(await second.told()).toEqual(expect.arrayContaining(['notActivated', 'deviceChanged']));
    expect(await second.refresh()).not.toBe('ok');
    expect(await second.activate(code)).not.toBe('ok');
    expect(await first.refresh()).toBe('ok');
    expect(await seatsUsed()).toBe(1);
  });

  it('after a move of the machine itself, with a new network card alone, keeps its seat', async () => {
    const { code, seatsUsed } = await buy({ seatCount: 1 });
    const first = await activated(install({ fingerprint: device({}, VIRTUAL) }), code);
    const moved = install({ dataDir: first.dataDir, fingerprint: device({ mac: 1 }, VIRTUAL) });
    expect(await moved.refresh()).toBe('ok');
    expect(await moved.told()).not.toContain('seatLostToClone');
    expect(await seatsUsed()).toBe(1);
  });
});

describe('two processes on the same data folder', () => {
  it('at once keep one chain of nonces', async () => {
    const { code, seatsUsed } = await buy();
    const window = await activated(install(), code);
    const commandLine = install({ dataDir: window.dataDir });
    const outcomes = await Promise.all([
      window.refresh(),
      commandLine.refresh(),
      window.pullState(),
      commandLine.pullState(),
      commandLine.refresh(),
      window.refresh(),
    ]);
    expect(outcomes).toEqual(Array.from(outcomes, () => 'ok'));
    expect(await seatsUsed()).toBe(1);
    expect(window.stored().open).toBe(false);
  });

  it('that activate at once take one seat', async () => {
    const { code, seatsUsed } = await buy();
    const first = install();
    const second = install({ dataDir: first.dataDir });
    const outcomes = await Promise.all([first.activate(code), second.activate(code)]);
    expect(outcomes.toSorted()).toEqual(['notAllowedInState', 'ok']);
    expect(await seatsUsed()).toBe(1);
  });

  it('that refresh and give back at once end without a seat', async () => {
    const { code, seatsUsed } = await buy();
    const first = await activated(install(), code);
    const second = install({ dataDir: first.dataDir });
    const outcomes = await Promise.all([first.deactivate(), second.refresh()]);
    expect(outcomes[0]).toBe('ok');
    expect(['ok', 'notAllowedInState']).toContain(outcomes[1]);
    expect(await seatsUsed()).toBe(0);
    expect(await second.told()).toEqual(['notActivated', 'deactivated']);
  });
});
