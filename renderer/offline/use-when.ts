import { dayAndTime, isolate } from '../format/intl.ts';
import { useTrustedNow } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

/** When something was, as one would say it: "yesterday at 2:05 PM". */
export function useWhen(): (instant: number) => string {
  const language = useLanguage();
  const t = useText();
  const now = useTrustedNow();
  return (instant) => {
    const { near, day, time } = dayAndTime(language, instant, now);
    const words = { day: isolate(language, day), time: isolate(language, time) };
    return t(near ? 'offline.when.near' : 'offline.when.far', words);
  };
}
