import { LoaderCircle } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { useCopy } from '../components/use-copy.ts';
import { useApp } from '../store/use-app.ts';
import { useText } from '../strings/use-text.ts';
import './browser-wait.css';

/** While the user signs in elsewhere: what to do there, a link for another browser, and the way back. */
export function BrowserWait({ address }: { readonly address: string }) {
  const t = useText();
  const cancelSignIn = useApp((app) => app.cancelSignIn);
  const { outcome, copy } = useCopy(address);
  return (
    <div className="card card-body browser-wait">
      <LoaderCircle className="spinner browser-wait-mark" size={28} aria-hidden />
      <div className="browser-wait-text" role="status">
        <h2>{t('account.waiting')}</h2>
        <p className="quiet">{t('account.waitingText')}</p>
      </div>
      <p className="quiet browser-wait-hint">{t('account.noPage')}</p>
      <div className="browser-wait-ways">
        <Button onPress={() => void copy()}>
          {outcome === 'none' ? t('account.copyLink') : t(outcome === 'copied' ? 'copied' : 'copyFailed')}
        </Button>
        <Button onPress={() => void cancelSignIn()}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
