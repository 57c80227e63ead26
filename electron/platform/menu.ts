import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { LinkName } from '../ipc/link-policy.ts';
import type { MenuEntry } from '../../shared/messages/types.ts';

export interface MenuOptions {
  /** Caption of an entry in the language in force. */
  readonly label: (entry: MenuEntry) => string;
  readonly platform: NodeJS.Platform;
  /** Those of the profile's links that exist. */
  readonly links: readonly LinkName[];
  readonly openLink: (link: LinkName) => void;
  /** Shows where the log lies. */
  readonly showLog: () => void;
}

/** Puts the application menu in place: what a person expects of any window, and the vendor's two addresses. */
export function installMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

/** No entry reloads the page or opens the developer tools. macOS needs the edit menu for its shortcuts to work. */
function menuTemplate({
  label,
  platform,
  links,
  openLink,
  showLog,
}: MenuOptions): MenuItemConstructorOptions[] {
  const role = (
    entry: MenuEntry,
    name: NonNullable<MenuItemConstructorOptions['role']>,
  ): MenuItemConstructorOptions => ({ role: name, label: label(entry) });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const help = (['supportPage', 'portal'] as const)
    .filter((link) => links.includes(link))
    .map((link): MenuItemConstructorOptions => ({ label: label(link), click: () => openLink(link) }));
  const isMac = platform === 'darwin';
  return [
    isMac
      ? {
          role: 'appMenu',
          submenu: [role('about', 'about'), separator, role('hide', 'hide'), role('quit', 'quit')],
        }
      : { label: label('file'), submenu: [role('quit', 'quit')] },
    {
      label: label('edit'),
      submenu: [
        role('undo', 'undo'),
        role('redo', 'redo'),
        separator,
        role('cut', 'cut'),
        role('copy', 'copy'),
        role('paste', 'paste'),
        role('selectAll', 'selectAll'),
      ],
    },
    {
      label: label('view'),
      submenu: [role('resetZoom', 'resetZoom'), role('zoomIn', 'zoomIn'), role('zoomOut', 'zoomOut')],
    },
    { label: label('window'), submenu: [role('minimize', 'minimize'), role('close', 'close')] },
    {
      label: label('help'),
      submenu: [
        ...help,
        ...(help.length > 0 ? [separator] : []),
        { label: label('showLog'), click: () => showLog() },
      ],
    },
  ];
}
