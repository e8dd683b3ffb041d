/**
 * An address as a QR code on a terminal, so that nobody types it into a phone. Colours are set, because a code that is light on dark
 * where the terminal is light is read by few phones.
 */
import encodeQR from 'qr';

/** Light on dark, bright: the blocks of the library are the light squares. */
const colours = '\u001b[97;40m';
const plain = '\u001b[0m';

/** The code, two squares to a character, a line each. */
export function terminalCode(text: string): readonly string[] {
  const rows = encodeQR(text, 'ascii', { ecc: 'low', border: 2 }).trimEnd().split('\n');
  return rows.map((row) => `${colours}${row}${plain}`);
}
