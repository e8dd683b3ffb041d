/**
 * Incidents, seen as facts and as the groups a screen shows: an example for each reason to belong together, then laws over
 * generated nights: nothing lost, nothing in two groups, no bond across its window, no order that matters.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { AlarmKind, Event } from '../../src/core/types.ts';
import { inOrder } from '../../src/core/view/view.ts';
import { frontOf, type Incident, incidents, pressing, zoneRuns } from '../../src/core/view/view-incidents.ts';
import { untranslated } from '../../src/words/words.ts';
import { ring, zoneIds } from './ring.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const noon = monday + 12 * 60 * minute;

function night(now = noon): Story {
  const story = new Story(now);
  story.site = ring;
  story.tell({ kind: 'configured', config: 'ring', by: 'test' });
  return story;
}

/** Trips one point of one device after a while. */
const trip = (story: Story, device: string, kind: AlarmKind, afterMs = 0): Event[] => {
  story.now += afterMs;
  return story.reads(device, { [kind]: true });
};

/** The groups as sets of keys, whatever they are numbered. */
const groups = (story: Story): string[] =>
  incidents(story.state)
    .map(({ alarms }) =>
      alarms
        .map(({ key }) => key)
        .sort()
        .join(' '),
    )
    .sort();

const joined = (story: Story) => story.only('joined').map(({ alarm, incident, why }) => [alarm, incident, why]);
const idOf = (story: Story, key: string) => story.state.keys.get(key)!;
const only = (story: Story): Incident => {
  const all = incidents(story.state);
  expect(all).toHaveLength(1);
  return all[0]!;
};

describe('twins', () => {
  test('a millisecond apart, from two wires and two protocols, are one alarm in one incident', () => {
    const story = night();
    story.reads('m3', { climb: true });
    story.now += 1;
    story.reads('q3', { climb: true });
    expect(story.only('raised')).toHaveLength(1);
    expect(only(story)).toMatchObject({ zones: ['z3'], priority: 1, waiting: 1, weather: false });
    expect(only(story).alarms[0]).toMatchObject({ count: 2, causes: ['m3/climb', 'q3/climb'] });
    expect(story.only('joined')).toEqual([]);
  });

  test('of controller and gateway are one alarm that says who told', () => {
    const story = night();
    const finding = { kind: 'detection', detection: 'climb', active: true } as const;
    story.tell({ kind: 'detected', zone: 'z3', device: 'm3', finding });
    trip(story, 'm3', 'climb', 1);
    expect(only(story).alarms).toMatchObject([{ count: 2, decidedBy: ['gateway', 'device'] }]);
  });

  test('in one message about one zone are one incident, as they are in two', () => {
    const [one, two] = [night(), night()];
    one.reads('m3', { climb: true, tamper: true });
    two.reads('m3', { climb: true });
    two.reads('m3', { tamper: true });
    expect(groups(one)).toEqual(['z3/climb z3/tamper']);
    expect(groups(two)).toEqual(groups(one));
    expect(joined(one)).toEqual([[idOf(one, 'z3/tamper'), idOf(one, 'z3/climb'), 'same-place']]);
  });
});

describe('one message', () => {
  test('about three zones in a row is the same incident as three messages', () => {
    const { m3, ...others } = ring.devices;
    const points = { ...m3!.points };
    for (const zone of ['z4', 'z5']) points[`climb_${zone}`] = { ...points.climb!, key: `climb_${zone}`, zone };
    const site = { ...ring, devices: { ...others, m3: { ...m3!, points } } };
    const [one, three] = [night(), night()];
    one.site = three.site = site;
    one.reads('m3', { climb: true, climb_z4: true, climb_z5: true });
    for (const key of ['climb', 'climb_z4', 'climb_z5']) three.reads('m3', { [key]: true });
    expect(groups(one)).toEqual(['z3/climb z4/climb z5/climb']);
    expect(groups(three)).toEqual(groups(one));
  });
});

