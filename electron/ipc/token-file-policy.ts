import { EXTENSIONS } from '../../shared/token/kinds.ts';

/** The first argument that is the path of a token file, as a double-click gives it; null if none is. */
export function findTokenFile(args: readonly string[]): string | null {
  const isTokenFile = (arg: string) =>
    Object.values(EXTENSIONS).some((ending) => arg.toLowerCase().endsWith(ending));
  return args.find((arg) => !arg.startsWith('-') && !arg.includes('://') && isTokenFile(arg)) ?? null;
}
