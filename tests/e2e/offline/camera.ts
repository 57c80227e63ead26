import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright';
import { decodeQR } from 'qr/decode.js';

/** Takes pictures of the QR codes that the application shows one after the other, from where it stands on. */
export async function picturesInApplication(page: Page, folder: string): Promise<string[]> {
  const files: string[] = [];
  const next = page.getByRole('button', { name: 'Next code' });
  for (;;) {
    files.push(await picture(page.locator('.code-series .qr-code'), folder, `shown-${files.length + 1}`));
    if (!(await next.isVisible()) || (await next.isDisabled())) return files;
    await next.click();
  }
}

/** Takes pictures of the QR codes that the portal shows below each other. */
export async function picturesInPortal(page: Page, folder: string): Promise<string[]> {
  const codes = page.locator('.codes img');
  await codes.first().waitFor();
  const files: string[] = [];
  for (const code of await codes.all()) {
    await code.evaluate((image: HTMLImageElement) => image.decode());
    files.push(await picture(code, folder, `answer-${files.length + 1}`));
  }
  return files;
}

/** Saves every code that the portal shows, by the link below it. */
export async function savedPictures(page: Page, folder: string): Promise<string[]> {
  const links = page.getByRole('link', { name: /^Save picture \d+$/ });
  await links.first().waitFor();
  const files: string[] = [];
  for (const link of await links.all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    files.push(file);
  }
  return files;
}

async function picture(code: Locator, folder: string, name: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await code.screenshot({ path: file });
  return file;
}

/** What a hand does to a picture: each is held a little differently. */
const HOLDS = [
  'perspective(1200px) rotateY(16deg) rotateX(8deg) scale(0.95)',
  'rotate(2.5deg) scale(1.04)',
  'rotate(-4deg) scale(0.93)',
  'rotate(91deg) scale(0.97)',
] as const;

/** Another device with a camera, or with an application that reads codes. */
export interface Phone {
  /** Pictures as a camera takes them: at an angle, a little out of focus, on a grey desk, larger than the code. */
  readonly photograph: (files: readonly string[]) => Promise<string[]>;
  /** What the phone's reader finds in each picture. */
  readonly scan: (files: readonly string[]) => Promise<string[]>;
}

/** @param beside a page of the browser that draws the pictures */
export async function openPhone(beside: Page, folder: string): Promise<Phone> {
  mkdirSync(folder, { recursive: true });
  const context = await beside
    .context()
    .browser()
    ?.newContext({ viewport: { width: 1000, height: 1000 } });
  if (context === undefined) throw new Error('There is no browser to draw pictures');
  const page = await context.newPage();
  const show = async (file: string, style: string) => {
    const source = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
    await page.setContent(
      `<body style="margin:0;height:1000px;background:#857f78;display:grid;place-items:center"><img src="${source}" style="${style}"></body>`,
    );
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  };
  return {
    photograph: async (files) => {
      const photographs: string[] = [];
      for (const [index, file] of files.entries()) {
        const hold = HOLDS[index % HOLDS.length] ?? HOLDS[0];
        await show(file, `width:760px;transform:${hold};filter:blur(0.8px) contrast(0.8) brightness(0.95)`);
        const photograph = path.join(folder, `photograph-of-${path.basename(file)}`);
        await page.screenshot({ path: photograph });
        photographs.push(photograph);
      }
      return photographs;
    },
    scan: async (files) => {
      const texts: string[] = [];
      for (const file of files) {
        await show(file, '');
        texts.push(decodeQR(await page.locator('img').evaluate(pixelsOf).then(asImage)));
      }
      return texts;
    },
  };
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** One grey value a pixel, as characters: far less to hand over than four numbers. */
  readonly grey: string;
}

/** Runs in the page. */
function pixelsOf(image: HTMLImageElement): Pixels {
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (drawing === null) throw new Error('no canvas');
  drawing.drawImage(image, 0, 0);
  const { data } = drawing.getImageData(0, 0, width, height);
  let grey = '';
  for (let at = 0; at < data.length; at += 4) grey += String.fromCodePoint(data[at] ?? 0);
  return { width, height, grey };
}

function asImage({ width, height, grey }: Pixels) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < grey.length; at += 1) data.fill(grey.codePointAt(at) ?? 0, at * 4, at * 4 + 3);
  return { width, height, data };
}

/** An order in which nobody would give them: every third, from the end. */
export function shuffled<T>(list: readonly T[]): T[] {
  const third = (rest: number) => list.filter((_, index) => index % 3 === rest);
  return [...third(1), ...third(2), ...third(0)].toReversed();
}
