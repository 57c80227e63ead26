import type { DeepLink } from '../../shared/contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Services } from '../services.ts';
import type { Handlers } from './dispatch.ts';
import type { LinkName } from './link-policy.ts';

/** Joins the verbs of the contract to what does them. */
export function createHandlers(options: {
  readonly services: Services;
  readonly openLink: (link: LinkName) => Promise<Result<Record<string, never>>>;
  readonly takeDeepLink: () => DeepLink | null;
}): Handlers {
  const { services, openLink, takeDeepLink } = options;
  const { license, settings } = services;
  return {
    'app.snapshot': async () => ok(await services.snapshot()),
    'app.takeDeepLink': () => Promise.resolve(ok(takeDeepLink())),
    'license.activate': (request) => license.activate(request),
    'license.refresh': ({ productId }) => license.refresh(productId),
    'license.pullState': ({ productId }) => license.pullState(productId),
    'license.deactivate': ({ productId }) => license.deactivate(productId),
    'settings.change': ({ language, theme }) =>
      settings.change({ ...(language !== undefined && { language }), ...(theme !== undefined && { theme }) }),
    'links.open': ({ link }) => openLink(link),
  };
}
