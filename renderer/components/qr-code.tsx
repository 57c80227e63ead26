import { useMemo } from 'react';
import { encodeQR } from 'qr';
import './qr-code.css';

/** Modules of white around a code that ISO/IEC 18004 asks for. */
const QUIET = 4;
/** What a phone reads from a screen at arm's length, in CSS pixels. */
const SMALLEST = 300;

/** The dark modules as one path of horizontal runs: fewer shapes than modules, and no seams between them. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x += 1;
      const length = x - from + 1;
      runs.push(`M${from} ${y}h${length}v1h-${length}z`);
    }
  }
  return runs.join('');
}

interface QrCodeProps {
  readonly text: string;
  /** What it holds, for who can't see it. */
  readonly label: string;
}

/** A text as a QR code: black on white whatever the theme, each module a whole number of pixels. */
export function QrCode({ text, label }: QrCodeProps) {
  const { side, path } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET });
    return { side: rows.length, path: pathOf(rows) };
  }, [text]);
  const size = side * Math.ceil(SMALLEST / side);
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <path fill="#ffffff" d={`M0 0h${side}v${side}h-${side}z`} />
      <path fill="#000000" d={path} />
    </svg>
  );
}
