import type { LicenseView } from '../../shared/license/schemas.ts';
import { Callout } from '../components/callout.tsx';
import { RemedyButton } from '../licenses/remedy-button.tsx';
import { useAdvice } from '../licenses/use-advice.ts';

type Open = 'requestPending' | 'receiptPending';

const OPEN: readonly Open[] = ['requestPending', 'receiptPending'];

interface OpenExchangesProps {
  readonly license: LicenseView;
  readonly codes?: readonly Open[];
}

/** What is open between this device and the portal, each with the way on: it would be lost sight of otherwise. */
export function OpenExchanges({ license, codes = OPEN }: OpenExchangesProps) {
  const { onReason } = useAdvice(license);
  return license.reasons
    .filter(({ code }) => codes.some((wanted) => wanted === code))
    .map((reason) => {
      const message = onReason(reason);
      return (
        <Callout
          key={reason.code}
          tone="plain"
          {...message}
          action={<RemedyButton license={license} trouble={reason} message={message} />}
        />
      );
    });
}
