import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import path from 'node:path';
import { POLICY_LIMIT } from '../../shared/managed-policy.ts';
import { onlyAdministratorsWrite } from '../settings/access-list-policy.ts';
import type { PolicySource } from '../settings/managed-settings.ts';
import { readOwnFile } from '../support/own-file.ts';

interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where the administrator's policy lies: a place that only administrators write to.
 * @param id of the application, as its profile has it
 */
export function policyFileOf(id: string, { platform, env }: System = process): string {
  switch (platform) {
    case 'win32':
      return path.win32.join(env['ProgramData'] ?? 'C:\\ProgramData', id, 'policy.json');
    case 'darwin':
      return path.posix.join('/Library/Application Support', id, 'policy.json');
    default:
      return path.posix.join('/etc', id, 'policy.json');
  }
}

/**
 * The policy of this machine. What is not packaged takes the file that LATCHKEY_POLICY names instead, which may then
 * belong to whoever runs it; an installed application asks no environment.
 * @param id of the application
 */
export function policySource(id: string, { isPackaged }: { readonly isPackaged: boolean }): PolicySource {
  const named = isPackaged ? undefined : process.env['LATCHKEY_POLICY'];
  if (named !== undefined && named !== '') {
    return sourceAt(path.resolve(named), { owners: [0, process.geteuid?.() ?? 0], isGuarded: () => true });
  }
  return sourceAt(policyFileOf(id), { owners: [0], isGuarded });
}

/**
 * @param trust.owners user ids that may own file and folder, where the system has such
 * @param trust.isGuarded whether the system's access list lets only administrators write, where it has such
 */
export function sourceAt(
  file: string,
  trust: { readonly owners: readonly number[]; readonly isGuarded: (file: string) => boolean },
): PolicySource {
  const hasOwners = process.platform !== 'win32';
  const isTrusted = ({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean =>
    !hasOwners || (trust.owners.includes(uid) && (mode & 0o022) === 0);
  return {
    stamp: () => stampOf(file) + stampOf(path.dirname(file)),
    read: () => {
      const found = readOwnFile(file, POLICY_LIMIT, isTrusted);
      if (found.kind !== 'text') return found;
      // Whoever can write to the folder can put another file in the place of this one.
      const folder = lstatSync(path.dirname(file), { throwIfNoEntry: false });
      const isGood = folder !== undefined && isTrusted(folder) && trust.isGuarded(file);
      return isGood ? found : { kind: 'foreign', system: null };
    },
  };
}

/** What changes when a file is written, replaced, or given to somebody else. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeMs, ctimeMs, mode, uid } = lstatSync(file);
    return `${[ino, size, mtimeMs, ctimeMs, mode, uid].join(' ')};`;
  } catch (error) {
    return `${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'};`;
  }
}

/** Windows alone has to be asked, and only where there is a policy: it takes a moment. */
function isGuarded(file: string): boolean {
  if (process.platform !== 'win32') return true;
  const system = process.env['SystemRoot'] ?? 'C:\\Windows';
  try {
    const sddl = execFileSync(
      path.win32.join(system, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
      ['-NoProfile', '-NonInteractive', '-Command', '(Get-Acl -LiteralPath $env:LATCHKEY_FILE).Sddl'],
      {
        env: { SystemRoot: system, LATCHKEY_FILE: file },
        timeout: 5000,
        windowsHide: true,
        encoding: 'utf8',
      },
    );
    return onlyAdministratorsWrite(sddl);
  } catch {
    return false;
  }
}
