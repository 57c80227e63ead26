/**
 * Turns a key of the vendor's catalogue into words: `advancedExport` and `advanced-export` become "Advanced export".
 * Capitals that belong together (`CAD`) stay. Keys with anything else in them are names already and stay whole.
 */
export function readableKey(key: string): string {
  if (!/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/.test(key)) return key;
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[ ._-]+/)
    .map((word) => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word));
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
