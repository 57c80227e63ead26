import { app, type WebContents } from 'electron';
import type { Log } from '../ports.ts';

/**
 * Keeps every page where it is: nothing navigates, redirects, opens a window or attaches a webview, whatever the web
 * contents are. Our own first load is the main process's and fires none of these events.
 */
export function confineAllPages(log: Log): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, log));
}

function confine(contents: WebContents, log: Log): void {
  const refuse = (what: string) => (event: { readonly preventDefault: () => void }) => {
    event.preventDefault();
    log.warn('A page was kept from leaving', { what });
  };
  contents.on('will-navigate', refuse('navigation'));
  contents.on('will-frame-navigate', refuse('frame navigation'));
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.setWindowOpenHandler(() => {
    log.warn('A page was kept from leaving', { what: 'window' });
    return { action: 'deny' };
  });
  // Peer connections speak UDP past the content security policy and past the request filter.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
