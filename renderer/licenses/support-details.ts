import type { ApplicationView } from '../../shared/contract.ts';
import type { Facts } from '../../shared/facts.ts';

export interface CopiedTrouble {
  readonly code: string;
  readonly facts?: Facts | undefined;
  readonly sentence: string;
  readonly nextAction: string;
}

/**
 * What an administrator needs to help, as plain text for the clipboard: the sentence that was read, the code to look
 * up, the host to allow. Only what the screen shows anyway; never a code or a token.
 */
export function supportDetails(
  { code, facts, sentence, nextAction }: CopiedTrouble,
  application: Pick<ApplicationView, 'name' | 'version' | 'apiHost'>,
): string {
  const { correlationId, at, issuer } = facts ?? {};
  return [
    sentence,
    nextAction,
    '',
    `${application.name} ${application.version}`,
    `code: ${code}`,
    `host: ${application.apiHost}`,
    ...(issuer === undefined ? [] : [`issuer: ${issuer}`]),
    ...(at === undefined ? [] : [`time: ${new Date(at).toISOString()}`]),
    ...(correlationId === undefined ? [] : [`request: ${correlationId}`]),
  ].join('\n');
}
