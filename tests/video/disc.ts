/**
 * Decodes what a viewer of a simulated camera was given and says which picture of the scene each is. The scene is GStreamer's
 * `ball`: a disc of 20 pixels whose place follows from the number of the picture. A picture of which any part is missing is an error.
 */
import { spawnSync } from 'node:child_process';

const WIDTH = 640;
const HEIGHT = 360;
const RADIUS = 20;
/** Luminance: the ground is about 90, the disc 235; what a decoder fills in for what it lacks is neither, or in another place. */
const BRIGHT = 150;
const GROUND: readonly [number, number] = [75, 115];
/** Around the disc the encoder blurs. */
const BLUR = 10;

/** All pictures in some MP4, each by luminance. Throws with what the decoder complained of. */
export function decoded(mp4: Buffer): Buffer[] {
  // Times of their own, far apart: what the camera's clock makes of them is not asked here.
  const gives = ['-vf', 'setpts=10*N/TB', '-fps_mode', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'];
  const { stdout, stderr, status } = spawnSync('ffmpeg', ['-v', 'warning', '-i', 'pipe:0', ...gives], {
    input: mp4,
    maxBuffer: 1e9,
  });
  if (status !== 0 || stderr.length > 0) throw new Error(`the decoder says: ${stderr}`);
  const size = WIDTH * HEIGHT;
  return Array.from({ length: stdout.length / size }, (_, i) => stdout.subarray(i * size, (i + 1) * size));
}

/** Where the disc is in the picture of this number in the scene, pixels. */
function placed(number: number): readonly [x: number, y: number] {
  const swing = (turn: number, length: number) =>
    RADIUS + (0.5 + 0.5 * Math.sin((2 * Math.PI * turn) / 200)) * (length - 2 * RADIUS);
  return [swing(number, WIDTH), swing(number * Math.SQRT2, HEIGHT)];
}

function centre(picture: Buffer): readonly [x: number, y: number] {
  let [x, y, count] = [0, 0, 0];
  for (let i = 0; i < picture.length; i++) {
    if (picture[i]! < BRIGHT) continue;
    x += i % WIDTH;
    y += Math.floor(i / WIDTH);
    count++;
  }
  const share = count / (Math.PI * RADIUS ** 2);
  if (share < 0.8 || share > 1.15) throw new Error(`${share.toFixed(2)} of a disc`);
  return [x / count, y / count];
}

/** The number of a picture in a scene of so many. Throws when the disc is in no place of the scene, or anything else is to be seen. */
export function numberOf(picture: Buffer, pictures: number): number {
  const [x, y] = centre(picture);
  for (let i = 0; i < picture.length; i++) {
    if (picture[i]! >= GROUND[0] && picture[i]! <= GROUND[1]) continue;
    const [at, down] = [i % WIDTH, Math.floor(i / WIDTH)];
    if (Math.hypot(at - x, down - y) > RADIUS + BLUR) throw new Error(`${picture[i]} at ${at}, ${down}`);
  }
  for (let number = 0; number < pictures; number++) {
    const [px, py] = placed(number);
    if (Math.hypot(px - x, py - y) < 2) return number;
  }
  throw new Error(`no picture has its disc at ${x.toFixed(1)}, ${y.toFixed(1)}`);
}
