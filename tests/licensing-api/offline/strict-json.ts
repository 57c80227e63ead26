/** Whether an object anywhere in a JSON text has a name twice. @param text that JSON.parse takes */
function hasDuplicateNames(text: string): boolean {
  const open: ({ readonly names: Set<string>; nameIsNext: boolean } | null)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    const inside = open.at(-1) ?? null;
    if (token === '{') open.push({ names: new Set(), nameIsNext: true });
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (inside !== null) inside.nameIsNext = true;
    } else if (inside?.nameIsNext === true) {
      const name = String(JSON.parse(token));
      if (inside.names.has(name)) return true;
      inside.names.add(name);
      inside.nameIsNext = false;
    }
  }
  return false;
}

/**
 * Reads JSON in which no name stands twice: two readers that keep different ones of them would not mean the same
 * token (RFC 8725, section 2.6). @returns undefined for what is not such JSON in UTF-8
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return hasDuplicateNames(text) ? undefined : value;
  } catch {
    return undefined;
  }
}
