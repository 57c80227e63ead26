import { REASONS, type ReasonCode } from '../license/reasons.ts';
import { describeReason, describeState } from '../messages/index.ts';
import type { Language } from '../settings.ts';
import type { SupportFacts } from './support-code.ts';

/** A reason that a support code names, in words. */
export interface DescribedReason {
  readonly code: ReasonCode;
  readonly severity: string;
  readonly sentence: string;
  readonly nextAction: string;
}

/** What a support code tells, in words. Captions are for support staff and in English. */
export function describeSupportCode(
  { state, mode, contactDays, version, platform, environment, product, reasons }: SupportFacts,
  language: Language,
): {
  readonly rows: readonly (readonly [name: string, value: string])[];
  readonly reasons: readonly (DescribedReason & (typeof REASONS)[ReasonCode])[];
} {
  return {
    rows: [
      ['state', `${state} (${describeState(state, language)})`],
      ['mode', mode ?? 'not activated'],
      ['contact', contactDays === null ? 'never' : daysAgo(contactDays)],
      ['version', `${version}, ${platform}, ${environment}`],
      ['product', `number ${product + 1} of the vendor profile`],
    ],
    reasons: reasons
      .filter((code) => code !== null)
      .map((code) => ({ code, ...REASONS[code], ...describeReason({ code }, language) })),
  };
}

function daysAgo(days: number): string {
  if (days === 0) return 'today';
  return days >= 30 ? '30 days ago or more' : `${days} days ago`;
}
