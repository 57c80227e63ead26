import type { OnBeforeRequestListenerDetails, WebContents } from 'electron';
import type { BrowserContext, Page, Request as PageRequest, Route } from 'playwright';
import { originOf, toInside, toOutside } from './addresses.ts';
import { WEBRTC_POLICY } from './chromium.ts';
import { record } from './recorder.ts';
import { makeEvent, strict } from './strict.ts';
import type { HostWebContents } from './web-contents.ts';

/** Closes every window but the application's, and loads nothing into it before. */
export async function guardContext(context: BrowserContext, contents: HostWebContents): Promise<void> {
  requireOnlyRules(contents);
  await context.route('**/*', (route) => route.abort('blockedbyclient'));
  context.on('page', (other) => {
    if (!contents.expectsPage) void closeOther(other);
  });
}

/** Lets the application's rules about requests, navigation and downloads decide what Chromium does. */
export async function guardPage(page: Page, contents: HostWebContents): Promise<void> {
  await page.route('**/*', (route) => answer(route, contents));
  page.on('console', (message) => {
    if (message.type() === 'error') record({ kind: 'consoleError', text: message.text() });
  });
  page.on('pageerror', (error) => record({ kind: 'consoleError', text: `${error.name}: ${error.message}` }));
  page.on('download', (download) => {
    const event = makeEvent({});
    contents.session.emit('will-download', event, { getURL: () => toOutside(download.url()) }, contents);
    if (!event.defaultPrevented) throw new Error('The Chromium host implements no downloads');
    record({ kind: 'blocked', address: toOutside(download.url()), by: 'download' });
    void download.cancel();
  });
  page.on('crash', () => {
    contents.crashed = true;
    contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: -1 });
  });
}

async function closeOther(other: Page): Promise<void> {
  record({ kind: 'blocked', address: toOutside(other.url()), by: 'window' });
  await other.close();
}

/** What this host does whatever the application says, which is only right if the application says the same. */
function requireOnlyRules(contents: HostWebContents): void {
  const decide = contents.windowOpenHandler;
  const details = { url: 'about:blank', frameName: '', features: '', disposition: 'new-window' as const };
  const response = decide?.({ ...details, referrer: { url: '', policy: 'default' } });
  if (response?.action !== 'deny') throw new Error('The Chromium host implements no windows of a page');
  if (contents.webRtcPolicy !== WEBRTC_POLICY) {
    throw new Error(`The Chromium host implements ${WEBRTC_POLICY} and no other WebRTC policy`);
  }
}

async function answer(route: Route, contents: HostWebContents): Promise<void> {
  const request = route.request();
  const url = toOutside(request.url());
  if (request.isNavigationRequest() && !mayNavigate(request, url, contents)) {
    record({ kind: 'blocked', address: url, by: 'navigation' });
    await route.abort('aborted');
    return;
  }
  const details = { url, method: request.method(), resourceType: resourceTypeOf(request) };
  if (!(await contents.session.allows(details))) {
    record({ kind: 'blocked', address: url, by: 'filter' });
    await route.abort('blockedbyclient');
    return;
  }
  const response = await contents.session.serve(request.method(), url);
  if (response === null) {
    await route.continue();
    return;
  }
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** Asks the application about a navigation, unless it began it itself. */
function mayNavigate(request: PageRequest, url: string, contents: HostWebContents): boolean {
  const isMainFrame = request.frame().parentFrame() === null;
  if (isMainFrame && contents.expectedAddress === url) {
    contents.expectedAddress = null;
    return true;
  }
  const event = makeEvent({ url, isMainFrame, isSameDocument: false });
  contents.emit('will-frame-navigate', event);
  if (isMainFrame && !event.defaultPrevented) contents.emit('will-navigate', event, url);
  return !event.defaultPrevented;
}

function resourceTypeOf(request: PageRequest): OnBeforeRequestListenerDetails['resourceType'] {
  if (request.isNavigationRequest()) return request.frame().parentFrame() === null ? 'mainFrame' : 'subFrame';
  const type = request.resourceType();
  return type === 'script' || type === 'stylesheet' || type === 'image' || type === 'font' ? type : 'other';
}

/** Electron's name of a permission and Chromium's. Those that a page can ask the state of. */
const PERMISSION_NAMES: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'clipboard-write',
  'clipboard-read': 'clipboard-read',
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'idle-detection': 'idle-detection',
  'local-fonts': 'local-fonts',
  'screen-wake-lock': 'screen-wake-lock',
  'storage-access': 'storage-access',
  'window-management': 'window-management',
  'display-capture': 'display-capture',
};

/** Sets in Chromium what the application's check handler says about our page. */
export async function applyPermissions(
  context: BrowserContext,
  page: Page,
  contents: HostWebContents,
): Promise<void> {
  const outside = 'app://latchkey';
  const client = await context.newCDPSession(page);
  for (const [permission, name] of Object.entries(PERMISSION_NAMES)) {
    const isAllowed = contents.session.checkPermission?.(
      strict('webContents', contents) as unknown as WebContents,
      permission as 'geolocation',
      originOf(outside),
      { isMainFrame: true, requestingUrl: `${outside}/index.html` },
    );
    await client.send('Browser.setPermission', {
      permission: { name },
      setting: isAllowed === true ? 'granted' : 'denied',
      origin: toInside(outside),
    });
  }
  await client.detach();
}
