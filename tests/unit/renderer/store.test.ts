import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../../../renderer/store/store.ts';
import { startsWithForm } from '../../../renderer/store/projection.ts';
import { EMPTY_DRAFT } from '../../../renderer/store/state.ts';
import { held, license, never, REPORTS, snapshot, STUDIO } from '../../e2e/screens/samples.ts';
import { fakeBridge } from './fake-bridge.ts';

const CODE = 'SST-7KQ4-M2XD-9HTB-WE3R';
const fresh = license({ facts: never });
const active = license({ facts: held() });

async function started(first = snapshot([fresh], {}, 5), link: Parameters<typeof fakeBridge>[1] = null) {
  const fake = fakeBridge(first, link);
  const app = createApp(fake.bridge, () => 1000);
  const stop = app.getState().start();
  await vi.waitFor(() => expect(app.getState().connection.phase).toBe('ready'));
  return { ...fake, app, stop };
}

describe('the projection', () => {
  it('takes over a later snapshot and drops an earlier one', async () => {
    const { app, send } = await started();
    send(snapshot([active], {}, 7));
    expect(app.getState().snapshot?.sequence).toBe(7);
    send(snapshot([fresh], {}, 6));
    expect(app.getState().snapshot?.licenses[0]?.state).toBe('active');
    send(snapshot([fresh], {}, 8));
    expect(app.getState().snapshot?.licenses[0]?.state).toBe('notActivated');
  });

  it('does not let the first answer overwrite an event that overtook it', async () => {
    const fake = fakeBridge(snapshot([fresh], {}, 1));
    const app = createApp(fake.bridge, () => 0);
    app.getState().start();
    fake.send(snapshot([active], {}, 2));
    await vi.waitFor(() => expect(app.getState().snapshot).not.toBeNull());
    await Promise.resolve();
    expect(app.getState().snapshot?.sequence).toBe(2);
  });

  it('stops listening when it is told to', async () => {
    const { stop, listening } = await started();
    expect(listening()).toEqual(['snapshot', 'deepLink', 'openedFile', 'diagnosis']);
    stop();
    expect(listening()).toEqual([]);
  });
});

describe('a missing or broken bridge', () => {
  it('is a failure and no endless waiting', async () => {
    const app = createApp(null, () => 0);
    app.getState().start();
    await vi.waitFor(() =>
      expect(app.getState().connection).toEqual({ phase: 'failed', failure: { code: 'internal' } }),
    );
  });

  it('turns a rejected call into a failure of the form', async () => {
    const { app, bridge } = await started();
    const broken = {
      ...bridge,
      license: { ...bridge.license, activate: () => Promise.reject(new Error('gone')) },
    };
    const other = createApp(broken, () => 0);
    other.setState({ snapshot: app.getState().snapshot, draft: { ...EMPTY_DRAFT, code: CODE } });
    await other.getState().activate(STUDIO);
    expect(other.getState().activation).toMatchObject({ phase: 'failed', failure: { code: 'internal' } });
  });
});

describe('activation', () => {
  it('asks once however often it is pressed', async () => {
    const { app, waiting } = await started();
    app.getState().edit({ code: ' sst 7kq4 m2xd 9htb we3r', seatName: ' Bench ' });
    void app.getState().activate(STUDIO);
    void app.getState().activate(STUDIO);
    expect(waiting.map(({ request }) => request)).toEqual([
      { productId: STUDIO, code: CODE, seatName: 'Bench' },
    ]);
  });

  it('clears the code when it was accepted and shows what it brought', async () => {
    const { app, waiting } = await started();
    app.getState().edit({ code: CODE });
    const done = app.getState().activate(STUDIO);
    waiting[0]?.settle({ ok: true, value: active });
    await done;
    expect(app.getState().draft).toEqual(EMPTY_DRAFT);
    expect(app.getState().view).toEqual({ screen: 'activated', license: active });
    expect(JSON.stringify(app.getState())).not.toContain(CODE);
  });

  it('keeps what was typed when it was refused', async () => {
    const { app, waiting } = await started();
    app.getState().edit({ code: CODE, seatName: 'Bench' });
    const done = app.getState().activate(STUDIO);
    waiting[0]?.settle({ ok: false, error: { code: 'seatLimitReached' } });
    await done;
    expect(app.getState().draft).toMatchObject({ code: CODE, seatName: 'Bench' });
    expect(app.getState().activation).toMatchObject({
      phase: 'failed',
      failure: { code: 'seatLimitReached' },
    });
  });

  it('does not bother the main process with what can’t be a code', async () => {
    const { app, waiting } = await started();
    app.getState().edit({ code: 'X'.repeat(65) });
    await app.getState().activate(STUDIO);
    expect(waiting).toEqual([]);
    expect(app.getState().activation).toMatchObject({ failure: { code: 'activationCodeMalformed' } });
  });

  it('keeps the form while it runs, even when the license turns active before the answer', async () => {
    const { app, send } = await started();
    expect(startsWithForm(app.getState())).toBe(true);
    app.getState().edit({ code: CODE });
    void app.getState().activate(STUDIO);
    send(snapshot([active], {}, 9));
    expect(startsWithForm(app.getState())).toBe(true);
  });

  it('does not call back somebody who went elsewhere', async () => {
    const { app, waiting } = await started();
    app.getState().edit({ code: CODE });
    const done = app.getState().activate(STUDIO);
    app.getState().show({ screen: 'settings' });
    waiting[0]?.settle({ ok: true, value: active });
    await done;
    expect(app.getState().view).toEqual({ screen: 'settings' });
    expect(app.getState().draft.code).toBe('');
  });
});

