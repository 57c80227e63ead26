import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { picturesInApplication, picturesInPortal } from '../offline/camera.ts';
import { startBench } from './bench.ts';
import { offlinePersonAt } from './offline-person.ts';
import { openPortal } from './offline-portal.ts';

describe('QR codes alone', () => {
  it('carry the request out and the response back, in any order and in pieces', async () => {
    const bench = await startBench();
    const { activationCode } = await bench.calls.createEntitlement({
      offlineLeasePeriod: { type: 'Day', count: 30 },
    });
    const folder = bench.folder('phone');
    const app = await bench.launch();
    const person = offlinePersonAt(app, folder);
    await person.makeRequest(activationCode, 'Bench 4');
    await app.page.getByRole('tab', { name: 'QR codes' }).click();
    const codes = await picturesInApplication(app.page, folder);
    expect(codes.length).toBeGreaterThan(1);

    const { page: portal } = await openPortal(bench.url, folder, { javaScript: true });
    await portal.goto(`${bench.url}/portal`);
    await portal.getByLabel('Or choose pictures of its QR codes').setInputFiles(codes.toReversed());
    await portal.getByText(`Read ${codes.length} pictures.`).waitFor();
    await portal.getByRole('button', { name: 'Continue' }).click();
    await portal.getByRole('link', { name: 'Show as QR codes' }).click();
    const answers = await picturesInPortal(portal, folder);
    expect(answers.length).toBeGreaterThan(1);
    await bench.stopServer();

    await person.button('I have the response').click();
    // The last one first, and what is missing is said.
    await person.choose(answers.slice(-1));
    expect(await person.zoneSays()).toContain(`1 of ${answers.length} QR codes read`);
    expect((await person.license()).state).toBe('notActivated');
    await person.choose(answers.slice(0, -1));
    await person.heading(/ is active$/).waitFor();
    expect((await person.license()).activation?.mode).toBe('offline');
  });

  it('are not found in a picture of something else', async () => {
    const bench = await startBench();
    const { activationCode } = await bench.calls.createEntitlement({
      offlineLeasePeriod: { type: 'Day', count: 30 },
    });
    const app = await bench.launch();
    const person = offlinePersonAt(app, bench.folder('phone'));
    await person.makeRequest(activationCode, 'Bench 4');
    await person.button('I have the response').click();
    const picture = path.join(bench.folder('phone'), 'window.png');
    await app.page.screenshot({ path: picture });
    await person.choose(picture);
    expect(await person.zoneSays()).toContain('No QR code of this application was found in the image.');
  });
});
