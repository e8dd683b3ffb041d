/**
 * Drills: begun as a fact apart from alarms and broken off by a real one, counted class by class, complete when all are there, ended by a
 * person or by itself; what is owed for one; and whether a school has practised as often as it has to. What people, phones, alarms and
 * clocks do is random in the last part; what must hold then is not.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { drillDue, drillPeriod } from '../../src/core/drill/drill-due.ts';
import { drillTotals } from '../../src/core/drill/drill-view.ts';
import { sheetNow } from '../../src/core/drill/drills.ts';
import { evolve } from '../../src/core/evolve.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Calendar, Command, Drill, DrillPlan, Duty, Live, Time, User } from '../../src/core/types.ts';
import { guard, head, integrator, minute, monday, operator, Story, school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });
const second = 1_000;
const morning = monday + 10 * 60 * minute;
const admin: User = { name: 'gao', role: 'admin' };
const canteen: User = { name: 'sun', role: 'canteen' };

const plan: DrillPlan = {
  every: 'month',
  place: words('操场'),
  camera: 'cam',
  siren: { device: 'io', point: 'siren', ms: 60 * second },
  targetMs: 120 * second,
  classes: [
    { id: 'g1c1', title: words('一（1）班'), due: 40 },
    { id: 'g1c2', title: words('一（2）班'), due: 38 },
  ],
};

function story(drill: DrillPlan | undefined = plan): Story {
  const one = new Story(morning - minute);
  one.site = { ...school, routes: {}, ...(drill && { drill }) };
  one.now = morning;
  return one;
}
const start: Command = { do: 'start-drill', exercise: 'fire', announced: true, signal: 'siren' };
const newest = (one: Story): Drill => [...one.state.drills.values()].at(-1)!;
const why = (one: Story) => one.only('refused').map((fact) => fact.why);
const count = (one: Story, id: string, present: number, due = 40): Command => ({
  ...{ do: 'count-class', drill: newest(one).id, class: id, present, due },
});
const tap = (one: Story, id: string, present: number, due = 40, agoMs = 0) =>
  one.tell({ kind: 'drill-tapped', drill: newest(one).id, class: id, present, due, agoMs });
const later = (one: Story, ms: number) => {
  one.now += ms;
  return one.tell({ kind: 'tick' });
};
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const owes = (one: Story, what: Duty['do']) =>
  owed(one.site, { state: one.state, live }, one.now).filter((duty) => duty.do === what);

function begun(more: Partial<Extract<Command, { do: 'start-drill' }>> = {}): Story {
  const one = story();
  one.asks(head, { ...start, ...more } as Command);
  return one;
}

describe('a drill', () => {
  test('is begun by desk and head as a fact of its own that raises no alarm, and by nobody else', () => {
    for (const by of [operator, head, admin]) {
      const one = story();
      one.asks(by, start);
      expect(newest(one)).toMatchObject({
        exercise: 'fire',
        by: by.name,
        at: morning,
        place: { zh: '操场' },
        sheet: 1,
      });
      expect(one.only('raised')).toEqual([]);
    }
    for (const by of [guard, integrator, canteen]) {
      const one = story();
      one.asks(by, start);
      expect(one.state.drills.size).toBe(0);
      expect(why(one)).toEqual(['no-right']);
    }
  });

  test('is begun once: a second tap says nothing, another person is told who was first', () => {
    const one = begun();
    one.now += 3 * second;
    one.asks(head, start);
    expect(why(one)).toEqual([]);
    one.asks(operator, start);
    expect(one.only('refused')).toMatchObject([{ why: 'drill-runs', first: { by: 'chen', at: morning } }]);
    expect(one.only('drill-started')).toHaveLength(1);
  });

  test('needs a plan, a siren where it is to sound, and no urgent alarm that waits', () => {
    const none = story(undefined);
    none.site = { ...school, routes: {} };
    none.asks(head, start);
    expect(why(none)).toEqual(['no-drill-plan']);
    const { siren: _none, ...quiet } = plan;
    const mute = story(quiet);
    mute.asks(head, start);
    expect(why(mute)).toEqual(['no-drill-siren']);
    mute.asks(head, { ...start, signal: 'broadcast' } as Command);
    expect(mute.state.drills.size).toBe(1);
    const busy = story();
    busy.reads('io', { sos: true });
    busy.asks(head, start);
    expect(why(busy)).toEqual(['alarm-waits']);
    busy.asks(head, { do: 'acknowledge', alarm: busy.only('raised')[0]!.seq });
    busy.asks(head, start);
    expect(busy.state.drills.size).toBe(1);
  });

  test('is complete when every class is, by the time the last pupil was there', () => {
    const one = begun();
    later(one, 70 * second);
    tap(one, 'g1c1', 39);
    later(one, 20 * second);
    tap(one, 'g1c2', 38, 38);
    expect(newest(one).allAt).toBeUndefined();
    later(one, 15 * second);
    tap(one, 'g1c1', 40);
    expect(newest(one)).toMatchObject({ allAt: morning + 105 * second });
    expect(newest(one).classes[0]).toMatchObject({
      firstAt: morning + 70 * second,
      fullAt: morning + 105 * second,
      taps: 2,
    });
    expect(drillTotals(newest(one), one.now)).toEqual({
      ...{ present: 78, due: 78, full: 2, classes: 2, tookMs: 105 * second, inTime: true },
    });
  });

  test('takes who is ill today for not due, and shows what the list has', () => {
    const one = begun();
    tap(one, 'g1c1', 37, 37);
    expect(newest(one).classes[0]).toMatchObject({ due: 40, count: { present: 37, due: 37 } });
    expect(newest(one).classes[0]?.fullAt).toBe(morning);
    expect(drillTotals(newest(one), one.now)).toMatchObject({ present: 37, due: 37 + 38, full: 1 });
  });

  test('has a wrong number put right by another, or taken back at the desk', () => {
    const one = begun();
    tap(one, 'g1c1', 40);
    tap(one, 'g1c2', 38, 38);
    expect(newest(one).allAt).toBe(morning);
    later(one, 10 * second);
    tap(one, 'g1c2', 8, 38);
    expect(newest(one).allAt).toBeUndefined();
    one.asks(operator, { do: 'uncount-class', drill: newest(one).id, class: 'g1c2' });
    expect(newest(one).classes[1]?.count).toBeUndefined();
    one.asks(operator, { do: 'uncount-class', drill: newest(one).id, class: 'g1c2' });
    expect(why(one)).toEqual(['not-counted']);
    one.asks(operator, count(one, 'g1c2', 38, 38));
    expect(newest(one)).toMatchObject({ allAt: morning + 10 * second });
    expect(newest(one).classes[1]?.count).toMatchObject({ by: 'wang' });
  });

  test('takes the word of a phone that was out of reach for when it counted, never for before the start nor for long ago', () => {
    const one = begun();
    later(one, 100 * second);
    tap(one, 'g1c1', 40, 40, 30 * second);
    tap(one, 'g1c2', 38, 38, 5_000 * second);
    expect(newest(one).classes.map(({ fullAt }) => fullAt)).toEqual([morning + 70 * second, morning]);
  });

  test('takes no number that cannot be, none of an unknown class, none twice, and no more than forty of one', () => {
    const one = begun();
    for (const [present, due] of [
      [41, 40],
      [-1, 40],
      [1.5, 40],
      [40, 71],
      [Number.NaN, 40],
    ] as const)
      tap(one, 'g1c1', present, due);
    tap(one, 'g9', 1, 1);
    tap(one, '__proto__', 1, 1);
    one.tell({ kind: 'drill-tapped', drill: 999, class: 'g1c1', present: 1, due: 40, agoMs: 0 });
    expect(one.only('drill-counted')).toEqual([]);
    tap(one, 'g1c1', 12);
    tap(one, 'g1c1', 12);
    expect(one.only('drill-counted')).toHaveLength(1);
    for (let n = 0; n < 100; n++) tap(one, 'g1c1', n % 40);
    expect(one.only('drill-counted')).toHaveLength(40);
    one.asks(operator, count(one, 'g1c1', 40));
    one.asks(operator, count(one, 'g1c1', 41));
    expect(why(one)).toEqual(['counted-enough', 'count-wrong']);
  });

  test('is over with a person’s word, and nothing is counted after', () => {
    const one = begun();
    tap(one, 'g1c1', 40);
    one.asks(operator, { do: 'end-drill', drill: newest(one).id, note: ' 西楼梯拥堵 ' });
    expect(newest(one).over).toMatchObject({ how: 'ended', by: 'wang', note: '西楼梯拥堵' });
    tap(one, 'g1c2', 38, 38);
    one.asks(operator, count(one, 'g1c2', 38, 38));
    one.asks(head, { do: 'end-drill', drill: newest(one).id });
    expect(one.only('drill-counted')).toHaveLength(1);
    expect(one.only('refused')).toMatchObject([
      { why: 'drill-over', first: { by: 'wang' } },
      { why: 'drill-over', first: { by: 'wang' } },
    ]);
  });

  test('is over by itself after an hour in which nobody ended it', () => {
    const one = begun();
    later(one, 59 * minute);
    expect(newest(one).over).toBeUndefined();
    later(one, minute);
    expect(newest(one).over).toMatchObject({ how: 'forgotten' });
    later(one, minute);
    expect(one.only('drill-ended')).toHaveLength(1);
  });

  test('goes on when the machine’s clock is set, by the time that really passed', () => {
    const one = begun();
    later(one, 30 * second);
    one.setsClock(-40 * minute);
    later(one, 30 * second);
    tap(one, 'g1c1', 40);
    tap(one, 'g1c2', 38, 38);
    expect(drillTotals(newest(one), one.now).tookMs).toBe(60 * second);
  });
});

describe('a real alarm', () => {
  test('breaks it off and says which, with the alarm raised all the same', () => {
    const one = begun();
    later(one, 30 * second);
    const events = one.reads('io', { sos: true });
    const [raised] = one.only('raised');
    expect(events.map(({ kind }) => kind)).toContain('drill-ended');
    expect(newest(one).over).toMatchObject({
      ...{ how: 'broken-off', because: { alarm: raised!.seq, kind: 'sos', title: { zh: 'io' } } },
    });
    expect(one.state.alarms.size).toBe(1);
  });

  test('does so once it becomes urgent, too', () => {
    const one = begun();
    one.site = {
      ...one.site,
      devices: {
        ...one.site.devices,
        twin: {
          ...one.site.devices.io!,
          id: 'twin',
          points: {
            low: {
              ...one.site.devices.io!.points.sos!,
              key: 'low',
              keep: 'state',
              alarm: { kind: 'sos', priority: 2, when: { is: true }, always: true },
            },
            sos: { ...one.site.devices.io!.points.sos!, keep: 'state' },
          },
        },
      },
    };
    one.reads('twin', { low: true });
    expect(newest(one).over).toBeUndefined();
    one.reads('twin', { sos: true });
    expect(one.only('raised').length + one.only('repeated').length).toBe(2);
    expect(newest(one).over?.how).toBe('broken-off');
  });

  test('is none where a line is lost, something is to be mended, or a call for help is silent: of that one nothing may show', () => {
    const one = begun();
    one.reads('cam', { masked: true });
    const { fence } = one.site.devices;
    one.site = { ...one.site, devices: { ...one.site.devices, fence: { ...fence!, commsPriority: 1 } } };
    one.tell({ kind: 'link', device: 'fence', up: false, why: words('断') });
    expect(one.only('raised')).toContainEqual(expect.objectContaining({ alarm: 'comms', priority: 1 }));
    one.asks(head, { do: 'call-help', silent: true } as Command);
    expect(one.only('raised').some(({ covert }) => covert)).toBe(true);
    expect(newest(one).over).toBeUndefined();
    one.asks(operator, { do: 'end-drill', drill: newest(one).id });
    one.now += 2 * minute;
    one.asks(operator, start);
    expect(newest(one).over).toBeUndefined();
    expect(one.only('drill-started')).toHaveLength(2);
  });

  test('leaves the siren sounding that both share', () => {
    const one = begun();
    one.tell({
      kind: 'outcome',
      duty: 'siren/io/siren/on',
      ok: true,
      wrote: { device: 'io', point: 'siren', value: true },
    });
    one.now = monday + 19 * 60 * minute;
    const other = story();
    other.now = monday + 19 * 60 * minute;
    other.tell({ kind: 'tick' });
    other.asks(head, start);
    other.tell({
      kind: 'outcome',
      duty: 'siren/io/siren/on',
      ok: true,
      wrote: { device: 'io', point: 'siren', value: true },
    });
    other.reads('fence', { climb: true });
    expect(newest(other).over?.how).toBe('broken-off');
    expect(owes(other, 'write')).toEqual([]);
  });
});

describe('what is owed for a drill', () => {
  test('is the siren for its time where it was begun by it, then that it falls silent', () => {
    const one = begun();
    expect(owes(one, 'write')).toMatchObject([{ id: 'siren/io/siren/on', value: true }]);
    one.tell({
      kind: 'outcome',
      duty: 'siren/io/siren/on',
      ok: true,
      wrote: { device: 'io', point: 'siren', value: true },
    });
    expect(owes(one, 'write')).toEqual([]);
    later(one, 61 * second);
    expect(owes(one, 'write')).toMatchObject([{ id: 'siren/io/siren/off', value: false }]);
    expect(owes(begun({ signal: 'broadcast' }), 'write')).toEqual([]);
    const over = begun();
    over.tell({
      kind: 'outcome',
      duty: 'siren/io/siren/on',
      ok: true,
      wrote: { device: 'io', point: 'siren', value: true },
    });
    over.asks(head, { do: 'end-drill', drill: newest(over).id });
    expect(owes(over, 'write')).toMatchObject([{ value: false }]);
  });

  test('is a still of the place at the start, when time is up and at the end, each once', () => {
    const one = begun();
    const id = newest(one).id;
    const brought = (moment: string) =>
      one.tell({ kind: 'outcome', duty: `drill/${id}/${moment}`, ok: true, brought: `17-${moment}.jpg`, sha256: 'ab' });
    expect(owes(one, 'drill-still')).toMatchObject([{ id: `drill/${id}/start`, camera: 'cam', moment: 'start' }]);
    brought('start');
    expect(owes(one, 'drill-still')).toEqual([]);
    later(one, 120 * second);
    expect(owes(one, 'drill-still')).toMatchObject([{ moment: 'target' }]);
    brought('target');
    later(one, 5 * minute);
    one.asks(head, { do: 'end-drill', drill: id });
    expect(owes(one, 'drill-still')).toMatchObject([{ moment: 'end' }]);
    brought('end');
    expect(owes(one, 'drill-still')).toEqual([]);
    expect(newest(one).stills).toMatchObject({
      ...{ start: { picture: '17-start.jpg', sha256: 'ab' }, target: { picture: '17-target.jpg' } },
      end: { picture: '17-end.jpg' },
    });
  });

  test('is tried three times, and not while something real happens', () => {
    const one = begun();
    const id = newest(one).id;
    for (let n = 0; n < 3; n++) {
      expect(owes(one, 'drill-still')).toHaveLength(1);
      one.tell({ kind: 'outcome', duty: `drill/${id}/start`, ok: false, why: words('忙') });
      later(one, 10 * second);
    }
    expect(owes(one, 'drill-still')).toEqual([]);
    const real = begun();
    real.reads('io', { sos: true });
    expect(owes(real, 'drill-still')).toEqual([]);
    one.asks(head, { do: 'end-drill', drill: id });
    one.now += 2 * minute;
    one.asks(head, start);
    expect([...one.state.duties.keys()].filter((duty) => duty.startsWith('drill/'))).toEqual([]);
  });
});

test('each drill has a sheet of codes of its own, and one begun by mistake uses none up', () => {
  const one = story();
  const sheets: number[] = [];
  for (const mistake of [false, true, true, false, true]) {
    sheets.push(sheetNow(one.state));
    one.asks(head, start);
    expect(newest(one).sheet).toBe(sheets.at(-1));
    one.asks(head, { do: 'end-drill', drill: newest(one).id, ...(mistake && { mistake }) });
    one.now += 2 * minute;
  }
  expect(sheets).toEqual([1, 2, 2, 2, 3]);
  expect(sheetNow(one.state)).toBe(3);
});

test('guards see that a drill runs, whoever set the school up sees none of it, and the feed carries all', () => {
  const one = begun();
  tap(one, 'g1c1', 40);
  const whole = encodeState(one.state);
  expect(redactState('guard', one.site, whole).drills).toHaveLength(1);
  expect(redactState('integrator', one.site, whole).drills).toEqual([]);
  expect(decodeState(JSON.parse(JSON.stringify(whole))).drills).toEqual(one.state.drills);
});

test('a problem that is found at one is opened as a rectification that names it', () => {
  const one = begun();
  const command: Command = {
    ...{ do: 'open-rectification', source: 'drill', drill: newest(one).id, place: '西楼梯', offence: 'fire-safety' },
    ...{ what: '拥堵', who: 'li', due: one.now + 86_400_000 },
  };
  one.asks(head, command);
  one.asks(head, { ...command, drill: 999, what: '别的' } as Command);
  expect(one.only('rectification-opened')).toMatchObject([{ source: { from: 'drill', drill: newest(one).id } }]);
  expect(why(one)).toEqual(['unknown-drill']);
});

describe('how often a school has practised', () => {
  const calendar: Calendar = {
    terms: [{ from: 20_698, to: 20_850, title: words('上学期') }],
    holidays: [],
    exceptions: [],
  };
  const at = (text: string): Time => Date.parse(`${text}+08:00`);
  const heldAt = (text: string, counted = true): Pick<Drill, 'at' | 'over' | 'classes'> => ({
    at: at(text),
    over: { at: at(text) + minute, how: 'ended' },
    classes: [
      { id: 'a', title: words('a'), due: 1, taps: 1, ...(counted && { count: { present: 1, due: 1, at: at(text) } }) },
    ],
  });
  const of = (every: DrillPlan['every'], now: string, ...held: readonly ReturnType<typeof heldAt>[]) =>
    drillDue({ every, calendar, utcOffsetMin: 480 }, held, at('2026-01-01T00:00'), at(now));

  test('goes by the school’s own months: the last minute of one is not the next', () => {
    expect(of('month', '2026-11-30T10:00', heldAt('2026-11-01T00:00'))).toMatchObject({
      stands: 'held',
      held: 1,
      daysLeft: 1,
    });
    expect(of('month', '2026-12-01T00:00', heldAt('2026-11-30T23:59'))).toMatchObject({
      stands: 'due',
      held: 0,
      daysLeft: 31,
    });
    expect(of('month', '2026-12-31T23:59', heldAt('2026-11-30T23:59'))).toMatchObject({ daysLeft: 1 });
  });

  test('is overdue where the whole month before had none, and no more once one is held', () => {
    expect(of('month', '2026-12-10T10:00', heldAt('2026-10-20T10:00')).stands).toBe('overdue');
    expect(of('month', '2026-12-10T10:00', heldAt('2026-10-20T10:00'), heldAt('2026-12-09T10:00')).stands).toBe('held');
  });

  test('counts neither one in which nobody was counted, nor one broken off or begun by mistake, nor one that runs', () => {
    const broken = { ...heldAt('2026-11-12T10:00'), over: { at: at('2026-11-12T10:01'), how: 'broken-off' as const } };
    const mistake = { ...heldAt('2026-11-12T10:00'), over: { at: at('2026-11-12T10:01'), how: 'void' as const } };
    const { over: _over, ...runs } = heldAt('2026-11-12T10:00');
    const october = heldAt('2026-10-20T10:00');
    expect(
      of('month', '2026-11-20T10:00', october, heldAt('2026-11-02T10:00', false), broken, mistake, runs).stands,
    ).toBe('due');
  });

  test('asks nothing of a month outside the term, nor calls a school late for it', () => {
    expect(of('month', '2026-08-20T10:00').stands).toBe('exempt');
    expect(of('month', '2026-10-08T10:00', heldAt('2026-09-20T10:00')).stands).toBe('due');
    expect(of('month', '2026-09-20T10:00').stands).toBe('due');
  });

  test('is asked of a kindergarten by the quarter', () => {
    expect(drillPeriod('quarter', 20_787)).toEqual({ first: 20_727, after: 20_819 });
    expect(of('quarter', '2026-12-31T10:00', heldAt('2026-10-01T09:00'))).toMatchObject({
      stands: 'held',
      daysLeft: 1,
    });
    expect(of('quarter', '2026-10-08T10:00', heldAt('2026-09-30T09:00')).stands).toBe('due');
  });

  test('says nothing of a time before the gateway was there', () => {
    const since = at('2026-11-03T00:00');
    expect(drillDue({ every: 'month', calendar, utcOffsetMin: 480 }, [], since, at('2026-12-10T10:00')).stands).toBe(
      'due',
    );
  });
});

describe('whatever people, phones, alarms and clocks do', () => {
  const next = fc.record({
    by: fc.constantFrom(operator, head, guard, admin),
    what: fc.constantFrom(
      ...(['start', 'start', 'tap', 'tap', 'tap', 'tap', 'count', 'uncount', 'end', 'mistake'] as const),
      ...(['alarm', 'calm', 'still', 'tick', 'hour', 'clock', 'restart'] as const),
    ),
    id: fc.constantFrom('g1c1', 'g1c2', 'g9'),
    present: fc.integer({ min: -1, max: 45 }),
    due: fc.integer({ min: 0, max: 75 }),
    ms: fc.integer({ min: 0, max: 200_000 }),
    back: fc.nat({ max: 2 }),
  });
  type RandomDrillStep = typeof next extends fc.Arbitrary<infer S> ? S : never;

  function does(one: Story, { by, what, id, present, due, ms, back }: RandomDrillStep): void {
    const drill = [...one.state.drills.keys()].at(-1 - back) ?? 0;
    const asked: Partial<Record<RandomDrillStep['what'], Command>> = {
      start: { ...start, signal: ms % 2 === 0 ? 'siren' : 'broadcast' } as Command,
      count: { do: 'count-class', drill, class: id, present, due },
      uncount: { do: 'uncount-class', drill, class: id },
      end: { do: 'end-drill', drill },
      mistake: { do: 'end-drill', drill, mistake: true },
    };
    const command = asked[what];
    if (command) one.asks(by, command);
    else if (what === 'tap') one.tell({ kind: 'drill-tapped', drill, class: id, present, due, agoMs: ms });
    else if (what === 'alarm') one.reads('io', { sos: true });
    else if (what === 'calm') for (const alarm of one.state.alarms.keys()) one.asks(head, { do: 'acknowledge', alarm });
    else if (what === 'still')
      one.tell({ kind: 'outcome', duty: `drill/${drill}/end`, ok: ms % 2 === 0, brought: 'x.jpg' });
    else if (what === 'tick') later(one, ms);
    else if (what === 'hour') later(one, 3_700_000);
    else if (what === 'clock') one.setsClock((back - 1) * ms);
    else one.tell({ kind: 'started', version: 'test', config: 'test' });
  }

  test('one runs at most, no number is more than due, complete is what every class is, and the journal folds to the same', () => {
    fc.assert(
      fc.property(fc.array(next, { minLength: 5, maxLength: 80 }), (steps) => {
        const one = story();
        for (const step of steps) {
          does(one, step);
          const drills = [...one.state.drills.values()];
          expect(drills.filter(({ over }) => !over).length).toBeLessThanOrEqual(1);
          expect(drills.length).toBeLessThanOrEqual(29);
          for (const { classes, allAt, at } of drills) {
            for (const { count: said, fullAt, due, taps } of classes) {
              expect(taps).toBeLessThanOrEqual(40);
              if (said) expect(said.present).toBeLessThanOrEqual(said.due);
              if (said) expect(said.due).toBeLessThanOrEqual(due + 30);
              expect(fullAt !== undefined).toBe(said !== undefined && said.present >= said.due);
              if (fullAt !== undefined) expect(fullAt).toBeGreaterThanOrEqual(at);
            }
            expect(allAt !== undefined).toBe(classes.every(({ fullAt }) => fullAt !== undefined));
          }
        }
        const waits = [...one.state.alarms.values()].some(({ raisedAt }) => raisedAt === one.state.at);
        if (waits && one.events.at(-1)?.kind === 'raised')
          expect([...one.state.drills.values()].every(({ over }) => over)).toBe(true);
        const again = emptyState();
        for (const event of one.events) evolve(again, event);
        expect(again.drills).toEqual(one.state.drills);
        expect(decodeState(JSON.parse(JSON.stringify(encodeState(one.state)))).drills).toEqual(one.state.drills);
        expect(() => owed(one.site, { state: one.state, live }, one.now)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});
