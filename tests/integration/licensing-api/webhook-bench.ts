import { beforeEach, onTestFinished } from 'vitest';
import { startLicensingApi, type LicensingApiOptions } from '../../licensing-api/server.ts';
import { START, caller } from './caller.ts';
import { offlineCaller } from './offline-caller.ts';
import { startCatcher, webhookCaller, type Catcher } from './webhook-catcher.ts';

/** For the tests of a file: somebody who catches webhooks, anew for each, and servers that send them. */
export function useWebhooks() {
  let catching: Catcher;
  beforeEach(async () => {
    catching = await startCatcher();
    return () => catching.close();
  });

  const server = async (options: LicensingApiOptions = {}) => {
    const api = await startLicensingApi({ clock: START, ...options });
    onTestFinished(() => api.close());
    const calls = caller(api);
    return { api, calls, webhooks: webhookCaller(api, calls), offline: offlineCaller(api, calls) };
  };

  /** A server with one endpoint, and an activation whose event has been delivered. */
  const told = async (options: LicensingApiOptions = {}) => {
    const it = await server(options);
    const webhook = await it.webhooks.create(catching.url);
    const { seat } = await it.calls.takeSeat(it.api.activationCode, 'seat-1');
    await it.api.sendWebhooks();
    return { ...it, webhook, seat };
  };

  return {
    /** The one of this test. */
    catcher: () => catching,
    server,
    told,
    types: () => catching.caught.map((it) => it.event.type),
  };
}
