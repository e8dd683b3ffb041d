/**
 * What a school may want otherwise of the rules that look for patrol exceptions: other limits, or a rule switched off. Times are in the
 * units people say; the core has milliseconds. What is not named stays usual.
 */
import * as z from 'zod';
import type { Site } from '../../core/types.ts';

const seconds = z.number().min(1).max(3_600);
const share = z.number().min(0.05).max(1);
const count = z.int().min(1).max(100);
const rule = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.union([z.literal('off'), z.strictObject(shape).partial()], { error: '"off", or the limits that are otherwise' });

const exceptions = z
  .strictObject({
    'too-fast': rule({ share, legs: count }).describe('Legs in a row below this share of their planned time'),
    'same-point': rule({ withinSec: seconds, bounceSec: seconds, points: count }).describe('The same point again'),
    'two-places': rule({ share, hops: count }).describe('One card where nobody gets in that time'),
    together: rule({ withinSec: seconds, points: count, pairPoints: count, share }).describe('Two cards in one hand'),
    'same-pattern': rule({ rounds: z.int().min(3).max(100), spreadSec: seconds }).describe(
      'Rounds alike to the second',
    ),
    'off-duty': rule({ graceMin: z.number().min(0).max(720), points: count, days: count }).describe('Not on duty'),
    'clock-jump': rule({ backSec: seconds }).describe('Device time that runs back'),
    'late-batch': rule({ afterMin: z.number().min(1).max(1_440) }).describe('Told late by a reader that was there'),
    'by-hand': rule({ perWeek: z.int().min(0).max(100) }).describe('Touches written by hand for one person'),
    'one-place': rule({ points: z.int().min(3).max(100), hopSec: seconds }).describe('Points within seconds'),
    'one-address': rule({ readers: z.int().min(2).max(100), withinSec: seconds }).describe('Readers from one address'),
  })
  .partial();

export const patrol = z.strictObject({
  batonFolder: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder whose files of batons are taken in by themselves; relative to this file. Whoever may write there may take in touches',
    ),
  exceptions: exceptions.optional().describe('Rules that look for patrol exceptions'),
});

const perUnit = { Sec: 1_000, Min: 60_000 } as const;

/** The rules as the core takes them; nothing where all is usual. */
export function compileExceptions({ exceptions: said }: z.infer<typeof patrol>): Site['exceptions'] {
  if (said === undefined) return undefined;
  const rules = Object.entries(said).map(([name, limits]) => [name, limits === 'off' ? limits : inMs(limits)]);
  return Object.fromEntries(rules) as Site['exceptions'];
}

const inMs = (limits: Readonly<Record<string, number | undefined>> = {}) =>
  Object.fromEntries(
    Object.entries(limits).flatMap(([field, value]) => {
      if (value === undefined) return [];
      const unit = Object.entries(perUnit).find(([end]) => field.endsWith(end));
      return [unit ? [field.replace(unit[0], 'Ms'), value * unit[1]] : [field, value]];
    }),
  );
