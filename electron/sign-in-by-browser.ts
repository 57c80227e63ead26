import { failure } from '../shared/errors.ts';
import { returnPage } from '../shared/messages/index.ts';
import { err } from '../shared/result.ts';
import { resolveLanguage } from '../shared/settings.ts';
import { createBrowserSignIn, type BrowserSignIn } from './account/browser-sign-in.ts';
import type { WayOut } from './create-way-out.ts';
import type { ServiceOptions } from './services.ts';

/** Signing in at the vendor's identity provider, over the same network and with the same roots as every call. */
export function signInByBrowser(
  options: ServiceOptions,
  parts: {
    readonly wayOut: Pick<WayOut, 'network' | 'settings'>;
    readonly moreRoots: () => readonly string[];
    readonly onChange: () => void;
    /** Milliseconds; the usual patience without it. */
    readonly timeLimit: number | undefined;
  },
): BrowserSignIn {
  const { profile, systemLocale, clock, random, log } = options;
  const { wayOut, moreRoots, onChange, timeLimit } = parts;
  return createBrowserSignIn({
    profile,
    network: wayOut.network,
    moreRoots,
    openBrowser: options.openBrowser ?? (() => Promise.resolve(err(failure('browserNotOpened')))),
    page: () => returnPage(resolveLanguage(wayOut.settings.current().language, systemLocale), profile),
    onChange,
    clock,
    random,
    log,
    timeLimit,
  });
}
