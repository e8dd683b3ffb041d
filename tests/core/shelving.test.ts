/**
 * Shelving, one rule each: what may be put aside, for how long, and everything that brings it back.
 */
import { describe, expect, test } from 'vitest';
import { alarmStateOf, zoneAlarmState } from '../../src/core/alarm/alarm-state.ts';
import { shelved, shelveMaxMs } from '../../src/core/alarm/shelving.ts';
import { audibles, heard } from '../../src/core/alarm/sounding.ts';
import type { Alarm, Command, Point, Site } from '../../src/core/types.ts';
import { wallAlarms } from '../../src/core/view/view.ts';
import { guard, head, minute, monday, operator, Story, school } from './school.ts';

/** A school in which a second host tells of the same housing, by two contacts of this priority. */
function withSecond(priority: 1 | 2): Site {
  const { fence2, ...others } = school.devices;
  const tamper = school.devices.fence!.points.tamper!;
  const contact = (key: string): Point => ({ ...tamper, key, alarm: { ...tamper.alarm!, priority } });
  const points = { ...fence2!.points, tamper: contact('tamper'), tamper_b: contact('tamper_b') };
  return { ...school, devices: { ...others, fence2: { ...fence2!, points } } };
}

/** A story by day in which the housing of the host stands open, a P2 alarm that lasts. */
function opened(): { story: Story; id: number; shelve(more?: Partial<Command>): ReturnType<Story['asks']> } {
  const story = new Story(monday + 9 * 60 * minute);
  story.site = withSecond(1);
  story.reads('fence', { tamper: true });
  const id = story.only('raised')[0]!.seq;
  const usual = { do: 'shelve', alarm: id, reason: '等备件' } as const;
  const shelve = (more: Partial<Command> = {}) =>
    story.asks(operator, { ...usual, until: story.now + 30 * minute, ...more } as Command);
  return { story, id, shelve };
}

const alarmOf = (story: Story, id: number): Alarm => story.state.alarms.get(id)!;

describe('an alarm', () => {
  test('that is shelved does not call, counts on, is off the list and on the list of what is shelved', () => {
    const { story, id, shelve } = opened();
    expect(shelve()).toMatchObject([{ kind: 'shelved', key: 'z1/tamper', by: 'wang' }]);
    story.reads('fence', { tamper: false });
    story.reads('fence', { tamper: true });
    expect(alarmOf(story, id)).toMatchObject({ count: 2 });
    expect(alarmStateOf(story.state, alarmOf(story, id))).toBe('shelved');
    expect([heard(story.state, audibles(story.state), story.now), wallAlarms(story.state)]).toEqual([[], []]);
    expect(shelved(story.state)).toMatchObject([{ key: 'z1/tamper', by: 'wang', reason: '等备件', alarm: id }]);
  });

  test('comes back when its time is over, and waits anew', () => {
    const { story, id, shelve } = opened();
    shelve();
    story.now += 30 * minute - 1;
    story.tell({ kind: 'tick' });
    expect(story.only('unshelved')).toEqual([]);
    story.now += 1;
    story.tell({ kind: 'tick' });
    story.tell({ kind: 'tick' });
    expect(story.only('unshelved')).toMatchObject([{ why: 'time' }]);
    expect(alarmOf(story, id).waitingSince).toBe(story.now);
    expect(heard(story.state, audibles(story.state), story.now)).toHaveLength(1);
  });

  test('that was acknowledged, and not triggered meanwhile, comes back acknowledged', () => {
    const { story, id, shelve } = opened();
    story.asks(operator, { do: 'acknowledge', alarm: id });
    shelve();
    const { waitingSince } = alarmOf(story, id);
    story.now += minute;
    story.asks(operator, { do: 'unshelve', key: 'z1/tamper' });
    expect(alarmStateOf(story.state, alarmOf(story, id))).toBe('acked');
    expect(alarmOf(story, id).waitingSince).toBe(waitingSince);
  });

  test('comes back at once when a worse trigger joins it', () => {
    const { story, id, shelve } = opened();
    shelve();
    story.now += 1_000;
    story.reads('fence2', { tamper: true, tamper_b: true });
    expect(story.only('unshelved')).toMatchObject([{ why: 'worse' }]);
    expect(story.only('unshelved')).toHaveLength(1);
    expect(alarmOf(story, id)).toMatchObject({ priority: 1, waitingSince: story.now });
  });

  test('shelved until its condition is over comes back then, and not before the last cause has ended', () => {
    const { story, shelve } = opened();
    story.site = withSecond(2);
    story.reads('fence2', { tamper: true });
    shelve({ until: 0, once: true } as Partial<Command>);
    story.reads('fence', { tamper: false });
    expect(story.only('unshelved')).toEqual([]);
    story.reads('fence2', { tamper: false });
    expect(story.only('unshelved')).toMatchObject([{ key: 'z1/tamper', why: 'returned-to-normal' }]);
  });

  test('shelved until its condition is over comes back after two hours all the same', () => {
    const { story, shelve } = opened();
    shelve({ until: 0, once: true } as Partial<Command>);
    story.now += shelveMaxMs;
    story.tell({ kind: 'tick' });
    expect(story.only('unshelved')).toMatchObject([{ why: 'time' }]);
  });

  test('shelved for a time stays away when its condition is over', () => {
    const { story, shelve } = opened();
    shelve();
    story.reads('fence', { tamper: false });
    expect(story.only('unshelved')).toEqual([]);
  });

  test('that is closed leaves no shelf behind', () => {
    const { story, id, shelve } = opened();
    shelve();
    story.asks(guard, { do: 'acknowledge', alarm: id });
    story.reads('fence', { tamper: false });
    story.asks(operator, { do: 'close', alarm: id, reason: 'B5' });
    expect(story.only('unshelved')).toMatchObject([{ why: 'closed', by: 'wang' }]);
    expect(story.state.shelves.size).toBe(0);
  });

  test.each([60, -60, 10 * 365 * 24 * 60])(
    'stays shelved as long as was asked when the clock is set by %i minutes',
    (by) => {
      const { story, shelve } = opened();
      shelve();
      story.now += 10 * minute;
      story.setsClock(by * minute);
      story.now += 20 * minute - 1;
      story.tell({ kind: 'tick' });
      expect(story.only('unshelved')).toEqual([]);
      story.now += 1;
      story.tell({ kind: 'tick' });
      expect(story.only('unshelved')).toMatchObject([{ why: 'time' }]);
    },
  );

  test.each([
    ['an open housing', { tamper: true }],
    ['a slack wire', { tension: 50 }],
  ])('of a zone that watches is not put aside: %s', (_what, values) => {
    const story = new Story();
    story.reads('fence', values);
    const alarm = story.only('raised')[0]!.seq;
    const until = story.now + 30 * minute;
    expect(story.asks(operator, { do: 'shelve', alarm, reason: '等备件', until })).toMatchObject([
      { why: 'not-shelvable' },
    ]);
  });

  test('of a zone that watches is not put aside: a host that cannot be heard, which is urgent', () => {
    const story = new Story();
    story.reads('fence', { climb: false });
    story.tell({ kind: 'link', device: 'fence', up: false, why: { zh: '断', en: 'cut' } });
    const [raised] = story.only('raised');
    expect(raised).toMatchObject({ alarm: 'comms', priority: 1 });
    const until = story.now + 30 * minute;
    const shelve = { do: 'shelve', alarm: raised!.seq, reason: '等备件', until } as const;
    expect(story.asks(operator, shelve)).toMatchObject([{ why: 'not-shelvable' }]);
  });

  test('comes back when its zone begins to watch', () => {
    const { story, shelve } = opened();
    story.now += 2 * 60 * minute + 30 * minute;
    story.tell({ kind: 'tick' });
    shelve({ until: story.now + 60 * minute });
    story.now += 30 * minute;
    story.tell({ kind: 'tick' });
    expect(story.only('unshelved')).toMatchObject([{ why: 'armed' }]);
  });
});

