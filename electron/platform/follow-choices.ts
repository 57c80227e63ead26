import { nativeTheme } from 'electron';
import type { Snapshot } from '../../shared/contract.ts';
import { menuLabel } from '../../shared/messages/index.ts';
import { resolveLanguage } from '../../shared/settings.ts';
import { installMenu, type MenuOptions } from './menu.ts';

/** Puts what the user chose into everything that the page doesn't draw. */
export function followChoices(
  { application }: Snapshot,
  actions: Pick<MenuOptions, 'openLink' | 'showLog'>,
): void {
  nativeTheme.themeSource = application.settings.theme;
  const language = resolveLanguage(application.settings.language, application.locale);
  installMenu({
    label: (entry) => menuLabel(entry, language, application.name),
    platform: process.platform,
    links: application.links,
    ...actions,
  });
}
