/** Names that the installed application opens; readers go by content, never by name. */
const ENDING = /\.lk(?:request|response|refresh|deactivation)$/i;

/** The first argument that is the path of a token file, as a double-click gives it; null if none is. */
export function findTokenFile(args: readonly string[]): string | null {
  return args.find((arg) => !arg.startsWith('-') && !arg.includes('://') && ENDING.test(arg)) ?? null;
}
