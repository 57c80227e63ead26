import { protocol, session as sessions, type Session } from 'electron';
import type { Log } from '../ports.ts';
import { APP_ORIGIN, APP_SCHEME } from '../ipc/sender-policy.ts';
import type { createAssetHandler } from './assets.ts';
import { restrictPermissions } from './permissions.ts';

/** Must run before the application is ready. Standard and secure: the scheme has real origins and no mixed content. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * The session of the window: in memory only (no `persist:`), no network, no permissions, no downloads, and
 * `app://latchkey` as the only thing there is to load.
 * @param devTools whether the developer tools, which load from `devtools:`, may be used
 */
export function createAppSession(options: {
  readonly assets: ReturnType<typeof createAssetHandler>;
  readonly devTools: boolean;
  readonly log: Log;
}): Session {
  const { assets, devTools, log } = options;
  const session = sessions.fromPartition('latchkey', { cache: false });
  session.protocol.handle(APP_SCHEME, assets);
  restrictPermissions(session);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const isOurs = details.url.startsWith(`${APP_ORIGIN}/`);
    const isTool = devTools && details.url.startsWith('devtools://');
    if (!isOurs && !isTool)
      log.warn('A request of the page to elsewhere was blocked', { type: details.resourceType });
    callback({ cancel: !isOurs && !isTool });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
    log.warn('A download was cancelled');
  });
  return session;
}
