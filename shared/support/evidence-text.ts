import { formatMessage } from '../messages/format.ts';
import { diagnosisWords, factorName } from '../messages/index.ts';
import type { Language } from '../settings.ts';
import type { Evidence } from './evidence.ts';

/** A piece of evidence as a person reads it. */
export interface EvidenceText {
  readonly name: string;
  readonly value: string;
}

const SECOND = 1000;
const UNITS = [
  ['day', 24 * 60 * 60 * SECOND],
  ['hour', 60 * 60 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
] as const;

const SIZES = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const;

export function evidenceText(evidence: Evidence, language: Language): EvidenceText {
  return { name: diagnosisWords(language).evidence[evidence.name], value: valueOf(evidence, language) };
}

function valueOf(evidence: Evidence, language: Language): string {
  // Western digits, as everywhere where a number may be read out.
  const locale = `${language}-u-nu-latn`;
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: 0,
    }).format(value);
  switch (evidence.kind) {
    case 'instant':
      return formatMessage('{at, date, moment}', language, { at: evidence.value });
    case 'duration': {
      const [name, size] = UNITS.find(([, length]) => evidence.value >= length) ?? UNITS[3];
      return unit(Math.round(evidence.value / size), name);
    }
    case 'size': {
      const [name, size] = SIZES.find(([, length]) => evidence.value >= length) ?? SIZES[2];
      return unit(evidence.value / size, name);
    }
    case 'flag': {
      const { yes, no } = diagnosisWords(language);
      return evidence.value ? yes : no;
    }
    case 'factors':
      return new Intl.ListFormat(language).format(evidence.value.map((name) => factorName(name, language)));
    case 'fuses': {
      const { fuses } = diagnosisWords(language);
      return new Intl.ListFormat(language).format(evidence.value.map((fuse) => fuses[fuse]));
    }
    case 'word':
      return wordOf(evidence, language);
    // A number that is a name: it is read digit by digit.
    case 'count':
    case 'address':
    case 'version':
    case 'system':
    case 'issuer':
    case 'pin':
    case 'correlation':
      return String(evidence.value);
  }
}

/** A word that this version knows; that of another one, and what an operating system calls its own, as it is. */
function wordOf({ name, value }: Extract<Evidence, { kind: 'word' }>, language: Language): string {
  const words: Readonly<Record<string, string>> = diagnosisWords(language).evidenceWords[name];
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}
