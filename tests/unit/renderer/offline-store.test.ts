import { describe, expect, it, vi } from 'vitest';
import { offlineView, receiptsView } from '../../../renderer/store/offline.ts';
import { createApp } from '../../../renderer/store/store.ts';
import { failure } from '../../../shared/errors.ts';
import { splitForQr } from '../../../shared/token/qr-series.ts';
import { held, license, never, REPORTS, snapshot, STUDIO } from '../../e2e/screens/samples.ts';
import { shapeOf, tokenView } from '../../e2e/screens/tokens.ts';
import { fakeBridge } from './fake-bridge.ts';

const CODE = 'SST-7KQ4-M2XD-9HTB-WE3R';
const fresh = license({ facts: never });
const offline = license({ facts: held({ mode: 'offline' }) });
const malformed = failure('tokenMalformed');

async function started(first = fresh) {
  const fake = fakeBridge(snapshot([first], {}, 5));
  const app = createApp(fake.bridge, () => 1000);
  app.getState().start();
  await vi.waitFor(() => expect(app.getState().connection.phase).toBe('ready'));
  const incoming = () => app.getState().intake.incoming;
  const bring = (text: string, place: 'window' | { readonly zone: string } = 'window') =>
    void app.getState().bringIn(Promise.resolve({ texts: [text], failure: malformed }), place);
  const settle = async (verb: string, result: Parameters<(typeof fake.waiting)[number]['settle']>[0]) => {
    await vi.waitFor(() => expect(fake.waiting.at(-1)?.verb).toBe(verb));
    fake.waiting.at(-1)?.settle(result);
  };
  const ours = (kind: 'activation-response' | 'refresh', productId: string | null = STUDIO) =>
    settle('recognise', { ok: true, value: { kind, productId } });
  return { ...fake, app, incoming, bring, settle, ours };
}

describe('a request', () => {
  it('is made of what is in the form, and the page goes on to carrying it', async () => {
    const { app, waiting, settle } = await started();
    app.getState().show(offlineView(STUDIO, 'make'));
    app.getState().edit({ code: ' sst 7kq4 m2xd 9htb we3r', seatName: ' Bench 4 ' });
    void app.getState().makeRequest(STUDIO);
    void app.getState().makeRequest(STUDIO);
    expect(waiting.map(({ request }) => request)).toEqual([
      { productId: STUDIO, code: CODE, seatName: 'Bench 4' },
    ]);
    await settle('makeRequest', { ok: true, value: tokenView('activation-request', 'req-7') });
    await vi.waitFor(() => expect(app.getState().making.phase).toBe('idle'));
    expect(app.getState().view).toEqual({ ...offlineView(STUDIO, 'carry'), requestId: 'req-7' });
    expect(app.getState().draft.code).toBe('');
  });

  it('that fails keeps what was typed, and says why', async () => {
    const { app, waiting, settle } = await started();
    app.getState().show(offlineView(STUDIO, 'make'));
    await app.getState().makeRequest(STUDIO);
    expect(app.getState().making).toEqual({ phase: 'failed', failure: failure('activationCodeMalformed') });
    expect(waiting).toEqual([]);
    app.getState().edit({ code: CODE });
    void app.getState().makeRequest(STUDIO);
    await settle('makeRequest', { ok: false, error: failure('vaultDiskFull') });
    await vi.waitFor(() => expect(app.getState().making.phase).toBe('failed'));
    expect(app.getState().draft.code).toBe(CODE);
    app.getState().show({ screen: 'help' });
    expect(app.getState().making.phase).toBe('idle');
  });
});

