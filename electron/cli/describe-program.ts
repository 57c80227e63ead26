import type { Command as Program, Option } from 'commander';
import { ERROR_CODES } from '../../shared/errors.ts';
import { REASON_CODES } from '../../shared/license/reasons.ts';

/** A command line as data: what completion scripts and the manual page are made from. */
export interface DescribedCommand {
  /** Words before it and its own, such as `feature checkout`; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly args: readonly DescribedArgument[];
  readonly options: readonly DescribedOption[];
  readonly commands: readonly DescribedCommand[];
}

export interface DescribedArgument {
  /** As in a usage line: `<file>` or `[product]`. */
  readonly usage: string;
  readonly description: string;
  /** Values to propose; an argument may take others too. */
  readonly choices: readonly string[];
}

export interface DescribedOption {
  /** `--level`. */
  readonly name: string;
  /** `--level <level>`. */
  readonly usage: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** Whether its value is the path of a file or folder. */
  readonly isPath: boolean;
  readonly choices: readonly string[];
}

/** Values to propose for the argument of a command that takes others as well, which commander would refuse. */
const PROPOSED: Readonly<Record<string, readonly string[]>> = {
  explain: [...new Set<string>([...ERROR_CODES, ...REASON_CODES])],
};

/** Takes the definition of the program as commander has it; there is no second list of its commands. */
export function describeProgram(program: Program): DescribedCommand {
  return describe(program, '');
}

function describe(command: Program, path: string): DescribedCommand {
  return {
    path,
    description: command.description(),
    args: command.registeredArguments.map((argument) => ({
      usage: argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      description: argument.description,
      choices: argument.argChoices ?? PROPOSED[path] ?? [],
    })),
    options: command.options.map(describeOption),
    commands: command.commands.map((child) => describe(child, `${path} ${child.name()}`.trim())),
  };
}

function describeOption({
  long,
  flags,
  description,
  required,
  optional,
  argChoices,
}: Option): DescribedOption {
  return {
    name: long ?? flags,
    usage: flags,
    description,
    takesValue: required || optional,
    isPath: /<(?:file|dir)>/.test(flags),
    choices: argChoices ?? [],
  };
}

/** The command itself and all below it, outer before inner. */
export function flatten(command: DescribedCommand): readonly DescribedCommand[] {
  return [command, ...command.commands.flatMap(flatten)];
}
