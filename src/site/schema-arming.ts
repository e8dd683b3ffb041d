/**
 * The shape of what a configuration says about arming: zones, areas, schedules and the school's calendar. What one of them
 * says about another is checked elsewhere. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { limitBounds } from '../core/arming/tuning.ts';
import type { SignalLimits } from '../core/types.ts';
import { clock, clockOrMidnight, date, dayNames, days, id, spot, text, words } from './parts/schema-parts.ts';

/** From the first touch of an entry zone to the alarm: EN 50131-1 allows no more. */
const entrySecMax = 45;
const exitSecMax = 300;
/** Every tick goes through the windows of every schedule; a school that changes hourly every day of the week has 24. */
const windowsMax = 50;

/** Each limit of the detector within its bounds; what is not written is as usual. */
const signal = z.strictObject(
  Object.fromEntries(
    Object.entries(limitBounds).map(([name, [least, most]]) => [name, z.number().min(least).max(most).optional()]),
  ) as Record<keyof SignalLimits, z.ZodOptional<z.ZodNumber>>,
);

export const zone = z.strictObject({
  id,
  number: z.int().min(1).max(999).describe('Painted on the fence and on the map'),
  title: words,
  path: z.array(spot).min(2, 'at least two points').max(500).describe('Polyline on the map'),
  schedule: text.optional().describe('A schedule; without one the zone is armed until a person disarms it'),
  camera: text.optional().describe('Camera whose picture is the evidence'),
  reader: text.optional().describe('Patrol reader that stands there: a scan says that whoever was sent has arrived'),
  siren: z.strictObject({ device: text, point: text }).optional().describe('Output that sounds for a P1 alarm'),
  always: z.boolean().optional().describe('24 hours: nobody disarms it, it is only left out with a reason and an end'),
  entry: z.boolean().optional().describe('On the way in: an alarm here waits for the entry delay of its area'),
  side: text.max(40).optional().describe('Zones of one side share sun and wind; any name'),
  signal: signal.optional().describe('Tension wires: the limits that differ from the usual ones, N and ms'),
});

/** Zones that are set and unset together. */
export const area = z.strictObject({
  id,
  title: words,
  zones: z.array(text).min(1, 'at least one zone'),
  stay: z
    .array(text)
    .min(1, 'at least one zone')
    .optional()
    .describe('Zones that are armed while people stay inside; without it all of them'),
  schedule: text.optional().describe('A schedule; without one the area is set until a person unsets it'),
  entrySec: z
    .number()
    .min(0)
    .max(entrySecMax, `at most ${entrySecMax}, the longest entry delay of EN 50131-1`)
    .default(0)
    .describe('From the first touch of an entry zone to its alarm; 0: at once'),
  exitSec: z.number().min(0).max(exitSecMax).default(0).describe('From setting by hand until the zones are armed'),
});

const window = {
  from: z.string().regex(clock, 'a time from 00:00 to 23:59, in quotes'),
  to: z.string().regex(clockOrMidnight, 'a time from 00:00 to 24:00, in quotes'),
  mode: z
    .enum(['away', 'stay'])
    .optional()
    .describe('stay: people are inside; only the stay zones of an area are armed'),
};

export const schedule = z.strictObject({
  id,
  armed: z
    .array(z.strictObject({ days, ...window }))
    .max(windowsMax)
    .describe('Armed in these windows; one whose end is not after its start runs into the next day'),
  holiday: z
    .array(z.strictObject({ days: days.default('daily'), ...window }))
    .max(windowsMax)
    .optional()
    .describe(
      'Instead, on holidays and outside terms; without it these days are armed all day: nobody should be there',
    ),
});

const span = z.strictObject({
  title: words,
  from: date,
  to: date.optional().describe('Included; without it one day'),
});

export const calendar = z.strictObject({
  terms: z.array(span).max(100).default([]).describe('School terms; without any every day is in term'),
  holidays: z.array(span).max(200).default([]),
  exceptions: z
    .array(
      z.strictObject({
        title: words,
        on: date,
        as: z.enum([...dayNames, 'holiday']).describe('Counts as this weekday (a make-up day), or as a holiday'),
      }),
    )
    .max(500)
    .default([]),
});
