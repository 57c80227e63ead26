import { describe, expect, it } from 'vitest';
import { mayStartAnew } from '../../../electron/license/anew-policy.ts';
import { NEW_RUN, trustedNow } from '../../../electron/license/clock-policy.ts';
import { keptTimeOf } from '../../../electron/license/device-time.ts';
import { judge, type Observation } from '../../../electron/license/observe.ts';
import { EMPTY_RECORD, type DeviceRecord, type LicenseRecord } from '../../../electron/license/records.ts';
import { wasTurnedAway } from '../../../electron/license/refusal-policy.ts';
import type { KeyProblem, VaultCondition } from '../../../electron/vault/types.ts';
import { ERROR_CODES, failure } from '../../../shared/errors.ts';
import { parseProfile, type VendorProfile } from '../../../shared/profile.ts';
import { minimalProfile } from '../shared/profile-sample.ts';
import { activation, DAY, NOW } from '../shared/sample-license.ts';
import { givenSession, typedCode } from '../../support/typed-secrets.ts';

function vendorProfile(): VendorProfile {
  const parsed = parseProfile(minimalProfile());
  if (!parsed.ok) throw new Error('the sample profile is not valid');
  return parsed.value;
}

const CALM: VaultCondition = {
  keyring: 'strong',
  vault: 'good',
  provider: 'keyring',
  backend: 'keychain',
  keyProblem: null,
  drifted: false,
  witness: 'good',
  setAside: [],
};
const NO_HINT = { detected: false, kind: null, evidence: [] } as const;
const FACTORS = { board: 'b', disk: 'd', mac: 'm', machineId: 'i', os: 'o', cpu: 'c' } as const;
const HELD: LicenseRecord = {
  ...EMPTY_RECORD,
  activation: { ...activation(), features: [], attributes: [] },
  secrets: {
    ...givenSession({ accessToken: 't', nonce: 'n' }),
    credentials: { type: 'activationCode', code: typedCode('C') },
  },
};
const DEVICE: DeviceRecord = { schema: 1, seatId: 'seat', enrolled: FACTORS, mark: NOW };

const clockAt = (local: number) => trustedNow(keptTimeOf(DEVICE), NEW_RUN, { local, monotonic: 0 });

const observed = (changes: Partial<Observation> = {}): Observation => ({
  profile: vendorProfile(),
  record: HELD,
  device: DEVICE,
  journal: null,
  problem: null,
  condition: CALM,
  fingerprint: {
    factors: FACTORS,
    machineKeys: [],
    unreadable: [],
    pending: [],
    seatId: 'seat',
    virtualMachine: NO_HINT,
    container: NO_HINT,
    clonedImage: NO_HINT,
  },
  lastContact: null,
  clock: clockAt(NOW),
  ...changes,
});

const told = (changes: Partial<Observation> = {}) => {
  const { state, reasons } = judge(observed(changes));
  return [state, ...reasons.map(({ code }) => code)];
};
const fingerprint = (changes: Partial<Observation['fingerprint']>) => ({
  fingerprint: { ...observed().fingerprint, ...changes },
});
const virtual = fingerprint({ virtualMachine: { detected: true, kind: 'kvm', evidence: [] } });
const locked = (keyProblem: KeyProblem, backend = 'keychain'): Partial<Observation> => ({
  record: null,
  device: null,
  problem: failure('vaultKeyUnavailable'),
  condition: { ...CALM, vault: 'unavailable', keyring: 'changed', keyProblem, backend },
});
const calmly = (changes: Partial<Observation>): Partial<Observation> => ({
  ...changes,
  condition: { ...CALM, ...changes.condition, keyring: 'strong' },
});
const journal = (kind: 'activate' | 'deactivate' | 'call') => ({
  journal: { schema: 2, kind, idempotencyKey: 'k', startedAt: NOW } as const,
});

