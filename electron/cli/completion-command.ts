import { Argument, type Command as Program } from 'commander';
import { ok } from '../../shared/result.ts';
import type { Choose } from './command.ts';
import { completionScript, SHELLS, type Shell } from './completion-scripts.ts';
import { describeProgram } from './describe-program.ts';

/** `completion SHELL`: the script that completes commands, options and their values in a shell. */
export function addCompletionCommand(program: Program, choose: Choose): void {
  program
    .command('completion')
    .description('print the script that completes the commands and options of latchkey in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell) => {
      choose({
        needs: 'nothing',
        run: () => Promise.resolve(ok({ lines: completionScript(shell, describeProgram(program)) })),
      });
    });
}