describe('neighbouring zones', () => {
  test.each([
    ['z4 and z5', 'm5', 0],
    ['z4 and z3', 'q3', 10_000],
  ])('%s become one incident within ten seconds', (_, device, afterMs) => {
    const story = night();
    trip(story, 'm4', 'climb');
    trip(story, device, 'pull', afterMs);
    expect(only(story)).toMatchObject({ id: idOf(story, 'z4/climb'), waiting: 2, priority: 1 });
    expect(joined(story)).toMatchObject([[expect.any(Number), idOf(story, 'z4/climb'), 'neighbour']]);
  });

  test('are neighbours where the ring closes', () => {
    const story = night();
    trip(story, 'm12', 'climb');
    trip(story, 'm1', 'climb', 5_000);
    expect(groups(story)).toEqual(['z1/climb z12/climb']);
  });

  test('stay apart after ten seconds, and zones that do not touch at once', () => {
    const story = night();
    trip(story, 'm4', 'climb');
    trip(story, 'm5', 'climb', 10_001);
    trip(story, 'm7', 'climb');
    expect(groups(story)).toEqual(['z4/climb', 'z5/climb', 'z7/climb']);
    expect(story.only('joined')).toEqual([]);
  });

  test('never keep another zone silent: each is raised, at once, with its own facts', () => {
    const story = night();
    for (const n of [3, 4, 5, 6]) expect(story.kinds(trip(story, `m${n}`, 'cut', 1))).toContain('raised');
    expect(story.only('raised').map(({ zone, priority }) => [zone, priority])).toEqual(
      ['z3', 'z4', 'z5', 'z6'].map((zone) => [zone, 1]),
    );
    expect(only(story)).toMatchObject({ zones: ['z3', 'z4', 'z5', 'z6'], waiting: 4 });
  });

  test('tie two incidents into the older one, and every alarm that moves is told', () => {
    const story = night();
    trip(story, 'm4', 'climb');
    trip(story, 'm6', 'climb', 1_000);
    expect(incidents(story.state)).toHaveLength(2);
    trip(story, 'm5', 'climb', 1_000);
    const [first, second, third] = ['z4/climb', 'z6/climb', 'z5/climb'].map((key) => idOf(story, key));
    expect(joined(story)).toEqual([
      [second, first, 'neighbour'],
      [third, first, 'neighbour'],
    ]);
  });
});

describe('what looks like weather', () => {
  const far = ['m1', 'm4', 'm7', 'm10'];
  const gust = (story: Story, kind: AlarmKind, devices = far, afterMs = 10_000) => {
    for (const device of devices) trip(story, device, kind, afterMs);
  };

  test('is one incident of four zones or more that move the same way within a minute, shown as important', () => {
    const story = night();
    gust(story, 'pull');
    expect(only(story)).toMatchObject({ weather: true, priority: 2, waiting: 4, zones: ['z1', 'z4', 'z7', 'z10'] });
    expect(only(story).alarms.map(({ priority }) => priority)).toEqual([1, 1, 1, 1]);
    trip(story, 'm12', 'climb', 5_000);
    expect(only(story).alarms).toHaveLength(5);
  });

  test('is known from the first to the last of exactly one minute', () => {
    const story = night();
    gust(story, 'slack', far, 20_000);
    expect(only(story).weather).toBe(true);
  });

  test('is known when the zones stand in a row as well', () => {
    const story = night();
    gust(story, 'slack', ['m4', 'm5', 'm6', 'm7'], 1_000);
    expect(only(story)).toMatchObject({ weather: true, priority: 2 });
  });

  test.each([
    ['three zones', () => [['m1', 'pull'] as const, ['m4', 'pull'] as const, ['m7', 'pull'] as const], 1_000],
    ['four zones, not all the same way', () => far.map((d, i) => [d, i === 2 ? 'slack' : 'pull'] as const), 1_000],
    ['four zones over more than a minute', () => far.map((d) => [d, 'pull'] as const), 20_001],
    [
      'four alarms of three zones',
      () => [...far.slice(1), 'm4'].map((d, i) => [d, i > 2 ? 'climb' : 'pull'] as const),
      1,
    ],
    ['tamper switches', () => far.map((d) => [d, 'tamper'] as const), 1],
  ])('is not seen in %s', (_, trips, afterMs) => {
    const story = night();
    for (const [device, kind] of trips()) trip(story, device, kind, afterMs);
    expect(incidents(story.state).some(({ weather }) => weather)).toBe(false);
  });

  test('is none when a wire was cut in the same minute, also when that comes last', () => {
    const [before, after, long] = [night(), night(), night()];
    trip(before, 'm12', 'cut');
    gust(before, 'slack', ['m2', 'm4', 'm7', 'm9'], 1_000);
    gust(after, 'slack', ['m2', 'm4', 'm7', 'm9'], 1_000);
    expect(only(after).weather).toBe(true);
    trip(after, 'm12', 'cut', 1_000);
    const apart = ['z12/cut', 'z2/slack', 'z4/slack', 'z7/slack', 'z9/slack'];
    expect(groups(before)).toEqual(apart);
    expect(groups(after)).toEqual(apart);
    expect(after.only('joined').slice(-3)).toMatchObject([{ why: 'apart' }, { why: 'apart' }, { why: 'apart' }]);
    gust(long, 'slack', ['m2', 'm4', 'm7', 'm9'], 1);
    trip(long, 'm12', 'cut', minute + 1);
    expect(groups(long)).toEqual(['z12/cut', 'z2/slack z4/slack z7/slack z9/slack']);
  });

  test('is not made of those near a cut and those far from it', () => {
    const story = night();
    gust(story, 'slack', ['m2', 'm4', 'm7'], 1);
    gust(story, 'slack', ['m9'], 30_000);
    expect(only(story).weather).toBe(true);
    trip(story, 'm12', 'cut', 30_003);
    expect(incidents(story.state)).toHaveLength(5);
  });

  test('is none when a wire is cut once more in a zone whose cut is still open', () => {
    const story = night();
    trip(story, 'm12', 'cut');
    story.reads('m12', { cut: false });
    story.now += 2 * minute;
    gust(story, 'slack', ['m2', 'm4', 'm7', 'm9'], 1);
    expect(incidents(story.state).some(({ weather }) => weather)).toBe(true);
    trip(story, 'q12', 'cut', 1);
    expect(story.only('raised')).toHaveLength(5);
    expect(incidents(story.state)).toHaveLength(5);
  });

  test('is shown as urgent once the gateway itself saw somebody climb in it', () => {
    const story = night();
    gust(story, 'climb', far, 1);
    expect(only(story).priority).toBe(2);
    story.tell({
      kind: 'detected',
      zone: 'z7',
      device: 'm7',
      finding: { kind: 'detection', detection: 'climb', active: true },
    });
    expect(only(story)).toMatchObject({ priority: 1, weather: true });
  });
});

