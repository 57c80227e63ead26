import { QUERY } from '../../../electron/fingerprint/windows-parsers.ts';
import type { Machine } from './fake-host.ts';

/**
 * Machines as their systems describe them. The forms are those of the real programs and files; serial numbers,
 * addresses and ids are invented.
 */

const NVME = '../../devices/pci0000:00/0000:00:1d.0/0000:3d:00.0/nvme/nvme0/nvme0n1';

/** A laptop with an encrypted NVMe disk, a built-in network card, a dock on USB and no root rights. */
export const LINUX_LAPTOP: Machine = {
  platform: 'linux',
  machineId: '8f3c1d2e4b5a69788776655443322110',
  cpu: 'Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz',
  files: {
    '/proc/self/mountinfo': [
      '22 1 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:13 - proc proc rw',
      '27 1 253:0 / / rw,relatime shared:1 - ext4 /dev/mapper/luks-root rw,errors=remount-ro',
      '90 27 259:1 / /boot/efi rw,relatime shared:31 - vfat /dev/nvme0n1p1 rw,fmask=0077',
    ].join('\n'),
    '/sys/class/block/nvme0n1/device/serial': 'S4EVNF0M123456      \n',
    '/sys/class/block/dm-0/dev': '253:0\n',
    '/run/udev/data/b253:0':
      'S:disk/by-uuid/6d1f\nE:DM_NAME=luks-root\nE:ID_FS_UUID=6d1f0a52-9b1c-4a38-8f43-2a5b0c7d9e11\nE:ID_FS_TYPE=ext4\n',
    '/sys/class/net/enp0s31f6/address': '8c:16:45:aa:bb:cc\n',
    '/sys/class/net/enp0s31f6/addr_assign_type': '0\n',
    '/sys/class/net/enx00e04c680001/address': '00:e0:4c:68:00:01\n',
    '/sys/class/net/enx00e04c680001/addr_assign_type': '0\n',
    '/sys/class/net/wlp2s0/address': '9e:5a:11:22:33:44\n',
    '/sys/class/net/wlp2s0/addr_assign_type': '3\n',
    '/sys/class/net/docker0/address': '02:42:ac:11:00:01\n',
    '/sys/class/net/docker0/addr_assign_type': '0\n',
    '/sys/class/net/lo/address': '00:00:00:00:00:00\n',
    '/sys/class/net/lo/addr_assign_type': '0\n',
    '/sys/class/dmi/id/sys_vendor': 'LENOVO\n',
    '/sys/class/dmi/id/product_name': '20L5CTO1WW\n',
    '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme de pse tsc msr pae mce vmx est\n',
    '/proc/sys/kernel/osrelease': '6.8.0-45-generic\n',
    '/proc/1/cgroup': '0::/init.scope\n',
    '/etc/machine-id': '8f3c1d2e4b5a69788776655443322110\n',
  },
  links: {
    '/sys/dev/block/253:0': '../../devices/virtual/block/dm-0',
    '/sys/class/block/dm-0': '../../devices/virtual/block/dm-0',
    '/sys/class/block/nvme0n1p3': `${NVME}/nvme0n1p3`,
    '/sys/class/block/nvme0n1': NVME,
    '/sys/class/net/enp0s31f6': '../../devices/pci0000:00/0000:00:1f.6/net/enp0s31f6',
    '/sys/class/net/enx00e04c680001':
      '../../devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/net/enx00e04c680001',
    '/sys/class/net/wlp2s0': '../../devices/pci0000:00/0000:00:1c.0/0000:02:00.0/net/wlp2s0',
    '/sys/class/net/docker0': '../../devices/virtual/net/docker0',
    '/sys/class/net/lo': '../../devices/virtual/net/lo',
  },
  folders: {
    '/sys/class/net': ['docker0', 'enp0s31f6', 'enx00e04c680001', 'lo', 'wlp2s0'],
    '/sys/class/block/dm-0/slaves': ['nvme0n1p3'],
  },
};

/** A desktop run by root, with a SATA disk and btrfs, whose device number belongs to no block device. */
export const LINUX_DESKTOP: Machine = {
  platform: 'linux',
  machineId: '0123456789abcdef0123456789abcdef',
  cpu: 'AMD Ryzen 7 5800X 8-Core Processor',
  files: {
    '/sys/class/dmi/id/product_uuid': '03000200-0400-0500-0006-000700080009\n',
    '/sys/class/dmi/id/board_serial': '07D0512_L71E123456\n',
    '/proc/self/mountinfo': '25 1 0:23 /@ / rw,relatime shared:1 - btrfs /dev/sda2 rw,ssd,subvol=/@\n',
    '/sys/class/block/sda/dev': '8:0\n',
    '/run/udev/data/b8:0':
      'E:ID_SERIAL=Samsung_SSD_860_EVO_500GB_S3Z1NB0K000001\nE:ID_SERIAL_SHORT=S3Z1NB0K000001\n',
  },
  links: {
    '/sys/class/block/sda2':
      '../../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2',
    '/dev/disk/by-uuid/1A2B-3C4D': '../../sda1',
    '/dev/disk/by-uuid/c0ffee00-1111-4222-8333-444455556666': '../../sda2',
  },
  folders: { '/dev/disk/by-uuid': ['1A2B-3C4D', 'c0ffee00-1111-4222-8333-444455556666'] },
};

