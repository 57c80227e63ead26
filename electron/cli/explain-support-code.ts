import type { Language } from '../../shared/settings.ts';
import { describeSupportCode } from '../../shared/support-code/describe.ts';
import type { ReadSupportCode } from '../../shared/support-code/support-code.ts';
import type { Output } from './command.ts';

/** What a support code tells, for whoever has it read out to them. */
export function supportCodeOutput({ code, corrected, facts }: ReadSupportCode, language: Language): Output {
  const { rows, reasons } = describeSupportCode(facts, language);
  const lines = [
    ...(corrected ? ['One character was probably misheard. Ask whether the code is:'] : []),
    code,
    ...rows.map(([name, value]) => `${name.padEnd(8)} ${value}`),
    ...reasons.flatMap((reason) => [
      '',
      `${reason.code} (${reason.severity})`,
      reason.sentence,
      reason.nextAction,
    ]),
  ];
  return { json: { supportCode: code, corrected, ...facts, reasons }, text: `${lines.join('\n')}\n` };
}
