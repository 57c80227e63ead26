import { describeProgram } from '../../electron/cli/describe-program.ts';
import { manualPage } from '../../electron/cli/manual-page.ts';
import { createProgram } from '../../electron/cli/program.ts';

const nowhere = () => undefined;

/** The manual page `latchkey(1)` as the program is now. */
export function manualPageOf(version: string): string {
  const program = createProgram({ version, out: nowhere, err: nowhere }, nowhere);
  return manualPage(describeProgram(program), version);
}
