import { existsSync } from 'node:fs';

/**
 * How to run npm: by the script that runs this one, or from PATH.
 *
 * @param {readonly string[]} args
 * @returns {{ readonly command: string, readonly args: readonly string[], readonly shell: boolean }}
 */
export function npmCommand(args) {
  const script = process.env['npm_execpath'];
  // yarn and pnpm set the same variable.
  if (script !== undefined && /npm-cli\.c?js$/.test(script) && existsSync(script)) {
    return { command: process.execPath, args: [script, ...args], shell: false };
  }
  // On Windows npm is a batch file, which only a shell starts; no argument here comes from outside.
  return { command: 'npm', args, shell: process.platform === 'win32' };
}
