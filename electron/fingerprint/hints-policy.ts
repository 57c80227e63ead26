import { isWsl } from './linux-parsers.ts';
import type { MachineKind } from '../../shared/support/evidence-words.ts';
import type { Hint } from './types.ts';

type Table = readonly (readonly [RegExp, MachineKind])[];

/** What the platform files collected; undefined or empty = not known. */
export interface Evidence {
  /** Manufacturer, model and firmware names, in any order. */
  readonly names?: readonly string[] | undefined;
  /** The processor says that it runs under a hypervisor. */
  readonly cpuFlag?: boolean | undefined;
  /** `/sys/hypervisor/type` or the device tree's word for it. */
  readonly hypervisor?: string | null | undefined;
  /** The system runs on a hypervisor as its master, such as Xen's dom0: real hardware all the same. */
  readonly isHypervisorsHost?: boolean | undefined;
  /** Release name of the kernel. */
  readonly kernel?: string | null | undefined;
  /** Marks of containers that exist: paths or names of variables. */
  readonly containerMarks?: readonly string[] | undefined;
  /** What the container manager calls itself. */
  readonly containerName?: string | null | undefined;
  /** `/proc/1/cgroup`. */
  readonly controlGroups?: string | null | undefined;
  /** Type of the root file system. */
  readonly rootType?: string | null | undefined;
  /** The machine id as the image left it, before anything is rejected. */
  readonly rawMachineId?: string | null | undefined;
}

const MAKERS: Table = [
  [/vmware/i, 'vmware'],
  [/virtualbox|innotek/i, 'virtualbox'],
  [/parallels/i, 'parallels'],
  [/virtualmac|apple virtualization/i, 'apple-virtualization'],
  [/\bqemu\b|\bkvm\b|openstack|rhev|ovirt|proxmox/i, 'kvm'],
  [/\bxen\b|hvm domu/i, 'xen'],
  [/bochs/i, 'bochs'],
  [/bhyve/i, 'bhyve'],
  [/amazon ec2/i, 'amazon-ec2'],
  [/google compute engine/i, 'google-compute-engine'],
  [/digitalocean|droplet/i, 'digitalocean'],
  [/hetzner/i, 'hetzner'],
  [/nutanix/i, 'nutanix'],
  // "Microsoft Corporation" alone also makes laptops; its virtual machines are all of this model.
  [/^virtual machine$/i, 'hyper-v'],
];

const CONTAINERS: Table = [
  [/kubepods|kubernetes/i, 'kubernetes'],
  [/podman|libpod|\.containerenv/i, 'podman'],
  [/docker/i, 'docker'],
  [/\blxc\b/i, 'lxc'],
  [/systemd-nspawn/i, 'systemd-nspawn'],
];

/** A live system on a USB stick has one too: so this is evidence beside other evidence, and none alone. */
const LAYERS = 'layered root file system';
const LAYERED = /^(?:overlay|fuse\.fuse-overlayfs|aufs)$/;

const recognize = (table: Table, text: string): MachineKind | null =>
  table.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Whether this is a virtual machine, and whose. */
export function virtualMachineHint(evidence: Evidence): Hint {
  const found: string[] = [];
  if (evidence.isHypervisorsHost === true) return { detected: false, kind: null, evidence: found };
  const byName = (evidence.names ?? [])
    .map((name) => recognize(MAKERS, name.trim()))
    .find((kind) => kind !== null);
  if (byName !== undefined) found.push('firmware names');
  const hypervisor = evidence.hypervisor?.trim() ?? '';
  if (hypervisor !== '') found.push('hypervisor interface');
  const wsl = isWsl(evidence.kernel ?? null);
  if (wsl) found.push('kernel release');
  // Comes last: Windows with memory integrity runs real hardware under its own hypervisor, so those who collect
  // evidence there don't set it.
  if (evidence.cpuFlag === true) found.push('processor flag');
  const kind = byName ?? recognize(MAKERS, hypervisor) ?? (wsl ? 'wsl' : null);
  return { detected: found.length > 0, kind, evidence: found };
}

/** Whether this runs in a container, and whose. */
export function containerHint(evidence: Evidence): Hint {
  const found: string[] = [];
  const marks = evidence.containerMarks ?? [];
  if (marks.length > 0) found.push('container marks');
  const name = evidence.containerName?.trim() ?? '';
  // Flatpak shuts the program in, not the machine out: hardware and ids are those of the real system.
  if (/^flatpak$/i.test(name)) return { detected: false, kind: null, evidence: found };
  if (name !== '') found.push('container manager');
  const byGroup = recognize(CONTAINERS, evidence.controlGroups ?? '');
  if (byGroup !== null) found.push('control groups');
  // With control groups of version 2 a container sees none of its names; a root made of image layers remains.
  if (LAYERED.test(evidence.rootType ?? '')) found.push(LAYERS);
  const kind = byGroup ?? recognize(CONTAINERS, [name, ...marks].join('\n'));
  const detected = found.some((mark) => mark !== LAYERS);
  return { detected, kind: detected ? kind : null, evidence: detected ? found : [] };
}

/**
 * Whether the image of this machine was copied without making its identity new. One machine alone can tell little:
 * only that the id which the first start should have made is not there.
 */
export function clonedImageHint(evidence: Evidence): Hint {
  const raw = evidence.rawMachineId?.trim() ?? null;
  const detected = raw !== null && (raw === 'uninitialized' || /^0{32}$/.test(raw));
  return { detected, kind: null, evidence: detected ? ['machine id was never made'] : [] };
}
