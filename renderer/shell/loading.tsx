import './loading.css';
import { useText } from '../strings/use-text.ts';

/** Before the first snapshot: the shape of the window, which comes in softly so that a quick start shows none of it. */
export function Loading() {
  const t = useText();
  return (
    <main className="loading" aria-busy aria-label={t('reading')}>
      <h1 className="unseen">{t('reading')}</h1>
      <div className="loading-side" />
      <div className="loading-page">
        <div className="bone loading-title" />
        <div className="card loading-card">
          <div className="bone loading-mark" />
          <div className="loading-lines">
            <div className="bone bone-line" />
            <div className="bone bone-line loading-short" />
          </div>
        </div>
      </div>
    </main>
  );
}
