import type { Attribute } from '../license/types.ts';
import type { Language } from '../settings.ts';
import { formatMessage } from './format.ts';

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The value of an attribute in words; empty where there is none. On the wire every value is a string; one that does not
 * fit its type, or a whole number too long to be exact here, stays as it came.
 */
export function attributeText(
  { type, value }: Pick<Attribute, 'type' | 'value'>,
  language: Language,
): string {
  if (value === null) return '';
  if (type === 'number') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const exact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
    return exact ? formatMessage('{number, number, ::.######}', language, { number }) : value;
  }
  if (type === 'date') {
    // A date without a time is that day everywhere; read as UTC it could turn into the day before.
    const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
    const isDay = DAY_ONLY.test(value);
    const at = isDay ? new Date(year, month - 1, day).getTime() : Date.parse(value);
    if (Number.isNaN(at)) return value;
    return formatMessage(isDay ? '{at, date, day}' : '{at, date, moment}', language, { at });
  }
  return value;
}