describe('one line', () => {
  const falls = (story: Story, device: string, afterMs = 0) => {
    story.now += afterMs;
    story.tell({ kind: 'link', device, up: false, why: untranslated('cut') });
  };

  test('whose devices fall silent within ten seconds is one incident, and another line is another', () => {
    const story = night();
    falls(story, 'm1');
    falls(story, 'm4', 10_000);
    falls(story, 'm8');
    falls(story, 'm6', 10_001);
    expect(groups(story)).toEqual(['m1/comms m4/comms', 'm6/comms', 'm8/comms']);
    expect(joined(story)).toEqual([[idOf(story, 'm4/comms'), idOf(story, 'm1/comms'), 'same-line']]);
  });
});

describe('a switch that died', () => {
  /** A night in which every device has a line of its own, and the channels tell what they were given. */
  const apart = (): Story => {
    const story = night();
    const devices = Object.values(ring.devices).map((device) => [device.id, { ...device, line: device.id }]);
    const chain = { steps: [{ afterMs: 40_000, roles: ['head'], channels: ['robot'] }], repeatMs: 600_000 } as const;
    story.site = {
      ...ring,
      devices: Object.fromEntries(devices),
      escalation: { 1: chain, 2: chain, 3: chain, quiet: chain },
    };
    return story;
  };
  const falls = (story: Story, device: string, afterMs: number) => {
    story.now += afterMs;
    story.tell({ kind: 'link', device, up: false, why: untranslated('cut') });
  };

  test('makes one incident of the lines it takes within half a minute, and two lines are none', () => {
    const story = apart();
    falls(story, 'm1', 0);
    falls(story, 'm5', 10_000);
    expect(groups(story)).toEqual(['m1/comms', 'm5/comms']);
    falls(story, 'm3', 20_000);
    falls(story, 'm7', 30_000);
    expect(groups(story)).toEqual(['m1/comms m3/comms m5/comms', 'm7/comms']);
    expect(joined(story).map(([, , why]) => why)).toEqual(['network', 'network']);
  });

  test('makes one message, which names the fence that watches first', () => {
    const story = apart();
    for (const device of ['cam', 'canteen', 'm1', 'm5']) falls(story, device, 1_000);
    story.now += 60_000;
    story.tell({ kind: 'tick' });
    story.tell({ kind: 'tick' });
    const told = story.only('escalated').filter(({ channels }) => channels.length > 0);
    expect(told.map(({ alarm }) => alarm)).toEqual([idOf(story, 'm1/comms')]);
  });

  test('hides no fence that is lost after the message went out', () => {
    const story = apart();
    for (const device of ['m1', 'm5', 'm3']) falls(story, device, 8_000);
    story.now += 25_000;
    story.tell({ kind: 'tick' });
    falls(story, 'm7', 0);
    story.now += 40_000;
    story.tell({ kind: 'tick' });
    const told = story.only('escalated').filter(({ channels }) => channels.length > 0);
    expect(told.map(({ alarm }) => alarm)).toEqual([idOf(story, 'm1/comms'), idOf(story, 'm7/comms')]);
  });
});

