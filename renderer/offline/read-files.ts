import { failure, type Failure } from '../../shared/errors.ts';
import { TOKEN_TEXT_LIMIT } from '../../shared/offline.ts';
import { readCodes } from './read-codes.ts';

/** What files say, before anybody knows what it is. */
export interface Reading {
  readonly texts: readonly string[];
  /** Why there may be less than was hoped for. */
  readonly failure: Failure;
}

const PICTURE = /\.(?:png|jpe?g|gif|webp|bmp|avif)$/i;
/** Far more than a screenshot; what is larger would only keep the window waiting. */
const LARGEST_PICTURE = 40 * 1024 * 1024;
/** A camera makes more pixels than a code needs. */
const LONGEST_SIDE = 2400;

const isPicture = ({ type, name }: File) => type.startsWith('image/') || PICTURE.test(name);

/** Reads token files and pictures of QR codes. Goes by content: a token has whatever name somebody gave it. */
export async function readFiles(files: readonly File[]): Promise<Reading> {
  const texts: string[] = [];
  let problem: Failure | null = null;
  let pictures = 0;
  for (const file of files) {
    try {
      if (isPicture(file)) {
        pictures += 1;
        texts.push(...(await readPicture(file)));
      } else if (file.size > TOKEN_TEXT_LIMIT) problem = failure('tokenTooLarge');
      else texts.push(decode(await file.arrayBuffer()));
    } catch {
      if (!isPicture(file)) problem = failure('fileUnreadable');
    }
  }
  return { texts, failure: problem ?? failure(pictures > 0 ? 'qrUnreadable' : 'tokenMalformed') };
}

/** Some editors save UTF-16; its byte order mark tells. */
function decode(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** No address of the picture is made for it, so the page's policy needs no hole. */
async function readPicture(file: Blob): Promise<readonly string[]> {
  if (file.size > LARGEST_PICTURE) return [];
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) return [];
  // What is transparent was seen on paper.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return readCodes(context.getImageData(0, 0, width, height));
}
