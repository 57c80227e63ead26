import { describe, expect, it } from 'vitest';
import { createApp } from '../../../renderer/store/store.ts';
import { failure } from '../../../shared/errors.ts';
import { err, ok } from '../../../shared/result.ts';
import { LICENSE, PRODUCT, SNAPSHOT } from '../ipc/samples.ts';
import { fakeBridge } from './fake-bridge.ts';

const PASSWORD = 'correct horse battery';

function start() {
  const { bridge, waiting } = fakeBridge(SNAPSHOT);
  const app = createApp(bridge, () => 0);
  app.getState().edit({ username: ' user ', seatName: 'Desk' });
  return { app, waiting };
}

describe('activating with a password', () => {
  it('asks once, shows what it brought, and keeps the password nowhere', async () => {
    const { app, waiting } = start();
    const done = app.getState().activateWithPassword(PRODUCT, PASSWORD);
    const again = app.getState().activateWithPassword(PRODUCT, PASSWORD);
    expect(JSON.stringify(app.getState())).not.toContain(PASSWORD);
    const request = { productId: PRODUCT, username: 'user', password: PASSWORD, seatName: 'Desk' };
    expect(waiting.map(({ verb, request: asked }) => [verb, asked])).toEqual([
      ['activateWithPassword', request],
    ]);
    waiting[0]?.settle(ok(LICENSE));
    await Promise.all([done, again]);
    expect(app.getState().view).toEqual({ screen: 'activated', license: LICENSE });
    expect(app.getState().draft.username).toBe('');
  });

  it('keeps what was typed when it is refused, but for the password', async () => {
    const { app, waiting } = start();
    const done = app.getState().activateWithPassword(PRODUCT, PASSWORD);
    waiting[0]?.settle(err(failure('credentialsInvalid')));
    await done;
    expect(app.getState().activation).toMatchObject({
      phase: 'failed',
      failure: { code: 'credentialsInvalid' },
    });
    expect(app.getState().draft).toMatchObject({ username: ' user ', seatName: 'Desk' });
    expect(JSON.stringify(app.getState())).not.toContain(PASSWORD);
    app.getState().forgetFailure();
    expect(app.getState().activation).toEqual({ phase: 'idle' });
  });
});

describe('signing in in the browser', () => {
  it('that the person cancels is no failure; one that was abandoned is', async () => {
    const { app, waiting } = start();
    for (const code of ['cancelled', 'signInAbandoned'] as const) {
      const done = app.getState().signIn(PRODUCT);
      expect(app.getState().activation.phase).toBe('running');
      waiting.at(-1)?.settle(err(failure(code)));
      await done;
      expect(app.getState().activation.phase).toBe(code === 'cancelled' ? 'idle' : 'failed');
    }
    expect(waiting.map(({ verb }) => verb)).toEqual(['signIn', 'signIn']);
  });

  it('does not forget an activation under way', () => {
    const { app } = start();
    void app.getState().signIn(PRODUCT);
    app.getState().forgetFailure();
    expect(app.getState().activation.phase).toBe('running');
  });
});
