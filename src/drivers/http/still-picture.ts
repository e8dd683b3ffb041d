/**
 * A fresh picture of one channel, by the log-in of the line. It believes what comes only when it is a JPEG of sane size, and must
 * never wait for ever: the whole answer has one limit.
 */
import { noPicture, pictureFaults } from '../../words/camera-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { jpegFault, PICTURE_MAX } from '../http-access/jpeg-answer.ts';
import type { StreamAccess } from './stream-attachment.ts';

/** Longest wait for all of a picture, ms. */
const WITHIN_MS = 10_000;

/** The JPEG at this path of the device. Rejects with a sentence for the operator. */
export async function stillPicture(
  access: StreamAccess,
  path: string,
  camera: string,
  world: World,
): Promise<Uint8Array> {
  const response = await access.get(path);
  const done = new AbortController();
  // The answer that is late is cut off, which ends the loop below.
  const late = world.sleep(WITHIN_MS, done.signal).then(
    () => response.destroy(new Error('late')),
    () => undefined,
  );
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > PICTURE_MAX) throw new WordedError(noPicture(camera, pictureFaults.large));
    }
  } catch (error) {
    if (error instanceof WordedError) throw error;
    throw new WordedError(noPicture(camera, pictureFaults.other));
  } finally {
    done.abort();
    response.destroy();
    await late;
  }
  const picture = Buffer.concat(chunks);
  const fault = jpegFault(picture);
  if (fault) throw new WordedError(noPicture(camera, pictureFaults[fault]));
  return picture;
}
