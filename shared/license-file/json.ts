/** Whatever JSON calls an object, before anybody has looked into it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Nothing that we read nests deeper than a third of this. */
const MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Narrows to an object that is neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * `JSON.parse` that also refuses what two readers could understand differently: an object that says a name twice
 * (RFC 8259, section 4, leaves open which one counts; RFC 7515, section 4, wants it refused), and absurd nesting.
 * @returns the value in a box, because null is a value; null if the text is refused. Doesn't throw.
 */
export function parseStrictJson(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(text) ? { value } : null;
  } catch {
    return null;
  }
}

/** The same, for a text that must be an object. */
export function parseJsonObject(text: string): JsonObject | null {
  const parsed = parseStrictJson(text);
  return parsed !== null && isJsonObject(parsed.value) ? parsed.value : null;
}

/** The index after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text.charCodeAt(index) !== QUOTE) index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index + 1;
}

/** Whether no object repeats a name and nothing nests too deep. Only for text that `JSON.parse` has taken. */
function isPlain(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === '"') {
      const end = endOfString(text, index);
      if (isNameEnding(text, end) && !addName(open.at(-1), text.slice(index, end))) return false;
      index = end;
      continue;
    }
    if (character === '{' || character === '[') {
      if (open.push(character === '{' ? new Set() : null) > MAX_DEPTH) return false;
    } else if (character === '}' || character === ']') open.pop();
    index += 1;
  }
  return true;
}

/** Whether a colon follows: in JSON that makes the string before it a name. */
function isNameEnding(text: string, end: number): boolean {
  let index = end;
  while (' \t\n\r'.includes(text.charAt(index)) && index < text.length) index += 1;
  return text.charAt(index) === ':';
}

/** False if the object has this name already, however it is escaped. */
function addName(names: Set<string> | null | undefined, quoted: string): boolean {
  const name: unknown = JSON.parse(quoted);
  if (typeof name !== 'string' || names === null || names === undefined || names.has(name)) return false;
  names.add(name);
  return true;
}
