/** What a message may be at most, so that a page can't make the main process work on something huge. */
export interface MessageLimits {
  /** Bytes of the value as JSON in UTF-8. */
  readonly bytes: number;
  /** Objects and arrays inside one another. */
  readonly depth: number;
}

export type MeasureVerdict = 'fits' | 'tooLarge' | 'tooDeep' | 'notPlain';

const encoder = new TextEncoder();
/** Names by which an assignment reaches a prototype. No message of the contract has a field called so. */
const PROTOTYPE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Whether a value is plain JSON data within the limits. Structured cloning carries more than JSON (maps, dates,
 * buffers, cycles); none of that is in the contract, so it is refused before a schema walks over it. Works without
 * recursion and stops at the first excess: neither depth nor size can exhaust the stack or the time.
 */
export function measureMessage(value: unknown, limits: MessageLimits): MeasureVerdict {
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let bytes = 0;
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const size = sizeOfScalar(item.value, limits.bytes - bytes);
    if (size !== null) {
      bytes += size;
    } else {
      if (!isPlainContainer(item.value)) return 'notPlain';
      if (item.depth >= limits.depth) return 'tooDeep';
      // Brackets, and a comma or colon for each member: counted before members are visited, so that a wide or
      // cyclic value ends the walk as well.
      bytes += 2;
      for (const name of Object.keys(item.value)) {
        if (PROTOTYPE_NAMES.has(name)) return 'notPlain';
        const isElement = Array.isArray(item.value);
        bytes += isElement ? 1 : 2 + (sizeOfScalar(name, limits.bytes - bytes) ?? 0);
        if (bytes > limits.bytes) return 'tooLarge';
        pending.push({ value: item.value[name], depth: item.depth + 1 });
      }
    }
    if (bytes > limits.bytes) return 'tooLarge';
  }
  return 'fits';
}

/** Bytes of a scalar as JSON; null if it is none. A string longer than what is left is not encoded at all. */
function sizeOfScalar(value: unknown, left: number): number | null {
  if (value === null || value === undefined) return 4;
  if (typeof value === 'boolean') return 5;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value).length : null;
  if (typeof value !== 'string') return null;
  return value.length > left ? value.length : encoder.encode(JSON.stringify(value)).byteLength;
}

function isPlainContainer(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
