/**
 * A photograph as the gateway gets it: made smaller here, which also leaves out where it was taken and with what. Nothing leaves the
 * browser from here.
 */

/** Ours: a sheet across a room is still read at this, and a hundred of them are a few megabytes. */
const SIDE_MAX = 1_280;
const QUALITY = 0.7;

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

/** The photograph drawn smaller. Rejects what is no picture. */
export async function drawn(file: Blob): Promise<HTMLCanvasElement> {
  const image = await loaded(file);
  const scale = Math.min(1, SIDE_MAX / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

export const jpegOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', QUALITY),
  );

/** The photograph as a small JPEG. Rejects what is no picture. */
export async function smallPhoto(file: Blob): Promise<Blob> {
  return jpegOf(await drawn(file));
}
