/**
 * What arming promises whatever people, devices and clocks do: random sequences of commands, readings, restarts and ticks
 * at a school with an area, a way in and a 24-hour zone.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leftOutMaxMs } from '../../src/core/arming/zones.ts';
import { evolve } from '../../src/core/evolve.ts';
import { preview } from '../../src/core/report/arming-forecast.ts';
import { scheduled } from '../../src/core/site/calendar.ts';
import { emptyState } from '../../src/core/state.ts';
import type { AreaMode, ArmMode, Command, Event, Site, Time } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { minute, operator, school } from './school.ts';
import { at, site, YardStory } from './yard.ts';

const hour = 60 * minute;
const zones = ['z1', 'z2', 'z3', 'z9'] as const;
type Act = (story: YardStory) => void;

const order = (make: (now: Time) => Command): Act => {
  return (story) => void story.orders(make(story.now));
};
const arm = fc
  .tuple(
    fc.constantFrom(...zones),
    fc.constantFrom<ArmMode>('armed', 'disarmed', 'inhibited', 'out-of-service'),
    fc.integer({ min: -10, max: 40 * 24 * 60 }),
    fc.boolean(),
  )
  .map(([zone, mode, minutes, said]) =>
    order((now) => ({ do: 'arm-zone', zone, mode, until: now + minutes * minute, ...(said && { reason: 'works' }) })),
  );
const set = fc
  .constantFrom<AreaMode>('away', 'stay', 'disarmed')
  .map((mode) => order(() => ({ do: 'arm-area', area: 'yard', mode })));
const touch = fc
  .tuple(fc.constantFrom('fence/climb', 'fence2/cut', 'gate/beam', 'safe/beam'), fc.boolean())
  .map(([name, value]): Act => {
    const [device = '', point = ''] = name.split('/');
    return (story) => void story.reads(device, { [point]: point === 'beam' && device === 'gate' ? true : value });
  });
const sense = fc.tuple(fc.constantFrom('z1', 'z2'), fc.boolean()).map(
  ([zone, holds]): Act =>
    (story) => {
      const finding = { kind: 'detection', detection: 'climb', active: holds } as const;
      story.tell({ kind: 'detected', zone, device: 'fence2', finding });
    },
);
const pass = fc.integer({ min: 1, max: 30 * 60 }).map(
  (seconds): Act =>
    (story) => {
      story.tick(story.now + seconds * 1_000);
    },
);
const restart = fc.constant<Act>((story) => void story.tell({ kind: 'started', version: 'v', config: 'yard' }));
const heard = fc.tuple(fc.constantFrom('fence', 'fence2', 'gate', 'safe'), fc.boolean()).map(
  ([device, up]): Act =>
    (story) =>
      void story.tell({ kind: 'link', device, up, why: untranslated('test') }),
);
const night = fc.array(fc.oneof(arm, set, set, touch, touch, touch, sense, pass, pass, pass, restart, heard), {
  minLength: 1,
  maxLength: 60,
});
const start = fc.integer({ min: 0, max: 47 }).map((halfHour) => at(0, halfHour * 30));

/** What became of a touch that waited: nothing may be both held no more and without a fact that says why. */
function fateOf(story: YardStory, { seq, area, held }: Extract<Event, { kind: 'entry-started' }>): string {
  const ended = story.events.find(
    (event) =>
      event.seq > seq && (event.kind === 'entry-expired' || event.kind === 'area-armed') && event.area === area,
  );
  if (!ended) {
    const entry = story.state.entryTimers.get(area);
    return entry?.held.some(({ key, cause }) => key === held.key && cause === held.cause) ? 'held' : 'lost';
  }
  if (ended.kind === 'area-armed') return ended.mode === 'disarmed' && ended.by === operator.name ? 'unset' : 'lost';
  // What watched no more when the delay ended, a person had left out by name.
  const last = story.events.findLast((e) => e.kind === 'zone-armed' && e.zone === held.zone && e.seq < ended.seq);
  if (last?.kind === 'zone-armed' && last.mode !== 'armed') return last.by === operator.name ? 'unset' : 'lost';
  const alarm = story.events.find((event) => {
    if (event.seq <= ended.seq) return false;
    if (event.kind === 'raised') return event.key === held.key && event.cause === held.cause;
    return event.kind === 'repeated' && event.cause === held.cause;
  });
  return alarm ? 'raised' : 'lost';
}

