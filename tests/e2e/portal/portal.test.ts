import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { encodeQR } from 'qr';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLicensingApi, type LicensingApi } from '../../licensing-api/server.ts';
import { armor, dearmor } from '../../licensing-api/offline/armor.ts';
import { joinCodes, splitIntoCodes } from '../../licensing-api/offline/qr-series.ts';
import { makeDevice } from '../../integration/licensing-api/offline-device.ts';
import { findChromium } from '../../../build/scripts/lib/chromium.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } as const;
const DESK = { viewport: { width: 1200, height: 800 } } as const;

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  return await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
}

let api: LicensingApi;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  [api, browser, folder] = await Promise.all([
    startLicensingApi(),
    launch(),
    mkdtemp(path.join(tmpdir(), 'portal-')),
  ]);
});
afterAll(async () => {
  await browser.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the portal. @returns complaints too: console errors and violations of the policy */
async function open(options: BrowserContextOptions) {
  // The CA of the test server is made at run time, and a browser takes none from the command line.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, timezoneId: 'Asia/Tokyo', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(api.portalUrl);
  return { page, complaints, close: async () => await context.close() };
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > globalThis.innerWidth);

async function bringFile(page: Page, file: string): Promise<void> {
  await page.getByLabel('File from Latchkey').setInputFiles(file);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function saved(page: Page, link: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('the portal on a phone without JavaScript', () => {
  it('takes a request file, gives the response and a refresh, and takes the deactivation', async () => {
    const { page, complaints, close } = await open({ ...PHONE, javaScriptEnabled: false });
    const device = await makeDevice({
      api,
      code: api.activationCode,
      seatId: 'phone-story',
      seatName: 'Pump house',
    });
    const request = path.join(folder, 'pump-house.lkrequest');
    await writeFile(
      request,
      armor('activation-request', await device.request(), { Product: 'Orbit Studio' }),
    );

    await bringFile(page, request);
    await heading(page, 'Your response is ready');
    const response = await saved(page, 'Download response');
    expect(response.name).toBe('pump-house.lkresponse');
    const { claims } = await device.open(dearmor(response.text)?.jwe ?? '');
    expect(claims.seq).toBe(1);
    await page.getByText('Show as text').click();
    expect(await page.getByLabel('Response as text').inputValue()).toBe(response.text);
    await page.getByRole('link', { name: 'Show as QR codes' }).click();
    await page.getByAltText('QR code 1 of').waitFor();

    await page.goto(api.portalUrl);
    await page.getByLabel('Activation code').fill(api.activationCode.toLowerCase());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading(page, 'Activations');
    await page.getByRole('button', { name: 'Get refresh for Pump house' }).click();
    await heading(page, 'Your refresh is ready');
    const refresh = await saved(page, 'Download refresh');
    expect(refresh.name).toBe('pump-house.lkrefresh');
    expect((await device.open(dearmor(refresh.text)?.jwe ?? '')).claims.seq).toBe(2);

    const deactivation = path.join(folder, 'pump-house.lkdeactivation');
    await writeFile(deactivation, await device.deactivation(claims.activation.id));
    await page.goto(api.portalUrl);
    await bringFile(page, deactivation);
    await heading(page, 'The seat is free');
    await page.goto(api.portalUrl);
    await bringFile(page, deactivation);
    await heading(page, 'This seat is already free');
    await page.getByRole('link', { name: 'Back to activations' }).click();
    expect(await page.getByText('Pump house').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('says what is wrong, and what to do', async () => {
    const { page, close } = await open({ ...PHONE, javaScriptEnabled: false });
    const wrong = path.join(folder, 'holiday.jpg');
    await writeFile(wrong, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
    await bringFile(page, wrong);
    await heading(page, 'This can not be read');
    await page.getByText('What to do:').waitFor();
    await page.getByRole('link', { name: 'Back to the start' }).click();
    await page.getByLabel('Activation code').fill('ORBIT-AAAA-AAAA-AAAA-AAAA');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('There is no such activation code').waitFor();
    expect(await page.getByLabel('Activation code').inputValue()).toBe('ORBIT-AAAA-AAAA-AAAA-AAAA');
    await close();
  });
});

describe('the portal with JavaScript', () => {
  it('reads pictures of the QR codes of a request, and copies the response', async () => {
    const { page, complaints, close } = await open({
      ...DESK,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const device = await makeDevice({ api, code: api.activationCode, seatId: 'pictures', seatName: 'Silo' });
    const codes = splitIntoCodes(await device.request()) ?? [];
    const files = await Promise.all(codes.map((text, index) => picture(text, `code-${index}.png`)));
    const blurred = path.join(folder, 'blurred.gif');
    await writeFile(blurred, Buffer.from('R0lGODlhAQABAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64'));

    await page.getByLabel('Or choose pictures of its QR codes').setInputFiles([...files, blurred]);
    await page.getByText(`Read ${codes.length} of ${codes.length + 1} pictures.`).waitFor();
    await page.getByLabel('Or choose pictures of its QR codes').setInputFiles(files);
    await page.getByText(`Read ${codes.length} pictures.`).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await heading(page, 'Your response is ready');
    await page.getByText('Show as text').click();
    await page.getByRole('button', { name: 'Copy text' }).click();
    await page.getByText('Copied.').waitFor();
    const copied = await page.evaluate(async () => await navigator.clipboard.readText());
    expect((await device.open(dearmor(copied)?.jwe ?? '')).claims.activation.seatName).toBe('Silo');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('the QR codes of a response', () => {
  it('are read from a screen on which they are shown', async () => {
    const { page, close } = await open({ ...PHONE, deviceScaleFactor: 2 });
    const device = await makeDevice({ api, code: api.activationCode, seatId: 'screen', seatName: 'Screen' });
    await page.getByLabel('Or paste it as text').fill(await device.request());
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Show as QR codes' }).click();
    await heading(page, 'Response as QR codes');
    const files: string[] = [];
    for (const code of await page.getByRole('img', { name: 'QR code' }).all()) {
      const file = path.join(folder, `screen-${files.length}.png`);
      await code.screenshot({ path: file });
      files.push(file);
    }
    await page.goto(api.portalUrl);
    await page.getByLabel('Or choose pictures of its QR codes').setInputFiles(files.toReversed());
    await page.getByText(`Read ${files.length} pictures.`).waitFor();
    const joined = joinCodes(await page.getByLabel('Or paste it as text').inputValue());
    expect(joined.kind).toBe('complete');
    const opened = joined.kind === 'complete' ? await device.open(joined.jwe) : null;
    expect(opened?.claims.activation.seatName).toBe('Screen');
    await close();
  });
});

/** A picture of a QR code as a phone's camera or a screenshot would give it: larger, on grey, not sharp. */
async function picture(text: string, name: string): Promise<string> {
  const svg = encodeQR(text, 'svg', { ecc: 'low' });
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } });
  const page = await context.newPage();
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  await page.setContent(
    `<body style="background:#888"><img src="${source}" style="width:760px;margin:60px;filter:blur(0.6px)"></body>`,
  );
  const file = path.join(folder, name);
  await page.screenshot({ path: file });
  await context.close();
  return file;
}

describe('every page', () => {
  const looks: readonly [string, BrowserContextOptions][] = [
    ['a phone in light', { ...PHONE, colorScheme: 'light' }],
    ['a desk in dark', { ...DESK, colorScheme: 'dark' }],
    ['a small phone in dark', { ...PHONE, viewport: { width: 320, height: 560 }, colorScheme: 'dark' }],
  ];
  it.each(looks)('is accessible and does not scroll sideways on %s', async (name, options) => {
    const { page, close } = await open(options);
    const device = await makeDevice({
      api,
      code: api.activationCode,
      seatId: 'a-seat-with-a-name-that-is-as-long-as-it-may-be-'.padEnd(100, 'x'),
      seatName: 'Engine-control-room-on-deck-3-port-side'.padEnd(50, 'x'),
    });
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html).join(' ')}`),
        what,
      ).toEqual([]);
      expect(await scrollsSideways(page), `${what} on ${name}`).toBe(false);
    };
    const paste = async (text: string) => {
      await page.goto(api.portalUrl);
      await page.getByLabel('Or paste it as text').fill(text);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await check('home');
    await paste('LK1/AAAAAAAA/1/3/AAAA');
    await page.getByRole('alert').waitFor();
    await check('home with an alert');
    await paste('nonsense');
    await heading(page, 'This can not be read');
    await check('problem');
    await paste(await device.request());
    await heading(page, 'Your response is ready');
    await page.getByText('Show as text').click();
    await check('response');
    await page.getByRole('link', { name: 'Show as QR codes' }).click();
    await heading(page, 'Response as QR codes');
    await check('codes');
    await page.goto(api.portalUrl);
    await page.getByLabel('Activation code').fill(api.activationCode);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await heading(page, 'Activations');
    await check('activations');
    await close();
  });
});
