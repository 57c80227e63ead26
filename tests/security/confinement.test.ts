import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShell, type Shell } from './shell.ts';

let shell: Shell;

beforeAll(async () => {
  shell = await startShell();
});

afterAll(() => shell.close());

const ADDRESSES = [
  'https://elsewhere.example/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'data:text/html,x',
  'javascript:alert(1)',
  'about:blank',
  'app://latchkey/index.html',
  'app://elsewhere/index.html',
  'devtools://devtools/bundled/x.html',
  'mailto:somebody@elsewhere.example',
  'latchkey://activate',
];

describe.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
  '%s',
  (event) => {
    it.each(ADDRESSES)('is refused for %s', async (url) => {
      const members = { url, isMainFrame: true };
      const answer = await shell.ask({ kind: 'emit', target: 'contents', event, members, args: [url] });
      expect(answer).toMatchObject({ wasHeard: true, defaultPrevented: true });
    });
  },
);

describe('window.open', () => {
  it.each(ADDRESSES)('is refused for %s', async (url) => {
    expect(await shell.ask({ kind: 'windowOpen', url })).toEqual({ action: 'deny' });
  });
});

it('confines web contents that nobody meant to make as well', async () => {
  const { guarded, windowOpen, webRtcPolicy } = (await shell.ask({ kind: 'otherContents' })) as {
    guarded: string[];
    windowOpen: unknown;
    webRtcPolicy: string;
  };
  expect(guarded).toEqual(
    expect.arrayContaining(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']),
  );
  expect(windowOpen).toEqual({ action: 'deny' });
  expect(webRtcPolicy).toBe('disable_non_proxied_udp');
});

it('cancels downloads', async () => {
  const answer = await shell.ask({
    kind: 'emit',
    target: 'session',
    event: 'will-download',
    members: {},
    args: [],
  });
  expect(answer).toMatchObject({ wasHeard: true, defaultPrevented: true });
});

describe('network', () => {
  const allows = (url: string) => shell.ask({ kind: 'allows', url, resourceType: 'other' });

  it('is our own scheme', async () => {
    expect(await allows('app://latchkey/index.html')).toBe(true);
  });

  it.each([
    'https://elsewhere.example/',
    'http://127.0.0.1:8080/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'app://latchkey.evil/',
    'app://latchkey:80/',
    'app://user@latchkey/',
    'chrome://version',
    'chrome-extension://abc/x.js',
    'https://app//latchkey/',
    'https://elsewhere.example/?app://latchkey/',
  ])('is not %s', async (url) => {
    expect(await allows(url)).toBe(false);
  });
});

describe('links', () => {
  it('opens what the profile names, by its name', async () => {
    expect(await shell.invoke('links.open', [{ link: 'website' }])).toEqual({
      ok: true,
      value: { ok: true, value: {} },
    });
    expect(shell.recorded).toContainEqual({ kind: 'externalLink', address: 'https://acme.example/' });
  });

  it.each([
    ['a name that the profile does not fill', { link: 'portal' }],
    ['an address', { link: 'https://elsewhere.example/' }],
    ['a name and an address', { link: 'website', url: 'https://elsewhere.example/' }],
  ])('does not open %s', async (_name, request) => {
    const before = shell.recorded.filter(({ kind }) => kind === 'externalLink').length;
    const answer = await shell.invoke('links.open', [request]);
    expect(answer).toMatchObject({ value: { ok: false, error: { code: 'requestInvalid' } } });
    expect(shell.recorded.filter(({ kind }) => kind === 'externalLink')).toHaveLength(before);
  });
});
