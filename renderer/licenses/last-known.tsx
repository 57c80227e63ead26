import { describeLicense } from '../../shared/messages/index.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { formatDay, isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';

/** What was known of a license that can't be read at the moment; nothing where nothing was known. */
export function LastKnown({ license }: { readonly license: Pick<LicenseView, 'lastKnown'> }) {
  const language = useLanguage();
  const t = useText();
  const { lastKnown } = license;
  if (lastKnown === null) return null;
  const state = describeLicense({ state: lastKnown.state, reasons: [] }, language);
  const { leaseExpiry } = lastKnown;
  return (
    <p className="quiet">
      {leaseExpiry === null || lastKnown.state !== 'active'
        ? t('lastKnown', { state })
        : t('lastKnown.until', { state, day: isolate(language, formatDay(language, leaseExpiry)) })}
    </p>
  );
}
