/** Where the root file system comes from: its device path, its device number `major:minor`, and its type. */
export interface RootMount {
  readonly source: string;
  readonly number: string;
  readonly type: string;
}

/**
 * Finds the root mount in `/proc/self/mountinfo` (proc(5)): fields 3 and 5 are device number and mount point, type
 * and source are the first two after the lone hyphen. The last mount on `/` is the one that shows.
 */
export function parseRootMount(mountinfo: string): RootMount | null {
  let root: RootMount | null = null;
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const [, , number, , mountPoint] = left.split(' ');
    const [type, source] = right.split(' ');
    if (mountPoint !== '/' || number === undefined || type === undefined || source === undefined) continue;
    root = { source, number, type };
  }
  return root;
}

/**
 * Name of the whole disk from where `/sys/class/block/<name>` points, such as
 * `../../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda/sda2`.
 */
export function diskOfLink(link: string): string | null {
  const parts = link.split('/');
  const nvme = parts.findIndex((part) => part === 'block');
  if (nvme !== -1) return parts[nvme + 1] ?? null;
  // NVMe disks lie below their controller without a `block` folder: .../nvme/nvme0/nvme0n1/nvme0n1p2
  return parts.find((part) => /^nvme\d+n\d+$/.test(part)) ?? null;
}

/** Properties of a udev database file (`/run/udev/data/b8:0`): the lines that begin with `E:`. */
export function parseUdev(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^E:([A-Z0-9_]+)=(.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) properties.set(match[1], match[2]);
  }
  return properties;
}

/** Whether `/proc/cpuinfo` lists the `hypervisor` flag (x86). */
export function hasHypervisorFlag(cpuinfo: string): boolean {
  return /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo);
}

/** Whether a kernel's release name is that of the Windows Subsystem for Linux, such as `5.15.0-microsoft-standard-WSL2`. */
export function isWsl(release: string | null): boolean {
  return /microsoft/i.test(release ?? '');
}