describe('judge', () => {
  it.each<readonly [string, Partial<Observation>, readonly string[]]>([
    ['all is well', {}, ['active']],
    ['nothing is stored', { record: null, device: null }, ['notActivated', 'neverActivated']],
    [
      'the record is damaged',
      { record: null, problem: failure('vaultDamaged') },
      ['notActivated', 'vaultDamaged'],
    ],
    [
      'the record is newer',
      { record: null, problem: failure('vaultNewer') },
      ['uninitialized', 'vaultNewer'],
    ],
    [
      'the folder is not ours alone',
      { record: null, problem: failure('vaultUnsafe') },
      ['uninitialized', 'vaultUnsafe'],
    ],
    [
      'the key was refused',
      locked('keyringRefused'),
      ['uninitialized', 'vaultUnavailable', 'keyringChanged'],
    ],
    [
      'too little of the device could be read',
      calmly(locked('deviceUnread')),
      ['uninitialized', 'deviceUnread'],
    ],
    [
      'the rest of the device is still being read',
      { ...calmly(locked('deviceUnread')), ...fingerprint({ pending: ['board'] }) },
      ['uninitialized'],
    ],
    [
      'what was read of a device that is still being read is another machine already',
      { ...calmly(locked('otherMachine')), ...fingerprint({ pending: ['install'] }) },
      ['notActivated', 'deviceChanged'],
    ],
    [
      'all that was read by now has changed, and it looks like a clone',
      fingerprint({ factors: { disk: 'D', machineId: 'i', os: 'o' }, pending: ['board', 'mac', 'cpu'] }),
      ['active'],
    ],
    [
      'the same, and no more can be read',
      fingerprint({ factors: { disk: 'D', machineId: 'i', os: 'o' } }),
      ['active', 'clonedImageSuspected'],
    ],
    ['the vault was copied', locked('otherMachine'), ['notActivated', 'deviceChanged', 'keyringChanged']],
    [
      'the disk can not be written to',
      { condition: { ...CALM, vault: 'readOnly' } },
      ['active', 'vaultReadOnly'],
    ],
    ['the license file was taken from its place', { isFileMissing: true }, ['active']],
    ['the disk is full', { condition: { ...CALM, vault: 'full' } }, ['active', 'vaultDiskFull']],
    [
      'the disk does not give the files back',
      { record: null, problem: failure('vaultStorageFailed') },
      ['uninitialized', 'vaultStorageFailed'],
    ],
    ['an activation is open', journal('activate'), ['active', 'activationInterrupted']],
    ['a deactivation is open', journal('deactivate'), ['active', 'deactivationInterrupted']],
    ['a call is open, which the user need not know', journal('call'), ['active']],
    ['the device drifted', fingerprint({ factors: { ...FACTORS, mac: 'x' } }), ['active', 'deviceDrifted']],
    [
      'the hardware is another',
      fingerprint({ factors: { ...FACTORS, board: 'x', disk: 'x', mac: 'x' } }),
      ['notActivated', 'deviceChanged', 'clonedImageSuspected'],
    ],
    ['the device was never enrolled', { device: null }, ['active']],
    ['a virtual machine is allowed', virtual, ['active', 'virtualMachineDetected']],
    [
      'a virtual machine is forbidden',
      {
        ...virtual,
        profile: {
          ...vendorProfile(),
          fingerprint: { ...vendorProfile().fingerprint, virtualMachines: 'forbidden' },
        },
      },
      ['notActivated', 'virtualMachineForbidden'],
    ],
    ['the clock was put back', { clock: clockAt(NOW - DAY) }, ['leaseExpired', 'clockRolledBack']],
    [
      'the server was not reached',
      { lastContact: { at: NOW, code: 'timeout' } },
      ['active', 'serverUnreachable'],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(told(changes)).toEqual(expected);
  });

  it('speaks of the greater of clock and mark', () => {
    expect(judge(observed({ clock: clockAt(NOW - DAY) })).now).toBe(NOW);
    expect(judge(observed({ clock: clockAt(NOW + DAY) })).now).toBe(NOW + DAY);
  });

  it('lets a vault be given up only where it can not be had any more', () => {
    const actions = (changes: Partial<Observation>) => judge(observed(changes)).actions;
    expect(actions(locked('keyringRefused'))).toEqual(['activateWithCode']);
    expect(actions(locked('keyringUnavailable', 'none'))).toEqual([]);
    expect(actions({ record: null, problem: failure('vaultUnsafe') })).toEqual([]);
  });
});

describe('mayStartAnew', () => {
  it.each([
    ['otherMachine', 'keychain', true],
    ['otherMachine', 'none', true],
    ['keyringRefused', 'kwallet6', true],
    ['keyringUnavailable', 'basic_text', true],
    ['keyringUnavailable', 'unavailable', true],
    ['keyringUnavailable', 'none', false],
    ['keyringSilent', 'kwallet6', false],
    ['lost', 'keychain', false],
    ['newer', 'keychain', false],
    [null, 'keychain', false],
  ] as const)('%s with the backend %s: %s', (keyProblem, backend, may) => {
    expect(mayStartAnew({ keyProblem, backend })).toBe(may);
  });
});

describe('wasTurnedAway', () => {
  it('is so for what is decided before anybody looks at the license, and for nothing else', () => {
    expect(ERROR_CODES.filter(wasTurnedAway)).toEqual([
      'credentialsInvalid',
      'accountLocked',
      'editionNotIncluded',
      'rateLimited',
      'clientCertificateRequired',
      'requestRefused',
      'clientCertificateRefused',
    ]);
  });
});
