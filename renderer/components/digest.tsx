import { Fragment } from 'react';

/** A digest to compare with another: in a narrow window its lines end between two bytes, never inside of one. */
export function Digest({ text }: { readonly text: string }) {
  return (
    <span className="code">
      {text.split(/(?<=:)/).map((byte, place) => (
        // Bytes come more than once; their places don't change.
        <Fragment key={place}>
          {byte}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}
