/**
 * The shape of `kitchen`: what the public screen in the dining hall shows. What it names has to be there is checked beside. Texts given
 * as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { text } from '../parts/schema-parts.ts';

/** As wide as a caption is on a screen of nine pictures. */
const captionMax = 16;
const caption = z.strictObject({
  zh: text.max(captionMax).describe(`Chinese, at most ${captionMax} characters`),
  en: text.max(2 * captionMax).describe('English'),
});
const said = z.strictObject({ zh: text.max(60), en: text.max(120) });

/** Nine pictures are what one still tells from across a dining hall; twelve is what the layout has room for. */
const camerasMax = 12;
const sensorsMax = 8;

export const kitchen = z
  .strictObject({
    cameras: z
      .array(z.strictObject({ camera: text.describe('A camera of devices'), area: caption }))
      .min(1, 'at least one camera')
      .max(camerasMax, `at most ${camerasMax} cameras`)
      .describe('Shown to everybody in the dining hall, and no other is'),
    sensors: z
      .array(
        z.strictObject({
          device: text.describe('A sensor of devices'),
          point: text.default('temperature').describe('Which of its gauges'),
          title: caption,
        }),
      )
      .max(sensorsMax, `at most ${sensorsMax} sensors`)
      .default([]),
    cleaned: said.optional().describe('A line about the last cleaning'),
    menu: said.optional().describe('A line about the menu'),
    everySec: z.number().min(2).max(60).default(2).describe('A new still of each camera so often'),
  })
  .describe('The public screen in the dining hall, at /kitchen; its account: npm run user -- add NAME --role kitchen');
