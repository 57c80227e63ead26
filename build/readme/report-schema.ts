import { toJsonSchema } from '@valibot/to-json-schema';
import { reportSchema } from '../../shared/support/report.ts';

/** JSON Schema (draft 7) of `report.json` in a support bundle, as the program checks it. */
export function reportJsonSchema(): string {
  const schema = toJsonSchema(reportSchema, { errorMode: 'ignore' });
  return `${JSON.stringify({ title: 'Latchkey diagnosis report', ...schema }, null, 2)}\n`;
}
