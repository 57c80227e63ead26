import type { Keys } from './create-keys.ts';
import type { LicenseService } from './license/service.ts';
import type { LicenseFileService } from './license-file/service.ts';
import type { OfflineService } from './offline/service.ts';
import type { Services } from './services.ts';
import type { Telling } from './tell-windows.ts';

type Verbs = Pick<Services, 'offline' | 'licenseFile'> & {
  readonly license: Pick<
    Services['license'],
    'activate' | 'refresh' | 'pullState' | 'deactivate' | 'changeFeature'
  >;
};

/** What can be done with licenses, each with what windows are told of it and what has to follow. */
export function licenseVerbs(parts: {
  readonly service: LicenseService;
  readonly offline: OfflineService;
  readonly licenseFile: LicenseFileService;
  readonly telling: Telling;
  readonly keys: Keys;
}): Verbs {
  const { service, offline, licenseFile, telling, keys } = parts;
  const { perform, told, seen, tell, viewOf } = telling;
  return {
    license: {
      activate: (request) => perform(request.productId, 'activate', () => service.activate(request)),
      refresh: (productId) => perform(productId, 'refresh', () => service.refresh(productId)),
      pullState: (productId) => perform(productId, 'pullState', () => service.pullState(productId)),
      deactivate: (productId) => perform(productId, 'deactivate', () => service.deactivate(productId)),
      changeFeature: (productId, change) =>
        perform(productId, 'changeFeature', () => service.changeFeature(productId, change)),
    },
    offline: {
      makeRequest: (request) => told(offline.makeRequest(request)),
      discardRequest: (productId, id) => seen(productId, offline.discardRequest(productId, id)),
      token: offline.token,
      recognise: offline.recognise,
      importToken: async (text) => {
        const applied = await keys.retrying(() => offline.importToken(text));
        if (!applied.ok) return applied;
        await licenseFile.sync(applied.value.productId);
        await tell();
        return viewOf(applied.value.productId);
      },
      deactivate: async (productId) => {
        const token = await offline.deactivate(productId);
        await licenseFile.sync(productId);
        if (token.ok) await tell();
        return token;
      },
      clearReceipt: (productId, id) => seen(productId, offline.clearReceipt(productId, id)),
    },
    licenseFile: {
      check: async (productId, text) => {
        const checked = await licenseFile.check(productId, text);
        await service.keepTime();
        return checked;
      },
    },
  };
}
