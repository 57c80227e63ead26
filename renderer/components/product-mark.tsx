import './product-mark.css';

/** The product's initial on a tile of the vendor's colour; decoration only. */
export function ProductMark({ name, large = false }: { readonly name: string; readonly large?: boolean }) {
  const initial = /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? '';
  return (
    <span className={large ? 'product-mark product-mark-large' : 'product-mark'} aria-hidden>
      {initial}
    </span>
  );
}
