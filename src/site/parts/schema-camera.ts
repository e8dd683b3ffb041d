/**
 * What a configuration says of cameras' pictures: in which hours they must show something, which are not judged, and which belong together. What
 * becomes of the pictures is not said here.
 */
import { z } from 'zod';
import type { CameraWatch } from '../../core/types.ts';
import { dayNumbers, minuteOf } from './compile-parts.ts';
import { clock, clockOrMidnight, days, id, text, words } from './schema-parts.ts';

const windowsMax = 50;
const areasMax = 100;
const camerasMax = 500;

export const cameras = z.strictObject({
  hours: z
    .array(
      z.strictObject({
        days,
        from: z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes'),
        to: z.string().regex(clockOrMidnight, 'a time from 00:00 to 24:00, in quotes'),
      }),
    )
    .max(windowsMax)
    .default([])
    .describe(
      'On school days: there is light and somebody can be seen. A dark picture is news only then, and the online rate counts these hours; without any, all hours, and no picture is called dark',
    ),
  off: z.array(text).max(camerasMax).default([]).describe('Cameras whose pictures are not judged and in no rate'),
  areas: z
    .array(z.strictObject({ id, title: words, cameras: z.array(text).min(1, 'at least one camera').max(camerasMax) }))
    .max(areasMax)
    .default([])
    .describe('Cameras of one room: what a rate is also said of'),
});

/** The settings as the core has them. */
export const compileCameras = ({ hours, off, areas }: z.infer<typeof cameras>): CameraWatch => ({
  // 24:00 is the next day's 00:00, and an end not after its start runs into the next day.
  hours: hours.map(({ days: on, from, to }) => ({
    days: dayNumbers(on),
    from: minuteOf(from),
    to: minuteOf(to) % 1440,
  })),
  off,
  areas,
});
