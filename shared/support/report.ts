import * as v from 'valibot';
import { ERROR_CODES, type ErrorCode } from '../errors.ts';
import { factsSchema } from '../facts.ts';
import { REASON_CODES, type ReasonCode } from '../license/reasons.ts';
import { licenseViewSchema } from '../license/schemas.ts';
import { REMEDIES } from '../remedies.ts';
import { CHECK_IDS, CHECK_STATUSES, type CheckId } from './checks.ts';
import { evidenceSchema } from './evidence.ts';

/**
 * The report of a diagnosis: what window, command line and support bundle show of why a license is not active. It holds
 * no secret, no path and no name of a user. Every instant is epoch milliseconds. Its order is the same for the same
 * facts: checks as in checks.ts and products as in the vendor profile.
 */

/** Grows when a field changes its meaning or goes; fields may be added without. */
export const REPORT_VERSION = 1;

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const productId = text(100);

/** What something comes from, in a code of one of the two closed unions (shared/license/reasons.ts, shared/errors.ts). */
const causeSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('reason'),
    code: v.picklist(REASON_CODES as readonly [ReasonCode, ...ReasonCode[]]),
    facts: v.optional(factsSchema),
  }),
  v.strictObject({
    kind: v.literal('error'),
    code: v.picklist(ERROR_CODES as readonly [ErrorCode, ...ErrorCode[]]),
    facts: v.optional(factsSchema),
  }),
]);

/** One check and how it ended. */
export const checkResultSchema = v.strictObject({
  id: v.picklist(CHECK_IDS as readonly [CheckId, ...CheckId[]]),
  /** The product that it is about; null for what is about the whole installation. */
  productId: v.nullable(productId),
  status: v.picklist(CHECK_STATUSES),
  /** null where nothing is wrong, and where it could not be found out. */
  cause: v.nullable(causeSchema),
  remedy: v.nullable(v.picklist(REMEDIES)),
  evidence: v.pipe(v.array(evidenceSchema), v.maxLength(40), v.readonly()),
  durationMs: v.pipe(v.number(), v.minValue(0)),
});

/** One cause of the trouble, with all that it explains. */
const verdictSchema = v.strictObject({
  cause: causeSchema,
  /** `blocking`: a license can't be used until this is solved. */
  severity: v.picklist(['blocking', 'warning', 'info']),
  remedy: v.picklist(REMEDIES),
  /** Products that it concerns; empty = all. */
  productIds: v.pipe(v.array(productId), v.readonly()),
  /** What else was found and comes from this: solved with it, and not to be worked on first. */
  explains: v.pipe(v.array(causeSchema), v.readonly()),
});

const reportedLicenseSchema = v.strictObject({
  productId,
  productName: text(80),
  state: licenseViewSchema.entries.state,
  mode: v.nullable(v.picklist(['online', 'offline'])),
  reasons: licenseViewSchema.entries.reasons,
  lastContactAt: v.nullable(v.number()),
  /** Twelve characters to read out (shared/support-code). */
  supportCode: text(14),
});

export const reportSchema = v.strictObject({
  reportVersion: v.literal(REPORT_VERSION),
  program: v.strictObject({
    version: text(40),
    platform: v.picklist(['other', 'windows', 'macos', 'linux']),
    /** `window`: asked for in the window; `command`: on the command line. */
    process: v.picklist(['window', 'command']),
  }),
  /** Whose application it is, in public names; null where the vendor profile can't be used. */
  profile: v.nullable(
    v.strictObject({
      vendorName: text(80),
      applicationName: text(60),
      environment: v.picklist(['test', 'live']),
      tenantId: text(50),
      apiHost: text(300),
    }),
  ),
  startedAt: v.number(),
  endedAt: v.number(),
  /** False where it was cancelled: checks that were not done are missing. */
  complete: v.boolean(),
  checks: v.pipe(v.array(checkResultSchema), v.readonly()),
  /** The main cause first; empty = nothing keeps any license from working. */
  verdict: v.pipe(v.array(verdictSchema), v.readonly()),
  licenses: v.pipe(v.array(reportedLicenseSchema), v.readonly()),
});

export type Cause = v.InferOutput<typeof causeSchema>;
export type CheckResult = v.InferOutput<typeof checkResultSchema>;
export type Verdict = v.InferOutput<typeof verdictSchema>;
export type ReportedLicense = v.InferOutput<typeof reportedLicenseSchema>;
export type DiagnosisReport = v.InferOutput<typeof reportSchema>;
