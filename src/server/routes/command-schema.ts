/**
 * Commands as they may come over the wire: their shapes and bounds.
 * What a client may never say (that a code was one of duress) has no place in these shapes.
 */
import { z } from 'zod';
import { acts } from '../../core/act/acts.ts';
import { importMax } from '../../core/act/import-act.ts';
import { policeWindow } from '../../core/act/reach/police-act.ts';
import { walkMinutes } from '../../core/arming/walk-test.ts';
import { menuMax } from '../../core/canteen/menu.ts';
import { defaultLimits } from '../../core/fence/signal-types.ts';
import type { CodeGiven, Command, SignalLimits } from '../../core/types.ts';
import { type CodedCommand, PIN_MAX } from '../auth/pins.ts';
import { ID } from '../report/record-routes.ts';

export const ALARM = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const VALUE = z.union([z.boolean(), z.number(), z.string().max(200)]);
/** A point in time, until the year 2096: farther ones cannot be shown everywhere. */
export const TIME = z.number().int().min(0).max(4e12);
export const REASON = z.string().max(20);
/** What people write is read in lists, on paper and in log books: no control characters, and no halves of characters. */
export const NOTE = z
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

/** What the server alone gives, of requests of their own: it has looked at a photograph or a code before. */
type OwnCommand =
  | 'open-rectification'
  | 'report-rectification'
  | 'answer-rectification'
  | 'answer-list'
  | 'check-item'
  | 'touch-by-phone'
  | 'give-calendar'
  | 'by-phone'
  | 'call-help';
type WireCommand = Exclude<Command['do'], OwnCommand>;

/** What may be said of a command over the wire: all of it but what the server alone finds out, and a code where one counts. */
type CommandOnWire<K extends Command['do']> = Omit<Extract<Command, { readonly do: K }>, 'do' | keyof CodeGiven> &
  (Extract<Command, { readonly do: K }> extends CodeGiven ? { readonly pin?: string } : unknown) &
  (K extends 'hand-over' ? { readonly outgoingPin?: string } : unknown);
type SaidCommand<K extends Command['do'], F extends keyof CommandOnWire<K>> = Exclude<CommandOnWire<K>[F], undefined>;

/** A shape for each field: one that may be left out exactly where the command may leave it out. */
type Shapes = {
  readonly [K in WireCommand]: {
    readonly [F in keyof CommandOnWire<K>]-?: Record<never, never> extends Pick<CommandOnWire<K>, F>
      ? z.ZodExactOptional<z.ZodType<SaidCommand<K, F>>>
      : z.ZodType<SaidCommand<K, F>>;
  };
};

type Loose<T> = T extends readonly (infer One)[] ? readonly One[] : T;
type Optional = z.ZodExactOptional<z.ZodType> | z.ZodOptional<z.ZodType>;
/** Whether a shape allows all that the command allows, and may be left out only where the command may leave it out. */
type Fits<K extends Command['do'], F extends keyof CommandOnWire<K>, S> = [SaidCommand<K, F>] extends [
  Loose<z.output<S & z.ZodType>>,
]
  ? Record<never, never> extends Pick<CommandOnWire<K>, F>
    ? S
    : S extends Optional
      ? never
      : S
  : never;
/** The same the other way round: no shape for a field that is none, and none that is narrower than the command. */
type Whole<S extends Shapes> = {
  readonly [K in keyof S]: {
    readonly [F in keyof S[K]]: K extends WireCommand
      ? F extends keyof CommandOnWire<K>
        ? Fits<K, F, S[K][F]>
        : never
      : never;
  };
};

/** Holds the shapes against the commands of the core, both ways: what is too much, missing or narrower does not compile. */
const held = <S extends Shapes>(shapes: S & Whole<S>): Shapes => shapes;

