import type { Session } from 'electron';
import { APP_ORIGIN } from '../ipc/sender-policy.ts';

type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
/** Every permission that this Electron knows: a new one breaks the build until somebody has decided about it. */
export type Permission = Parameters<CheckHandler>[1];

const DENY = { allowed: false } as const;

/** What a page may do beyond showing itself. Each line is a decision; the reason stands beside what isn't obvious. */
export const PERMISSIONS: Readonly<Record<Permission, { readonly allowed: boolean; readonly why?: string }>> =
  {
    'clipboard-sanitized-write': { allowed: true, why: 'the buttons that copy a seat id or an error' },
    'clipboard-read': { ...DENY, why: 'pasting needs none; reading unasked would show what others copied' },
    'deprecated-sync-clipboard-read': { ...DENY, why: 'as clipboard-read' },
    fileSystem: { ...DENY, why: 'files go through the main process and its dialogs' },
    openExternal: { ...DENY, why: 'links are opened by name through links.open' },
    fullscreen: { ...DENY, why: 'a page that fills the screen can imitate the system' },
    'automatic-fullscreen': { ...DENY, why: 'as fullscreen' },
    pointerLock: { ...DENY, why: 'as fullscreen' },
    keyboardLock: { ...DENY, why: 'as fullscreen' },
    notifications: { ...DENY, why: 'the application does not interrupt' },
    media: { ...DENY, why: 'no camera or microphone' },
    'display-capture': { ...DENY, why: 'a page must never see the screen' },
    'captured-surface-control': { ...DENY, why: 'as display-capture' },
    mediaKeySystem: DENY,
    'speaker-selection': DENY,
    geolocation: { ...DENY, why: 'a license does not depend on a place' },
    'geolocation-approximate': { ...DENY, why: 'as geolocation' },
    'local-fonts': { ...DENY, why: 'identifies a person' },
    'idle-detection': { ...DENY, why: 'watches a person' },
    sensors: DENY,
    'hand-tracking': DENY,
    ar: DENY,
    vr: DENY,
    hid: { ...DENY, why: 'no devices: the fingerprint is read by the main process' },
    serial: { ...DENY, why: 'as hid' },
    usb: { ...DENY, why: 'as hid' },
    nfc: { ...DENY, why: 'as hid' },
    'smart-card': { ...DENY, why: 'as hid' },
    midi: { ...DENY, why: 'as hid' },
    midiSysex: { ...DENY, why: 'as hid' },
    'local-network': { ...DENY, why: 'the page has no network at all' },
    'local-network-access': { ...DENY, why: 'as local-network' },
    'loopback-network': { ...DENY, why: 'as local-network' },
    'background-fetch': { ...DENY, why: 'as local-network' },
    'background-sync': { ...DENY, why: 'as local-network' },
    'periodic-background-sync': { ...DENY, why: 'as local-network' },
    'persistent-storage': { ...DENY, why: 'the page keeps nothing; the vault does' },
    'storage-access': { ...DENY, why: 'as persistent-storage' },
    'top-level-storage-access': { ...DENY, why: 'as persistent-storage' },
    'payment-handler': DENY,
    'screen-wake-lock': DENY,
    'system-wake-lock': DENY,
    'web-app-installation': DENY,
    'web-printing': DENY,
    'window-management': DENY,
    unknown: { ...DENY, why: 'what can not be named can not be judged' },
  };

/** Whether our page in its main frame may have a permission. Everybody else gets none. */
export function mayHave(permission: string, origin: string, isMainFrame: boolean): boolean {
  if (!isMainFrame || origin.replace(/\/$/, '') !== APP_ORIGIN) return false;
  return Object.hasOwn(PERMISSIONS, permission) && PERMISSIONS[permission as Permission].allowed;
}

/** Puts the table in force. Electron needs both handlers: most web interfaces check first and request then. */
export function restrictPermissions(session: Session): void {
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    return contents !== null && mayHave(permission, origin, details.isMainFrame);
  });
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const origin = URL.canParse(details.requestingUrl) ? originOf(details.requestingUrl) : '';
    callback(mayHave(permission, origin, details.isMainFrame));
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
}

/** Node gives schemes it doesn't know the origin `null`, so it is put together by hand. */
function originOf(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}`;
}
