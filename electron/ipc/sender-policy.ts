/** The only origin that may talk to the main process: the scheme and host that `app://` is served under. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'latchkey';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** What is known of whoever sent a message, read from the operating side of it and never from the message. */
export interface SenderFacts {
  readonly webContentsId: number;
  /** null: the frame has gone, or was replaced by a navigation, before the message was looked at. */
  readonly frame: {
    readonly isMainFrame: boolean;
    readonly isDetached: boolean;
    readonly origin: string;
    readonly url: string;
  } | null;
}

export type SenderVerdict =
  'trusted' | 'otherContents' | 'noFrame' | 'detachedFrame' | 'subframe' | 'otherOrigin';

/**
 * Whether a message may be acted on: it comes from our window, from its main frame, and from our own pages. The
 * address is compared as well as the origin, because a frame at `about:blank` inherits its opener's origin.
 * @param trustedContents id of the web contents of our window; null while there is none
 */
export function checkSender(sender: SenderFacts, trustedContents: number | null): SenderVerdict {
  if (trustedContents === null || sender.webContentsId !== trustedContents) return 'otherContents';
  const { frame } = sender;
  if (frame === null) return 'noFrame';
  if (frame.isDetached) return 'detachedFrame';
  if (!frame.isMainFrame) return 'subframe';
  if (frame.origin !== APP_ORIGIN || !frame.url.startsWith(`${APP_ORIGIN}/`)) return 'otherOrigin';
  return 'trusted';
}
