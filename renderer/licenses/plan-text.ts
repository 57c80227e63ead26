import type { LicenseView } from '../../shared/license/schemas.ts';
import type { Language } from '../../shared/settings.ts';
import { isolate } from '../format/intl.ts';
import type { Say } from '../strings/use-text.ts';

/** Edition, plan and kind of license in one line; empty when nothing of it is known. */
export function planText({ activation, editions }: LicenseView, language: Language, t: Say): string {
  if (activation === null) return '';
  const { planName, licenseType, isTrial } = activation.entitlement;
  const edition = editions.find(({ id }) => id === activation.editionId)?.name ?? activation.editionId;
  const kind = isTrial === true ? 'trial' : licenseType;
  const parts = [edition, planName, kind === null ? null : t(`plan.${kind}`)];
  return parts.flatMap((part) => (part === null || part === '' ? [] : [isolate(language, part)])).join(' · ');
}
