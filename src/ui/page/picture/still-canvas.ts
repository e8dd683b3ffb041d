/**
 * A still drawn into a canvas that stays. A browser keeps what it decoded for an `<img>` of each address it ever showed, hundreds of
 * megabytes of it, long after the address is given back: pages that stand for months must never show one still after the other that way.
 */

/** Wider than this no still is drawn, px: the width of the larger screens' tiles. */
export const stillWidest = 1280;

/**
 * Draws a picture whole into the canvas, no wider than `widest`, where it is still wanted once it could be read. Rejects when it is no
 * picture. What was decoded is given back at once.
 */
export async function drawStill(
  jpeg: Blob,
  wanted: () => HTMLCanvasElement | undefined,
  widest = stillWidest,
): Promise<boolean> {
  const image = await createImageBitmap(jpeg);
  try {
    const canvas = wanted();
    if (!canvas) return false;
    const k = Math.min(1, widest / image.width);
    const width = Math.round(image.width * k);
    const height = Math.round(image.height * k);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    return true;
  } finally {
    image.close();
  }
}
