/** `npm run readme`: brings the documents up to date that are made from the program itself. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { withExitStatuses } from '../readme/exit-statuses.ts';
import { manualPageOf } from '../readme/manual-page.ts';
import { reportJsonSchema } from '../readme/report-schema.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = path.join(ROOT, 'README.md');

writeFileSync(README, withExitStatuses(readFileSync(README, 'utf8')));
writeFileSync(path.join(ROOT, 'build/man/latchkey.1'), manualPageOf(packageJson.version));
writeFileSync(path.join(ROOT, 'shared/support/report.schema.json'), reportJsonSchema());
