/**
 * Nights nobody has written: any input in any order, with every command people can give about alarms. What a night calls
 * alarm 0 is the one raised last, 1 the one before; so most commands meet an alarm that is there.
 */
import fc from 'fast-check';
import { owed } from '../../src/core/alarm/duties.ts';
import type { Command, Event, Input, Live, Site } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { guard, head, integrator, minute, operator, type Story, school } from './school.ts';

const alarm = fc.oneof({ weight: 6, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.constant(1_000) });
const reason = fc.constantFrom('B1', 'D2', 'B4', 'A1', 'E2', 'nonsense');
const text = fc.constantFrom('东门已锁', '等备件', ' ', '');
const anyValue = fc.oneof(fc.boolean(), fc.integer(), fc.constantFrom('li', 'x'));
/** Around the moments of the story, which begins on a Monday evening. */
const soon = fc.integer({ min: 0, max: 240 }).map((n) => Date.parse('2026-11-23T19:00:00+08:00') + n * minute);

const about = <D extends Command['do'], M>(act: D, more: { [K in keyof M]: fc.Arbitrary<M[K]> }) =>
  fc.record({ do: fc.constant(act), alarm, ...more });

/** Every command about an alarm. */
const handling: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: about('acknowledge', {}) },
  { weight: 2, arbitrary: about('dispatch', { to: fc.constantFrom('li', 'zhang', 'nobody') }) },
  { weight: 2, arbitrary: about('accept', {}) },
  about('arrive', {}),
  { weight: 2, arbitrary: about('dispose', { reason }) },
  { weight: 4, arbitrary: about('close', { reason }) },
  about('note', { text }),
  about('shelve', { reason: text, until: soon }),
  about('shelve', { reason: text, until: soon, once: fc.constant(true) }),
  { weight: 2, arbitrary: about('answer', { step: fc.nat(3), value: anyValue }) },
  about('answer', { step: fc.nat(3), skip: text }),
) as fc.Arbitrary<Command>;

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 14, arbitrary: handling },
  fc.constant({ do: 'silence' as const }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('renew' as const), alarm }) },
  fc.record({ do: fc.constant('unshelve' as const), key: fc.constantFrom('z1/tamper', 'z1/slack', 'cam/comms', 'x') }),
  fc.record({
    do: fc.constant('arm-zone' as const),
    zone: fc.constantFrom('z1', 'z2', 'z9'),
    mode: fc.constantFrom('armed' as const, 'disarmed' as const, 'inhibited' as const),
    reason: fc.constantFrom('', 'works'),
  }),
  fc.record({
    do: fc.constant('write' as const),
    device: fc.constantFrom('io', 'fence', 'nobody'),
    point: fc.constantFrom('siren', 'climb'),
    value: fc.oneof(fc.boolean(), fc.integer()),
  }),
);

const anyone = fc.constantFrom(operator, operator, operator, head, guard, head, integrator, {
  name: 'audit',
  role: 'auditor' as const,
});

const reading = (device: string, values: fc.Arbitrary<readonly (readonly [string, boolean | number | string])[]>) =>
  fc.record({
    kind: fc.constant('reading' as const),
    device: fc.constant(device),
    values,
    initial: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
const bits = (...points: readonly string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...points), fc.boolean()), { minLength: 1, maxLength: 3 });

const anyReading: fc.Arbitrary<Input> = fc.oneof(
  { weight: 3, arbitrary: reading('fence', bits('climb', 'climb_low', 'tamper')) },
  reading('fence', fc.tuple(fc.tuple(fc.constant('tension'), fc.integer({ min: 80, max: 130 })))),
  reading('fence2', bits('climb', 'cut')),
  reading('cam', bits('masked')),
  reading('io', fc.constant([['sos', true]])),
  reading('r1', fc.tuple(fc.tuple(fc.constant('scan'), fc.constantFrom('0F004EBEFC', '0F004EC101', 'x')))),
  // What nobody expects: points that are not there, values of another kind, a device nobody knows.
  reading('cam', fc.tuple(fc.tuple(fc.constantFrom('masked', 'unknown'), fc.oneof(fc.integer(), fc.constant(''))))),
  reading('nobody', bits('climb')),
);

const anyInput: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: anyReading },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('command' as const), by: anyone, command: anyCommand }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'tick' as const }) },
  fc.record({
    kind: fc.constant('link' as const),
    device: fc.constantFrom('fence', 'cam', 'r1', 'nobody'),
    up: fc.boolean(),
    why: fc.constant(untranslated('why')),
  }),
  fc.record({
    kind: fc.constant('displayed' as const),
    by: anyone,
    page: fc.constantFrom('wall', 'console'),
    alarms: fc.array(alarm, { maxLength: 3 }),
  }),
  fc.constant({ kind: 'started' as const, version: 'v', config: 'c' }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('outcome' as const),
      duty: fc.constant('the first message that is owed'),
      ok: fc.boolean(),
    }),
  },
);

/** Inputs, each with the time that passes before it, ms; now and then the clock is set back. */
export type Night = readonly (readonly [Input, number])[];
export const night: fc.Arbitrary<Night> = fc.array(
  fc.tuple(
    anyInput,
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: minute }) },
      { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 90 * minute }) },
    ),
  ),
  { maxLength: 80, size: 'max' },
);

const nothing: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };

/** The input with the alarms it speaks of called by their numbers in this story. */
function here(story: Story, input: Input): Input {
  const raised = story.only('raised').map(({ seq }) => seq);
  const number = (back: number) => raised.at(-1 - back) ?? 1_000_000;
  if (input.kind === 'outcome') {
    const duties = owed(story.site, { state: story.state, live: nothing }, story.now);
    return { ...input, duty: duties.find((duty) => duty.do === 'notify')?.id ?? 'notify/1/2/gone' };
  }
  if (input.kind === 'displayed') return { ...input, alarms: input.alarms.map(number) };
  if (input.kind !== 'command' || !('alarm' in input.command)) return input;
  return { ...input, command: { ...input.command, alarm: number(input.command.alarm) } };
}

/** Lives through a night; `each` sees what every input caused. */
export function live(
  story: Story,
  inputs: Night,
  each: (events: readonly Event[], input: Input) => void = () => {},
): void {
  for (const [input, ms] of inputs) {
    story.now += ms;
    const told = here(story, input);
    each(story.tell(told), told);
  }
}

/** The school with somebody to tell: every night then has messages too. */
const told = { steps: [{ afterMs: 30_000, roles: ['head' as const], channels: ['robot'] }], repeatMs: minute };
export const watched: Site = { ...school, escalation: { 1: told, 2: told, 3: told, quiet: told } };
