/**
 * The walk test: touches of its zones are counted instead of raised, nothing else is held back, and it always ends.
 * Examples for each rule, then properties over generated days that end and begin tests at any moment.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { walkLimitMs, walkResults, walksOf } from '../../src/core/report/walk-results.ts';
import { detectionOf } from '../../src/core/site/detection-keys.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { underTest, walkOf } from '../../src/core/site/watched.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Command, Event, Finding, Input, Point, Site, User } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { guard, minute, monday, operator, Story, school } from './school.ts';

const integrator: User = { name: 'chen', role: 'integrator' };

/** Tension of a wire, judged by its own limit only while the zone is armed. */
const force: Point = {
  key: 'force',
  title: { zh: '拉力', en: 'force' },
  keep: 'gauge',
  type: 'number',
  zone: 'z1',
  alarm: { kind: 'pull', priority: 1, when: { above: 50, clear: 40 } },
};
const beam: Point = {
  key: 'beam',
  title: { zh: '对射', en: 'beam' },
  keep: 'pulse',
  type: 'boolean',
  zone: 'z1',
  alarm: { kind: 'intrusion', priority: 1, when: { is: true } },
};

/** The school whose zones have wires, and whose first zone has a gauge and a pulse of its own. */
const site: Site = {
  ...school,
  zones: {
    z1: { ...school.zones.z1!, signal: defaultLimits },
    z2: { ...school.zones.z2!, signal: defaultLimits },
  },
  devices: {
    ...school.devices,
    fence: { ...school.devices.fence!, points: { ...school.devices.fence!.points, force, beam } },
  },
};

function begin(now = monday + 19 * 60 * minute): Story {
  const story = new Story(now);
  story.site = site;
  return story;
}
const command = (story: Story, asked: Command, by: User = integrator) =>
  story.tell({ kind: 'command', by, command: asked });
const walk = (story: Story, zones = ['z1'], minutes = 30, by: User = integrator) =>
  command(story, { do: 'walk', zones, minutes }, by);
const sign = (story: Story, finding: Partial<Extract<Finding, { kind: 'detection' }>>, zone = 'z1') =>
  story.tell({
    kind: 'detected',
    zone,
    device: 'fence',
    finding: { kind: 'detection', detection: 'pull', active: true, ...finding },
  });
const tick = (story: Story) => story.tell({ kind: 'tick' });
const open = (story: Story) => [...story.state.alarms.values()].map(({ key }) => key);

