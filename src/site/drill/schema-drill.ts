/**
 * Drills as a configuration says them: where all gather, the classes with the numbers of their lists, and what begins one. It holds the shape
 * and what can be judged by itself; it must never know other parts of the file, nor ask for a name of a pupil. Texts given as `error` or
 * message finish the sentence "expected …".
 */
import { z } from 'zod';
import { id, text, words } from '../parts/schema-parts.ts';

const schoolClass = z.strictObject({
  id,
  title: words,
  due: z.int().min(1).max(500).describe('Pupils on its list; numbers alone, no names'),
});

/** Under `drill` of a configuration file. */
export const drill = z.strictObject({
  every: z.enum(['month', 'quarter']).describe('So often at least: schools once a month, kindergartens once a quarter'),
  place: words.describe('Where all gather'),
  camera: text
    .optional()
    .describe(
      'The camera that looks at that place; stills are kept as a drill begins, when time is up, and at its end',
    ),
  siren: z
    .strictObject({
      device: text,
      point: text,
      seconds: z.int().min(5).max(180).default(60).describe('So long it sounds'),
    })
    .optional()
    .describe('Output that begins a drill; without it one is announced by loudspeaker'),
  seconds: z
    .int()
    .min(30)
    .max(1800)
    .default(120)
    .describe('Everybody is to be there within; two minutes with up to four floors'),
  classes: z
    .array(schoolClass)
    .min(1, 'at least one class')
    .max(200, 'at most 200 classes')
    .refine(
      (all) => new Set(all.map((one) => one.id)).size === all.length,
      'ids that differ: two classes have the same',
    ),
});
