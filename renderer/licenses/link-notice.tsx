import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

/** Why a link from outside was not followed. */
export function LinkNoticeCallout() {
  const language = useLanguage();
  const t = useText();
  const notice = useApp((app) => app.linkNotice);
  if (notice === null) return null;
  return (
    <Callout
      tone="plain"
      role="status"
      sentence={
        notice.kind === 'productUnknown'
          ? t('link.productUnknown')
          : t('link.notNow', { product: isolate(language, notice.productName) })
      }
      nextAction={t('link.nothingDone')}
    />
  );
}
