/**
 * A text as the path of a QR code, for an SVG that grows without getting blurred. The library makes the squares; they never leave the page.
 */
import encodeQR from 'qr';

/** Empty squares that readers ask for around a code. */
const border = 4;

/** `size`: of the square the path lies in, with its border. */
export function qrPath(text: string): { readonly path: string; readonly size: number } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border });
  const squares = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { path: squares.join(''), size: rows.length };
}
