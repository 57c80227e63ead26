import type { ApplicationView } from '../shared/contract.ts';
import { resolveLanguage, type Settings } from '../shared/settings.ts';
import type { ServiceOptions } from './services.ts';

/** What a window shows around the licenses: names, links and settings, all public. */
export function applicationView(
  { profile, appVersion, systemLocale }: Pick<ServiceOptions, 'profile' | 'appVersion' | 'systemLocale'>,
  settings: Settings,
): ApplicationView {
  const { vendor, application, api, appearance } = profile;
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
    locale: resolveLanguage(settings.language, systemLocale),
    settings,
  };
}
