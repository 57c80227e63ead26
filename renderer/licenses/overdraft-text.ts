import type { Language } from '../../shared/settings.ts';
import { formatNumber, isolate } from '../format/intl.ts';
import type { Say } from '../strings/use-text.ts';

interface Overdraft {
  readonly overdraft?: number | undefined;
  readonly overdrawn?: number | undefined;
}

/** How much is taken beyond the license, or could be; null where neither is. */
export function overdraftText(
  { overdraft = 0, overdrawn = 0 }: Overdraft,
  language: Language,
  t: Say,
): string | null {
  const count = (value: number) => isolate(language, formatNumber(language, value));
  if (overdrawn > 0) return t('features.overdrawn', { count: count(overdrawn) });
  return overdraft > 0 ? t('features.overdraft', { count: count(overdraft) }) : null;
}

/** How much more may be taken beyond what is left; 0 where there is no overdraft, or it is used up. */
export function overdraftLeft({ overdraft = 0, overdrawn = 0 }: Overdraft): number {
  return Math.max(0, overdraft - overdrawn);
}
