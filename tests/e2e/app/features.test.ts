import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../shared/messages/index.ts';
import { failure } from '../../../shared/errors.ts';
import { startBench } from './bench.ts';
import { personAt, plain, type Person } from './person.ts';

/** Opens the dialog of the only pool, sets how much this device is to hold, and presses the button. */
async function hold(person: Person, amount: number, button: string): Promise<void> {
  await person.button('Change Render nodes').click();
  await person.heading('Render nodes on this device').waitFor();
  await person.spin('Held on this device').fill(String(amount));
  await person.button(button).click();
}

describe('a pool that devices share', () => {
  it('is taken and put back in the window, and what one device holds the other can not have', async () => {
    const bench = await startBench();
    const { id, activationCode } = await bench.calls.createEntitlement({
      seatCount: 2,
      features: [{ key: 'render-nodes', type: 'elementPool', total: 10 }],
    });
    const other = await bench.calls.takeSeat(activationCode, 'another-device');
    const person = personAt(await bench.launch());
    await person.becomeActive(activationCode);
    await person.openLicense();

    await hold(person, 4, 'Check out 4');
    await expect.poll(() => person.text()).toContain('4 of 10 in use');
    expect(await person.text()).toContain('4 on this device');
    const used = async () => (await bench.calls.getEntitlement(id)).features;
    expect(await used()).toMatchObject([{ key: 'render-nodes', available: 6 }]);

    // Somebody else was faster: the window learns how much is left.
    await bench.calls.checkout(other.seat, 'render-nodes', 5);
    await hold(person, 8, 'Check out 4');
    const { sentence } = describeFailure(failure('featureExhausted'), 'en');
    await expect.poll(() => person.text()).toContain(plain(sentence));
    await person.button('Cancel').click();
    await expect.poll(() => person.text()).toContain('9 of 10 in use');

    await hold(person, 1, 'Put 3 back');
    await expect.poll(() => person.text()).toContain('6 of 10 in use');
    expect(await used()).toMatchObject([{ key: 'render-nodes', available: 4 }]);
  });

  it('is taken beyond its number where the vendor lets it, and both the window and the dialog say so', async () => {
    const bench = await startBench();
    const { activationCode } = await bench.calls.createEntitlement({
      seatCount: 2,
      features: [{ key: 'render-nodes', type: 'elementPool', total: 3, overdraft: 2 }],
    });
    const person = personAt(await bench.launch());
    await person.becomeActive(activationCode);
    await person.openLicense();
    await expect.poll(() => person.text()).toContain('up to 2 more allowed');
    expect(await person.text()).not.toContain('beyond the license');

    // No further than the overdraft goes.
    await person.button('Change Render nodes').click();
    await person.spin('Held on this device').fill('9');
    await expect.poll(() => person.text()).toContain('2 more than the 3 of the license');
    await person.button('Check out 5').click();
    await expect.poll(() => person.text()).toContain('5 of 3 in use');
    expect(await person.text()).toContain('2 beyond the license');

    await hold(person, 2, 'Put 3 back');
    await expect.poll(() => person.text()).toContain('2 of 3 in use');
    expect(await person.text()).not.toContain('beyond the license');
  });
});
