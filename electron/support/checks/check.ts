import { REASONS, REASON_CODES, type Reason } from '../../../shared/license/reasons.ts';
import { causeOfFailure, causeOfReason } from '../../../shared/support/causes.ts';
import type { CheckId, CheckStatus } from '../../../shared/support/checks.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import type { EvidenceWord, WordName } from '../../../shared/support/evidence-words.ts';
import { REASON_CHECKS } from '../../../shared/support/reason-checks.ts';
import type { Cause } from '../../../shared/support/report.ts';
import type { Failure } from '../../../shared/errors.ts';

/** What a check has found; evidence also where all is well. */
export interface Finding {
  readonly status: Exclude<CheckStatus, 'timedOut'>;
  readonly cause: Cause | null;
  readonly evidence: readonly Evidence[];
}

/** One look at one thing. It changes nothing, and asks nobody anything. */
export interface Check {
  readonly id: CheckId;
  /** null for what is about the whole installation. */
  readonly productId: string | null;
  /** Milliseconds after which it counts as timed out. */
  readonly limit: number;
  readonly run: (signal: AbortSignal) => Promise<Finding>;
}

/** Milliseconds for what only reads files and memory. */
export const LOCAL_LIMIT = 3000;

export function fine(evidence: readonly Evidence[] = []): Finding {
  return { status: 'ok', cause: null, evidence };
}

export function skipped(evidence: readonly Evidence[] = []): Finding {
  return { status: 'skipped', cause: null, evidence };
}

/** A finding that a failure explains. */
export function troubled(
  problem: Failure,
  evidence: readonly Evidence[] = [],
  status: 'warning' | 'failed' = 'failed',
): Finding {
  return { status, cause: causeOfFailure(problem), evidence };
}

const STATUS = { blocking: 'failed', warning: 'warning', info: 'notice' } as const;

/**
 * What the reasons of licenses say about the subject of a check: the gravest counts. They are derived in one place
 * (shared/license/derive.ts), so that a check never says anything else than the license itself.
 */
export function fromReasons(
  id: CheckId,
  reasons: readonly Reason[],
  evidence: readonly Evidence[] = [],
): Finding {
  const mine = reasons.filter(({ code }) => REASON_CHECKS[code] === id);
  const gravest = REASON_CODES.flatMap((code) => mine.find((reason) => reason.code === code) ?? [])[0];
  if (gravest === undefined) return fine(evidence);
  return { status: STATUS[REASONS[gravest.code].severity], cause: causeOfReason(gravest), evidence };
}

/** An instant as evidence; nothing where there is none. */
export function instant(
  name: Extract<Evidence, { kind: 'instant' }>['name'],
  value: number | null | undefined,
): readonly Evidence[] {
  return value === null || value === undefined ? [] : [{ kind: 'instant', name, value }];
}

export function count(
  name: Extract<Evidence, { kind: 'count' }>['name'],
  value: number | null | undefined,
): readonly Evidence[] {
  return value === null || value === undefined ? [] : [{ kind: 'count', name, value }];
}

/** A word of the program's own lists as evidence; nothing where there is none. */
export function word<N extends WordName>(
  name: N,
  value: EvidenceWord<N> | null | undefined,
): readonly Evidence[] {
  return value === null || value === undefined ? [] : [{ kind: 'word', name, value }];
}

/** What an operating system called an error. */
export function system(value: string | null | undefined): readonly Evidence[] {
  // Some of Node's own are not of that form, and say nothing to support.
  return value !== null && value !== undefined && /^[A-Z][A-Z0-9_]{1,38}$/.test(value)
    ? [{ kind: 'system', name: 'system', value }]
    : [];
}
