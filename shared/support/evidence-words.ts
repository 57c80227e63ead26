import { ENTITLEMENT_STATUSES } from '../license/types.ts';
import type { WORD_NAMES } from './evidence.ts';

/**
 * The words that a check of this version may say, by the name of the evidence. What a check says is typed by this list, and
 * every language has to have each of them. A report of a later version may hold others: they are shown as they are.
 */
export const EVIDENCE_WORDS = {
  device: ['same', 'drifted', 'different', 'unknown'],
  environment: ['test', 'live'],
  entitlementStatus: ENTITLEMENT_STATUSES,
  host: ['electron', 'chromium-host', 'node'],
  keyProvider: ['keyring', 'machine'],
  keyProblem: [
    'keyringUnavailable',
    'keyringRefused',
    'keyringSilent',
    'otherMachine',
    'deviceUnread',
    'lost',
    'newer',
  ],
  /** Of the operating system, which may come with another one; those of Electron (safeStorage) and ours. */
  keyringBackend: [
    'none',
    'silent',
    'unavailable',
    'unknown',
    'basic_text',
    'gnome_libsecret',
    'kwallet',
    'kwallet5',
    'kwallet6',
    'keychain',
    'dpapi',
  ],
  keyring: ['strong', 'weak', 'changed'],
  lockState: ['free', 'held', 'gone', 'unknown'],
  machineKind: [
    'vmware',
    'virtualbox',
    'parallels',
    'apple-virtualization',
    'kvm',
    'xen',
    'bochs',
    'bhyve',
    'amazon-ec2',
    'google-compute-engine',
    'digitalocean',
    'hetzner',
    'nutanix',
    'hyper-v',
    'wsl',
    'kubernetes',
    'podman',
    'docker',
    'lxc',
    'systemd-nspawn',
  ],
  mode: ['online', 'offline'],
  pinning: ['required', 'report'],
  platform: ['windows', 'macos', 'linux', 'other'],
  route: ['direct', 'http', 'https', 'socks5'],
  vault: [
    'good',
    'recovered',
    'damaged',
    'unavailable',
    'failing',
    'readOnly',
    'full',
    'newer',
    'unsafe',
    'rolledBack',
  ],
  witness: ['none', 'good', 'missing', 'damaged', 'unusable'],
} as const satisfies Readonly<Record<WordName, readonly string[]>>;

export type WordName = (typeof WORD_NAMES)[number];
export type EvidenceWord<N extends WordName> = (typeof EVIDENCE_WORDS)[N][number];
/** What a system is called that is no real hardware of its own. */
export type MachineKind = EvidenceWord<'machineKind'>;
