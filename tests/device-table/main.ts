/** `npm run device-table`: brings the tables of electron/fingerprint/DEVICE.md up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withOutcomes } from './tables.ts';

const PAGE = path.resolve(import.meta.dirname, '../../electron/fingerprint/DEVICE.md');
writeFileSync(PAGE, withOutcomes(readFileSync(PAGE, 'utf8')));
