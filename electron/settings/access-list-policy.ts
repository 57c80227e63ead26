/** Whom Windows itself trusts with its own files: administrators, the system, and its installer. */
const TRUSTED: readonly string[] = [
  'BA',
  'SY',
  'S-1-5-32-544',
  'S-1-5-18',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
];

/** Rights that change nothing, by their two letters (SDDL, "ACE strings"), as they apply to a file. */
const READING: readonly string[] = ['GR', 'GX', 'FR', 'FX', 'RC', 'CC', 'SW', 'WP', 'LO'];
/** The same as a mask: read data, attributes and access list, execute, synchronize. */
const READING_MASK = 0xa01200a9;

/**
 * Whether only administrators can have written a file, by its security descriptor.
 * @param sddl in the Security Descriptor Definition Language, as PowerShell's `Get-Acl` gives it
 */
export function onlyAdministratorsWrite(sddl: string): boolean {
  const [, owner, access] =
    /^O:(S-[\d-]+|[A-Z]{2})(?:G:(?:S-[\d-]+|[A-Z]{2}))?D:(.*?)(?:S:.*)?$/s.exec(sddl.trim()) ?? [];
  if (owner === undefined || access === undefined || !TRUSTED.includes(owner)) return false;
  // Without a list everybody may do everything. A condition, in brackets of its own, is more than is understood here.
  if (!/^[A-Z]*(?:\([^()]*\))+$/.test(access)) return false;
  const entries = [...access.matchAll(/\(([^()]*)\)/g)].map(([, entry = '']) => entry.split(';'));
  return entries.every(isHarmless);
}

function isHarmless([type = '', flags = '', rights = '', , , who = '']: readonly string[]): boolean {
  const isDenial = type === 'D' || type === 'OD' || type === 'XD';
  const isForChildrenOnly = /^(?:..)*IO/.test(flags);
  if (isDenial || isForChildrenOnly || TRUSTED.includes(who)) return true;
  if (/^0x[0-9a-f]+$/i.test(rights)) return (Number(rights) & ~READING_MASK) === 0;
  return [...rights.matchAll(/.{1,2}/g)].every(([right]) => READING.includes(right));
}
