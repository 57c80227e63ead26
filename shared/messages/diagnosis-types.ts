import type { CheckGroup, CheckId, CheckStatus } from '../support/checks.ts';
import type { Evidence, Fuse } from '../support/evidence.ts';
import type { EvidenceWord, WordName } from '../support/evidence-words.ts';

/** What a diagnosis says in one language, beside the sentences about reasons and errors. */
export interface DiagnosisWords {
  readonly title: string;
  /** The verdict where nothing was found. */
  readonly fine: string;
  readonly fineNext: string;
  readonly cancelled: string;
  /** Before what comes from the cause that was just told. */
  readonly explains: string;
  /** Heading of the causes beside the main one. */
  readonly also: string;
  readonly goodToKnow: string;
  readonly yes: string;
  readonly no: string;
  readonly groups: Readonly<Record<CheckGroup, string>>;
  readonly statuses: Readonly<Record<CheckStatus, string>>;
  readonly checks: Readonly<Record<CheckId, string>>;
  readonly evidence: Readonly<Record<Evidence['name'], string>>;
  readonly evidenceWords: EvidenceWords;
  readonly fuses: Readonly<Record<Fuse, string>>;
}

/** What evidence of the kind `word` says, by its name. */
export type EvidenceWords = { readonly [N in WordName]: Readonly<Record<EvidenceWord<N>, string>> };
