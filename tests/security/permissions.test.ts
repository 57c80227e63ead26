import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShell, type Shell } from './shell.ts';

/** Read from Electron's own types, so that a permission that an update brings is tested as well. */
function electronPermissions(): string[] {
  const file = createRequire(import.meta.url).resolve('electron/electron.d.ts');
  const text = readFileSync(file, 'utf8');
  const names = ['setPermissionCheckHandler', 'setPermissionRequestHandler'].flatMap((handler) => {
    const signature =
      text.split('\n').find((line) => line.trimStart().startsWith(`${handler}(handler:`)) ?? '';
    const union = /permission: ((?:'[^']+'(?: \| )?)+)/.exec(signature)?.[1] ?? '';
    return [...union.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
  });
  return [...new Set(names)];
}

const PERMISSIONS = electronPermissions();
const ALLOWED = ['clipboard-sanitized-write'];
const OURS = 'app://latchkey';
let shell: Shell;

beforeAll(async () => {
  shell = await startShell();
});

afterAll(() => shell.close());

const ask = (
  how: 'check' | 'request',
  permission: string,
  { origin = OURS, isMainFrame = true, hasContents = true } = {},
) => shell.ask({ kind: 'permission', how, permission, origin, isMainFrame, hasContents });

it('knows the permissions of this Electron', () => {
  expect(PERMISSIONS.length).toBeGreaterThan(30);
  expect(PERMISSIONS).toEqual(expect.arrayContaining(['media', 'geolocation', 'openExternal', ...ALLOWED]));
});

describe.each(PERMISSIONS)('%s', (permission) => {
  const expected = ALLOWED.includes(permission);

  it(expected ? 'is granted to our page' : 'is denied', async () => {
    expect(await ask('check', permission)).toBe(expected);
    expect(await ask('check', permission, { origin: `${OURS}/` })).toBe(expected);
    expect(await ask('request', permission)).toBe(expected);
  });

  it('is denied to everybody else', async () => {
    for (const who of [
      { origin: 'https://acme.example' },
      { origin: 'app://latchkey.evil' },
      { origin: 'https://latchkey' },
      { origin: 'null' },
      { origin: '' },
      { isMainFrame: false },
    ]) {
      expect(await ask('check', permission, who)).toBe(false);
      expect(await ask('request', permission, who)).toBe(false);
    }
    expect(await ask('check', permission, { hasContents: false })).toBe(false);
  });
});

it.each(['', 'toString', '__proto__', 'something-new'])(
  'denies the unknown permission %j',
  async (permission) => {
    expect(await ask('check', permission)).toBe(false);
    expect(await ask('request', permission)).toBe(false);
  },
);

it.each(['hid', 'serial', 'usb'] as const)('denies every %s device', async (deviceType) => {
  expect(await shell.ask({ kind: 'device', deviceType })).toBe(false);
});

it('gives no screen away', async () => {
  expect(await shell.ask({ kind: 'displayMedia' })).toBeNull();
});
