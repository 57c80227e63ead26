import { createCipheriv, randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../../electron/support/write-durably.ts';
import { temporaryFolder } from './temporary-folder.ts';

const key = randomBytes(32);
const file = path.join(temporaryFolder(), 'record.json');

/** What a program without a vault would do at the least: seal the text, and replace one file durably. */
export async function sealAndStore(text: string): Promise<void> {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  await writeDurably(`${file}.next`, JSON.stringify({ sealed: sealed.toString('base64') }));
  await rename(`${file}.next`, file);
}
