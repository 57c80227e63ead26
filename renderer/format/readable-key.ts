/** Words that are written in capitals by everybody; a key in lower case doesn't show it. */
const CAPITALS = [
  /^(?:ai|api|cad|cam|cli|cnc|cpu|crm|csv|dxf|erp|ftp|gpu|gps|hdr|html|http|https|id|ip|json)$/i,
  /^(?:ldap|mqtt|ocr|oem|opc|pdf|plc|qr|scada|sdk|sql|ssh|sso|stl|svg|tls|ui|url|usb|vpn|vr|xml)$/i,
  // Resolutions and dimensions.
  /^\d+[a-z]$/,
];

/**
 * Turns a key of the vendor's catalogue into words: `advancedExport` and `advanced-export` become "Advanced export".
 * Capitals that belong together (`CAD`) stay, and well-known abbreviations (`sdk`, `4k`, `3d`) get theirs. Keys with
 * anything else in them are names already and stay whole.
 */
export function readableKey(key: string): string {
  if (!/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/.test(key)) return key;
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[ ._-]+/)
    .map((word) => {
      if (CAPITALS.some((pattern) => pattern.test(word))) return word.toUpperCase();
      return /^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word;
    });
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
