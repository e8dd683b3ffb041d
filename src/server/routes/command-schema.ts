/**
 * Commands as they may come over the wire: their shapes and bounds.
 * What a client may never say (that a code was one of duress) has no place in these shapes.
 */
import { z } from 'zod';
import { walkMinutes } from '../../core/arming/walk-test.ts';
import { defaultLimits } from '../../core/fence/signal-types.ts';
import type { SignalLimits } from '../../core/types.ts';
import { type CodedCommand, PIN_MAX } from '../auth/pins.ts';
import { ID } from '../report/record-routes.ts';

const ALARM = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const VALUE = z.union([z.boolean(), z.number(), z.string().max(200)]);
/** A point in time. */
export const TIME = z.number().int().min(0).max(8.64e15);
const REASON = z.string().max(20);
/** What people write is read in lists, on paper and in log books: no control characters, and no halves of characters. */
const NOTE = z
  .string()
  .max(500)
  .regex(/^(?:[^\p{Cs}\p{Cc}]|[\n\r\t])*$/u, 'expected text without control characters');
const WHY = z
  .string()
  .max(200)
  .regex(/^[^\p{Cs}\p{Cc}]*$/u, 'expected one line of text without control characters');
const PIN = z.string().max(PIN_MAX).exactOptional().describe('The code of whoever has one, where watch is taken away');

const names = Object.keys(defaultLimits) as (keyof SignalLimits)[];
/** Every limit of the detector: a finite number that is not negative. */
export const LIMITS = z.strictObject(
  Object.fromEntries(names.map((name) => [name, z.number().min(0).max(1e7)])) as Record<
    keyof SignalLimits,
    z.ZodNumber
  >,
);

/** The `Command` of the core as what may come over the wire. */
export const REQUEST = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('acknowledge'), alarm: ALARM }),
  z.strictObject({ do: z.literal('silence') }),
  z.strictObject({ do: z.literal('dispatch'), alarm: ALARM, to: ID }),
  z.strictObject({ do: z.literal('accept'), alarm: ALARM }),
  z.strictObject({ do: z.literal('arrive'), alarm: ALARM }),
  z.strictObject({ do: z.literal('dispose'), alarm: ALARM, reason: REASON, note: NOTE.exactOptional() }),
  z.strictObject({ do: z.literal('close'), alarm: ALARM, reason: REASON, note: NOTE.exactOptional() }),
  z.strictObject({ do: z.literal('note'), alarm: ALARM, text: NOTE }),
  z.strictObject({
    do: z.literal('shelve'),
    alarm: ALARM,
    reason: WHY,
    until: TIME,
    once: z.boolean().exactOptional(),
  }),
  z.strictObject({ do: z.literal('unshelve'), key: ID }),
  z.strictObject({
    do: z.literal('answer'),
    alarm: ALARM,
    step: z.number().int().min(0).max(100),
    value: VALUE.exactOptional(),
    skip: WHY.exactOptional(),
  }),
  z.strictObject({
    do: z.literal('arm-zone'),
    zone: ID,
    mode: z.enum(['armed', 'disarmed', 'inhibited', 'out-of-service']),
    reason: WHY.exactOptional(),
    until: TIME.exactOptional(),
    pin: PIN,
  }),
  z.strictObject({ do: z.literal('arm-area'), area: ID, mode: z.enum(['away', 'stay', 'disarmed']), pin: PIN }),
  z.strictObject({
    do: z.literal('walk'),
    zones: z.array(ID).min(1).max(1_000),
    minutes: z.number().int().min(walkMinutes.least).max(1_440),
  }),
  z.strictObject({ do: z.literal('end-walk') }),
  z.strictObject({ do: z.literal('tune'), zone: ID, limits: LIMITS, reason: WHY, until: TIME.exactOptional() }),
  z.strictObject({ do: z.literal('write'), device: ID, point: ID, value: VALUE }),
]) satisfies z.ZodType<CodedCommand>;
