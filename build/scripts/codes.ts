/** `npm run codes`: writes the documentation of every reason and error, one file per language. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeDocuments } from '../codes/documents.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
for (const { file, text } of codeDocuments()) writeFileSync(path.join(ROOT, file), text);