describe('while a walk test runs', () => {
  test('what its zones would raise is a hit, once for as long as it stands, from every teller', () => {
    const story = begin();
    walk(story);
    story.reads('fence', { climb: true, force: 60, beam: true });
    story.reads('fence', { climb: true, force: 55 });
    story.reads('fence', { climb: true, force: 45 });
    sign(story, { sinceMs: 900 });
    sign(story, { sinceMs: 950 });
    story.reads('fence', { climb: false, force: 30 });
    story.reads('fence', { climb: true, force: 60 });
    expect(story.only('zone-tested').map(({ cause, ms }) => (ms === undefined ? cause : [cause, ms]))).toEqual([
      'fence/climb',
      'fence/force',
      'fence/beam',
      ['detection/z1/pull', 900],
      ['fence/climb', 900],
      ['fence/force', 900],
    ]);
    expect(story.only('zone-restored').map(({ cause }) => cause)).toEqual(['fence/climb', 'fence/force']);
    expect(story.only('raised')).toEqual([]);
  });

  test('one message that tells a point several times is several touches only if it let go between', () => {
    const story = begin();
    walk(story);
    const told = (values: readonly number[]) =>
      story.kinds(
        story.tell({ kind: 'reading', device: 'fence', values: values.map((value) => ['force', value] as const) }),
      );
    expect(told([60, 61])).toEqual(['linked', 'zone-tested']);
    expect(told([30, 60, 30, 30])).toEqual(['zone-restored', 'zone-tested', 'zone-restored']);
  });

  test('tamper, a stuck sensor, panic and a lost device of its zones alarm all the same', () => {
    const story = begin();
    walk(story, ['z1', 'z2']);
    story.reads('fence', { tamper: true, tension: 50 });
    story.reads('io', { sos: true });
    sign(story, { detection: 'static', wire: 2 });
    sign(story, { detection: 'stuck', wire: 2 });
    story.tell({ kind: 'link', device: 'fence2', up: false, why: untranslated('cut') });
    expect(open(story)).toEqual(['z1/tamper', 'z1/slack', 'io/sos', 'z1/static', 'z1/fault', 'fence2/comms']);
    expect(story.only('zone-tested')).toEqual([]);
  });

  test('what is no touch raises as the zone is armed, even where it is watched only then', () => {
    const story = begin();
    const lost: Point = { ...beam, key: 'lost', alarm: { kind: 'comms', priority: 2, when: { is: true } } };
    const { fence } = site.devices;
    story.site = { ...site, devices: { ...site.devices, fence: { ...fence!, points: { ...fence!.points, lost } } } };
    walk(story);
    story.reads('fence', { lost: true });
    expect([open(story), story.only('zone-tested')]).toEqual([['z1/comms'], []]);
  });

  test('other zones stay as armed, or disarmed, as they were', () => {
    const story = begin();
    walk(story, ['z1']);
    story.reads('fence2', { cut: true, climb: true });
    sign(story, { detection: 'cut' }, 'z2');
    expect(open(story)).toEqual(['z2/cut']);
    expect(story.state.alarms.values().next().value?.decidedBy).toEqual(['device', 'gateway']);
    expect([underTest(story.state, 'z1'), underTest(story.state, 'z2')]).toEqual([true, false]);
  });

  test('its zones are tested however they are armed, and arming one raises nothing', () => {
    for (const mode of ['armed', 'disarmed', 'inhibited'] as const) {
      const story = begin();
      command(story, { do: 'arm-zone', zone: 'z1', mode, reason: 'works' });
      walk(story);
      story.reads('fence', { climb: true });
      command(story, { do: 'arm-zone', zone: 'z1', mode: 'armed' });
      expect([story.only('zone-tested').length, open(story)]).toEqual([1, []]);
    }
  });

  test('what stood before it is no touch, whether as an alarm or in a disarmed zone', () => {
    const story = begin();
    story.reads('fence', { climb: true, force: 60 });
    command(story, { do: 'arm-zone', zone: 'z1', mode: 'disarmed' });
    story.reads('fence', { climb_low: true });
    sign(story, {});
    walk(story);
    command(story, { do: 'arm-zone', zone: 'z1', mode: 'armed' });
    story.tell({ kind: 'link', device: 'fence', up: false, why: untranslated('cut') });
    story.reads('fence', { climb: true, climb_low: true });
    expect(story.only('zone-tested')).toEqual([]);
    const armed = begin();
    armed.reads('fence', { climb: true, force: 60 });
    walk(armed);
    armed.reads('fence', { climb: true, force: 61 });
    armed.reads('fence', { climb: false, force: 30 });
    expect(armed.kinds().filter((kind) => kind === 'zone-tested' || kind === 'returned-to-normal')).toEqual([
      'returned-to-normal',
      'returned-to-normal',
    ]);
  });

  test('how things stood when a device was first asked is no touch', () => {
    const story = begin();
    walk(story);
    story.reads('fence', { climb: true }, { initial: true });
    expect(story.only('zone-tested')).toEqual([]);
  });
});

describe('the time of a touch', () => {
  test('of the gateway’s own decision runs from the first movement', () => {
    const story = begin();
    walk(story);
    sign(story, { sinceMs: 1_700.4 });
    expect(story.only('zone-tested')).toMatchObject([{ ms: 1_700 }]);
  });

  test('of a device’s word runs from the movement the gateway saw up to five seconds before, in that zone', () => {
    const story = begin();
    walk(story, ['z1', 'z2']);
    sign(story, { sinceMs: 800 });
    story.now += 4_200;
    story.reads('fence', { climb: true });
    story.reads('fence2', { cut: true });
    story.now += 1;
    story.reads('fence2', { climb: true });
    expect(story.only('zone-tested').map(({ cause, ms }) => [cause, ms])).toEqual([
      ['detection/z1/pull', 800],
      ['fence/climb', 5_000],
      ['fence2/cut', undefined],
      ['fence2/climb', undefined],
    ]);
  });

  test('of a device that speaks before the gateway is found once the gateway has spoken', () => {
    const story = begin();
    walk(story);
    story.reads('fence', { climb: true });
    story.now += 700;
    sign(story, { sinceMs: 1_800 });
    const [device, gateway] = walkResults(site, story.state.walk!);
    expect([device, gateway]).toMatchObject([
      { told: 'device', slowestMs: 1_100 },
      { told: 'gateway', slowestMs: 1_800 },
    ]);
  });
});

