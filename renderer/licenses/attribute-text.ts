import type { Language } from '../../shared/settings.ts';
import type { Attribute } from '../../shared/license/types.ts';
import { formatDay, formatMoment, formatNumber } from '../format/intl.ts';

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The value of an attribute as its type asks for. On the wire every value is a string; one that does not fit its type,
 * or a whole number too long to be exact here, is shown as it came.
 */
export function attributeText(
  language: Language,
  { type, value }: Pick<Attribute, 'type' | 'value'>,
): string {
  if (value === null) return '';
  if (type === 'number') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const exact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
    return exact ? formatNumber(language, number) : value;
  }
  if (type === 'date') {
    // A date without a time is that day everywhere; read as UTC it could turn into the day before.
    const [year = 0, month = 1, day = 1] = value.split('-').map(Number);
    const instant = DAY_ONLY.test(value) ? new Date(year, month - 1, day).getTime() : Date.parse(value);
    if (Number.isNaN(instant)) return value;
    return DAY_ONLY.test(value) ? formatDay(language, instant) : formatMoment(language, instant);
  }
  return value;
}
