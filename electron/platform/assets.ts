import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Log } from '../ports.ts';
import { APP_ORIGIN } from '../ipc/sender-policy.ts';
import { RESPONSE_HEADERS } from './response-headers-policy.ts';

const manifestSchema = v.record(
  v.pipe(v.string(), v.regex(/^\/[A-Za-z0-9._/-]+$/)),
  v.strictObject({
    file: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9._/-]+$/),
      v.check((file) => !path.isAbsolute(file) && !file.split('/').includes('..'), 'must stay in the folder'),
    ),
    contentType: v.string(),
    sha256: v.pipe(v.string(), v.hash(['sha256'])),
  }),
);

type Manifest = v.InferOutput<typeof manifestSchema>;

/** Reads the manifest that the build wrote. Throws if it is missing or damaged: there is no application without. */
export async function readManifest(file: string): Promise<Manifest> {
  return v.parse(manifestSchema, JSON.parse(await readFile(file, 'utf8')));
}

/**
 * Serves `app://latchkey/...`: exactly the addresses of the manifest, compared letter by letter with nothing decoded
 * or resolved, so that no trick with dots, slashes, escapes, queries or hosts reaches a file. What was changed on disk
 * since the build is refused as well.
 * @param folder where the manifest's files are
 */
export function createAssetHandler(options: {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly log: Log;
}): (request: Pick<Request, 'method' | 'url'>) => Promise<Response> {
  const { manifest, folder, log } = options;
  const refuse = (status: number) => new Response(null, { status, headers: RESPONSE_HEADERS });
  return async ({ method, url }) => {
    if (method !== 'GET') return refuse(405);
    if (!url.startsWith(`${APP_ORIGIN}/`)) return refuse(404);
    const address = url.slice(APP_ORIGIN.length);
    const asset = Object.hasOwn(manifest, address) ? manifest[address] : undefined;
    if (asset === undefined) return refuse(404);
    try {
      const bytes = await readFile(path.join(folder, asset.file));
      if (createHash('sha256').update(bytes).digest('hex') !== asset.sha256) {
        log.error('A file of the user interface was changed since the build and is not served', { address });
        return refuse(500);
      }
      return new Response(new Uint8Array(bytes), {
        headers: { ...RESPONSE_HEADERS, 'Content-Type': asset.contentType },
      });
    } catch (error) {
      log.error('A file of the user interface could not be read', { address, error });
      return refuse(500);
    }
  };
}
