import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, LIMITS, type Channel } from '../../shared/contract.ts';
import type { ForgedSender } from '../host/control-types.ts';
import { GOOD_REQUESTS, PRODUCT } from '../unit/ipc/samples.ts';
import { startShell, type Shell } from './shell.ts';

/** The unit tests of the border with the real main entry around it: is every channel behind it? */

let shell: Shell;

beforeAll(async () => {
  shell = await startShell();
});

afterAll(() => shell.close());

const SENDERS: readonly [string, ForgedSender][] = [
  ['other web contents', { contents: 'other' }],
  ['no frame', { frame: null }],
  ['a destroyed frame', { frame: 'destroyed' }],
  ['a detached frame', { frame: { isDetached: true } }],
  ['a subframe of our own origin', { frame: { isSubframe: true } }],
  ['a subframe of another origin', { frame: { isSubframe: true, origin: 'https://elsewhere.example' } }],
  ['another origin', { frame: { origin: 'https://elsewhere.example' } }],
  ['another host', { frame: { origin: 'app://elsewhere' } }],
  ['a file', { frame: { origin: 'file://', url: 'file:///tmp/x.html' } }],
  ['an opaque origin', { frame: { origin: 'null', url: 'data:text/html,x' } }],
  ['about:blank with our origin', { frame: { url: 'about:blank' } }],
];

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { deeper: nested(depth - 1) };
}

const REQUESTS: readonly [string, readonly unknown[]][] = [
  ['no argument', []],
  ['two arguments', [{}, {}]],
  ['null', [null]],
  ['a text', ['x']],
  ['a number', [7]],
  ['an array', [[]]],
  ['a map', [new Map([['productId', PRODUCT]])]],
  ['bytes', [new Uint8Array(8)]],
  ['too much', [{ code: 'x'.repeat(LIMITS.requestBytes + 1) }]],
  ['too deep', [nested(200)]],
];

/** A request that is good now: only what was previewed can be saved. */
async function goodRequest(channel: Channel): Promise<unknown> {
  if (channel !== 'support.saveBundle') return GOOD_REQUESTS[channel];
  const preview = await shell.invoke('support.previewBundle', [GOOD_REQUESTS['support.previewBundle']]);
  const { value } = v.parse(previewed, preview).value;
  return { id: value.id, encrypt: false };
}

const previewed = v.looseObject({
  value: v.looseObject({ ok: v.literal(true), value: v.looseObject({ id: v.string() }) }),
});

describe.each(Object.keys(CHANNELS) as Channel[])('%s', (channel) => {
  it.each(SENDERS)('refuses %s', async (_name, sender) => {
    const answer = await shell.invoke(channel, [GOOD_REQUESTS[channel]], sender);
    expect(answer).toEqual({ ok: true, value: { ok: false, error: { code: 'senderRefused' } } });
  });

  it.each(REQUESTS)('refuses %s', async (_name, args) => {
    const answer = await shell.invoke(channel, args);
    expect(answer).toMatchObject({ ok: true, value: { ok: false, error: { code: 'requestInvalid' } } });
  });

  it('refuses a field that is not in the contract', async () => {
    const answer = await shell.invoke(channel, [
      { ...GOOD_REQUESTS[channel], baseUrl: 'https://evil.example' },
    ]);
    expect(answer).toEqual({
      ok: true,
      value: { ok: false, error: { code: 'requestInvalid', facts: { field: 'baseUrl' } } },
    });
  });

  it('does not refuse our own page with a good request', async () => {
    const { value } = (await shell.invoke(channel, [await goodRequest(channel)])) as { value: unknown };
    expect(value).not.toMatchObject({ error: { code: 'senderRefused' } });
    expect(value).not.toMatchObject({
      error: { code: 'requestInvalid', facts: { field: expect.any(String) } },
    });
    expect(value).not.toMatchObject({ error: { code: 'internal' } });
  });
});

describe.each([
  'license.activate',
  'license.refresh',
  'license.pullState',
  'license.deactivate',
  'license.changeFeature',
] as const)('%s, field by field', (channel) => {
  it.each([
    ['a missing product', { productId: undefined }],
    ['a product that is none', { productId: 'prod_short' }],
    ['a path for a product', { productId: '../../etc/passwd' }],
    ['a number for a product', { productId: 5 }],
    ['an object for a product', { productId: { $ne: null } }],
  ])('refuses %s', async (_name, change) => {
    const answer = await shell.invoke(channel, [{ ...GOOD_REQUESTS[channel], ...change }]);
    expect(answer).toMatchObject({
      value: { ok: false, error: { code: 'requestInvalid', facts: { field: 'productId' } } },
    });
  });
});

it.each([
  ['license.activate', { code: 'x'.repeat(65) }, 'code'],
  ['license.activate', { code: 5 }, 'code'],
  ['license.activate', { seatName: 'x'.repeat(51) }, 'seatName'],
  ['license.activate', { editionId: [] }, 'editionId'],
  ['license.changeFeature', { kind: 'usage' }, 'kind'],
  ['license.changeFeature', { key: '../nodes' }, 'key'],
  ['license.changeFeature', { key: 'x'.repeat(101) }, 'key'],
  ['license.changeFeature', { amount: 0 }, 'amount'],
  ['license.changeFeature', { amount: -1 }, 'amount'],
  ['license.changeFeature', { amount: 1.5 }, 'amount'],
  ['license.changeFeature', { amount: 1e300 }, 'amount'],
  ['license.changeFeature', { amount: '1' }, 'amount'],
  ['settings.change', { theme: 'neon' }, 'theme'],
  ['settings.change', { language: 'xx' }, 'language'],
  ['links.open', { link: 'file:///etc/passwd' }, 'link'],
] as const)('%s refuses %j', async (channel, change, field) => {
  const answer = await shell.invoke(channel, [{ ...GOOD_REQUESTS[channel], ...change }]);
  expect(answer).toMatchObject({ value: { ok: false, error: { code: 'requestInvalid', facts: { field } } } });
});