/** A container: an overlay on `/`, one virtual network card with a local address, the image's machine id. */
export const CONTAINER: Machine = {
  platform: 'linux',
  machineId: 'aaaabbbbccccddddeeeeffff00001111',
  cpu: 'Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz',
  files: {
    '/.dockerenv': '',
    '/proc/self/mountinfo':
      '800 700 0:57 / / rw,relatime master:300 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AAA\n',
    '/proc/cpuinfo': 'flags\t\t: fpu vme hypervisor lahf_lm\n',
    '/proc/1/cgroup': '12:cpu:/docker/0a1b2c3d4e5f\n0::/docker/0a1b2c3d4e5f\n',
    '/sys/class/net/eth0/address': '02:42:ac:11:00:02\n',
    '/sys/class/net/eth0/addr_assign_type': '0\n',
  },
  links: { '/sys/class/net/eth0': '../../devices/virtual/net/eth0' },
  folders: { '/sys/class/net': ['eth0', 'lo'] },
};

const ioreg = (
  serial: string,
): string => `+-o J314sAP  <class IOPlatformExpertDevice, id 0x100000201, registered>
    {
      "manufacturer" = <"Apple Inc.">
      "model" = <"MacBookPro18,3">
      "IOPlatformSerialNumber" = "${serial}"
      "IOPlatformUUID" = "5C2E8A4B-1111-5222-9333-ABCDEF012345"
    }
`;

const storage = `+-o APPLE-EXTERNAL Media  <class IOBlockStorageDevice, id 0x1000aaaa, registered, matched, active>
  | {
  |   "Protocol Characteristics" = {"Physical Interconnect"="USB","Physical Interconnect Location"="External"}
  |   "Device Characteristics" = {"Serial Number"="USB0000001","Product Name"="Extreme SSD","Vendor Name"="SanDisk"}
  | }
  |
+-o APPLE SSD AP0512R Media  <class IONVMeBlockStorageDevice, id 0x100000678, registered, matched, active>
    {
      "Protocol Characteristics" = {"Physical Interconnect"="Apple Fabric","Physical Interconnect Location"="Internal"}
      "Device Characteristics" = {"Serial Number"="0ba0112233445566","Medium Type"="Solid State","Product Name"="APPLE SSD AP0512R"}
    }
`;

const ports = `
Hardware Port: USB 10/100/1000 LAN
Device: en7
Ethernet Address: 00:e0:4c:68:00:02

Hardware Port: Wi-Fi
Device: en0
Ethernet Address: f4:d4:88:11:22:33

Hardware Port: Thunderbolt Bridge
Device: bridge0
Ethernet Address: 36:aa:bb:cc:dd:00

VLAN Configurations
===================
`;

const plist = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>APFSVolumeGroupID</key>
	<string>0F1E2D3C-4B5A-4697-8877-665544332211</string>
	<key>Bootable</key>
	<true/>
	<key>VolumeUUID</key>
	<string>99999999-8888-4777-A666-555555555555</string>
</dict>
</plist>
`;

export const MAC: Machine = {
  platform: 'darwin',
  machineId: '5c2e8a4b-1111-5222-9333-abcdef012345',
  cpu: 'Apple M1 Pro',
  programs: {
    '/usr/sbin/ioreg -rd1 -c IOPlatformExpertDevice': ioreg('C02XX0AAQ05N'),
    '/usr/sbin/ioreg -rd1 -w0 -c IOBlockStorageDevice': storage,
    '/usr/sbin/networksetup -listallhardwareports': ports,
    '/usr/sbin/diskutil info -plist /': plist,
    '/usr/sbin/sysctl -n kern.hv_vmm_present': '0\n',
    '/usr/sbin/sysctl -n hw.model': 'MacBookPro18,3\n',
  },
};

export const MAC_GUEST: Machine = {
  ...MAC,
  programs: {
    '/usr/sbin/ioreg -rd1 -c IOPlatformExpertDevice': ioreg('0'),
    '/usr/sbin/sysctl -n kern.hv_vmm_present': '1\n',
    '/usr/sbin/sysctl -n hw.model': 'VirtualMac2,1\n',
  },
};

const POWERSHELL = String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`;

/** The command line of the one question that is asked on Windows. */
export const ASK_WINDOWS = `${POWERSHELL} -NoLogo -NoProfile -NonInteractive -Command ${QUERY}`;

const answer = {
  uuid: '4C4C4544-0039-4A10-8053-B7C04F4D3532',
  board: '/9J0SM52/CNFCW0000000/',
  maker: 'Dell Inc.',
  model: 'Latitude 7420',
  disk: 'ACE4_2E00_1A2B_3C4D.',
  volume: '9A2B1C3D',
  cards: [
    { PNPDeviceID: 'USB\\VID_0BDA&PID_8153\\000001', MACAddress: '00:E0:4C:68:00:03' },
    { PNPDeviceID: 'PCI\\VEN_8086&DEV_A0F0\\3&11583659&0&A3', MACAddress: 'A4:BB:6D:44:55:66' },
    { PNPDeviceID: 'PCI\\VEN_8086&DEV_15FB\\3&11583659&0&FE', MACAddress: null },
    { PNPDeviceID: 'ROOT\\VMS_MP\\0000', MACAddress: '00:15:5D:01:02:03' },
  ],
};

export const WINDOWS: Machine = {
  platform: 'win32',
  machineId: '7d2c9b1a-3333-4444-8555-666677778888',
  cpu: '11th Gen Intel(R) Core(TM) i7-1185G7 @ 3.00GHz',
  env: { SystemRoot: String.raw`C:\Windows` },
  programs: { [ASK_WINDOWS]: `${JSON.stringify(answer)}\r\n` },
};

export const WINDOWS_GUEST: Machine = {
  ...WINDOWS,
  programs: {
    [ASK_WINDOWS]: JSON.stringify({
      ...answer,
      maker: 'Microsoft Corporation',
      model: 'Virtual Machine',
      disk: null,
      cards: [],
    }),
  },
};
