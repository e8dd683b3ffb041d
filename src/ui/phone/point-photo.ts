/**
 * A photograph as the gateway gets it: made smaller on the phone, which also leaves out where it was taken and with what, and read for a
 * QR code. Nothing leaves the phone from here.
 */
import { drawn, jpegOf } from '../page/small-photo.ts';

interface BarcodeFinder {
  detect(image: ImageData): Promise<readonly { readonly rawValue: string }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: readonly string[] }) => BarcodeFinder;
  }
}

async function codeIn(image: ImageData): Promise<string | undefined> {
  if (window.BarcodeDetector) {
    const found = await new window.BarcodeDetector({ formats: ['qr_code'] }).detect(image).catch(() => []);
    if (found[0]) return found[0].rawValue;
  }
  const { default: decodeQR } = await import('qr/decode.js');
  try {
    return decodeQR(image);
  } catch {
    // Its way to say that it found none.
    return undefined;
  }
}

/** What the QR code of a photograph says, and the photograph as a small JPEG. Rejects what is no picture. */
export async function readPhoto(file: Blob): Promise<{ readonly code?: string; readonly photo: Blob }> {
  const canvas = await drawn(file);
  const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  const code = image && (await codeIn(image));
  return { photo: await jpegOf(canvas), ...(code !== undefined && { code }) };
}