describe('a walk test ends', () => {
  const ways: readonly (readonly [string, (story: Story) => void])[] = [
    ['by hand', (story) => command(story, { do: 'end-walk' })],
    [
      'when its time is over',
      (story) => {
        story.now += 30 * minute;
        tick(story);
      },
    ],
    [
      'after a restart',
      (story) => {
        story.now += 45 * minute;
        story.tell({ kind: 'started', version: 'next', config: 'c' });
        tick(story);
        story.reads('fence', { climb: true, force: 60 });
      },
    ],
  ];
  test.each(ways)('%s, and what stands in an armed zone raises then', (_, end) => {
    const story = begin();
    walk(story);
    story.reads('fence', { climb: true, climb_low: true, force: 60 });
    story.reads('fence', { climb_low: false });
    sign(story, { detection: 'cut', wire: 1 });
    expect(open(story)).toEqual([]);
    end(story);
    story.reads('fence', { force: 60 });
    expect(open(story).sort()).toEqual(['z1/climb', 'z1/cut', 'z1/pull']);
    expect(story.state.alarms.values().next().value).toMatchObject({ count: 1 });
    expect([walkOf(story.state), story.state.walk?.ended?.by]).toEqual([undefined, story.only('walk-ended')[0]?.by]);
  });

  test('raises nothing in a zone that is not armed, and what has not happened', () => {
    const story = begin();
    command(story, { do: 'arm-zone', zone: 'z1', mode: 'disarmed' });
    walk(story);
    story.reads('fence', { climb: true, beam: true });
    command(story, { do: 'end-walk' });
    expect(open(story)).toEqual([]);
  });

  test('its zones raise from the very millisecond on, also before the next tick', () => {
    const story = begin();
    walk(story, ['z1'], 1);
    story.now += minute - 1;
    story.reads('fence', { beam: true });
    story.now += 1;
    story.reads('fence', { beam: true });
    expect([story.only('zone-tested').length, open(story)]).toEqual([1, ['z1/intrusion']]);
    expect(walk(story)).toMatchObject([{ why: 'walk-running' }]);
    tick(story);
    expect(walk(story)).toMatchObject([{ kind: 'walk-started' }]);
  });

  test('raises at once in a zone that its schedule arms in that very second', () => {
    const story = begin(monday + (17 * 60 + 45) * minute);
    expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
    walk(story, ['z1'], 15);
    story.reads('fence', { climb: true });
    story.now += 15 * minute;
    tick(story);
    expect(open(story)).toEqual(['z1/climb']);
  });

  test('leaves no condition standing in a zone that its schedule disarms in that very second', () => {
    const story = begin(monday + (5 * 60 + 45) * minute);
    expect(story.state.zones.get('z1')?.mode).toBe('armed');
    walk(story, ['z1'], 15);
    story.reads('fence', { climb: true });
    story.now += 15 * minute;
    tick(story);
    expect(story.state.zones.get('z1')?.mode).toBe('disarmed');
    expect([...story.state.alarms.values()].flatMap((alarm) => alarm.causes)).toEqual([]);
  });

  test('also when the clock was set back', () => {
    const story = begin();
    walk(story);
    story.at = story.now + 30 * minute;
    story.now -= 600 * minute;
    tick(story);
    expect(walkOf(story.state)).toBeUndefined();
  });

  test('when one of its zones is no longer there', () => {
    const story = begin();
    walk(story, ['z1', 'z2']);
    const { z2: _gone, ...zones } = site.zones;
    story.site = { ...site, zones };
    expect(command(story, { do: 'end-walk' })).toMatchObject([{ kind: 'walk-ended', by: 'chen' }]);
  });
});

describe('a walk test is refused', () => {
  test.each([
    ['no-right', ['z1'], 30, operator],
    ['no-right', ['z9'], 99, guard],
    ['unknown-zone', ['z1', 'z9'], 30, integrator],
    ['unknown-zone', ['constructor'], 30, integrator],
    ['unknown-zone', [], 30, integrator],
    ['too-long', ['z1'], 61, integrator],
    ['too-long', ['z1'], 0, integrator],
    ['too-long', ['z1'], Number.NaN, integrator],
  ] as const)('%s: %j for %d minutes', (why, zones, minutes, by) => {
    const story = begin();
    expect(walk(story, [...zones], minutes, by)).toMatchObject([{ kind: 'refused', why }]);
    expect(story.state.walk).toBeUndefined();
  });

  test('while another runs, and its end when none does', () => {
    const story = begin();
    expect(command(story, { do: 'end-walk' })).toMatchObject([{ why: 'no-walk' }]);
    expect(walk(story, ['z1', 'z1'], 1)).toMatchObject([{ kind: 'walk-started', zones: ['z1'] }]);
    expect(walk(story, ['z2'])).toMatchObject([{ why: 'walk-running' }]);
    expect(command(story, { do: 'end-walk' }, operator)).toMatchObject([{ why: 'no-right' }]);
    command(story, { do: 'end-walk' });
    expect(command(story, { do: 'end-walk' })).toMatchObject([{ why: 'no-walk' }]);
  });
});