describe('a link from outside', () => {
  const link = { productId: STUDIO, code: 'sst7kq4m2xd9htbwe3r' };

  it('fills the form in and sends nothing', async () => {
    const { app, waiting } = await started(undefined, link);
    await vi.waitFor(() => expect(app.getState().draft).toMatchObject({ code: CODE, fromLink: true }));
    expect(app.getState().view).toEqual({ screen: 'activate', productId: STUDIO });
    expect(waiting).toEqual([]);
  });

  it('waits while an activation runs', async () => {
    const { app, waiting, link: send } = await started();
    app.getState().edit({ code: CODE });
    const done = app.getState().activate(STUDIO);
    send({ productId: null, code: 'AAAA-BBBB' });
    expect(app.getState().draft.code).toBe(CODE);
    waiting[0]?.settle({ ok: false, error: { code: 'timeout' } });
    await done;
    expect(app.getState().draft).toMatchObject({ code: 'AAAA-BBBB', fromLink: true });
  });

  it('is not followed for a product that is active or unknown', async () => {
    const { app, link: send } = await started(snapshot([active]));
    send(link);
    expect(app.getState()).toMatchObject({
      linkNotice: { kind: 'notNow', productName: 'Signal Studio' },
      draft: EMPTY_DRAFT,
    });
    send({ productId: REPORTS, code: CODE });
    expect(app.getState()).toMatchObject({ linkNotice: { kind: 'productUnknown' }, draft: EMPTY_DRAFT });
  });
});

describe('operations', () => {
  it('run once at a time and keep their outcome', async () => {
    const { app, waiting } = await started(snapshot([active]));
    const done = app.getState().operate('refresh', STUDIO);
    void app.getState().operate('refresh', STUDIO);
    expect(waiting).toHaveLength(1);
    waiting[0]?.settle({ ok: true, value: active });
    await done;
    expect(app.getState().operations[STUDIO]).toEqual({ kind: 'refresh', phase: 'done', license: active });
  });

  it('show the overview after a deactivation, and stay after a failed one', async () => {
    const { app, waiting } = await started(snapshot([active]));
    app.getState().show({ screen: 'license', productId: STUDIO });
    const failed = app.getState().operate('deactivate', STUDIO);
    waiting[0]?.settle({ ok: false, error: { code: 'serverUnreachable' } });
    await failed;
    expect(app.getState().view.screen).toBe('license');
    expect(app.getState().operations[STUDIO]).toMatchObject({ phase: 'failed' });
    const done = app.getState().operate('deactivate', STUDIO);
    waiting[1]?.settle({ ok: true, value: fresh });
    await done;
    expect(app.getState().view).toEqual({ screen: 'licenses' });
  });

  it('change a feature once at a time and say whether it was done', async () => {
    const { app, waiting } = await started(snapshot([active]));
    const change = { productId: STUDIO, kind: 'checkout', key: 'channels', amount: 2 } as const;
    const refused = app.getState().changeFeature(change);
    expect(await app.getState().changeFeature(change)).toBe(false);
    expect(waiting.map(({ request }) => request)).toEqual([change]);
    waiting[0]?.settle({ ok: false, error: { code: 'featureExhausted' } });
    expect(await refused).toBe(false);
    expect(app.getState().operations[STUDIO]).toMatchObject({ kind: 'changeFeature', phase: 'failed' });
    const done = app.getState().changeFeature(change);
    waiting[1]?.settle({ ok: true, value: active });
    expect(await done).toBe(true);
    expect(app.getState().operations[STUDIO]).toMatchObject({ kind: 'changeFeature', phase: 'done' });
  });
});

describe('settings', () => {
  it('say when they could not be kept', async () => {
    const { app } = await started();
    await app.getState().changeSettings({ theme: 'dark' });
    expect(app.getState().settingsFailure).toEqual({ code: 'vaultReadOnly' });
    expect(app.getState().snapshot?.application.settings.theme).toBe('system');
  });
});
