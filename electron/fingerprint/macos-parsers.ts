import { universalMac } from './normalize.ts';

/** A text property of an `ioreg` listing: `"IOPlatformSerialNumber" = "C02..."`. */
export function ioregText(listing: string, key: string): string | null {
  const match = new RegExp(`"${key}"\\s*=\\s*"([^"]*)"`).exec(listing);
  return match?.[1] ?? null;
}

/**
 * Serial number of the first built-in disk in `ioreg -r -c IOBlockStorageDevice`: within one entry, the
 * `Device Characteristics` dictionary has it and `Protocol Characteristics` tells where the disk sits.
 */
export function internalDiskSerial(listing: string): string | null {
  for (const entry of listing.split(/^\+-o /m)) {
    const serial = ioregText(entry, 'Serial Number');
    if (serial !== null && ioregText(entry, 'Physical Interconnect Location') === 'Internal') return serial;
  }
  return null;
}

/**
 * Hardware address of the first built-in port in `networksetup -listallhardwareports`. That is the burnt-in one,
 * also where the system shows a private address to the network. Adapters and bridges are passed over.
 */
export function builtInMac(listing: string): string | null {
  const ports = listing.split(/\n\s*\n/).flatMap((block) => {
    const field = (name: string): string =>
      new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(block)?.[1]?.trim() ?? '';
    const device = /^en(\d+)$/.exec(field('Device'))?.[1];
    const address = universalMac(field('Ethernet Address'));
    const plugged = /usb|thunderbolt|bridge|iphone|ipad|adapter/i.test(field('Hardware Port'));
    return device === undefined || address === null || plugged ? [] : [{ index: Number(device), address }];
  });
  return ports.toSorted((a, b) => a.index - b.index)[0]?.address ?? null;
}

/** A text value of a property list as `diskutil -plist` prints it. */
export function plistText(plist: string, key: string): string | null {
  const match = new RegExp(`<key>${key}</key>\\s*<string>([^<]*)</string>`).exec(plist);
  return match?.[1] ?? null;
}
