import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Callout } from '../components/callout.tsx';
import { isolate } from '../format/intl.ts';
import { useApp, useApplication } from '../store/use-app.ts';
import { useLanguage, useText } from '../strings/use-text.ts';
import { BundleDialog } from './bundle-dialog.tsx';
import './bundle.css';

/** After a crash, once: a report is there, and support may have it. Nothing is sent. */
export function CrashNotice() {
  const language = useLanguage();
  const t = useText();
  const { name } = useApplication();
  const crashAt = useApp((app) => app.crashAt);
  const forget = useApp((app) => app.forgetCrash);
  const [isOpen, setOpen] = useState(false);
  if (crashAt === null) return null;
  return (
    <div className="crash-notice">
      <Callout
        tone="warn"
        role="status"
        stacked
        sentence={t('crash.sentence', { application: isolate(language, name) })}
        nextAction={t('crash.next')}
        action={
          <div className="crash-actions">
            <Button onPress={() => setOpen(true)}>{t('crash.save')}</Button>
            <Button look="quiet" onPress={forget}>
              {t('crash.dismiss')}
            </Button>
          </div>
        }
      />
      {isOpen && <BundleDialog onClose={() => setOpen(false)} />}
    </div>
  );
}
