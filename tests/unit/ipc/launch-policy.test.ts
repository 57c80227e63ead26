import { describe, expect, it } from 'vitest';
import { decideLaunch } from '../../../electron/ipc/launch-policy.ts';

const COMMANDS = ['status', 'activate', 'help'];
const LINK = 'latchkey://activate?code=ACME-1234-5678';
const fromSource = (...args: string[]) =>
  decideLaunch({ argv: ['electron', 'main.js', ...args], packaged: false, commands: COMMANDS });
const installed = (...args: string[]) =>
  decideLaunch({ argv: ['/opt/app/app', ...args], packaged: true, commands: COMMANDS });
const WINDOW = { kind: 'window', profile: null, data: null, deepLink: null, tokenFile: null };

describe('from source', () => {
  it.each([
    [[], WINDOW],
    [['--profile', 'p.json', '--data', 'd'], { ...WINDOW, profile: 'p.json', data: 'd' }],
    [['--profile=p.json'], { ...WINDOW, profile: 'p.json' }],
    [['--data=d', LINK], { ...WINDOW, data: 'd', deepLink: LINK }],
    [['--disable-gpu', '--lang=de'], WINDOW],
    [['--data', 'status'], { ...WINDOW, data: 'status' }],
  ])('%j opens a window', (args, expected) => {
    expect(fromSource(...args)).toEqual(expected);
  });

  it.each([
    [['status']],
    [['--profile', 'p', '--data', 'd', 'activate', '--code-file', 'x']],
    [['help', '--json']],
  ])('%j is a command, with all its arguments', (args) => {
    expect(fromSource(...args)).toEqual({ kind: 'cli', args });
  });

  it.each([[['--profile']], [['--data=']], [['--profile', '--data']], [['--data', 'a', '--data', 'b']]])(
    '%j is an error',
    (args) => {
      expect(fromSource(...args)).toMatchObject({ kind: 'error' });
    },
  );
});

describe('installed', () => {
  it('opens a window on its own profile', () => {
    expect(installed()).toEqual(WINDOW);
    expect(installed(LINK)).toEqual({ ...WINDOW, deepLink: LINK });
    expect(installed('/media/stick/Anvil 2031.LKRESPONSE')).toEqual({
      ...WINDOW,
      tokenFile: '/media/stick/Anvil 2031.LKRESPONSE',
    });
  });

  it.each(['--lkresponse', 'https://example.com/a.lkresponse', 'notes.txt', '-x.lkrequest'])(
    'takes %j for no token file',
    (arg) => {
      expect(installed(arg)).toEqual(WINDOW);
    },
  );

  it('runs a command', () => {
    expect(installed('status', 'x.lkresponse')).toMatchObject({ kind: 'cli' });
    expect(installed('status', '--json')).toEqual({ kind: 'cli', args: ['status', '--json'] });
  });

  it.each([[['--profile', 'evil.json']], [['--data=elsewhere']]])('refuses %j for its window', (args) => {
    expect(installed(...args)).toMatchObject({ kind: 'error' });
  });

  it.each([[[LINK, 'activate', '--code-file', 'x']], [['activate', LINK]]])(
    '%j stays a window: a link brings no command with it',
    (args) => {
      expect(installed(...args)).toEqual({ ...WINDOW, deepLink: LINK });
    },
  );
});