describe('one place', () => {
  test('where fence, camera and patrol tell of something within a minute is one incident that keeps every trigger', () => {
    const story = night(monday + 20 * 60 * minute);
    story.tell({ kind: 'tick' });
    story.now = monday + (20 * 60 + 18) * minute - 20_000;
    trip(story, 'm4', 'climb');
    trip(story, 'cam', 'masked', 10_000);
    story.now = monday + (20 * 60 + 18) * minute + 1;
    story.tell({ kind: 'tick' });
    trip(story, 'canteen', 'masked');
    expect(groups(story)).toEqual(['cam/masked night/p4/missed z4/climb', 'canteen/masked']);
    expect(joined(story).map(([, , why]) => why)).toEqual(['same-place', 'same-place']);
    expect(story.only('raised')).toHaveLength(4);
  });

  test('ties a camera to each zone it looks at, and to no other', () => {
    const story = night();
    trip(story, 'm5', 'tamper');
    trip(story, 'cam', 'motion', minute);
    trip(story, 'm6', 'tamper', minute + 1);
    expect(groups(story)).toEqual(['cam/motion z5/tamper', 'z6/tamper']);
    trip(story, 'cam', 'masked', 1);
    expect(groups(story)).toEqual(['cam/masked', 'cam/motion z5/tamper', 'z6/tamper']);
  });

  test('never makes one thing of a device nobody hears and of what somebody does to the fence', () => {
    const story = night();
    const { m3, ...others } = ring.devices;
    story.site = { ...ring, devices: { ...others, m3: { ...m3!, zones: ['z3', 'z4'] } } };
    story.tell({ kind: 'link', device: 'm3', up: false, why: untranslated('cut') });
    trip(story, 'q4', 'climb', 1);
    trip(story, 'q5', 'pull', 1);
    story.tell({ kind: 'link', device: 'm5', up: false, why: untranslated('cut') });
    expect(groups(story)).toEqual(['m3/comms m5/comms', 'z4/climb z5/pull']);
  });
});

