import { expect, it, onTestFinished } from 'vitest';
import { startServices } from '../../support/services.ts';
import { DAY, folder } from '../license/engine.ts';
import { withServer } from '../offline/exchange.ts';
import { CONFIRMED_AFTER } from '../../../electron/license/clock-policy.ts';
import { systemClock } from '../../../electron/platform/system.ts';
import { typedCode } from '../../support/typed-secrets.ts';

const { server, buyOnline } = withServer();

/** One run of the command line, at a time so many milliseconds from now. */
async function command(dataDir: string, ahead: number) {
  const services = await startServices({
    profile: server().profile,
    dataDir,
    clock: { now: () => Date.now() + ahead, monotonic: systemClock.monotonic },
  });
  onTestFinished(() => services.close());
  const { productId } = server();
  return {
    activate: async () => {
      const { code } = await buyOnline();
      expect(await services.license.activate({ productId, code: typedCode(code) })).toMatchObject({
        ok: true,
      });
    },
    check: async () => {
      const checked = await services.licenseFile.check(productId, null);
      return checked.ok ? 'valid' : checked.error.code;
    },
  };
}

it('a machine on which nothing but check ever runs has a mark all the same', async () => {
  const dataDir = folder();
  await (await command(dataDir, 0)).activate();
  expect(await (await command(dataDir, 10 * DAY)).check()).toBe('valid');
  // Seen once it may have been a slip of the hand.
  expect(await (await command(dataDir, DAY)).check()).toBe('valid');
  expect(await (await command(dataDir, 10 * DAY)).check()).toBe('valid');
  expect(await (await command(dataDir, 10 * DAY + CONFIRMED_AFTER)).check()).toBe('valid');
  expect(await (await command(dataDir, DAY)).check()).toBe('clockRolledBack');
  expect(await (await command(dataDir, 10 * DAY + CONFIRMED_AFTER)).check()).toBe('valid');
  expect(await (await command(dataDir, 15 * DAY)).check()).toBe('licenseFileExpired');
});
