import { ERRORS, type Failure } from '../errors.ts';
import { REASONS, reasonOfContact, type Reason } from '../license/reasons.ts';
import { describeFailure, describeReason } from '../messages/index.ts';
import type { Message } from '../messages/types.ts';
import type { Remedy } from '../remedies.ts';
import type { Language } from '../settings.ts';
import type { Cause } from './report.ts';

/** A reason as a cause. */
export function causeOfReason({ code, facts }: Pick<Reason, 'code' | 'facts'>): Cause {
  return facts === undefined ? { kind: 'reason', code } : { kind: 'reason', code, facts };
}

/**
 * A failure as a cause. Where a reason of the same name exists it is that reason, so that what a fresh look finds and
 * what a license says are one thing; else the error says more than the reason that it would come under.
 */
export function causeOfFailure({ code, facts }: Failure): Cause {
  const reason = reasonOfContact(code);
  if (reason === code) return causeOfReason({ code: reason, facts });
  return facts === undefined ? { kind: 'error', code } : { kind: 'error', code, facts };
}

export function remedyOfCause(cause: Cause): Remedy {
  return cause.kind === 'reason' ? REASONS[cause.code].remedy : ERRORS[cause.code].remedy;
}

/** Sentence and next action of a cause, in plain text. */
export function describeCause(cause: Cause, language: Language): Message {
  return cause.kind === 'reason'
    ? describeReason({ code: cause.code, facts: cause.facts }, language)
    : describeFailure(
        cause.facts === undefined ? { code: cause.code } : { code: cause.code, facts: cause.facts },
        language,
      );
}