describe('a group', () => {
  test('takes in no silent call for help, and no maintenance hint', () => {
    const story = night();
    trip(story, 'm4', 'climb');
    const { seq, at } = story.state;
    const quiet = { kind: 'raised', key: 'z4/duress', alarm: 'duress', priority: 1, device: 'm4', zone: 'z4' } as const;
    const event: Event = { ...quiet, cause: 'wang', active: false, covert: true, seq: seq + 1, at };
    evolve(story.state, event);
    const finding = { kind: 'detection', detection: 'drift', active: true, wire: 0 } as const;
    story.tell({ kind: 'detected', zone: 'z4', device: 'm4', finding });
    trip(story, 'm5', 'climb');
    expect(groups(story)).toEqual(['z4/climb z5/climb', 'z4/drift', 'z4/duress']);
    expect(story.only('joined').every((fact) => !fact.covert)).toBe(true);
  });

  test('keeps its number when the alarm it began with is closed', () => {
    const story = night();
    trip(story, 'm4', 'climb');
    trip(story, 'm5', 'climb', 1);
    const first = idOf(story, 'z4/climb');
    story.reads('m4', { climb: false });
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm: first } });
    story.tell({ kind: 'command', by: operator, command: { do: 'close', alarm: first, reason: 'D2' } });
    trip(story, 'm6', 'climb', 1);
    expect(only(story)).toMatchObject({ id: first, zones: ['z5', 'z6'] });
  });

  test('stands before one that is acknowledged, then by priority, then by age', () => {
    const story = night();
    trip(story, 'm1', 'climb');
    story.tell({ kind: 'command', by: operator, command: { do: 'acknowledge', alarm: idOf(story, 'z1/climb') } });
    trip(story, 'm4', 'tamper', minute);
    trip(story, 'm7', 'climb', minute);
    trip(story, 'm10', 'climb', minute);
    const shown = incidents(story.state).map(({ zones: [zone] }) => zone);
    expect(shown).toEqual(['z10', 'z7', 'z4', 'z1']);
  });

  test('of somebody who climbs stands above a host lost after it, which is as urgent', () => {
    const story = night();
    trip(story, 'm4', 'climb');
    story.now += 20_000;
    story.tell({ kind: 'link', device: 'm9', up: false, why: untranslated('cut') });
    expect(story.only('raised').map(({ alarm, priority }) => [alarm, priority])).toEqual([
      ['climb', 1],
      ['comms', 1],
    ]);
    expect(incidents(story.state).map(({ zones: [zone] }) => zone)).toEqual(['z4', 'z9']);
    expect(inOrder(story.state.alarms.values()).map(({ kind }) => kind)).toEqual(['climb', 'comms']);
  });

  test('to which somebody was sent who does not answer stands again with those that wait', () => {
    const story = night();
    trip(story, 'm1', 'climb');
    const taken = story.only('raised')[0]!.seq;
    story.asks(operator, { do: 'acknowledge', alarm: taken });
    story.asks(operator, { do: 'dispatch', alarm: taken, to: 'li' });
    trip(story, 'm5', 'tamper', 20_000);
    const order = () => pressing(incidents(story.state), story.now).map(({ priority }) => priority);
    expect(order()).toEqual([2, 1]);
    story.tell({ kind: 'tick' });
    story.now += school.pledges[1].withinMs.accept;
    expect(order()).toEqual([1, 2]);
  });

  test('has its zones as runs of numbers for a title', () => {
    expect(zoneRuns(ring, ['z5', 'z4', 'z9', 'nowhere', 'z6'])).toEqual([
      [4, 6],
      [9, 9],
    ]);
  });
});

describe('of an incident there comes first', () => {
  const front = (story: Story) => {
    const [one] = incidents(story.state);
    const { lead, front, rest } = frontOf(one!);
    return [lead.key, front.map(({ key }) => key), rest.map(({ key }) => key)];
  };
  test('the cut wire, whatever else was told before it and beside it', () => {
    const story = night();
    for (const device of ['m3', 'm5']) trip(story, device, 'pull');
    trip(story, 'm4', 'cut');
    expect(front(story)).toEqual(['z4/cut', ['z4/cut'], ['z3/pull', 'z5/pull']]);
  });
  test('what nobody has acknowledged', () => {
    const story = night();
    trip(story, 'm4', 'cut');
    trip(story, 'm5', 'pull');
    story.asks(operator, { do: 'acknowledge', alarm: idOf(story, 'z4/cut') });
    expect(front(story)).toEqual(['z5/pull', ['z5/pull'], ['z4/cut']]);
  });
  test('all of it together, when it looks like weather', () => {
    const story = night();
    for (const device of ['m1', 'm2', 'm3', 'm4']) trip(story, device, 'slack');
    expect(front(story)).toEqual(['z1/slack', ['z1/slack', 'z2/slack', 'z3/slack', 'z4/slack'], []]);
  });
});

describe('a guard', () => {
  const evening = (min: number) => night(monday + (20 * 60 + min) * minute);
  const raisedIn = (story: Story, device: string, kind: AlarmKind) =>
    trip(story, device, kind).find((e) => e.kind === 'raised');

  test('on plan at the place is said beside the alarm, which is raised all the same', () => {
    const story = evening(0);
    story.tell({ kind: 'tick' });
    story.now = monday + (20 * 60 + 12) * minute;
    const plan = monday + (20 * 60 + 10) * minute;
    const round = story.only('opened')[0]!.round;
    const guard = { round, checkpoint: 'p4', person: 'li', at: plan, scanned: false };
    expect(raisedIn(story, 'm4', 'climb')).toMatchObject({ guard });
    expect(raisedIn(story, 'cam', 'masked')).toMatchObject({ guard });
    expect(raisedIn(story, 'm9', 'climb')).not.toHaveProperty('guard');
    expect(story.state.alarms.get(idOf(story, 'z4/climb'))?.guard).toEqual(guard);
  });

  test('is not said before his time, after it, or of an alarm that says he did not come', () => {
    const story = evening(0);
    story.tell({ kind: 'tick' });
    story.now = monday + (20 * 60 + 8) * minute - 1;
    expect(raisedIn(story, 'm4', 'climb')).not.toHaveProperty('guard');
    story.now = monday + (20 * 60 + 13) * minute + 1;
    expect(raisedIn(story, 'm4', 'pull')).not.toHaveProperty('guard');
    story.now = monday + (20 * 60 + 18) * minute + 1;
    story.tell({ kind: 'tick' });
    expect(story.only('raised').at(-1)).toMatchObject({ alarm: 'missed' });
    expect(story.only('raised').at(-1)).not.toHaveProperty('guard');
  });

  test('who has touched the reader in the last five minutes is said with his scan', () => {
    const story = evening(5);
    story.reads('r4', { scan: '0F004EBEFC' });
    const at = story.now;
    story.now = at + 5 * minute;
    expect(raisedIn(story, 'm4', 'climb')).toMatchObject({ guard: { person: 'li', at, scanned: true } });
    story.now = at + 5 * minute + 1;
    expect(raisedIn(story, 'm4', 'pull')).not.toHaveProperty('guard');
  });
});

