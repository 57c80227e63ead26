import { ProductMark } from '../components/product-mark.tsx';
import { useText } from '../strings/use-text.ts';
import './license-card.css';

/** A card whose license is still being read: its shape, without a word that could turn out wrong. */
export function ReadingCard({ name }: { readonly name: string }) {
  const t = useText();
  return (
    <article className="card license-card" aria-busy aria-label={name}>
      <div className="license-card-head">
        <ProductMark name={name} />
        <div className="license-card-names">
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p className="quiet">{t('reading')}</p>
        </div>
      </div>
      <div className="bone bone-line" />
    </article>
  );
}
