import type { DiagnosisReport } from './report.ts';
import { judge } from './verdict-policy.ts';

/** The part of a report that is about some products, and about what is common to all. */
export function onlyProducts(report: DiagnosisReport, productIds: readonly string[]): DiagnosisReport {
  const isMeant = (productId: string | null) => productId === null || productIds.includes(productId);
  const checks = report.checks.filter((check) => isMeant(check.productId));
  const licenses = report.licenses.filter(({ productId }) => isMeant(productId));
  return { ...report, checks, licenses, verdict: [...judge(checks, licenses)] };
}
