import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { createOfflineService, type OfflineService } from '../../../electron/offline/service.ts';
import type { Failure } from '../../../shared/errors.ts';
import type { CreateEntitlementRequest } from '../../../shared/licensing-api/generated/types.gen.ts';
import type { TokenView } from '../../../shared/offline.ts';
import type { Result } from '../../../shared/result.ts';
import { valueOf } from '../../support/vault.ts';
import { bodyOf, caller } from '../licensing-api/caller.ts';
import { offlineCaller } from '../licensing-api/offline-caller.ts';
import { withServer as withEngine, type Installation, type InstallationOptions } from '../license/engine.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** The offline half of the engine on the real vault, and the real server as the portal that answers it. */

export const MONTH = { type: 'Day', count: 30 } as const;

export interface OfflineInstallation extends Installation {
  readonly offline: OfflineService;
  /** Makes a request that has to go well. */
  readonly request: (code: string, changes?: { seatName?: string; editionId?: string }) => Promise<TokenView>;
  /** `ok`, or the code of the failure. */
  readonly tryRequest: (code: string) => Promise<string>;
  readonly import: (text: string) => Promise<string>;
  /** Why an import failed, with its facts. */
  readonly whyNot: (text: string) => Promise<Failure>;
  /** Deactivates, which has to go well. */
  readonly leave: () => Promise<TokenView>;
  readonly tryLeave: () => Promise<string>;
  /** Destroys the files of the vault with such names. */
  readonly damage: (names: RegExp) => void;
}

const outcomeOf = async (work: Promise<Result<unknown>>): Promise<string> => {
  const result = await work;
  return result.ok ? 'ok' : result.error.code;
};

/** The offline verbs of an installation beside those that it has. */
export function withOffline(app: Installation): OfflineInstallation {
  const offline = createOfflineService(app.engine);
  const { productId } = app;
  return {
    ...app,
    offline,
    request: async (code, changes = {}) =>
      valueOf(await offline.makeRequest({ productId, code: typedCode(code), ...changes })),
    tryRequest: (code) => outcomeOf(offline.makeRequest({ productId, code: typedCode(code) })),
    import: (text) => outcomeOf(offline.importToken(text)),
    whyNot: async (text) => {
      const result = await offline.importToken(text);
      if (result.ok) throw new Error('the token was applied');
      return result.error;
    },
    leave: async () => valueOf(await offline.deactivate(productId)),
    tryLeave: () => outcomeOf(offline.deactivate(productId)),
    damage: (names) => {
      const dir = path.join(app.dataDir, 'vault');
      for (const name of readdirSync(dir)) if (names.test(name)) writeFileSync(path.join(dir, name), 'x');
    },
  };
}

/** One server for the tests of a file. */
export function withServer() {
  const { server, install, buy } = withEngine();
  const portal = () => offlineCaller(server(), caller(server()));
  const refused = async (answer: ReturnType<ReturnType<typeof portal>['send']>): Promise<string> =>
    bodyOf<{ errorCode?: string } | undefined>(await answer)?.errorCode ?? 'ok';
  return {
    server,
    install: (options: Partial<InstallationOptions> = {}) => withOffline(install(options)),
    /** A purchase that may be used offline for a month at a time. */
    buy: (request: Partial<CreateEntitlementRequest> = {}) => buy({ offlineLeasePeriod: MONTH, ...request }),
    /** Any purchase, such as one that may not be used offline. */
    buyOnline: buy,
    portal: {
      /** The response to a request. */
      answer: (text: string) => portal().token(text),
      /** Takes a token of any kind; `ok`, or why it was refused. */
      take: (text: string) => refused(portal().send(text)),
      refresh: async (code: string, activationId: string): Promise<string> => {
        const answer = await portal().refresh(code, activationId);
        expect(answer.status, answer.text).toBe(200);
        return bodyOf<{ token: string }>(answer).token;
      },
      refuseRefresh: (code: string, activationId: string) => refused(portal().refresh(code, activationId)),
    },
  };
}

export type Portal = ReturnType<typeof withServer>['portal'];

/** Takes a seat offline, with one request and its response. @returns the response */
export async function activateOffline(
  app: OfflineInstallation,
  portal: Portal,
  code: string,
): Promise<string> {
  const { armored } = await app.request(code);
  const response = await portal.answer(armored);
  expect(await app.import(response)).toBe('ok');
  return response;
}

/** The id of the activation that an installation has. */
export async function activationId(app: Installation): Promise<string> {
  const { activation } = await app.view();
  if (activation === null) throw new Error('no activation');
  return activation.id;
}
