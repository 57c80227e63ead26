import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { parse } from 'yaml';

/**
 * Makes `shared/licensing-api/generated/` from the contract: the wire's TypeScript types (`types.gen.ts`) and the
 * contract itself as JSON (`openapi.json`), so that a bundle can import it without a YAML parser.
 * Run as `node build/scripts/generate-licensing-api.ts`. Leaves the folder alone when nothing would change.
 */

const folder = path.resolve(import.meta.dirname, '../../shared/licensing-api');
const output = path.join(folder, 'generated');
const types = path.join(output, 'types.gen.ts');
const json = path.join(output, 'openapi.json');

const readOrNothing = (file: string) => readFile(file, 'utf8').catch(() => '');

const contract = path.join(folder, 'openapi.yaml');
const document: unknown = parse(await readFile(contract, 'utf8'));
const text = `${JSON.stringify(document, null, 2)}\n`;

// The JSON is written last, so an equal JSON says that the types beside it come from the same contract.
if ((await readOrNothing(json)) !== text || (await readOrNothing(types)) === '') {
  await createClient({
    input: contract,
    output: { path: output },
    plugins: ['@hey-api/typescript'],
    logs: { level: 'silent' },
  });
  await writeFile(json, text);
}
