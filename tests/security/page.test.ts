import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../shared/contract.ts';
import { launchApp, type App } from '../support/app.ts';
import { sampleProfile } from './shell.ts';

/** The built application in a real browser: what a page that was taken over could still do. */

let app: App;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'latchkey-page-'));
  const profile = path.join(folder, 'profile.json');
  writeFileSync(profile, JSON.stringify(sampleProfile()));
  app = await launchApp({ profile, dataDir: path.join(folder, 'data') });
  await app.page.getByRole('heading').first().waitFor();
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Scripts that a page may try; each gives what it achieved, or throws. They run in the page, alone. */
const ATTEMPTS = {
  // What DevTools evaluates may make code from text at once; only what runs later is the page's own.
  eval: () =>
    new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          resolve(Reflect.apply(Reflect.get(globalThis, 'eval') as () => unknown, undefined, ['1']));
        } catch (error) {
          reject(error);
        }
      }, 0);
    }),
  'new Function': () =>
    new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          resolve(Reflect.construct(Function, ['return 1']));
        } catch (error) {
          reject(error);
        }
      }, 0);
    }),
  innerHTML: () => {
    document.createElement('div').innerHTML = '<b>x</b>';
  },
  'document.write': () => {
    document.write('<b>x</b>');
  },
  'script text': () => {
    document.createElement('script').textContent = 'globalThis.taken = true';
  },
  'an event handler': () => {
    document.createElement('button').setAttribute('onclick', 'globalThis.taken = true');
  },
  'script address': () => {
    document.createElement('script').src = 'https://elsewhere.example/x.js';
  },
  'a Trusted Types policy': () => {
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy: (name: string, rules: object) => unknown };
    };
    trustedTypes.createPolicy('mine', { createHTML: (text: string) => text });
  },
  'fetch to elsewhere': () => fetch('https://elsewhere.example/'),
  'fetch to this machine': () => fetch('http://127.0.0.1/'),
  'fetch to ourselves': () => fetch('/index.html'),
  'a worker': () =>
    new Promise((resolve, reject) => {
      const worker = new Worker('/assets/x.js');
      worker.addEventListener('error', () => reject(new Error('refused')));
      worker.addEventListener('message', resolve);
    }),
  'reading the clipboard': () => navigator.clipboard.readText(),
  'a picture from elsewhere': () =>
    new Promise((resolve, reject) => {
      const image = new Image();
      image.addEventListener('load', resolve);
      image.addEventListener('error', () => reject(new Error('refused')));
      image.src = 'https://elsewhere.example/x.png';
    }),
  'a web socket': () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket('wss://elsewhere.example/');
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error('refused')));
    }),
} satisfies Record<string, () => unknown>;

it.each(Object.entries(ATTEMPTS))('refuses %s', async (_name, attempt) => {
  await expect(app.page.evaluate(attempt as () => Promise<unknown>)).rejects.toThrow();
});

it('would notice an attempt that works', async () => {
  expect(await app.page.evaluate(() => document.createElement('div').tagName)).toBe('DIV');
});

it('runs no script that was put into the page', async () => {
  const ran = await app.page.evaluate(() => {
    const script = document.createElement('script');
    script.append(document.createTextNode('globalThis.taken = true'));
    document.body.append(script);
    script.remove();
    return 'taken' in globalThis;
  });
  expect(ran).toBe(false);
});

it('opens no window, for a script or a link', async () => {
  expect(await app.page.evaluate(() => window.open('https://elsewhere.example/'))).toBeNull();
  expect(await app.page.evaluate(() => window.open('about:blank'))).toBeNull();
  await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://elsewhere.example/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
  });
  expect(app.page.context().pages()).toHaveLength(1);
});

it.each(['https://elsewhere.example/', 'http://127.0.0.1/'])('does not leave for %s', async (address) => {
  const before = app.page.url();
  await app.page.evaluate((target) => {
    location.href = target;
  }, address);
  await expect.poll(() => app.traffic).toContainEqual({ kind: 'blocked', address, by: 'navigation' });
  expect(app.page.url()).toBe(before);
});

it('is neither asked nor answered about permissions, but for copying', async () => {
  const states = await app.page.evaluate(async () => {
    const names = ['clipboard-write', 'clipboard-read', 'geolocation', 'camera', 'microphone', 'midi'];
    const query = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await query(name)])));
  });
  expect(states).toEqual({
    'clipboard-write': 'granted',
    'clipboard-read': 'denied',
    geolocation: 'denied',
    camera: 'denied',
    microphone: 'denied',
    midi: 'denied',
  });
});

it('finds no way out for a peer connection', async () => {
  const candidates = await app.page.evaluate(async () => {
    const found: string[] = [];
    const peer = new RTCPeerConnection();
    peer.createDataChannel('x');
    const done = new Promise<void>((resolve) => {
      peer.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) resolve();
        else if (candidate.candidate !== '') found.push(candidate.candidate);
      });
    });
    await peer.setLocalDescription(await peer.createOffer());
    await done;
    peer.close();
    return found;
  });
  expect(candidates).toEqual([]);
});

describe('the bridge', () => {
  it('has exactly the verbs of the contract, frozen', async () => {
    const seen = await app.page.evaluate(() => {
      const bridge = (globalThis as unknown as { latchkey: Record<string, object> }).latchkey;
      const names = Object.entries(bridge).flatMap(([group, verbs]) =>
        typeof verbs === 'function' ? [group] : Object.keys(verbs).map((name) => `${group}.${name}`),
      );
      const isFrozen = [bridge, ...Object.values(bridge)].every((part) => Object.isFrozen(part));
      const property = Object.getOwnPropertyDescriptor(globalThis, 'latchkey');
      return { names, isFrozen, writable: property?.writable, configurable: property?.configurable };
    });
    expect(seen.names.toSorted()).toEqual([...Object.keys(CHANNELS), 'on'].toSorted());
    expect(seen).toMatchObject({ isFrozen: true, writable: false, configurable: false });
  });

  it('is the only thing that the page has of the main process', async () => {
    const found = await app.page.evaluate(() =>
      ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
  });

  it('is not in a frame, of which there is at most an empty one', async () => {
    const types = await app.page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inside = frame.contentWindow as unknown as Record<string, unknown>;
      const found = ['latchkey', 'require', 'process', '__latchkeyHost'].filter((name) => name in inside);
      frame.remove();
      return found;
    });
    expect(types).toEqual([]);
  });

  it('refuses a request of the wrong shape before it is sent', async () => {
    const before = app.traffic.filter(({ kind }) => kind === 'request').length;
    const answer = await app.page.evaluate(() => {
      const bridge = (
        globalThis as unknown as { latchkey: { links: { open: (request: unknown) => unknown } } }
      ).latchkey;
      return bridge.links.open({ link: 'https://elsewhere.example/' });
    });
    expect(answer).toEqual({ ok: false, error: { code: 'requestInvalid' } });
    expect(app.traffic.filter(({ kind }) => kind === 'request')).toHaveLength(before);
  });

  it('works for the page itself', async () => {
    const answer = await app.page.evaluate(() => {
      const bridge = (globalThis as unknown as { latchkey: { app: { snapshot: () => unknown } } }).latchkey;
      return bridge.app.snapshot();
    });
    expect(answer).toMatchObject({ ok: true, value: { application: { name: 'Acme Licenses' } } });
  });
});

it('shows itself without breaking a rule of its own', async () => {
  await app.restart();
  await app.page.getByRole('heading').first().waitFor();
  expect(app.traffic.filter(({ kind }) => kind === 'consoleError' || kind === 'blocked')).toEqual([]);
});
