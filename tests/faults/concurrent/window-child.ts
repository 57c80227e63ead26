import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createServices } from '../../../electron/create-services.ts';
import { licenseRecordSchema } from '../../../electron/license/records.ts';
import type { EngineOptions } from '../../../electron/license/turn.ts';
import { systemClock, systemRandom } from '../../../electron/platform/system.ts';
import { NO_KEYRING } from '../../../electron/ports.ts';
import { SILENT } from '../../../electron/support/log.ts';
import type { LockFiles } from '../../../electron/vault/lock-files.ts';
import { parseProfile } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import { THEMES } from '../../../shared/settings.ts';
import { choicesFrom } from '../kill-campaign/prng.ts';
import { CHANGES, isChange, obey, type Command, type Deed, type Orders } from './words.ts';
import { typedCode } from '../../support/typed-secrets.ts';

/** A process with the services of a window, which listens to them as a window does. */

/** A lock that is always to be had: it knows of nobody but itself. */
function noLock(): LockFiles {
  let isTaken = false;
  return {
    list: () => Promise.resolve(isTaken ? [1] : []),
    read: () => Promise.resolve(null),
    create: () => {
      isTaken = true;
      return Promise.resolve(true);
    },
    replace: () => {
      isTaken = false;
      return Promise.resolve();
    },
    touch: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    sweep: () => Promise.resolve(),
  };
}

/** What a window does with a license and beside it; what is often done is there more than once. */
const USES: readonly string[] =
  'refresh refresh pullState reconcile check settings look take take putBack spend track choose bundle'.split(
    ' ',
  );

async function begin(orders: Orders): Promise<(command: Command) => Promise<readonly Deed[]>> {
  const { dataDir, productId, local } = orders;
  const profile = parseProfile(JSON.parse(readFileSync(orders.profile, 'utf8')));
  if (!profile.ok) throw new Error('the profile is not valid');
  const choices = choicesFrom(orders.seed);
  let engine: EngineOptions | null = null;
  const services = await createServices(
    {
      profile: profile.value,
      dataDir: path.resolve(dataDir),
      keyring: NO_KEYRING,
      clock: systemClock,
      random: systemRandom,
      log: SILENT,
      appVersion: '0.0.0',
      systemLocale: 'en',
    },
    {
      ...(orders.withoutLock ? { vault: { lockFiles: noLock() } } : {}),
      engine: (made) => (engine = made),
    },
  );
  services.onChange(() => undefined);

  const revision = async (): Promise<number | null> => {
    const vault = await engine?.vault();
    const record = vault?.ok === true ? await vault.value.read(productId, licenseRecordSchema) : null;
    return record?.ok === true ? (record.value?.revision ?? 0) : null;
  };
  const done = async (what: string, work: Promise<Result<unknown>>): Promise<Deed> => {
    const result = await work;
    const code = result.ok ? 'ok' : result.error.code;
    const { key, added } = isChange(what) ? CHANGES[what] : { key: '', added: 0 };
    const counted = code === 'ok' && added !== 0 ? { key, added } : null;
    return { what, code, revision: await revision(), made: null, counted };
  };
  const nothingWrong = async (work: Promise<unknown>): Promise<Result<unknown>> => ({
    ok: true,
    value: await work,
  });

  const choose = (server: 'cloud' | 'local'): Promise<Deed> => {
    const ca = readFileSync(local.caFile, 'utf8');
    const wish = server === 'cloud' ? null : { url: local.url, pins: [local.pin], ca };
    return done('choose', services.server.use({ local: wish, isConfirmed: true }));
  };

  const use = (): Promise<Deed> => {
    const { license } = services;
    const what = choices.one(USES);
    if (isChange(what)) {
      const { kind, key, amount } = CHANGES[what];
      return done(what, license.changeFeature(productId, { kind, key, amount }));
    }
    switch (what) {
      case 'refresh':
        return done(what, license.refresh(productId));
      case 'pullState':
        return done(what, license.pullState(productId));
      case 'check':
        return done(what, services.licenseFile.check(productId, null));
      case 'settings':
        return done(what, services.settings.change({ theme: choices.one(THEMES) }));
      case 'choose':
        return choose(choices.one(['cloud', 'local']));
      case 'bundle':
        return done(what, services.support.bundle.make());
      case 'reconcile':
        return done(what, nothingWrong(services.reconcile()));
      default:
        return done(what, nothingWrong(services.snapshot()));
    }
  };

  const request = async (code: string): Promise<Deed> => {
    const made = await services.offline.makeRequest({ productId, code: typedCode(code) });
    const deed = await done('request', Promise.resolve(made));
    return { ...deed, made: made.ok ? made.value.id : null };
  };

  return async (command) => {
    const deeds: Deed[] = [];
    switch (command.kind) {
      case 'request':
        for (let time = 0; time < command.times; time += 1) deeds.push(await request(command.code));
        break;
      case 'activate':
        deeds.push(
          await done('activate', services.license.activate({ productId, code: typedCode(command.code) })),
        );
        break;
      case 'choose':
        deeds.push(await choose(command.server));
        break;
      case 'use':
        for (let time = 0; time < command.times; time += 1) deeds.push(await use());
        break;
      case 'deactivate':
        deeds.push(await done('deactivate', services.license.deactivate(productId)));
    }
    return deeds;
  };
}

await obey(begin);