describe('shelving', () => {
  test.each([
    ['not-shelvable', 'an urgent alarm', {}, 'sos'],
    ['reason-missing', 'without a reason', { reason: ' ' }, 'tamper'],
    ['end-missing', 'until now', { until: 0 }, 'tamper'],
    ['too-long', 'for longer than two hours', { until: 9e15 }, 'tamper'],
  ] as const)('is refused as %s: %s', (why, _what, more, point) => {
    const { story, shelve } = opened();
    if (point === 'sos') story.reads('io', { sos: true });
    const alarm = story.only('raised').at(-1)!.seq;
    expect(shelve({ alarm, ...more } as Partial<Command>)).toMatchObject([{ kind: 'refused', why }]);
    expect(story.state.shelves.size).toBe(0);
  });

  test('twice tells who was first, and a guard may not at all', () => {
    const { story, id, shelve } = opened();
    shelve();
    expect(shelve()).toMatchObject([{ why: 'already-shelved', first: { by: 'wang' } }]);
    const until = story.now + minute;
    expect(story.asks(guard, { do: 'shelve', alarm: id, reason: 'x', until })).toMatchObject([{ why: 'no-right' }]);
    expect(story.asks(guard, { do: 'unshelve', key: 'z1/tamper' })).toMatchObject([{ why: 'no-right' }]);
    expect(story.asks(head, { do: 'unshelve', key: 'z1/tamper' })).toMatchObject([{ kind: 'unshelved', why: 'hand' }]);
    expect(story.asks(head, { do: 'unshelve', key: 'z1/tamper' })).toMatchObject([{ why: 'not-shelved' }]);
  });
});

test('a zone that does not watch is suppressed by plan, out of service by name, and never the former when it always watches', () => {
  const story = new Story();
  const zone = school.zones.z2!;
  const arm = (mode: 'armed' | 'disarmed' | 'inhibited') =>
    story.asks(operator, { do: 'arm-zone', zone: 'z2', mode, reason: 'x', until: story.now + minute });
  expect(zoneAlarmState(story.state, zone)).toBe('normal');
  arm('disarmed');
  expect(zoneAlarmState(story.state, zone)).toBe('suppressed');
  expect(zoneAlarmState(story.state, { ...zone, always: true })).toBe('normal');
  arm('inhibited');
  expect(zoneAlarmState(story.state, zone)).toBe('out-of-service');
});
