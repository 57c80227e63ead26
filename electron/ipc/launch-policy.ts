import { findDeepLink } from './deep-link-policy.ts';
import { findTokenFile } from './token-file-policy.ts';

/** What the arguments ask for. */
export type Launch =
  | {
      readonly kind: 'window';
      /** Profile to use instead of the one that ships with the application. */
      readonly profile: string | null;
      /** Folder to use instead of the user's own. */
      readonly data: string | null;
      readonly deepLink: string | null;
      /** Path of a token file that was opened with the application. */
      readonly tokenFile: string | null;
    }
  | { readonly kind: 'cli'; readonly args: readonly string[] }
  | { readonly kind: 'error'; readonly problem: string };

export interface LaunchFacts {
  /** `process.argv` of the main process. */
  readonly argv: readonly string[];
  readonly packaged: boolean;
  /** Words that make it a command line, such as `status`. */
  readonly commands: readonly string[];
}

const OPTIONS = ['--profile', '--data'] as const;

/**
 * Decides between window and command line. What runs from source has the script after the executable.
 *
 * `--profile` and `--data` choose whom to trust and where secrets are kept, so an installed application refuses them:
 * a shortcut on someone's desktop must not be able to point a signed application at another server. A deep link always
 * means a window: a page that smuggles words past the quoting of its link must not reach the command line.
 * Unknown switches are Chromium's and stay with it.
 */
export function decideLaunch({ argv, packaged, commands }: LaunchFacts): Launch {
  const args = argv.slice(packaged ? 1 : 2);
  const deepLink = findDeepLink(args);
  const options = new Map<string, string>();
  const problems: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const option = OPTIONS.find((name) => arg === name || arg.startsWith(`${name}=`));
    // The command line reads everything again with its own parser, options in front of the command included.
    if (option === undefined && deepLink === null && commands.includes(arg)) return { kind: 'cli', args };
    if (option === undefined) continue;
    const isJoined = arg.length > option.length;
    const value = isJoined ? arg.slice(option.length + 1) : args[index + 1];
    if (packaged) problems.push(`${option} is not accepted by an installed application`);
    else if (value === undefined || value === '' || value.startsWith('--')) {
      problems.push(`${option} needs a value`);
    } else if (options.has(option)) problems.push(`${option} was given twice`);
    else options.set(option, value);
    if (!isJoined) index += 1;
  }
  if (problems[0] !== undefined) return { kind: 'error', problem: problems[0] };
  return {
    kind: 'window',
    profile: options.get('--profile') ?? null,
    data: options.get('--data') ?? null,
    deepLink,
    tokenFile: findTokenFile(args),
  };
}
