import { Callout } from '../components/callout.tsx';
import { Page } from '../components/page.tsx';
import { ProductMark } from '../components/product-mark.tsx';
import { Step } from '../components/step.tsx';
import { isolate } from '../format/intl.ts';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { licenseOf } from '../store/projection.ts';
import type { OfflineStep } from '../store/state.ts';
import { useApp } from '../store/use-app.ts';
import { BringBack } from './bring-back.tsx';
import { CarryStep } from './carry-step.tsx';
import { MakeStep } from './make-step.tsx';
import { useWhen } from './use-when.ts';
import './offline-page.css';

interface OfflinePageProps {
  readonly productId: string;
  readonly step: OfflineStep;
  readonly requestId: string | null;
}

/**
 * Activation without a network in three steps. Where it stands is in the vault and not in the page: whoever comes back
 * after a day finds the request that is open.
 */
export function OfflinePage({ productId, step, requestId }: OfflinePageProps) {
  const language = useLanguage();
  const t = useText();
  const license = useApp((app) => licenseOf(app, productId));
  const show = useApp((app) => app.show);
  if (license === null) return null;
  const product = isolate(language, license.productName);
  const { actions } = license;
  return (
    <Page
      title={t('offline.title', { product })}
      subtitle={t('offline.lead')}
      mark={<ProductMark name={license.productName} large />}
      back={{ label: t('nav.licenses'), go: () => show({ screen: 'licenses' }) }}
    >
      {actions.includes('makeOfflineRequest') || actions.includes('importResponse') ? (
        <Steps license={license} step={step} requestId={requestId} />
      ) : (
        <Callout tone="plain" role="status" sentence={t('offline.notNow', { product })} />
      )}
    </Page>
  );
}

interface StepsProps extends Omit<OfflinePageProps, 'productId'> {
  readonly license: LicenseView;
}

function Steps({ license, step, requestId }: StepsProps) {
  const t = useText();
  const when = useWhen();
  const show = useApp((app) => app.show);
  const { productId, offline } = license;
  const request = offline.requests.find(({ id }) => id === requestId) ?? offline.requests[0];
  const open = request === undefined ? 'make' : step;
  const go = (next: OfflineStep) => () => show({ screen: 'offline', productId, step: next, requestId });
  const made =
    request === undefined
      ? undefined
      : [t('offline.made', { when: when(request.madeAt) }), request.seatName]
          .filter((part) => part !== null)
          .join(' · ');
  return (
    <ol className="steps">
      <Step
        number={1}
        title={t('offline.step.make')}
        isOpen={open === 'make'}
        isDone={request !== undefined && open !== 'make'}
        onOpen={go('make')}
        {...(made === undefined ? {} : { summary: made })}
      >
        <MakeStep license={license} />
      </Step>
      <Step
        number={2}
        title={t('offline.step.carry')}
        isOpen={open === 'carry'}
        isDone={open === 'bring'}
        {...(request === undefined ? {} : { summary: t('offline.carry.again') })}
        onOpen={request === undefined ? undefined : go('carry')}
      >
        {request !== undefined && <CarryStep license={license} request={request} />}
      </Step>
      <Step
        number={3}
        title={t('offline.step.bring')}
        isOpen={open === 'bring'}
        isDone={false}
        onOpen={request === undefined ? undefined : go('bring')}
      >
        <BringBack productId={productId} file="response" />
      </Step>
    </ol>
  );
}
