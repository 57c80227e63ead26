import { CircleCheck, FileText } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../shared/errors.ts';
import { describeFailure } from '../../shared/messages/index.ts';
import type { TokenView } from '../../shared/offline.ts';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { useApp } from '../store/use-app.ts';

type Saving =
  | { readonly phase: 'idle' | 'running' }
  | { readonly phase: 'saved'; readonly name: string }
  | { readonly phase: 'failed'; readonly failure: Failure };

/** Saves the token by the system's dialog, and says that it was saved. */
export function SaveFile({ token }: { readonly token: TokenView }) {
  const language = useLanguage();
  const t = useText();
  const saveToken = useApp((app) => app.saveToken);
  const [saving, setSaving] = useState<Saving>({ phase: 'idle' });
  const { productId, id, fileName } = token;
  const save = async () => {
    setSaving({ phase: 'running' });
    const result = await saveToken({ productId, id });
    if (result.ok) setSaving({ phase: 'saved', name: result.value.name });
    // Whoever has closed the dialog knows it.
    else if (result.error.code === 'cancelled') setSaving({ phase: 'idle' });
    else setSaving({ phase: 'failed', failure: result.error });
  };
  const isSaved = saving.phase === 'saved';
  return (
    <>
      <div className="save-file">
        <FileText className="save-file-icon" size={30} strokeWidth={1.4} aria-hidden />
        <div className="save-file-words">
          <p className="save-file-name">
            <bdi dir="ltr">{fileName}</bdi>
          </p>
          <p className="quiet">{t('carrier.fileNote')}</p>
        </div>
        <Button
          look={isSaved ? 'plain' : 'primary'}
          isPending={saving.phase === 'running'}
          pendingLabel={t('carrier.saving')}
          onPress={() => void save()}
        >
          {t(isSaved ? 'carrier.saveAgain' : 'carrier.save')}
        </Button>
      </div>
      <div role="status" className="carrier-outcome">
        {saving.phase === 'saved' && (
          <p className="saved">
            <CircleCheck size={16} aria-hidden />
            <span>{t('carrier.saved', { name: isolate(language, saving.name) })}</span>
          </p>
        )}
        {saving.phase === 'failed' && <Callout tone="bad" {...describeFailure(saving.failure, language)} />}
      </div>
    </>
  );
}