describe('whatever happens', () => {
  test('a touch of the gate is held, unset by a person, or raised: never lost', () => {
    const fates = new Set<string>();
    fc.assert(
      fc.property(start, night, (from, acts) => {
        const story = new YardStory(from);
        for (const act of acts) act(story);
        story.tick();
        for (const entered of story.only('entry-started')) {
          const fate = fateOf(story, entered);
          fates.add(fate);
          expect(fate).not.toBe('lost');
          if (fate === 'held') expect(entered.until).toBeGreaterThan(story.now);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
    expect([...fates].sort()).toEqual(['held', 'raised', 'unset']);
  });

  test('a 24-hour zone watches, or was left out by name with a reason and an end that is not too far', () => {
    fc.assert(
      fc.property(start, night, (from, acts) => {
        const story = new YardStory(from);
        for (const act of acts) {
          act(story);
          const known = story.state.zones.get('z3')!;
          if (known.mode === 'armed') continue;
          expect(known).toMatchObject({ by: operator.name, reason: 'works' });
          expect(['inhibited', 'out-of-service']).toContain(known.mode);
          const lasts = known.until! - known.since;
          expect(lasts).toBeLessThanOrEqual(leftOutMaxMs[known.mode as 'inhibited' | 'out-of-service']);
        }
        story.tick(story.now + 30 * 24 * hour);
        expect(story.mode('z3')).toBe('armed');
      }),
      { numRuns: 200 },
    );
  });

  test('no zone is left out without an end, and none longer than its end', () => {
    fc.assert(
      fc.property(start, night, (from, acts) => {
        const story = new YardStory(from);
        for (const act of acts) {
          act(story);
          story.tick();
          for (const known of story.state.zones.values()) {
            if (known.mode === 'inhibited' || known.mode === 'out-of-service')
              expect(known.until).toBeGreaterThan(story.now);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a hand on an area holds until the schedule’s next edge, to the minute', () => {
    const mode = fc.constantFrom<AreaMode>('stay', 'disarmed');
    fc.assert(
      fc.property(start, mode, fc.integer({ min: 1, max: 24 * 60 }), (from, wanted, minutes) => {
        const story = new YardStory(from);
        story.orders({ do: 'arm-area', area: 'yard', mode: wanted });
        const planned = (time: Time) => scheduled(school.schedules.nights!, site, time);
        const { edge } = planned(from);
        for (let passed = 1; passed <= minutes; passed++) story.tick(from + passed * minute);
        const now = planned(story.now);
        const expected = now.edge === edge ? { mode: wanted, by: 'wang' } : { mode: now.mode, by: 'schedule' };
        expect(story.state.areas.get('yard')).toMatchObject(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('the journal folded again is the state as it is', () => {
    fc.assert(
      fc.property(start, night, (from, acts) => {
        const story = new YardStory(from);
        const kept: Event[] = [];
        const again = emptyState();
        const tell = story.tell.bind(story);
        const first = new YardStory(from);
        story.tell = (input) => {
          const events = tell(input);
          kept.push(...events);
          return events;
        };
        for (const act of acts) act(story);
        Object.assign(again, first.state);
        for (const event of kept) evolve(again, event);
        expect(again).toEqual(story.state);
      }),
      { numRuns: 100 },
    );
  });

  test('the preview is what the ticks then do', () => {
    const holidays: Site = {
      ...site,
      calendar: {
        terms: [],
        holidays: [{ from: 20_781, to: 20_782, title: school.name }],
        exceptions: [{ day: 20_783, as: 3, title: school.name }],
      },
      schedules: {
        nights: {
          id: 'nights',
          armed: [...school.schedules.nights!.armed, { days: [2, 4], from: 14 * 60, to: 16 * 60, mode: 'stay' }],
        },
      },
    };
    const later = fc.array(fc.integer({ min: 0, max: 7 * 24 * 4 - 1 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(start, fc.array(fc.oneof(arm, set), { maxLength: 5 }), later, (from, acts, quarters) => {
        const story = new YardStory(from, holidays);
        for (const act of acts) act(story);
        // The exit delay is over: from here on nothing but the plan changes anything.
        story.tick(story.now + minute);
        const foretold = preview(holidays, story.state, story.now);
        const began = story.now;
        for (const quarter of quarters.toSorted((a, b) => a - b)) {
          const now = began + quarter * 15 * minute;
          story.tick(now);
          for (const zone of zones) {
            const span = foretold.zones[zone]!.find((one) => one.from <= now && now < one.to);
            expect([zone, quarter, span?.mode]).toEqual([zone, quarter, story.mode(zone)]);
          }
          const area = foretold.areas.yard!.find((one) => one.from <= now && now < one.to);
          expect(area?.mode).toBe(story.state.areas.get('yard')?.mode);
        }
      }),
      { numRuns: 150 },
    );
  });
});
