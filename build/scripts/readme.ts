/** `npm run readme`: brings the table of exit statuses in the README up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withExitStatuses } from '../readme/exit-statuses.ts';

const README = path.resolve(import.meta.dirname, '../../README.md');
writeFileSync(README, withExitStatuses(readFileSync(README, 'utf8')));
