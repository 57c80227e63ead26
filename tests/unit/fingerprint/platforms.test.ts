import { describe, expect, it } from 'vitest';
import {
  clonedImageHint,
  containerHint,
  virtualMachineHint,
} from '../../../electron/fingerprint/hints-policy.ts';
import { diskOfLink, parseRootMount, parseUdev } from '../../../electron/fingerprint/linux-parsers.ts';
import {
  builtInMac,
  internalDiskSerial,
  ioregText,
  plistText,
} from '../../../electron/fingerprint/macos-parsers.ts';
import { normalize, universalMac } from '../../../electron/fingerprint/normalize.ts';
import { platformOf } from '../../../electron/fingerprint/platform.ts';
import { parseAnswer } from '../../../electron/fingerprint/windows-parsers.ts';
import { fakeHost, type Machine } from './fake-host.ts';
import {
  ASK_WINDOWS,
  CONTAINER,
  LINUX_DESKTOP,
  LINUX_LAPTOP,
  MAC,
  MAC_GUEST,
  WINDOWS,
  WINDOWS_GUEST,
} from './machines.ts';

/** Normalized values of what the system's own sources read. */
async function valuesOf(machine: Machine): Promise<Record<string, string | null>> {
  const { sources } = platformOf(fakeHost(machine));
  const entries = await Promise.all(
    sources.map(async ({ name, read }) => [name, normalize(await read())] as const),
  );
  return Object.fromEntries(entries);
}

describe('the factors of', () => {
  it.each<[string, Machine, Record<string, string | null>]>([
    [
      'a Linux laptop without root',
      LINUX_LAPTOP,
      {
        board: null,
        disk: 's4evnf0m123456',
        mac: '8c1645aabbcc',
        os: '6d1f0a52-9b1c-4a38-8f43-2a5b0c7d9e11',
      },
    ],
    [
      'a Linux desktop with root and a placeholder UUID',
      LINUX_DESKTOP,
      {
        board: '07d0512_l71e123456',
        disk: 's3z1nb0k000001',
        mac: null,
        os: 'c0ffee00-1111-4222-8333-444455556666',
      },
    ],
    ['a container', CONTAINER, { board: null, disk: null, mac: null, os: null }],
    [
      'a Mac',
      MAC,
      {
        board: 'c02xx0aaq05n',
        disk: '0ba0112233445566',
        mac: 'f4d488112233',
        os: '0f1e2d3c-4b5a-4697-8877-665544332211',
      },
    ],
    [
      'a virtual Mac',
      MAC_GUEST,
      {
        board: null,
        disk: null,
        mac: null,
        os: null,
      },
    ],
    [
      'a Windows laptop',
      WINDOWS,
      {
        board: '4c4c4544-0039-4a10-8053-b7c04f4d3532',
        disk: 'ace4_2e00_1a2b_3c4d.',
        mac: 'a4bb6d445566',
        os: '9a2b1c3d',
      },
    ],
    [
      'a Windows machine whose PowerShell is forbidden',
      { platform: 'win32' },
      {
        board: null,
        disk: null,
        mac: null,
        os: null,
      },
    ],
    ['a system that is not known', { platform: 'freebsd' }, {}],
  ])('%s', async (_, machine, expected) => {
    expect(await valuesOf(machine)).toEqual(expected);
  });

  it('Windows are asked for once', async () => {
    const host = fakeHost(WINDOWS);
    let runs = 0;
    const counted = {
      ...host,
      run: (program: string, args: readonly string[]) => ((runs += 1), host.run(program, args)),
    };
    const platform = platformOf(counted);
    await Promise.all([...platform.sources.map((source) => source.read()), platform.evidence()]);
    expect(runs).toBe(1);
  });
});

describe('the parsers', () => {
  it('read nothing out of nothing', () => {
    for (const text of ['', '\n', 'garbage', '{}', '[]', 'null', ' - ', '"Serial Number"="x"']) {
      expect(parseRootMount(text)).toBeNull();
      expect(internalDiskSerial(text)).toBeNull();
      expect(builtInMac(text)).toBeNull();
      expect(plistText(text, 'VolumeUUID')).toBeNull();
      expect(ioregText(text, 'IOPlatformUUID')).toBeNull();
      expect(parseUdev(text).size).toBe(0);
    }
    for (const text of ['', 'Access denied', '7', '[]', '{', 'x{"uuid":"a"}'])
      expect(parseAnswer(text)).toBeNull();
    expect(parseAnswer('\uFEFF{"uuid":null}')).toMatchObject({ uuid: null, cards: [] });
  });

  it('do without what is odd in an answer of Windows, and keep the rest', () => {
    const card = { PNPDeviceID: 'PCI', MACAddress: 'a' };
    for (const [text, expected] of [
      ['{"uuid":7,"board":"b"}', { uuid: null, board: 'b' }],
      [`{"uuid":"${'x'.repeat(2000)}","board":"b"}`, { uuid: null, board: 'b' }],
      ['{"cards":{},"board":"b"}', { cards: [], board: 'b' }],
      ['{"cards":[null],"adapters":null}', { cards: [], adapters: [] }],
      [JSON.stringify({ cards: [card, null] }), { cards: [card] }],
      [JSON.stringify({ cards: { value: [card], Count: 1 } }), { cards: [card] }],
    ] as const)
      expect(parseAnswer(text)).toMatchObject(expected);
  });

  it('find the disk of a partition', () => {
    expect(diskOfLink('../../devices/pci0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2')).toBe('sda');
    expect(diskOfLink('../../devices/pci0/nvme/nvme0/nvme0n1/nvme0n1p2')).toBe('nvme0n1');
    expect(diskOfLink('../../devices/platform/mmc0/mmc0:0001/block/mmcblk0/mmcblk0p2')).toBe('mmcblk0');
    expect(diskOfLink('../../devices/elsewhere')).toBeNull();
  });

  it('take the mount that shows on /', () => {
    const line = (number: string, source: string): string => `1 1 ${number} / / rw - ext4 ${source} rw`;
    expect(parseRootMount(`${line('0:1', 'rootfs')}\n${line('8:2', '/dev/sda2')}`)).toEqual({
      number: '8:2',
      source: '/dev/sda2',
      type: 'ext4',
    });
  });
});