describe('what is brought', () => {
  const response = shapeOf('activation-response');

  it('to the zone of its product is applied at once', async () => {
    const { app, bring, ours, settle, waiting } = await started();
    bring(response, { zone: STUDIO });
    await ours('activation-response');
    await settle('importToken', { ok: true, value: offline });
    expect(waiting.at(-1)?.request).toEqual({ text: response });
    await vi.waitFor(() => expect(app.getState().view).toEqual({ screen: 'activated', license: offline }));
    expect(app.getState().intake.incoming.phase).toBe('none');
  });

  it('to the zone of another product is asked about first', async () => {
    const { bring, ours, incoming, app } = await started();
    bring(response, { zone: REPORTS });
    await ours('activation-response');
    await vi.waitFor(() => expect(incoming().phase).toBe('ask'));
    expect(app.getState().intake.place).toBe('window');
  });

  it('anywhere else is asked about, and nothing is applied until the answer is yes', async () => {
    const { app, bring, ours, incoming, waiting, settle } = await started(offline);
    bring(shapeOf('refresh'));
    await ours('refresh');
    await vi.waitFor(() => expect(incoming().phase).toBe('ask'));
    expect(waiting.map(({ verb }) => verb)).toEqual(['recognise']);
    void app.getState().applyIncoming();
    app.getState().putAway();
    expect(incoming().phase).toBe('applying');
    await settle('importToken', { ok: true, value: offline });
    await vi.waitFor(() => expect(app.getState().view).toEqual({ screen: 'license', productId: STUDIO }));
    expect(app.getState().operations[STUDIO]).toMatchObject({ kind: 'refresh', phase: 'done' });
  });

  it('goes to the portal where it is a request or a deactivation, and nobody is asked', async () => {
    for (const kind of ['activation-request', 'deactivation'] as const) {
      const { bring, incoming, waiting } = await started();
      bring(shapeOf(kind));
      await vi.waitFor(() => expect(incoming()).toEqual({ phase: 'elsewhere', kind }));
      expect(waiting).toEqual([]);
    }
  });

  it('is for another device where no key of ours opens it', async () => {
    const { bring, ours, incoming } = await started();
    bring(response, { zone: STUDIO });
    await ours('activation-response', null);
    const kind = 'activation-response';
    await vi.waitFor(() =>
      expect(incoming()).toEqual({ phase: 'failed', failure: failure('tokenForOtherDevice'), kind }),
    );
  });

  it('may be a series of codes, one drop at a time', async () => {
    const { app, bring, incoming, ours } = await started();
    const split = splitForQr(response);
    const [first = '', ...others] = split.ok ? split.value : [];
    bring(first, { zone: REPORTS });
    await vi.waitFor(() => expect(incoming().phase).toBe('parts'));
    bring('no code at all', { zone: REPORTS });
    await vi.waitFor(() => expect(incoming()).toMatchObject({ phase: 'failed', failure: malformed }));
    bring(others.join(' '), { zone: REPORTS });
    await ours('activation-response');
    await vi.waitFor(() => expect(incoming().phase).toBe('ask'));
    app.getState().putAway();
    expect(app.getState().intake.codes).toEqual([]);
  });

  it('from outside is treated like anything else, and what could not be read is said', async () => {
    const { file, incoming, ours } = await started();
    file({ text: response, error: null });
    await ours('activation-response');
    await vi.waitFor(() => expect(incoming().phase).toBe('ask'));
    const unreadable = failure('fileUnreadable', { system: 'EACCES' });
    file({ text: null, error: unreadable });
    await vi.waitFor(() => expect(incoming()).toMatchObject({ phase: 'failed', failure: unreadable }));
  });

  it('and was refused is said where it was brought, until the page is left', async () => {
    const { app, bring, incoming } = await started();
    bring('nothing', { zone: STUDIO });
    await vi.waitFor(() => expect(incoming().phase).toBe('failed'));
    app.getState().show({ screen: 'help' });
    expect(incoming().phase).toBe('none');
  });
});

describe('an offline activation', () => {
  it('is deactivated by a file, which is shown', async () => {
    const { app, waiting, settle } = await started(offline);
    void app.getState().operate('deactivate', STUDIO);
    expect(waiting.map(({ verb }) => verb)).toEqual(['offline.deactivate']);
    await settle('offline.deactivate', { ok: true, value: tokenView('deactivation', 'rec-1') });
    await vi.waitFor(() =>
      expect(app.getState().view).toEqual({ screen: 'receipt', productId: STUDIO, id: 'rec-1' }),
    );
  });
});

describe('receiptsView', () => {
  it('is the only receipt itself, and the list of several', () => {
    const at = (...ids: string[]) =>
      receiptsView({
        productId: STUDIO,
        offline: {
          available: true,
          requests: [],
          receipts: ids.map((id) => ({ id, activationId: 'act_1', madeAt: 0 })),
        },
      });
    expect(at('rec-1')).toEqual({ screen: 'receipt', productId: STUDIO, id: 'rec-1' });
    expect(at('rec-1', 'rec-2')).toEqual({ screen: 'receipts', productId: STUDIO });
    expect(at()).toEqual({ screen: 'receipts', productId: STUDIO });
  });
});
