/**
 * The checks of a diagnosis with the group under which each is shown, in the order of both. Those of the group
 * `license` are done once per product, the others once.
 */
export const CHECKS = {
  profile: 'installation',
  program: 'installation',
  policy: 'installation',
  folder: 'storage',
  disk: 'storage',
  lock: 'storage',
  vault: 'storage',
  key: 'storage',
  fingerprint: 'device',
  virtualMachine: 'device',
  clonedImage: 'device',
  clock: 'time',
  serverTime: 'time',
  route: 'network',
  dns: 'network',
  connection: 'network',
  encryption: 'network',
  certificate: 'network',
  pin: 'network',
  clientCertificate: 'network',
  server: 'network',
  requestLimit: 'network',
  seat: 'license',
  entitlement: 'license',
  lease: 'license',
  licenseFile: 'license',
  offlineExchange: 'license',
  unfinished: 'license',
  nonce: 'license',
  lastContact: 'license',
} as const satisfies Readonly<Record<string, CheckGroup>>;

export const CHECK_GROUPS = ['installation', 'storage', 'device', 'time', 'network', 'license'] as const;
export type CheckGroup = (typeof CHECK_GROUPS)[number];
export type CheckId = keyof typeof CHECKS;

/** Every check, in the order in which they are shown. */
export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[];

/**
 * How a check ended. `notice`: in order, and worth knowing; `warning`: it will be trouble, or is some already;
 * `failed`: it keeps a license from working or the server from being reached; `skipped`: there was nothing to look at,
 * or another check has to succeed first; `timedOut`: no answer within its time limit.
 */
export const CHECK_STATUSES = ['ok', 'notice', 'warning', 'failed', 'skipped', 'timedOut'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];
