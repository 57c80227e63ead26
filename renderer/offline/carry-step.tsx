import { useState } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { Button } from '../components/button.tsx';
import { Choice } from '../components/choice.tsx';
import { useText } from '../strings/use-text.ts';
import { offlineView } from '../store/offline.ts';
import { useApp } from '../store/use-app.ts';
import { Carrier } from './carrier.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { PortalAddress } from './portal-address.tsx';
import { RequestContents } from './request-contents.tsx';
import { useWhen } from './use-when.ts';

type Request = LicenseView['offline']['requests'][number];

interface CarryStepProps {
  readonly license: LicenseView;
  readonly request: Request;
}

/** The second step: the request in every form, where it goes, what it says, and what happens next. */
export function CarryStep({ license, request }: CarryStepProps) {
  const t = useText();
  const when = useWhen();
  const show = useApp((app) => app.show);
  const [asking, setAsking] = useState(false);
  const { productId, productName, offline } = license;
  const { requests } = offline;
  const name = ({ madeAt, seatName }: Request) =>
    [t('offline.made', { when: when(madeAt) }), ...(seatName === null ? [] : [seatName])].join(' · ');
  return (
    <>
      {requests.length > 1 && (
        <Choice
          label={t('offline.request')}
          hint={t('offline.requests', { count: requests.length })}
          options={requests.map((each) => ({ id: each.id, name: name(each) }))}
          chosen={request.id}
          onChoose={(requestId) => show({ screen: 'offline', productId, step: 'carry', requestId })}
        />
      )}
      <Carrier productId={productId} productName={productName} id={request.id} />
      <PortalAddress />
      <div className="carry-next">
        <h3>{t('offline.next')}</h3>
        <ol>
          <li>{t('offline.next.upload')}</li>
          <li>{t('offline.next.response')}</li>
          <li>{t('offline.next.back')}</li>
        </ol>
      </div>
      <RequestContents license={license} request={request} />
      <div className="step-foot">
        <div className="step-foot-aside">
          <Button look="quiet" onPress={() => show(offlineView(productId, 'make'))}>
            {t('offline.another')}
          </Button>
          <Button look="quiet" onPress={() => setAsking(true)}>
            {t('offline.discard')}
          </Button>
        </div>
        <Button onPress={() => show({ screen: 'offline', productId, step: 'bring', requestId: request.id })}>
          {t('offline.carry.done')}
        </Button>
      </div>
      <DiscardDialog license={license} request={request} isOpen={asking} onClose={() => setAsking(false)} />
    </>
  );
}