describe('the result of a zone', () => {
  /** Touches of z1 by the gateway, each taking so many ms; ten seconds lie between them. */
  function touched(times: readonly (number | undefined)[]): Story {
    const story = begin();
    walk(story);
    for (const ms of times) {
      story.now += 10_000;
      sign(story, { ...(ms !== undefined && { sinceMs: ms }) });
      story.now += 1_000;
      sign(story, { active: false });
    }
    return story;
  }
  const own = (story: Story) => walkResults(site, story.state.walk!).find(({ told }) => told === 'gateway');

  test.each([
    ['waiting', []],
    ['waiting', [900, 1_100]],
    ['passed', [900, 1_100, walkLimitMs]],
    ['failed', [900, walkLimitMs + 1]],
    ['failed', [900, 1_100, 1_000, 2_500]],
    ['untimed', [900, undefined, 1_000]],
  ] as const)('is %s after %j', (verdict, times) => {
    const known = times.filter((ms) => ms !== undefined);
    const result = own(touched(times));
    expect(result).toMatchObject({ verdict, touches: times.map((ms) => (ms === undefined ? {} : { ms })) });
    expect(result?.slowestMs).toBe(known.length > 0 ? Math.max(...known) : undefined);
  });

  test('is short when the test ends with too few touches', () => {
    const story = touched([900, 1_000]);
    command(story, { do: 'end-walk' });
    expect(own(story)?.verdict).toBe('short');
  });

  test('counts one climb over several wires as one touch', () => {
    const story = begin();
    walk(story);
    for (const wire of [0, 1, 2]) {
      sign(story, { wire, sinceMs: 700 });
      story.now += 4_900;
    }
    story.now += 100;
    sign(story, { detection: 'climb' });
    expect(own(story)?.touches.map(({ ms, alarms }) => [ms, alarms])).toEqual([
      [700, ['pull']],
      [undefined, ['climb']],
    ]);
  });

  test('is not timed by a movement that came after the decision', () => {
    const story = begin();
    walk(story);
    sign(story, { detection: 'climb' });
    story.now += 3_000;
    sign(story, { sinceMs: 500 });
    expect(own(story)?.touches.map(({ ms }) => ms)).toEqual([undefined]);
  });

  test('is given only for those who can tell of the zone', () => {
    const story = begin();
    walk(story, ['z2', 'z1']);
    const who = (place: Site) => walkResults(place, story.state.walk!).map(({ zone, told }) => `${zone} ${told}`);
    expect(who(site)).toEqual(['z2 device', 'z2 gateway', 'z1 device', 'z1 gateway']);
    expect(who(school)).toEqual(['z2 device', 'z1 device']);
  });
});

