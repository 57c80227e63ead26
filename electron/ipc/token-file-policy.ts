import { TOKEN_FILE_ENDINGS } from '../../shared/token/file-endings.ts';

const ENDINGS = Object.values(TOKEN_FILE_ENDINGS).map((ending) => `.${ending}`);

/** The first argument that is the path of a token file, as a double-click gives it; null if none is. */
export function findTokenFile(args: readonly string[]): string | null {
  const isTokenFile = (arg: string) => ENDINGS.some((ending) => arg.toLowerCase().endsWith(ending));
  return args.find((arg) => !arg.startsWith('-') && !arg.includes('://') && isTokenFile(arg)) ?? null;
}
