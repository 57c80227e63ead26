import type { Evidence } from './hints-policy.ts';
import type { Host, Platform } from './host.ts';
import { builtInMac, internalDiskSerial, ioregText, plistText } from './macos-parsers.ts';
import { diskSerial } from './normalize.ts';

const IOREG = '/usr/sbin/ioreg';

/** Virtual machines have none. The platform UUID can't take its place: it is the machine id already, and counts once. */
const board = (host: Host) => async (): Promise<string | null> => {
  const listing = await host.run(IOREG, ['-rd1', '-c', 'IOPlatformExpertDevice']);
  if (listing === null) return null;
  return ioregText(listing, 'IOPlatformSerialNumber');
};

const disk = (host: Host) => async (): Promise<string | null> => {
  const listing = await host.run(IOREG, ['-rd1', '-w0', '-c', 'IOBlockStorageDevice']);
  return listing === null ? null : diskSerial(internalDiskSerial(listing));
};

const mac = (host: Host) => async (): Promise<string | null> => {
  const listing = await host.run('/usr/sbin/networksetup', ['-listallhardwareports']);
  return listing === null ? null : builtInMac(listing);
};

/** The volume group outlives updates of the system; the system volume's own id doesn't. */
const os = (host: Host) => async (): Promise<string | null> => {
  const plist = await host.run('/usr/sbin/diskutil', ['info', '-plist', '/']);
  if (plist === null) return null;
  return plistText(plist, 'APFSVolumeGroupID') ?? plistText(plist, 'VolumeUUID');
};

const evidence = (host: Host) => async (): Promise<Evidence> => {
  const [present, model] = await Promise.all([
    host.run('/usr/sbin/sysctl', ['-n', 'kern.hv_vmm_present']),
    host.run('/usr/sbin/sysctl', ['-n', 'hw.model']),
  ]);
  return { names: model === null ? [] : [model], cpuFlag: present?.trim() === '1' };
};

export function macosPlatform(host: Host): Platform {
  return {
    sources: [
      { name: 'board', read: board(host) },
      { name: 'disk', read: disk(host) },
      { name: 'mac', read: mac(host) },
      { name: 'os', read: os(host) },
    ],
    evidence: evidence(host),
  };
}
