import { expect, it } from 'vitest';
import { failure } from '../../../shared/errors.ts';
import { describeFailure } from '../../../shared/messages/index.ts';
import { startBench } from './bench.ts';
import { personAt, plain } from './person.ts';

it('an edition is chosen in the window; one that was not purchased is told, and takes no seat', async () => {
  const bench = await startBench();
  const { id, activationCode } = await bench.calls.createEntitlement({
    seatCount: 1,
    editions: [{ id: 'standard', name: 'Standard' }],
  });
  const app = await bench.launch();
  const person = personAt(app);
  const choose = async (edition: string) => {
    await person.button(/Edition/).click();
    await app.page.getByRole('option', { name: edition }).click();
  };

  await choose('Professional');
  await person.activate(activationCode);
  const refused = describeFailure(failure('editionNotIncluded'), 'en');
  const said = await person.alert();
  expect(said).toContain(plain(refused.sentence));
  expect(said).toContain(plain(refused.nextAction));
  expect((await bench.calls.getEntitlement(id)).seatsUsed).toBe(0);

  await choose('Standard');
  await person.becomeActive(activationCode);
  await person.openLicense();
  expect(await person.text()).toContain('Standard');
  expect((await person.license()).activation?.editionId).toBe('standard');
});
