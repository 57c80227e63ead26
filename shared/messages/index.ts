import type { Failure } from '../errors.ts';
import type { Facts } from '../facts.ts';
import type { Reason } from '../license/reasons.ts';
import type { LicenseState } from '../license/types.ts';
import type { VendorProfile } from '../profile.ts';
import type { Remedy } from '../remedies.ts';
import type { Language } from '../settings.ts';
import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { factArguments, formatMessage } from './format.ts';
import type { DiagnosisWords } from './diagnosis-types.ts';
import type { Catalogue, FactorName, MenuEntry, Message } from './types.ts';

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, de, ar };

/** The catalogue of one language, for tests and documentation. */
export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language];
}

/** Sentence and next action of a reason, in plain text. */
export function describeReason(reason: Pick<Reason, 'code' | 'facts'>, language: Language): Message {
  return fill(CATALOGUES[language].reasons[reason.code], reason.facts, language);
}

/** Sentence and next action of a failure, in plain text. */
export function describeFailure(failure: Failure, language: Language): Message {
  return fill(CATALOGUES[language].errors[failure.code], failure.facts, language);
}

/** Caption of the button that carries a remedy out; empty for `none`. */
export function remedyLabel(remedy: Remedy, language: Language): string {
  return CATALOGUES[language].remedies[remedy];
}

/** The state in words. */
export function describeState(state: LicenseState, language: Language): string {
  return CATALOGUES[language].states[state];
}

/** What has become of a license in a word: its state, or that it is on hold while its lease still runs. */
export function describeLicense(
  { state, reasons }: { readonly state: LicenseState; readonly reasons: readonly Pick<Reason, 'code'>[] },
  language: Language,
): string {
  const isOnHold = state === 'leaseExpired' && reasons.every(({ code }) => code !== 'leaseExpired');
  return isOnHold ? CATALOGUES[language].onHold : describeState(state, language);
}

/** What a diagnosis says in a language. */
export function diagnosisWords(language: Language): DiagnosisWords {
  return CATALOGUES[language].diagnosis;
}

/** Name of a device factor. */
export function factorName(name: FactorName, language: Language): string {
  return CATALOGUES[language].factors[name];
}

/** Caption of a menu entry. */
export function menuLabel(entry: MenuEntry, language: Language, application: string): string {
  return formatMessage(CATALOGUES[language].menu[entry], language, { application });
}

/** What the browser shows when it has come back from a sign-in. */
export function returnPage(language: Language, { application }: Pick<VendorProfile, 'application'>) {
  const { title, text } = CATALOGUES[language].returnPage;
  const values = { application: application.name };
  return {
    language,
    title: formatMessage(title, language, values),
    text: formatMessage(text, language, values),
  };
}

function fill(message: Message, facts: Facts | undefined, language: Language): Message {
  const { factors } = CATALOGUES[language];
  const nameFactor = (name: string) => (Object.hasOwn(factors, name) ? factors[name as FactorName] : name);
  const values = factArguments(facts, nameFactor, new Intl.ListFormat(language));
  return {
    sentence: formatMessage(message.sentence, language, values),
    nextAction: formatMessage(message.nextAction, language, values),
  };
}
