import { attributeValue } from '../../shared/license/attribute-value.ts';
import type { Attribute } from '../../shared/license/types.ts';
import type { Language } from '../../shared/settings.ts';
import { formatDay, formatMoment, formatNumber } from '../format/intl.ts';

/** The value of an attribute in words; empty where there is none. */
export function attributeText(language: Language, attribute: Pick<Attribute, 'type' | 'value'>): string {
  const found = attributeValue(attribute);
  switch (found.kind) {
    case 'none':
      return '';
    case 'text':
      return found.text;
    case 'number':
      return formatNumber(language, found.value);
    case 'day':
      return formatDay(language, found.at);
    case 'moment':
      return formatMoment(language, found.at);
  }
}
