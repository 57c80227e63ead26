import { useState } from 'react';
import type { LicenseView } from '../../shared/license/schemas.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { DialogFrame } from '../components/ask-dialog.tsx';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { NumberStepper } from '../components/number-stepper.tsx';
import { formatNumber, isolate } from '../format/intl.ts';
import { readableKey } from '../format/readable-key.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';
import { overdraftLeft } from './overdraft-text.ts';

interface FeatureDialogProps {
  readonly license: LicenseView;
  readonly feature: NonNullable<LicenseView['activation']>['features'][number];
  readonly onClose: () => void;
}

/** Chooses how much of a pool this device holds; what that means is checked out or put back. */
export function FeatureDialog({ license, feature, onClose }: FeatureDialogProps) {
  const language = useLanguage();
  const t = useText();
  const { productId } = license;
  const { changeFeature, forgetOperation } = useApp((app) => app);
  const operation = useApp((app) => app.operations[productId]);
  const mine = operation?.kind === 'changeFeature' ? operation : null;
  const isRunning = mine?.phase === 'running';
  const [wanted, setWanted] = useState(feature.active);
  const { active, available, total, overdrawn = 0 } = feature;
  const more = wanted - active;
  const hint = () => {
    if (available === null || total === null) return t('features.unlimited');
    const left = available - overdrawn - more;
    const words = { total: formatNumber(language, total) };
    return left < 0
      ? t('feature.beyond', { ...words, over: formatNumber(language, -left) })
      : t('feature.free', { ...words, free: formatNumber(language, left) });
  };
  const close = () => {
    forgetOperation(productId);
    onClose();
  };
  const apply = async () => {
    const kind = more > 0 ? 'checkout' : 'return';
    if (await changeFeature({ productId, kind, key: feature.key, amount: Math.abs(more) })) close();
  };
  const count = formatNumber(language, Math.abs(more));
  return (
    <DialogFrame
      role="dialog"
      title={t('feature.title', { feature: isolate(language, readableKey(feature.key)) })}
      isOpen
      isBusy={isRunning}
      onClose={close}
    >
      <p className="quiet">{t('feature.shared')}</p>
      <NumberStepper
        label={t('feature.held')}
        value={wanted}
        onChange={setWanted}
        minimum={0}
        maximum={available === null ? Number.MAX_SAFE_INTEGER : active + available + overdraftLeft(feature)}
        less={t('feature.less')}
        more={t('feature.more')}
        isReadOnly={isRunning}
        hint={hint()}
      />
      {mine?.phase === 'failed' && (
        <Callout tone="bad" role="alert" {...describeFailure(mine.failure, language)} />
      )}
      <div className="dialog-buttons">
        <Button isDisabled={isRunning} onPress={close}>
          {t('cancel')}
        </Button>
        <Button
          look="primary"
          isDisabled={more === 0}
          isPending={isRunning}
          pendingLabel={t('feature.running')}
          onPress={() => void apply()}
        >
          {more === 0 ? t('feature.keep') : t(more > 0 ? 'feature.checkout' : 'feature.return', { count })}
        </Button>
      </div>
    </DialogFrame>
  );
}
