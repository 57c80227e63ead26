import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../shared/contract.ts';
import { GOOD_REQUESTS } from '../unit/ipc/samples.ts';
import type { Facts } from '../host/control-types.ts';
import { sampleProfile, startShell, type Shell } from './shell.ts';

let shell: Shell;
let facts: Facts;

beforeAll(async () => {
  shell = await startShell();
  facts = await shell.facts();
});

afterAll(() => shell.close());

describe('web preferences', () => {
  it.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['webSecurity', true],
    ['allowRunningInsecureContent', false],
    ['experimentalFeatures', false],
    ['webviewTag', false],
    ['plugins', false],
    ['webgl', false],
    ['navigateOnDragDrop', false],
    ['spellcheck', false],
    ['disableDialogs', true],
  ])('%s is %s', (name, value) => {
    expect(facts.webPreferences[name]).toBe(value);
  });

  it('has no other preference that a rule of this list does not know', () => {
    const known = ['preload', 'devTools', 'autoplayPolicy'];
    const others = Object.keys(facts.webPreferences).filter((name) => !known.includes(name));
    expect(others).toHaveLength(14);
    expect(others).not.toEqual(expect.arrayContaining(['enableBlinkFeatures', 'additionalArguments']));
  });

  it('loads the one bundled preload', () => {
    expect(facts.webPreferences['preload']).toMatch(/dist[\\/]preload[\\/]preload\.cjs$/);
  });
});

describe('developer tools', () => {
  it.each([
    ['from source', 'live', false, true],
    ['from source', 'test', false, true],
    ['installed', 'test', true, true],
    ['installed', 'live', true, false],
  ])('%s, %s', async (_name, environment, installed, expected) => {
    const other = await startShell({ profile: sampleProfile({ environment }), installed });
    try {
      expect((await other.facts()).webPreferences['devTools']).toBe(expected);
      const tools = {
        kind: 'allows',
        url: 'devtools://devtools/bundled/x.js',
        resourceType: 'script',
      } as const;
      expect(await other.ask(tools)).toBe(expected);
    } finally {
      await other.close();
    }
  });
});

describe('window', () => {
  it('is named by the profile, of a usable size, and hidden until there is something to see', () => {
    expect(facts.window).toMatchObject({
      title: 'Acme Licenses',
      width: 880,
      height: 680,
      minWidth: 480,
      minHeight: 560,
      show: false,
    });
  });

  it('keeps its title whatever the page says', async () => {
    const answer = await shell.ask({
      kind: 'emit',
      target: 'window',
      event: 'page-title-updated',
      members: {},
      args: ['Your bank'],
    });
    expect(answer).toMatchObject({ wasHeard: true, defaultPrevented: true });
  });
});

describe('application', () => {
  it('puts every page into the sandbox', () => {
    expect(facts.sandboxEnabled).toBe(true);
  });

  it('registers its scheme as standard and secure, and grants it nothing else', () => {
    expect(facts.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it('keeps nothing of the page: a session in memory that serves one scheme', () => {
    expect(facts.session).toEqual({
      partition: 'latchkey',
      options: { cache: false },
      spellChecker: false,
      schemes: ['app'],
    });
    expect(facts.session.partition).not.toMatch(/^persist:/);
  });

  it('lets peer connections out through no back door', () => {
    expect(facts.webRtcPolicy).toBe('disable_non_proxied_udp');
  });

  it('has a menu that reloads nothing and opens no tools', () => {
    const roles = facts.menu.flatMap(({ role }) => (role === undefined ? [] : [role]));
    expect(roles).toContain('quit');
    expect(roles).not.toEqual(expect.arrayContaining([expect.stringMatching(/reload|devtools/i)]));
  });

  it('takes latchkey: links only where it is installed', async () => {
    expect(facts.protocolClient).toBeNull();
    const installed = await startShell({ installed: true });
    try {
      expect((await installed.facts()).protocolClient).toBe('latchkey');
    } finally {
      await installed.close();
    }
  });
});

describe('channels', () => {
  it('are those of the contract and no other', () => {
    expect(facts.ipc.handlers.toSorted()).toEqual(Object.keys(CHANNELS).toSorted());
  });

  it('have lost the one that electron-store adds, which was there', async () => {
    // The first thing that is stored makes a store.
    await shell.invoke('license.activate', [GOOD_REQUESTS['license.activate']]);
    const { ipc } = await shell.facts();
    expect(ipc.everListened).toContain('electron-store-get-data');
    expect(ipc.listeners.toSorted()).toEqual(['error', 'newListener']);
    const message = { kind: 'emit', target: 'ipcMain', event: 'electron-store-get-data' } as const;
    const answer = await shell.ask({ ...message, members: { returnValue: 'untouched' }, args: [] });
    expect(answer).toMatchObject({ wasHeard: false, members: { returnValue: 'untouched' } });
  });

  it('answer nothing on a channel that is not in the contract', async () => {
    expect(await shell.invoke('electron-store-get-data', [{}])).toMatchObject({ ok: false });
    expect(await shell.invoke('vault.read', [{}])).toMatchObject({ ok: false });
  });
});