/** A round: its route, and the local minute it begins in. */
const ROUND = { round: ID, reason: WHY };
/** A shift of a local day, days since 1970-01-01; until the year 2096. */
const DAY = z.number().int().min(0).max(46_000);
const SHIFT = { shift: ID, day: DAY };
const COUNT = z.number().int().min(0).max(9_999);
const RECTIFICATION = { rectification: ALARM };
const FINDING = { alarm: ALARM, reason: REASON, note: NOTE.exactOptional() };
const SHAPES = held({
  acknowledge: { alarm: ALARM },
  silence: {},
  dispatch: { alarm: ALARM, to: ID },
  accept: { alarm: ALARM },
  arrive: { alarm: ALARM },
  renew: { alarm: ALARM },
  look: { alarm: ALARM },
  dispose: FINDING,
  close: FINDING,
  note: { alarm: ALARM, text: NOTE },
  shelve: { alarm: ALARM, reason: WHY, until: TIME, once: z.boolean().exactOptional() },
  unshelve: { key: ID },
  answer: {
    alarm: ALARM,
    step: z.number().int().min(0).max(100),
    value: VALUE.exactOptional(),
    skip: WHY.exactOptional(),
  },
  'arm-zone': {
    zone: ID,
    mode: z.enum(['armed', 'disarmed', 'inhibited', 'out-of-service']),
    reason: WHY.exactOptional(),
    until: TIME.exactOptional(),
    pin: PIN,
  },
  'arm-area': { area: ID, mode: z.enum(['away', 'stay', 'disarmed']), pin: PIN },
  walk: { zones: z.array(ID).min(1).max(1_000), minutes: z.number().int().min(walkMinutes.least).max(1_440), pin: PIN },
  'end-walk': {},
  'import-touches': {
    file: WHY,
    batch: ID,
    touches: z
      .array(z.strictObject({ reader: ID, card: ID, sourceTime: TIME, person: ID.exactOptional() }))
      .max(importMax),
  },
  'undo-import': { batch: ID },
  'write-touch': { reader: ID, person: ID, sourceTime: TIME, reason: WHY },
  'withdraw-touch': { touch: ALARM, reason: WHY },
  'cancel-round': ROUND,
  'reinstate-round': ROUND,
  'extend-round': { ...ROUND, minutes: z.number().int().min(1).max(10_000) },
  'pause-round': ROUND,
  'resume-round': ROUND,
  'cover-round': { ...ROUND, person: ID, of: ID.exactOptional() },
  'review-round': ROUND,
  'dispose-exception': {
    exception: z.number().int().positive(),
    finding: z.enum(['explained', 'device', 'misconduct', 'unclear']),
    note: WHY,
  },
  'announce-police-test': {
    device: ID,
    minutes: z.number().int().min(policeWindow.least).max(1_440),
    reason: WHY,
    pin: PIN,
  },
  'police-step': { call: ALARM, step: z.enum(['answered', 'came']) },
  'test-channel': { channel: ID, person: ID.exactOptional() },
  'confirm-test': { channel: ID, person: ID },
  'start-canary': {},
  resubscribe: { channel: ID, person: ID, consent: WHY },
  'cover-shift': { ...SHIFT, out: ID, in: ID, reason: WHY },
  'swap-shifts': { ...SHIFT, person: ID, withShift: ID, withDay: DAY, withPerson: ID, reason: WHY },
  'withdraw-shift-change': { change: ALARM, reason: WHY },
  'sign-on': { ...SHIFT, person: ID, pin: PIN },
  'hand-over': {
    ...{ ...SHIFT, person: ID, outgoing: ID, heard: z.boolean() },
    ...{ alarms: z.array(ALARM).max(2_000), note: NOTE.exactOptional(), pin: PIN, outgoingPin: PIN },
  },
  'withdraw-calendar': { person: ID },
  'take-rectification': { ...RECTIFICATION, who: ID, due: TIME },
  'dismiss-rectification': { ...RECTIFICATION, reason: WHY },
  'move-rectification': { ...RECTIFICATION, who: ID, due: TIME, reason: WHY },
  'countersign-rectification': RECTIFICATION,
  'return-rectification': { ...RECTIFICATION, due: TIME, reason: WHY },
  'withdraw-rectification': { ...RECTIFICATION, reason: WHY },
  'set-menu': { zh: WHY.max(menuMax.zh).exactOptional(), en: WHY.max(menuMax.en).exactOptional() },
  'undo-menu': {},
  'start-drill': {
    exercise: z.enum(['fire', 'earthquake', 'intrusion']),
    announced: z.boolean(),
    signal: z.enum(['siren', 'broadcast']),
  },
  'count-class': { drill: ALARM, class: ID, present: COUNT, due: COUNT },
  'uncount-class': { drill: ALARM, class: ID },
  'end-drill': { drill: ALARM, mistake: z.boolean().exactOptional(), note: NOTE.exactOptional() },
  'answer-order': { order: z.uuid(), text: NOTE },
  'release-case': { incident: ALARM, reason: WHY },
  'trust-clock': {},
  'confirm-base': { zone: ID, reason: WHY, pin: PIN },
  'dismiss-picture': { camera: ID, reason: WHY, pin: PIN },
  tune: { zone: ID, limits: LIMITS, reason: WHY, until: TIME.exactOptional(), pin: PIN },
  vouch: { zone: ID, limits: LIMITS, reason: WHY, pin: PIN },
  write: { device: ID, point: ID, value: VALUE, pin: PIN },
});

const requests = (Object.keys(SHAPES) as WireCommand[]).map((name) =>
  z.strictObject({ do: z.literal(name), ...SHAPES[name] }).describe(acts[name].words.en),
);
const [first, ...others] = requests;

/** The `Command` of the core as what may come over the wire. That it says the same was held by the compiler above. */
export const REQUEST = z.discriminatedUnion('do', [first!, ...others]) as unknown as z.ZodType<CodedCommand>;
