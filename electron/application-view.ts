import type { ApplicationView } from '../shared/contract.ts';
import type { NetworkView } from '../shared/network-view.ts';
import type { ServerView } from '../shared/server-view.ts';
import { resolveLanguage, type Settings } from '../shared/settings.ts';
import type { WaitingSignIn } from './account/browser-sign-in.ts';
import type { ServiceOptions } from './services.ts';

/**
 * What a window shows around the licenses: names, links and settings, all public.
 * @param waiting the sign-in that waits for the browser
 */
export function applicationView(
  { profile, appVersion, systemLocale }: Pick<ServiceOptions, 'profile' | 'appVersion' | 'systemLocale'>,
  settings: Settings,
  network: NetworkView,
  waiting: WaitingSignIn | null,
  server: ServerView,
): ApplicationView {
  const { vendor, application, api, accounts, appearance } = profile;
  const links = [
    ...(vendor.website === undefined ? [] : (['website'] as const)),
    ...(vendor.support.url === undefined ? [] : (['supportPage'] as const)),
    ...(vendor.support.email === undefined ? [] : (['supportEmail'] as const)),
    ...(api.portalUrl === undefined ? [] : (['portal'] as const)),
  ];
  return {
    name: application.name,
    version: appVersion,
    vendorName: vendor.name,
    environment: profile.environment,
    accent: appearance?.accent ?? null,
    accentDark: appearance?.accentDark ?? null,
    links,
    supportEmail: vendor.support.email ?? null,
    supportPhone: vendor.support.phone ?? null,
    portalUrl: api.portalUrl ?? null,
    apiHost: new URL(api.url).host,
    accounts:
      accounts === undefined
        ? null
        : { openId: accounts.openId !== undefined, password: accounts.password, waiting },
    server,
    locale: resolveLanguage(settings.language, systemLocale),
    settings,
    network,
  };
}
