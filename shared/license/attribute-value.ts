import type { Attribute, Instant } from './types.ts';

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

export type AttributeValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'day' | 'moment'; readonly at: Instant };

/**
 * The value of an attribute as its type asks for. On the wire every value is a string; one that does not fit its type,
 * or a whole number too long to be exact here, stays as it came.
 * @returns `day`: the beginning of that day in the time zone of this device
 */
export function attributeValue({ type, value }: Pick<Attribute, 'type' | 'value'>): AttributeValue {
  if (value === null || value === '') return { kind: 'none' };
  const asItCame = { kind: 'text', text: value } as const;
  if (type === 'number') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const exact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
    return exact ? { kind: 'number', value: number } : asItCame;
  }
  if (type === 'date') {
    // A date without a time is that day everywhere; read as UTC it could turn into the day before.
    const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
    const isDay = DAY_ONLY.test(value);
    const at = isDay ? new Date(year, month - 1, day).getTime() : Date.parse(value);
    return Number.isNaN(at) ? asItCame : { kind: isDay ? 'day' : 'moment', at };
  }
  return asItCame;
}