/** A trigger of the fence, a camera or a line, a while after the one before. */
const anyTrip = fc.record({
  device: fc.constantFrom(...zoneIds.flatMap((z) => [`m${z.slice(1)}`, `q${z.slice(1)}`]), 'cam', 'r4'),
  what: fc.constantFrom<AlarmKind>('climb', 'pull', 'cut', 'slack', 'slack', 'tamper', 'comms', 'masked'),
  afterMs: fc.constantFrom(0, 0, 1, 4_000, 10_000, 10_001, 30_000, 60_001),
});
type Trip = typeof anyTrip extends fc.Arbitrary<infer T> ? T : never;

function happen(story: Story, { device, what }: Trip): void {
  if (what === 'comms') story.tell({ kind: 'link', device, up: false, why: untranslated('cut') });
  else if (ring.devices[device]!.points[what]) story.reads(device, { [what]: true });
}

describe('whatever trips', () => {
  test('no alarm is lost, and each stands in exactly one incident', () => {
    fc.assert(
      fc.property(fc.array(anyTrip, { maxLength: 40 }), (trips) => {
        const story = night();
        for (const one of trips) {
          story.now += one.afterMs;
          happen(story, one);
          const shown = incidents(story.state).flatMap(({ alarms }) => alarms);
          expect(shown).toHaveLength(story.only('raised').length);
          expect(new Set(shown)).toEqual(new Set(story.state.alarms.values()));
          expect(new Set(incidents(story.state).map(({ id }) => id)).size).toBe(incidents(story.state).length);
        }
        const again = emptyState();
        for (const event of story.events) evolve(again, event);
        expect(incidents(again)).toEqual(incidents(story.state));
      }),
    );
  });

  test('nothing is tied together across its window', () => {
    fc.assert(
      fc.property(fc.array(anyTrip, { maxLength: 40 }), (trips) => {
        const story = night();
        for (const one of trips) {
          story.now += one.afterMs;
          happen(story, one);
        }
        for (const { alarms } of incidents(story.state)) {
          const times = alarms.map(({ raisedAt }) => raisedAt);
          for (const [i, at] of times.entries()) if (i > 0) expect(at - times[i - 1]!).toBeLessThanOrEqual(minute);
        }
      }),
    );
  });

  test('the order of what happens at one time makes no difference to what belongs together', () => {
    const instants = fc.array(
      fc.record({
        afterMs: fc.constantFrom(1, 5_000, 10_000, 20_000, 60_001),
        trips: fc
          .uniqueArray(anyTrip, { minLength: 1, maxLength: 7, selector: ({ device, what }) => `${device} ${what}` })
          .chain((trips) => fc.tuple(fc.constant(trips), fc.shuffledSubarray(trips, { minLength: trips.length }))),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(instants, (story) => {
        const [one, other] = [night(), night()];
        for (const { afterMs, trips } of story) {
          one.now += afterMs;
          other.now += afterMs;
          for (const trip of trips[0]) happen(one, trip);
          for (const trip of trips[1]) happen(other, trip);
        }
        expect(groups(other)).toEqual(groups(one));
        const looks = (s: Story) =>
          incidents(s.state).map(({ priority, weather, waiting }) => [priority, weather, waiting]);
        expect(looks(other).sort()).toEqual(looks(one).sort());
      }),
      { numRuns: 500 },
    );
  });
});
