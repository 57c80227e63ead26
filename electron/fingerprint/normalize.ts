/**
 * What firmware says when the maker filled nothing in. Such a value is shared by thousands of machines, so it is
 * worse than none.
 */
const PLACEHOLDERS: readonly RegExp[] = [
  /^(?:none|null|n\/?a|unknown|undefined|default|default string|empty|invalid|uninitialized)$/,
  /^not (?:specified|available|applicable|present|settable)$/,
  /^(?:to be filled by|filled by|o\.?e\.?m\.?)/,
  /^(?:system|base board|baseboard|board|chassis|product) (?:serial|asset)/,
  /^(?:serial number|asset tag|type2 - board)/,
  /^0?123456789(?:0|ab|abcdef)?$/,
  // The same character throughout, with or without the dashes of a UUID.
  /^(.)(?:\1|[-. :])*$/,
  // SMBIOS UUIDs that board makers ship unchanged.
  /^03000200-0400-0500-0006-000700080009$/,
  /^12345678-1234-5678-90ab-cddeefaabbcc$/,
  /^00020003-0004-0005-0006-000700080009$/,
];

/**
 * Brings a raw value into the one form that is hashed: spaces collapsed, lower case, no control characters.
 * @returns null for what is empty, a placeholder or absurdly long
 */
export function normalize(raw: string | null): string | null {
  if (raw === null || raw.length > 1024) return null;
  const value = raw
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .toLowerCase();
  return value === '' || PLACEHOLDERS.some((placeholder) => placeholder.test(value)) ? null : value;
}

/**
 * What virtual disks have in the place of a serial number: a name out of the machine's configuration, or one that the
 * hypervisor gives all of its disks.
 */
const NO_SERIALS: readonly RegExp[] = [
  // QEMU's IDE and SATA disks, counted from 1 in every machine.
  /^qm\d{5}$/i,
  /^drive-\w+$/i,
  /^persistent-disk-\d+$/i,
  /^nvme_card/i,
  /^vmware nvme/i,
  // VMware's SATA disks, counted in every machine.
  /^0+\d$/,
  // VirtualBox's NVMe disks.
  /^vb1234-56789$/i,
  // Names have no digits, serial numbers without any are hardly to be found.
  /^\D*$/,
];

/** A disk's serial number, or null for what only looks like one. */
export function diskSerial(raw: string | null): string | null {
  const value = raw?.trim() ?? '';
  return NO_SERIALS.some((pattern) => pattern.test(value)) ? null : value;
}

/**
 * A hardware address as twelve hexadecimal digits. Only universally administered unicast addresses (IEEE 802,
 * section 8.2: the two low bits of the first byte are 0): the others are random, or made up by software.
 */
export function universalMac(raw: string): string | null {
  const digits = raw.trim().replaceAll(/[:-]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(digits) || /^0{12}$/.test(digits)) return null;
  return (Number.parseInt(digits.slice(0, 2), 16) & 0b11) === 0 ? digits : null;
}
