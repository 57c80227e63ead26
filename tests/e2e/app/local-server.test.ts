import { writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { caller } from '../../integration/licensing-api/caller.ts';
import { startLicensingApi } from '../../licensing-api/server.ts';
import { startBench } from './bench.ts';
import { personAt } from './person.ts';

it('a license moves from the vendor’s server to a local one, and lives there', async () => {
  const bench = await startBench();
  const local = await startLicensingApi({ localOf: bench.server.vendor, writeLog: () => undefined });
  onTestFinished(() => local.close());
  const onTheSpot = caller(local);
  const cloud = await bench.calls.createEntitlement({ seatCount: 1 });
  const plant = await onTheSpot.createEntitlement({ seatCount: 1 });
  bench.keepSecret({ kind: 'activation code', value: plant.activationCode });
  bench.keepSecret({ kind: 'OAuth secret', value: local.management.clientSecret });
  const seats = async () => [
    (await bench.calls.getEntitlement(cloud.id)).seatsUsed,
    (await onTheSpot.getEntitlement(plant.id)).seatsUsed,
  ];
  const certificate = bench.folder('plant-ca.pem');
  writeFileSync(certificate, local.caPem);
  const app = await bench.launch();
  const person = personAt(app);
  const { page } = app;
  const host = new URL(local.url).host;

  await person.becomeActive(cloud.activationCode);
  expect((await person.license()).heldAt?.kind).toBe('cloud');

  // The other server is chosen; its certificate is shown before, and the license stays where it is.
  await page.getByText('Settings', { exact: true }).click();
  await page.locator('.segment', { hasText: 'Local server' }).click();
  await page.locator('input[name=server-address]').fill(local.url);
  await page.locator('input[type=file]').setInputFiles(certificate);
  await page.getByText('CN=Latchkey local CA').waitFor();
  await person.button('Trust and use this server').click();
  expect(await page.getByRole('alertdialog').innerText()).toContain('goes on working');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch' }).click();
  await person.button('Check now').click();
  await page.getByText('Reachable', { exact: true }).waitFor();
  expect(await seats()).toEqual([1, 0]);
  expect((await person.license()).reasons.map(({ code }) => code)).toContain('heldAtOtherServer');

  // Moved: given back there, taken here.
  await page.getByText('Licenses', { exact: true }).first().click();
  await person.openLicense();
  await person.deactivate();
  expect(await seats()).toEqual([0, 0]);
  await person.becomeActive(plant.activationCode);
  expect(await seats()).toEqual([0, 1]);
  expect((await person.license()).heldAt).toEqual({ kind: 'local', host });
  await person.openLicense();
  expect(await person.refresh()).toContain('Refreshed.');
  expect(await person.text()).toContain(host);
  await person.deactivate();
  expect(await seats()).toEqual([0, 0]);
});
