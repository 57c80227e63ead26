import { Check, CircleCheck, LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { BundlePreview } from '../../shared/contract.ts';
import type { Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import { DialogFrame } from '../components/ask-dialog.tsx';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { BundleFiles } from './bundle-files.tsx';
import './bundle.css';

type Saving =
  | { readonly phase: 'idle' | 'running' }
  | { readonly phase: 'saved'; readonly name: string }
  | { readonly phase: 'failed'; readonly failure: Failure };

/** Shows what a support bundle holds, and saves exactly that. */
export function BundleDialog({ onClose }: { readonly onClose: () => void }) {
  const language = useLanguage();
  const t = useText();
  const { vendorName } = useApplication();
  const { previewBundle, saveBundle } = useApp((app) => app);
  const [preview, setPreview] = useState<BundlePreview | null>(null);
  const [encrypt, setEncrypt] = useState(true);
  const [saving, setSaving] = useState<Saving>({ phase: 'idle' });
  useEffect(() => {
    let isWanted = true;
    const make = async () => {
      const made = await previewBundle();
      if (!isWanted) return;
      if (made.ok) setPreview(made.value);
      else setSaving({ phase: 'failed', failure: made.error });
    };
    void make();
    return () => {
      isWanted = false;
    };
  }, [previewBundle]);
  const save = async ({ id, canEncrypt }: BundlePreview) => {
    setSaving({ phase: 'running' });
    const result = await saveBundle({ id, encrypt: canEncrypt && encrypt });
    if (result.ok) setSaving({ phase: 'saved', name: result.value.name });
    // Whoever has closed the system's dialog knows it.
    else if (result.error.code === 'cancelled') setSaving({ phase: 'idle' });
    else setSaving({ phase: 'failed', failure: result.error });
  };
  const vendor = isolate(language, vendorName);
  const isRunning = saving.phase === 'running';
  return (
    <DialogFrame role="dialog" title={t('bundle.title')} isOpen isWide isBusy={isRunning} onClose={onClose}>
      <p>
        {t('bundle.intro', { vendor })} <span className="quiet">{t('bundle.secretFree')}</span>
      </p>
      {preview === null && saving.phase !== 'failed' && (
        <p className="bundle-making quiet" role="status">
          <LoaderCircle className="spinner" size={16} aria-hidden />
          {t('bundle.making')}
        </p>
      )}
      {preview !== null && <BundleFiles files={preview.files} />}
      {preview?.canEncrypt === true && (
        <Checkbox
          className="bundle-encrypt"
          isSelected={encrypt}
          isDisabled={isRunning}
          onChange={setEncrypt}
        >
          <span className="bundle-box">{encrypt && <Check size={13} strokeWidth={3} aria-hidden />}</span>
          {t('bundle.encrypt', { vendor })}
        </Checkbox>
      )}
      <div role="status" className="bundle-outcome">
        {saving.phase === 'saved' && (
          <p className="saved">
            <CircleCheck size={16} aria-hidden />
            <span>{t('bundle.saved', { name: isolate(language, saving.name) })}</span>
          </p>
        )}
        {saving.phase === 'failed' && <Callout tone="bad" {...describeFailure(saving.failure, language)} />}
      </div>
      <div className="dialog-buttons">
        <Button isDisabled={isRunning} onPress={onClose}>
          {t(saving.phase === 'saved' ? 'bundle.close' : 'cancel')}
        </Button>
        {preview !== null && (
          <Button
            look={saving.phase === 'saved' ? 'plain' : 'primary'}
            isPending={isRunning}
            pendingLabel={t('bundle.saving')}
            onPress={() => void save(preview)}
          >
            {t('bundle.save')}
          </Button>
        )}
      </div>
    </DialogFrame>
  );
}