describe('a raw value', () => {
  it.each([
    ['  ABC \t 123\n', 'abc 123'],
    ['S4EV\u0000', 's4ev'],
    ['4C4C4544-0039-4A10-8053-B7C04F4D3532', '4c4c4544-0039-4a10-8053-b7c04f4d3532'],
  ])('%j becomes %j', (raw, expected) => {
    expect(normalize(raw)).toBe(expected);
  });
  it.each([
    '',
    '  \n',
    'None',
    'To Be Filled By O.E.M.',
    'Default string',
    'System Serial Number',
    'Not Specified',
    'N/A',
    '0',
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '03000200-0400-0500-0006-000700080009',
    '123456789',
    '0123456789',
    'xxxxxxxx',
    '........',
    'uninitialized',
    'x'.repeat(2000),
  ])('%j is none', (raw) => {
    expect(normalize(raw)).toBeNull();
  });
  it('is a network address only if it was given by its maker', () => {
    expect(universalMac('8C-16-45-AA-BB-CC')).toBe('8c1645aabbcc');
    for (const other of [
      '02:42:ac:11:00:02',
      '01:00:5e:00:00:01',
      '00:00:00:00:00:00',
      '8c:16:45',
      'text',
      '',
    ]) {
      expect(universalMac(other)).toBeNull();
    }
  });
});

describe('the hints', () => {
  it.each<[string, Machine, { vm: string | null | false; container: string | null | false }]>([
    ['a laptop', LINUX_LAPTOP, { vm: false, container: false }],
    ['a container on a virtual host', CONTAINER, { vm: null, container: 'docker' }],
    ['a Mac', MAC, { vm: false, container: false }],
    ['a virtual Mac', MAC_GUEST, { vm: 'apple-virtualization', container: false }],
    ['a Windows laptop', WINDOWS, { vm: false, container: false }],
    ['a Hyper-V guest', WINDOWS_GUEST, { vm: 'hyper-v', container: false }],
    [
      'a Surface',
      {
        ...WINDOWS,
        programs: { [ASK_WINDOWS]: '{"maker":"Microsoft Corporation","model":"Surface Pro 7"}' },
      },
      { vm: false, container: false },
    ],
    [
      'a VMware guest',
      { platform: 'linux', files: { '/sys/class/dmi/id/sys_vendor': 'VMware, Inc.\n' } },
      { vm: 'vmware', container: false },
    ],
    [
      'a KVM guest',
      { platform: 'linux', files: { '/sys/class/dmi/id/sys_vendor': 'QEMU\n' } },
      { vm: 'kvm', container: false },
    ],
    [
      'a Xen guest',
      { platform: 'linux', files: { '/sys/hypervisor/type': 'xen\n' } },
      { vm: 'xen', container: false },
    ],
    [
      'WSL',
      { platform: 'linux', files: { '/proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n' } },
      { vm: 'wsl', container: false },
    ],
    [
      'a pod',
      { platform: 'linux', env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } },
      { vm: false, container: 'kubernetes' },
    ],
    [
      'podman',
      { platform: 'linux', files: { '/run/.containerenv': '' } },
      { vm: false, container: 'podman' },
    ],
    [
      'nspawn',
      { platform: 'linux', files: { '/run/systemd/container': 'systemd-nspawn\n' } },
      { vm: false, container: 'systemd-nspawn' },
    ],
  ])('%s', async (_, machine, expected) => {
    const evidence = await platformOf(fakeHost(machine)).evidence();
    const shown = ({ detected, kind }: { detected: boolean; kind: string | null }): string | null | false =>
      detected ? kind : false;
    expect({ vm: shown(virtualMachineHint(evidence)), container: shown(containerHint(evidence)) }).toEqual(
      expected,
    );
  });

  it('carry evidence in fixed words, without a raw value', () => {
    const evidence = { names: ['VMware-56 4d 11'], cpuFlag: true, containerMarks: ['/.dockerenv'] };
    expect(virtualMachineHint(evidence)).toEqual({
      detected: true,
      kind: 'vmware',
      evidence: ['firmware names', 'processor flag'],
    });
    expect(containerHint(evidence).evidence).toEqual(['container marks']);
  });

  it('know an image whose machine id was never made', () => {
    expect(clonedImageHint({ rawMachineId: 'uninitialized\n' }).detected).toBe(true);
    expect(clonedImageHint({ rawMachineId: '0'.repeat(32) }).detected).toBe(true);
    expect(clonedImageHint({ rawMachineId: '8f3c1d2e4b5a69788776655443322110\n' }).detected).toBe(false);
    expect(clonedImageHint({}).detected).toBe(false);
  });
});
