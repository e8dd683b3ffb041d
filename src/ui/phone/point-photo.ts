/**
 * A photograph as the gateway gets it: made smaller on the phone, which also leaves out where it was taken and with what, and read for a
 * QR code. Nothing leaves the phone from here.
 */

/** Ours: a sheet across a room is still read at this, and a hundred of them are a few megabytes. */
const SIDE_MAX = 1_280;
const QUALITY = 0.7;

interface BarcodeFinder {
  detect(image: ImageData): Promise<readonly { readonly rawValue: string }[]>;
}
declare global {
  interface Window {
    BarcodeDetector?: new (options: { formats: readonly string[] }) => BarcodeFinder;
  }
}

function loaded(file: Blob): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    image.onload = () => {
      URL.revokeObjectURL(address);
      resolve(image);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error('no picture'));
    };
    image.src = address;
  });
}

async function drawn(file: Blob): Promise<HTMLCanvasElement> {
  const image = await loaded(file);
  const scale = Math.min(1, SIDE_MAX / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const jpegOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY),
  );

/** The photograph as a small JPEG. Rejects what is no picture. */
export async function smallPhoto(file: Blob): Promise<Blob> {
  return jpegOf(await drawn(file));
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
