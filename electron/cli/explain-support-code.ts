import { REASONS, type ReasonCode } from '../../shared/license/reasons.ts';
import { describeReason, describeState } from '../../shared/messages/index.ts';
import type { Language } from '../../shared/settings.ts';
import type { ReadSupportCode } from '../../shared/support-code/support-code.ts';
import type { Output } from './command.ts';

/** What a support code tells, for whoever has it read out to them. Captions are for support staff and in English. */
export function supportCodeOutput({ code, corrected, facts }: ReadSupportCode, language: Language): Output {
  const { state, mode, contactDays, version, platform, environment, product } = facts;
  const reasons = facts.reasons
    .filter((reason) => reason !== null)
    .map((reason) => ({ code: reason, ...REASONS[reason], ...describeReason({ code: reason }, language) }));
  const rows = [
    ['state', `${state} (${describeState(state, language)})`],
    ['mode', mode ?? 'not activated'],
    ['contact', contactDays === null ? 'never' : daysAgo(contactDays)],
    ['version', `${version}, ${platform}, ${environment}`],
    ['product', `number ${product + 1} of the vendor profile`],
  ] as const;
  const lines = [
    ...(corrected ? ['One character was probably misheard. Ask whether the code is:'] : []),
    code,
    ...rows.map(([name, value]) => `${name.padEnd(8)} ${value}`),
    ...reasons.flatMap((reason) => ['', heading(reason), reason.sentence, reason.nextAction]),
  ];
  return { json: { supportCode: code, corrected, ...facts, reasons }, text: `${lines.join('\n')}\n` };
}

function heading({ code, severity }: { readonly code: ReasonCode; readonly severity: string }): string {
  return `${code} (${severity})`;
}

function daysAgo(days: number): string {
  if (days === 0) return 'today';
  return days >= 30 ? '30 days ago or more' : `${days} days ago`;
}
