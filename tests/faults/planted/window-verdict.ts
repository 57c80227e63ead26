import { catalogueOf, diagnosisWords } from '../../../shared/messages/index.ts';
import { LANGUAGES, type Language } from '../../../shared/settings.ts';
import { describeCause } from '../../../shared/support/causes.ts';
import type { DiagnosisReport } from '../../../shared/support/report.ts';
import { ar } from '../../../renderer/strings/ar.ts';
import { de } from '../../../renderer/strings/de.ts';
import { en } from '../../../renderer/strings/en.ts';
import type { PlantedFault } from './fault.ts';
import type { Seen } from './window.ts';

/* What a person has to read in the window for a fault, in every language. */

const STRINGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, de, ar };

const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** What a caption of the English window may be in another language: one English word can stand for several. */
function captionsFor(english: string, language: Language): readonly string[] {
  const pairs = [
    [en, STRINGS[language]],
    [catalogueOf('en').remedies, catalogueOf(language).remedies],
  ] as const;
  return pairs.flatMap(([from, to]) =>
    Object.entries(from).flatMap(([key, text]) =>
      text === english ? Object.entries(to).flatMap(([name, other]) => (name === key ? [other] : [])) : [],
    ),
  );
}

/**
 * Compares what the window shows with what the fault demands.
 * @param report what the window was answered
 * @returns what is wrong, one line each
 */
export function wrongInWindow(
  { code, button }: Pick<PlantedFault, 'code' | 'button'>,
  report: Pick<DiagnosisReport, 'verdict'>,
  seen: Readonly<Record<Language, Seen>>,
): readonly string[] {
  const [main] = report.verdict;
  if (main === undefined || main.cause.code !== code) return ['the window was answered another main cause'];
  return LANGUAGES.flatMap((language) => {
    const words = diagnosisWords(language);
    const { sentence, nextAction } = describeCause(main.cause, language);
    const below = main.explains.map((cause) => describeCause(cause, language).sentence);
    const advice = [nextAction, ...(below.length === 0 ? [] : [words.explains, ...below])].join(' ');
    const shown = seen[language];
    const isInfo = main.severity === 'info';
    const expected = isInfo
      ? {
          sentence: words.fine,
          nextAction: words.fineNext,
          known: main.remedy === 'none' ? sentence : `${sentence} ${nextAction}`,
        }
      : { sentence, nextAction: advice };
    const wrong = Object.entries(expected).flatMap(([what, wanted]) => {
      const found = shown[what as keyof typeof expected];
      return found === plain(wanted) ? [] : [`the window (${language}) showed as ${what} “${found}”`];
    });
    const captions: readonly (string | null)[] = button === null ? [null] : captionsFor(button, language);
    return [
      ...wrong,
      ...(shown.title === STRINGS[language]['diagnosis.title']
        ? []
        : [`the page (${language}) was “${shown.title}”`]),
      ...(captions.includes(shown.button) ? [] : [`the button (${language}) was ${shown.button ?? 'none'}`]),
      ...(shown.isInView ? [] : [`the verdict (${language}) was out of sight`]),
    ];
  });
}
