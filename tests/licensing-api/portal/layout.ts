import type { Instant } from '../../../shared/license/types.ts';
import { DEMO_BRAND } from '../demo.ts';
import { html, type Html } from '../../../shared/support/html.ts';

/** What frames every page. */

export interface Frame {
  /** Where the portal of this environment is. */
  readonly base: string;
  /** Whether to say that this is the test environment: only where there is a live one to be taken for it. */
  readonly isMarkedTest: boolean;
  /** Goes with every form: see `sessions.ts`. */
  readonly csrf: string;
  readonly signedIn: boolean;
}

const instant = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const iso = (at: Instant) => new Date(at).toISOString();

/** A point in time, in UTC and saying so: nobody knows where the reader or the device is. */
export const time = (at: Instant): Html =>
  html`<time datetime="${iso(at)}">${instant.format(at).replace(' at ', ', ')} UTC</time>`;

/** The day only, where the hour would be noise. */
export const date = (at: Instant): Html => html`<time datetime="${iso(at)}">${day.format(at)}</time>`;

export const hiddenCsrf = (frame: Frame): Html =>
  html`<input type="hidden" name="csrf" value="${frame.csrf}" />`;

function navigation(frame: Frame): Html {
  if (!frame.signedIn) return html``;
  return html`<nav aria-label="Account">
    <a href="${frame.base}/activations">Activations</a>
    <form method="post" action="${frame.base}/session/end">
      ${hiddenCsrf(frame)}
      <button class="plain" type="submit">Sign out</button>
    </form>
  </nav>`;
}

/** A whole page. @param title without the vendor; also what a screen reader says first */
export function page(frame: Frame, title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${DEMO_BRAND.vendor}</title>
        <link rel="icon" type="image/svg+xml" href="/portal/icon.svg" />
        <link rel="stylesheet" href="/portal/portal.css" />
        <script type="module" src="/portal/portal.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <a class="brand" href="${frame.base}"
            ><strong>${DEMO_BRAND.vendor}</strong> <span>License portal</span></a
          >
          ${frame.isMarkedTest ? html`<span class="tag">Test environment</span>` : null} ${navigation(frame)}
        </header>
        <main id="main">${main}</main>
        <footer>
          <p>Questions? <a href="mailto:${DEMO_BRAND.supportEmail}">${DEMO_BRAND.supportEmail}</a></p>
          <p><a href="${frame.base}/support-code">Read a support code</a></p>
        </footer>
      </body>
    </html> `.markup;
}
