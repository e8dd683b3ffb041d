/** The QR code on a terminal: read back by the library's own reader from the squares that a terminal would paint. */
import { stripVTControlCharacters } from 'node:util';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { terminalCode } from '../../src/commands/terminal-code.ts';

/** Upper and lower square of a character: whether it is light. */
const SQUARES: Readonly<Record<string, readonly [boolean, boolean]>> = {
  '█': [true, true],
  '▀': [true, false],
  '▄': [false, true],
  ' ': [false, false],
};
/** Pixels of a square; readers want some. */
const SCALE = 4;

test('the code that a terminal paints leads to the address', () => {
  const address = 'https://192.168.8.10:8443/certificates';
  const lines = terminalCode(address).map((line) => [...stripVTControlCharacters(line)]);
  const rows = lines.flatMap((line) => [0, 1].map((half) => line.map((char) => SQUARES[char]![half]!)));
  const [width, height] = [rows[0]!.length * SCALE, rows.length * SCALE];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (!rows[Math.floor(y / SCALE)]![Math.floor(x / SCALE)])
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  expect(decodeQR({ width, height, data })).toBe(address);
});
