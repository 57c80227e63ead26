import type { Evidence } from './hints-policy.ts';
import type { Host, Platform } from './host.ts';
import { diskOfLink, hasHypervisorFlag, isWsl, parseRootMount, parseUdev } from './linux-parsers.ts';
import { diskSerial, normalize, universalMac } from './normalize.ts';

const DMI = '/sys/class/dmi/id';
const KERNEL = '/proc/sys/kernel/osrelease';

/** The first of several readers that gives something other than a placeholder. */
async function first(...readers: readonly (() => Promise<string | null>)[]): Promise<string | null> {
  for (const read of readers) {
    const value = await read();
    if (normalize(value) !== null) return value;
  }
  return null;
}

/** SMBIOS ids are readable by root alone on most systems; boards without SMBIOS have theirs in the device tree. */
const board = (host: Host) => () =>
  first(
    () => host.readText(`${DMI}/product_uuid`),
    () => host.readText(`${DMI}/board_serial`),
    () => host.readText(`${DMI}/product_serial`),
    () => host.readText('/proc/device-tree/serial-number'),
  );

/** Name of the block device that the root file system lies on, such as `nvme0n1p2` or `dm-0`; null in containers. */
async function rootDevice(host: Host): Promise<string | null> {
  const mount = parseRootMount((await host.readText('/proc/self/mountinfo')) ?? '');
  if (mount === null) return null;
  const byNumber = await host.readLink(`/sys/dev/block/${mount.number}`);
  if (byNumber !== null) return byNumber.split('/').at(-1) ?? null;
  // btrfs has a device number of its own that belongs to no block device.
  if (!mount.source.startsWith('/dev/')) return null;
  const target = (await host.readLink(mount.source)) ?? mount.source;
  return target.split('/').at(-1) ?? null;
}

/** The disk below a partition, and below encryption, volume manager and software RAID (the first of its disks). */
async function wholeDisk(host: Host, device: string, depth = 0): Promise<string | null> {
  const [lower] = (await host.list(`/sys/class/block/${device}/slaves`)).toSorted();
  if (lower !== undefined && depth < 5) return wholeDisk(host, lower, depth + 1);
  const link = await host.readLink(`/sys/class/block/${device}`);
  return link === null ? null : diskOfLink(link);
}

async function udevProperties(host: Host, device: string): Promise<ReadonlyMap<string, string>> {
  const number = (await host.readText(`/sys/class/block/${device}/dev`))?.trim() ?? '';
  if (!/^\d+:\d+$/.test(number)) return new Map();
  return parseUdev((await host.readText(`/run/udev/data/b${number}`)) ?? '');
}

const disk = (host: Host) => async (): Promise<string | null> => {
  const device = await rootDevice(host);
  const name = device === null ? null : await wholeDisk(host, device);
  if (name === null) return null;
  const file = (path: string) => async () =>
    diskSerial(await host.readText(`/sys/class/block/${name}/${path}`));
  const property = (key: string) => async () =>
    diskSerial((await udevProperties(host, name)).get(key) ?? null);
  return first(
    file('device/serial'),
    file('serial'),
    property('ID_SERIAL_SHORT'),
    property('ID_WWN'),
    file('device/wwid'),
  );
};

interface Card {
  readonly link: string;
  readonly address: string;
  readonly isWireless: boolean;
}

async function cardNamed(host: Host, name: string): Promise<Card | null> {
  const at = `/sys/class/net/${name}`;
  const [link, shown, assigned, burntIn, wireless] = await Promise.all([
    host.readLink(at),
    host.readText(`${at}/address`),
    host.readText(`${at}/addr_assign_type`),
    // The cards of a bond all show the bond's address; their own is here.
    host.readText(`${at}/bonding_slave/perm_hwaddr`),
    host.readLink(`${at}/phy80211`),
  ]);
  // What is plugged in comes and goes: a dock at the office is no part of the device.
  if (link === null || link.includes('/virtual/') || link.includes('/usb')) return null;
  const address = universalMac(burntIn ?? (assigned?.trim() === '0' ? (shown ?? '') : ''));
  return address === null ? null : { link, address, isWireless: wireless !== null };
}

/** Wireless cards come last, since their address is often a random one, and then not there. */
const order = ({ isWireless, link }: Card): string => `${isWireless ? 1 : 0} ${link}`;

/**
 * The address of the first network card that is hardware, built in rather than plugged in, and shows its permanent
 * address (`addr_assign_type` 0). In the order of the bus, because names are given anew by updates.
 */
const mac = (host: Host) => async (): Promise<string | null> => {
  // WSL has a network card with a new address at every start.
  if (isWsl(await host.readText(KERNEL))) return null;
  const names = await host.list('/sys/class/net');
  const cards = (await Promise.all(names.map((name) => cardNamed(host, name)))).filter(
    (card) => card !== null,
  );
  return cards.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))[0]?.address ?? null;
};

/** The id of the root file system, made when the system was installed. */
const os = (host: Host) => async (): Promise<string | null> => {
  const device = await rootDevice(host);
  if (device === null) return null;
  const known = (await udevProperties(host, device)).get('ID_FS_UUID');
  if (known !== undefined) return known;
  for (const uuid of await host.list('/dev/disk/by-uuid')) {
    const link = await host.readLink(`/dev/disk/by-uuid/${uuid}`);
    if (link?.split('/').at(-1) === device) return uuid;
  }
  return null;
};

const NAMES = ['sys_vendor', 'product_name', 'bios_vendor', 'board_vendor', 'chassis_vendor'];
const CONTAINER_FILES = ['/.dockerenv', '/run/.containerenv'];
const CONTAINER_VARIABLES = ['KUBERNETES_SERVICE_HOST'];

async function evidence(host: Host): Promise<Evidence> {
  const names = await Promise.all(NAMES.map((name) => host.readText(`${DMI}/${name}`)));
  const files = await Promise.all(
    CONTAINER_FILES.map(async (path) => ((await host.readText(path)) === null ? [] : [path])),
  );
  const variables = CONTAINER_VARIABLES.filter((name) => host.env(name) !== undefined);
  return {
    names: names.filter((name) => name !== null),
    cpuFlag: hasHypervisorFlag((await host.readText('/proc/cpuinfo')) ?? ''),
    hypervisor:
      (await host.readText('/sys/hypervisor/type')) ??
      (await host.readText('/proc/device-tree/hypervisor/compatible')),
    isHypervisorsHost: /\bcontrol_d\b/.test((await host.readText('/proc/xen/capabilities')) ?? ''),
    kernel: await host.readText(KERNEL),
    containerMarks: [...files.flat(), ...variables],
    containerName: (await host.readText('/run/systemd/container')) ?? host.env('container'),
    controlGroups: await host.readText('/proc/1/cgroup'),
    rootType: parseRootMount((await host.readText('/proc/self/mountinfo')) ?? '')?.type,
    rawMachineId: await host.readText('/etc/machine-id'),
  };
}

export function linuxPlatform(host: Host): Platform {
  return {
    sources: [
      { name: 'board', read: board(host) },
      { name: 'disk', read: disk(host) },
      { name: 'mac', read: mac(host) },
      { name: 'os', read: os(host) },
    ],
    evidence: () => evidence(host),
  };
}
