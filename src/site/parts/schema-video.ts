/**
 * The shape of what is said of video: how many may play at once, whether whoever looks has to say why, where it comes from when not
 * from what the camera itself says. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { given } from './compile-parts.ts';
import { text } from './schema-parts.ts';

const videoAddress = z
  .string()
  .max(400)
  .regex(
    /^rtsps?:\/\/[^\s/@?#]+(\/[^\s@]*)?$/,
    'an address such as rtsp://192.168.8.21:554/Streaming/Channels/102, without user and password',
  );

/** Of a camera, where ONVIF gives no address, or another than the one wanted. */
export const deviceVideo = z
  .strictObject({
    large: videoAddress.optional().describe('Played when the camera is opened large; small when absent'),
    small: videoAddress.optional().describe('Played where many are shown: the sub-stream, H.264'),
  })
  .refine(({ large, small }) => large !== undefined || small !== undefined, 'large, small or both');

export const video = z
  .strictObject({
    most: z.int().min(0).max(64).default(8).describe('Videos that play at once, however many look; 0 for none'),
    reasons: z
      .boolean()
      .default(false)
      .describe('Whoever looks at a live video says why (State Council order 799, art. 16); an open alarm is a reason'),
    clips: z
      .array(text)
      .max(32)
      .default([])
      .describe(
        'Cameras whose video is played all the time, so that ten seconds before an alarm of theirs and twenty after are kept',
      ),
    clipsGb: z
      .number()
      .min(0.05)
      .max(2_000)
      .default(4)
      .describe('Clips are kept up to so many GB, the oldest go first'),
    relay: z
      .string()
      .max(400)
      .regex(/^rtsps?:\/\/[^\s/@?#]+\/[^\s@]*\{camera\}[^\s@]*$/, 'an address such as rtsp://127.0.0.1:8554/{camera}')
      .optional()
      .describe(
        'A go2rtc or mediamtx that all videos are taken from instead of the cameras; {camera} is the id of the device',
      ),
  })
  .prefault({});

/** What is said of videos, compiled; addresses by camera. It holds no log-in. */
export interface VideoConfig {
  readonly most: number;
  readonly reasons: boolean;
  readonly clips: readonly string[];
  readonly clipsGb: number;
  readonly relay?: string;
  readonly streams: Readonly<Record<string, { readonly large?: string; readonly small?: string }>>;
}

/** Settings and what devices say of their own videos. */
export function compileVideo(
  said: z.infer<typeof video>,
  devices: readonly { readonly id: string; readonly video?: z.infer<typeof deviceVideo> | undefined }[],
): VideoConfig {
  const own = devices.flatMap(({ id, video: one }) => (one ? [[id, given(one)] as const] : []));
  return { ...given(said), streams: Object.fromEntries(own) };
}
