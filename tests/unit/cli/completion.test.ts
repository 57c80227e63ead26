import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { manualPageOf } from '../../../build/readme/manual-page.ts';
import { completionScript, SHELLS } from '../../../electron/cli/completion-scripts.ts';
import { describeProgram, flatten } from '../../../electron/cli/describe-program.ts';
import { COMMANDS, createProgram } from '../../../electron/cli/program.ts';
import { ERROR_CODES } from '../../../shared/errors.ts';
import packageJson from '../../../package.json' with { type: 'json' };

const nowhere = () => undefined;
const program = describeProgram(createProgram({ version: '1.2.3', out: nowhere, err: nowhere }, nowhere));
const commands = flatten(program).slice(1);

/** What bash itself offers for a line, the last word of which is being typed. */
function offered(line: string): readonly string[] {
  const words = ['latchkey', ...line.split(' ')];
  const script = `${completionScript('bash', program)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
compopt() { echo files; }
_latchkey
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-u', '-c', script], { encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
}

describe('the program as data', () => {
  it('has every command that makes an invocation a command line', () => {
    const first = program.commands.map(({ path: words }) => words);
    expect(new Set([...first, 'help', '--help', '--version'])).toEqual(new Set(COMMANDS));
  });
});

describe('completion', () => {
  it.each([
    ['sta', ['status']],
    ['feature ', ['checkout', 'return', 'use']],
    ['feature check', ['checkout']],
    ['--profile feature --json feature re', ['return']],
    ['logs --lev', ['--level']],
    ['logs --level ', ['debug', 'info', 'warn', 'error']],
    ['logs --level w', ['warn']],
    ['completion z', ['zsh']],
    ['activate --code-file ', ['files']],
    ['--language d', ['de']],
    ['explain pinM', ['pinMismatch']],
    ['status --js', ['--json']],
    ['status ', []],
    ['nonsense xyz', []],
  ])('of %j in bash offers %j', (line, expected) => {
    expect(offered(line)).toEqual(expected);
  });

  it.each(SHELLS)('for %s knows every command and option', (shell) => {
    const script = completionScript(shell, program);
    const words = commands.map(({ path: words }) => words.split(' ').at(-1) ?? '');
    const bare = shell === 'fish' ? 2 : 0;
    const options = flatten(program).flatMap((command) =>
      command.options.map(({ name }) => name.slice(bare)),
    );
    expect([...words, ...options].filter((word) => !script.includes(word))).toEqual([]);
    expect(script.endsWith('\n')).toBe(true);
  });
});

describe('completion in zsh', () => {
  const script = completionScript('zsh', program);

  it('leaves options to be completed where an argument may stand for which there are no proposals', () => {
    // With a message in that place, as `:product: `, zsh only lists what it would complete.
    expect(script).toContain("'::product:()'");
    expect(script).not.toMatch(/: '/u);
  });
});

describe('the manual page', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../build/man/latchkey.1'), 'utf8');

  it('is as the program is now (`npm run readme` makes it)', () => {
    expect(page).toBe(manualPageOf(packageJson.version));
    expect(page).not.toBe(manualPageOf('9.9.9'));
  });

  it('has every command, every option and every exit status', () => {
    const leaves = commands.filter((command) => command.commands.length === 0);
    expect([...page.matchAll(/^\.SS /gm)]).toHaveLength(leaves.length);
    expect(ERROR_CODES.filter((code) => !page.includes(` ${code}\n`))).toEqual([]);
    const plain = page.replaceAll(String.raw`\-`, '-');
    const options = flatten(program).flatMap((command) => command.options.map(({ name }) => name));
    expect(options.filter((name) => !plain.includes(name))).toEqual([]);
  });

  it('holds no letter that roff would have to guess the encoding of', () => {
    expect(page).toMatch(/^[\n -~]*$/u);
    expect(page).toContain(String.raw`can\(cqt be read`);
  });

  it('has no line that would be taken for a request', () => {
    const requests = [...page.matchAll(/^[.'](\S*)/gm)].map((match) => match[1]);
    expect(new Set(requests)).toEqual(new Set([String.raw`\"`, 'TH', 'SH', 'SS', 'TP', 'B']));
  });
});
