import type { EvidenceWords } from './diagnosis-types.ts';

/** Evidence that is a name, and the same in every language. */
export const NAMES = {
  host: { electron: 'Electron', node: 'Node.js' },
  keyringBackend: {
    gnome_libsecret: 'GNOME Keyring',
    kwallet: 'KWallet',
    kwallet5: 'KWallet 5',
    kwallet6: 'KWallet 6',
    dpapi: 'Windows DPAPI',
  },
  machineKind: {
    vmware: 'VMware',
    virtualbox: 'VirtualBox',
    parallels: 'Parallels',
    'apple-virtualization': 'Apple Virtualization',
    kvm: 'QEMU/KVM',
    xen: 'Xen',
    bochs: 'Bochs',
    bhyve: 'bhyve',
    'amazon-ec2': 'Amazon EC2',
    'google-compute-engine': 'Google Compute Engine',
    digitalocean: 'DigitalOcean',
    hetzner: 'Hetzner Cloud',
    nutanix: 'Nutanix',
    'hyper-v': 'Hyper-V',
    wsl: 'Windows Subsystem for Linux',
    kubernetes: 'Kubernetes',
    podman: 'Podman',
    docker: 'Docker',
    lxc: 'LXC',
    'systemd-nspawn': 'systemd-nspawn',
  },
  platform: { windows: 'Windows', macos: 'macOS', linux: 'Linux' },
} as const satisfies { readonly [N in keyof EvidenceWords]?: Partial<EvidenceWords[N]> };
