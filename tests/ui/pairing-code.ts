/**
 * The code on the desk's screen as the camera of a phone reads it: every square of the drawing, and nothing of the page beside it.
 */
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';

/** What a camera reads of the code on the screen. */
export async function codeOn(desk: Page): Promise<string> {
  await desk.waitForSelector('.paircode path');
  const [path, size] = await desk.evaluate<[string, number]>(
    `[document.querySelector('.paircode path').getAttribute('d'), document.querySelector('.paircode svg').viewBox.baseVal.width]`,
  );
  const scale = 6;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g))
    for (let row = 0; row < scale; row++)
      for (let col = 0; col < scale; col++) {
        const at = ((Number(y) * scale + row) * width + Number(x) * scale + col) * 4;
        data.set([0, 0, 0], at);
      }
  return decodeQR({ data, width, height: width });
}
