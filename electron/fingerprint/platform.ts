import type { Host, Platform } from './host.ts';
import { linuxPlatform } from './linux.ts';
import { macosPlatform } from './macos.ts';
import { windowsPlatform } from './windows.ts';

/** The sources of this machine's operating system; one that isn't known has only those that exist everywhere. */
export function platformOf(host: Host): Platform {
  switch (host.platform) {
    case 'linux':
      return linuxPlatform(host);
    case 'darwin':
      return macosPlatform(host);
    case 'win32':
      return windowsPlatform(host);
    default:
      return { sources: [], evidence: () => Promise.resolve({}) };
  }
}
