import type { LicenseView } from '../../shared/license/schemas.ts';
import { ProductMark } from '../components/product-mark.tsx';
import { useText } from '../strings/use-text.ts';
import { LastKnown } from './last-known.tsx';
import './license-card.css';

/** A card whose license is still being read: its shape, without a word that could turn out wrong. */
export function ReadingCard({ license }: { readonly license: LicenseView }) {
  const t = useText();
  const name = license.productName;
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
      {license.lastKnown === null ? <div className="bone bone-line" /> : <LastKnown license={license} />}
    </article>
  );
}
