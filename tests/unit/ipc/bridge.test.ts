import { describe, expect, it } from 'vitest';
import { createBridge, eventChannel, type Carrier } from '../../../electron/ipc/bridge.ts';
import { CHANNELS, type Channel, type EventName } from '../../../shared/contract.ts';
import { GOOD_REQUESTS, GOOD_RESPONSES, LICENSE, PRODUCT, SNAPSHOT } from './samples.ts';

const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[];

/** A carrier that answers what a test gives and keeps what was sent. */
function carrierWith(answer: (channel: Channel) => unknown) {
  const sent: [Channel, unknown][] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const carrier: Carrier = {
    invoke: (channel, request) => {
      sent.push([channel, request]);
      return Promise.resolve(answer(channel));
    },
    listen: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return () => void listeners.get(channel)?.delete(listener);
    },
  };
  const emit = (channel: string, payload: unknown) =>
    listeners.get(channel)?.forEach((listener) => listener(payload));
  return { carrier, sent, emit };
}

type Verb = (...args: readonly unknown[]) => Promise<unknown>;

/** The function of a channel, found as a page would. */
function verbOf(carrier: Carrier, channel: Channel): Verb {
  const [group = '', name = ''] = channel.split('.');
  const groups = createBridge(carrier) as unknown as Record<string, Record<string, Verb>>;
  const verb = groups[group]?.[name];
  if (verb === undefined) throw new Error(`no verb for ${channel}`);
  return verb;
}

describe('createBridge', () => {
  it('has exactly the verbs of the contract, and on', () => {
    const bridge = createBridge(carrierWith(() => null).carrier) as unknown as Record<string, object>;
    const names = Object.entries(bridge).flatMap(([group, verbs]) =>
      group === 'on' ? ['on'] : Object.keys(verbs).map((name) => `${group}.${name}`),
    );
    expect(names.toSorted()).toEqual([...CHANNEL_NAMES, 'on'].toSorted());
  });

  describe.each(CHANNEL_NAMES)('%s', (channel) => {
    it('sends a good request and hands a good answer on', async () => {
      const answer = { ok: true, value: GOOD_RESPONSES[channel] };
      const { carrier, sent } = carrierWith(() => answer);
      expect(await verbOf(carrier, channel)(GOOD_REQUESTS[channel])).toEqual(answer);
      expect(sent).toEqual([[channel, GOOD_REQUESTS[channel]]]);
    });

    it.each([
      ['null', null],
      ['a text', 'x'],
      ['an unknown field', { ...GOOD_REQUESTS[channel], extra: 1 }],
    ])('sends nothing for %s', async (_name, request) => {
      const { carrier, sent } = carrierWith(() => ({ ok: true, value: GOOD_RESPONSES[channel] }));
      expect(await verbOf(carrier, channel)(request)).toEqual({
        ok: false,
        error: { code: 'requestInvalid' },
      });
      expect(sent).toEqual([]);
    });

    it.each([
      ['nothing', undefined],
      ['a bare value', GOOD_RESPONSES[channel]],
      ['a value of another shape', { ok: true, value: { surprise: true } }],
      ['a further field', { ok: true, value: GOOD_RESPONSES[channel], token: 'x' }],
      ['an unknown failure', { ok: false, error: { code: 'nonsense' } }],
    ])('answers internal for %s', async (_name, answer) => {
      const { carrier } = carrierWith(() => answer);
      expect(await verbOf(carrier, channel)(GOOD_REQUESTS[channel])).toEqual({
        ok: false,
        error: { code: 'internal' },
      });
    });

    it('answers internal when the carrier rejects', async () => {
      const { carrier } = carrierWith(() => Promise.reject(new Error('gone')));
      expect(await verbOf(carrier, channel)(GOOD_REQUESTS[channel])).toEqual({
        ok: false,
        error: { code: 'internal' },
      });
    });
  });

  it('hands a known failure with its facts on', async () => {
    const answer = { ok: false, error: { code: 'seatLimitReached', facts: { count: 3 } } };
    const { carrier } = carrierWith(() => answer);
    expect(await createBridge(carrier).license.refresh({ productId: PRODUCT })).toEqual(answer);
  });

  it('needs no request where the contract asks for nothing', async () => {
    const { carrier, sent } = carrierWith(() => ({ ok: true, value: SNAPSHOT }));
    await createBridge(carrier).app.snapshot();
    expect(sent).toEqual([['app.snapshot', {}]]);
  });
});

describe('on', () => {
  it('tells of good events until it is ended', () => {
    const { carrier, emit } = carrierWith(() => null);
    const heard: unknown[] = [];
    const end = createBridge(carrier).on('snapshot', (payload) => heard.push(payload));
    emit(eventChannel('snapshot'), SNAPSHOT);
    end();
    emit(eventChannel('snapshot'), { ...SNAPSHOT, sequence: 2 });
    expect(heard).toEqual([SNAPSHOT]);
  });

  it.each([
    ['another shape', { surprise: true }],
    ['a further field', { ...SNAPSHOT, token: 'x' }],
    ['a license that breaks the contract', { ...SNAPSHOT, licenses: [{ ...LICENSE, state: 'great' }] }],
  ])('drops %s', (_name, payload) => {
    const { carrier, emit } = carrierWith(() => null);
    const heard: unknown[] = [];
    createBridge(carrier).on('snapshot', (value) => heard.push(value));
    emit(eventChannel('snapshot'), payload);
    expect(heard).toEqual([]);
  });

  it.each(['license.activate', 'toString', '__proto__', '', 5])('does not listen to %s', (name) => {
    const listened: string[] = [];
    const carrier: Carrier = {
      invoke: () => Promise.resolve(null),
      listen: (channel) => {
        listened.push(channel);
        return () => undefined;
      },
    };
    createBridge(carrier).on(name as EventName, () => undefined)();
    expect(listened).toEqual([]);
  });
});
