import type { ServiceOptions } from '../services.ts';
import { ownFuses } from './read-fuses.ts';

/**
 * What this process knows of the program that it runs, for a diagnosis. Without Electron a window is one of the browser
 * that the Chromium host drives, and what that does to pages is not ours to vouch for.
 */
export function programFacts(
  kind: 'window' | 'command',
  packaged: boolean,
): NonNullable<ServiceOptions['program']> {
  const { node, electron, chrome } = process.versions as Partial<Record<string, string>>;
  const isElectron = electron !== undefined;
  const plain = kind === 'window' ? 'chromium-host' : 'node';
  return {
    process: kind,
    host: isElectron ? 'electron' : plain,
    runtime: electron ?? node ?? 'unknown',
    browserEngine: chrome ?? null,
    packaged,
    // main.ts enables it for every page before the first one is there.
    sandboxed: isElectron && kind === 'window' ? true : null,
    // What was not packaged has the fuses that Electron comes with.
    fuses: isElectron && packaged ? ownFuses : null,
  };
}
