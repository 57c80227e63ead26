import { Fragment } from 'react';
import './digest.css';

/** A digest to compare with another: in a narrow window its lines end between two bytes, never inside of one. */
export function Digest({ text }: { readonly text: string }) {
  return (
    <span className="code digest">
      {[...text.matchAll(/[^:]+:?/g)].map(({ 0: byte, index }) => (
        <Fragment key={index}>
          {byte}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}
