import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { nodePath } from '../../../build/scripts/lib/node-path.mjs';
import { NO_PYTHON, findPython } from '../../../build/scripts/lib/python.mjs';

/** The examples for vendors, run as a vendor runs them: programs of their own, by their own interpreter. */

export interface Outcome {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Program {
  readonly name: string;
  /** Null where this machine has no interpreter for it: its tests are skipped. */
  readonly command: string | null;
  readonly run: (args: readonly string[], stdin?: string) => Outcome;
}

const python = await findPython();
if (python === null) process.stderr.write(`Skipped: ${NO_PYTHON}.\n`);

function program(command: string | null, script: string): Program {
  const file = path.resolve(import.meta.dirname, '../../../shared', script);
  return {
    name: path.basename(script),
    command,
    run: (args, input = '') => {
      const { status, stdout, stderr } = spawnSync(command ?? '', [file, ...args], {
        input,
        encoding: 'utf8',
      });
      return { exit: status, out: stdout, err: stderr };
    },
  };
}

export const OPENERS = [
  program(python, 'token/examples/open_request.py'),
  program(nodePath(), 'token/examples/open-request.mjs'),
];

export const VERIFIERS = [
  program(python, 'license-file/examples/verify.py'),
  program(nodePath(), 'license-file/examples/verify.mjs'),
];

export const BUNDLE_OPENER = program(nodePath(), 'support/examples/open-bundle.mjs');