/** What may happen within a generated day; a test of z1 begins and ends anywhere in it. */
const happening = fc.oneof(
  fc.record({
    do: fc.constant('read' as const),
    device: fc.constantFrom('fence', 'fence2'),
    point: fc.constantFrom('climb', 'climb_low', 'tamper', 'force', 'beam', 'cut', 'tension'),
    on: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('sign' as const),
    zone: fc.constantFrom('z1', 'z2'),
    sign: fc.constantFrom('pull' as const, 'cut' as const, 'static' as const),
    wire: fc.constantFrom(0, 1),
    holds: fc.boolean(),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(20 * minute) }),
  fc.record({ do: fc.constant('link' as const), device: fc.constantFrom('fence', 'fence2'), up: fc.boolean() }),
  fc.record({ do: fc.constant('arm' as const), zone: fc.constantFrom('z1', 'z2'), on: fc.boolean() }),
  fc.constant({ do: 'restart' as const }),
  fc.constant({ do: 'tick' as const }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;
const testing = fc.oneof(
  fc.record({ do: fc.constant('walk' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
  fc.constant({ do: 'end-walk' as const }),
);
const day = fc.array(fc.oneof({ arbitrary: happening, weight: 5 }, { arbitrary: testing, weight: 1 }), {
  maxLength: 60,
});
type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

const gaugeValues: Readonly<Record<string, readonly [number, number]>> = { force: [60, 30], tension: [150, 50] };

function inputOf(one: Exclude<Happening, { do: 'wait' }>): Input {
  switch (one.do) {
    case 'read': {
      const [high, low] = gaugeValues[one.point] ?? [true, false];
      return { kind: 'reading', device: one.device, values: [[one.point, one.on ? high : low]] };
    }
    case 'sign': {
      const { zone, holds, wire } = one;
      return {
        kind: 'detected',
        zone,
        device: 'fence',
        finding: { kind: 'detection', detection: one.sign, wire, active: holds },
      };
    }
    case 'link':
      return { kind: 'link', device: one.device, up: one.up, why: untranslated('why') };
    case 'arm':
      return {
        kind: 'command',
        by: operator,
        command: { do: 'arm-zone', zone: one.zone, mode: one.on ? 'armed' : 'disarmed' },
      };
    case 'restart':
      return { kind: 'started', version: 'v', config: 'c' };
    case 'tick':
      return { kind: 'tick' };
  }
}

/** Lives through a day, with its walk tests or as if nobody had asked for them. */
function live(all: Day, tested: boolean): Story {
  const story = begin();
  for (const one of all) {
    if (one.do === 'wait') story.now += one.ms;
    else if (one.do === 'walk') tested && walk(story, ['z1'], one.minutes);
    else if (one.do === 'end-walk') tested && command(story, { do: 'end-walk' });
    else story.tell(inputOf(one));
  }
  return story;
}

/** What was told of everything a test of z1 must not touch, without the numbers that shift. */
function beyond(events: readonly Event[]): unknown[] {
  const keys = new Map<number, string>();
  return events.flatMap((event) => {
    if (event.kind === 'raised') keys.set(event.seq, event.key);
    const key =
      event.kind === 'raised'
        ? event.key
        : event.kind === 'repeated' || event.kind === 'returned-to-normal'
          ? keys.get(event.alarm)
          : undefined;
    if (key === undefined || ['z1/climb', 'z1/pull', 'z1/cut', 'z1/intrusion'].includes(key)) return [];
    const { at } = event;
    return [[event.kind, key, at, 'cause' in event ? event.cause : '']];
  });
}

describe('whatever happens', () => {
  test('a walk test changes nothing of other zones, nor of tamper, sensors and lost devices in its own', () => {
    fc.assert(
      fc.property(day, (all) => {
        expect(beyond(live(all, true).events)).toEqual(beyond(live(all, false).events));
      }),
      { numRuns: 300 },
    );
  });

  test('it ends in its time, and whatever then stands in an armed zone is an alarm', () => {
    fc.assert(
      fc.property(day, (all) => {
        const story = live(all, true);
        story.now += 61 * minute;
        tick(story);
        expect(walkOf(story.state)).toBeUndefined();
        const { state } = story;
        const causes = new Set([...state.alarms.values()].flatMap((alarm) => alarm.causes));
        for (const zone of ['z1', 'z2']) {
          if (state.zones.get(zone)?.mode !== 'armed') continue;
          for (const key of Object.keys(state.detections.get(zone)?.active ?? {}))
            expect(causes).toContain(`detection/${zone}/${key}`);
        }
        for (const id of ['fence', 'fence2']) {
          for (const point of Object.values(site.devices[id]!.points)) {
            const stands = state.devices.get(id)?.values[point.key]?.value === true && point.keep === 'state';
            const zone = point.zone ?? '';
            if (stands && (point.alarm?.always || state.zones.get(zone)?.mode === 'armed'))
              expect(causes).toContain(`${id}/${point.key}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a zone under test never raises what is watched only while armed, and other zones are never hit', () => {
    fc.assert(
      fc.property(day, (all) => {
        const running = { until: 0 };
        for (const event of live(all, true).events) {
          if (event.kind === 'walk-started') running.until = event.until;
          if (event.kind === 'walk-ended') running.until = 0;
          if (event.kind === 'zone-tested') {
            expect(event.zone).toBe('z1');
            expect(event.at).toBeLessThan(running.until);
            expect(detectionOf(event.cause)?.key.startsWith('static')).not.toBe(true);
          }
          if (event.kind === 'raised' && event.at < running.until)
            expect(['z1/climb', 'z1/pull', 'z1/cut', 'z1/intrusion']).not.toContain(event.key);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('its state is folded from its facts, travels over the feed, and can be told again from the journal', () => {
    fc.assert(
      fc.property(day, (all) => {
        const story = live(all, true);
        const again = emptyState();
        for (const event of story.events) evolve(again, event);
        expect(again.walk).toEqual(story.state.walk);
        const travelled = decodeState(JSON.parse(JSON.stringify(encodeState(story.state))));
        expect(travelled.walk).toEqual(story.state.walk);
        expect(walksOf(story.events).at(-1)).toEqual(story.state.walk);
        expect(walksOf(story.events)).toHaveLength(story.only('walk-started').length);
      }),
      { numRuns: 100 },
    );
  });
});
