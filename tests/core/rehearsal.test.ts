/**
 * What limits would have done, held against what was raised and found: counted by reason, with what nobody watched left out
 * and what would be missed named.
 */
import { describe, expect, test } from 'vitest';
import { judgeRehearsal, type PastAlarm, type RaisedBefore, watchSpans } from '../../src/core/report/rehearsal.ts';
import type { Detection, Event, Rehearsed } from '../../src/core/types.ts';
import { minute, monday, operator, Story, school } from './school.ts';

/** A sign from one minute to another, counted from midnight. */
const sign = (from: number, to: number, more: Partial<Rehearsed> = {}): Rehearsed => ({
  detection: 'pull',
  wire: 0,
  peakN: 160,
  from: monday + from * minute,
  to: monday + to * minute,
  ...more,
});
const alarm = (id: number, at: number, reason?: string, last = at): PastAlarm => ({
  id,
  kind: 'pull',
  raisedAt: monday + at * minute,
  lastAt: monday + last * minute,
  ...(reason !== undefined && { reason }),
});
const past = (alarms: readonly PastAlarm[] = [], spans: RaisedBefore['spans'] = []): RaisedBefore => ({
  alarms,
  spans,
});
const from = (min: number, watched: boolean) => ({ from: monday + min * minute, watched });

describe('a rehearsal', () => {
  test('counts alarms by what they were closed with, beside what was raised', () => {
    const alarms = [alarm(1, 10, 'A1'), alarm(2, 20, 'B1'), alarm(3, 30), alarm(4, 50, 'B1')];
    const now = [sign(10, 11), sign(20, 20.5), sign(40, 41)];
    const would = [sign(5, 6), sign(10, 11), sign(20, 20.5), sign(30, 31), sign(40, 41), sign(50, 51)];
    const judged = judgeRehearsal(past(alarms), now, would);
    expect(judged).toMatchObject({ was: 4, now: 3, would: 6, confirmed: 1, missed: [], missedNow: 0, unwatched: 0 });
    expect(judged.reasons).toEqual([
      { reason: 'A1', was: 1, now: 1, would: 1 },
      { reason: 'B1', was: 2, now: 1, would: 2 },
      { reason: 'none', was: 0, now: 1, would: 2 },
      { reason: 'open', was: 1, now: 0, would: 1 },
    ]);
  });

  test('names the confirmed alarms that the other limits would miss, and counts those missed now', () => {
    const alarms = [alarm(1, 10, 'A1'), alarm(2, 20, 'A2'), alarm(3, 30, 'B1')];
    const judged = judgeRehearsal(past(alarms), [sign(20, 21)], [sign(10, 11)]);
    expect(judged.missed.map(({ id }) => id)).toEqual([2]);
    expect([judged.missedNow, judged.confirmed]).toEqual([1, 2]);
  });

  test('takes signs within a minute as one alarm, with all its wires and its greatest peak', () => {
    const would = [
      sign(10, 10.2, { wire: 2, peakN: 130 }),
      sign(11, 12, { detection: 'climb', peakN: 180 }),
      sign(11.5, 11.6, { wire: 1, peakN: 190 }),
      sign(13, 13.1),
      sign(14.2, 14.3),
    ].map((one) => (one.detection === 'climb' ? { detection: one.detection, from: one.from, to: one.to } : one));
    const { episodes, would: count } = judgeRehearsal(past(), [], would);
    expect(count).toBe(2);
    expect(episodes.map(({ signs, wires, peakN }) => [signs, wires, peakN])).toEqual([
      [['pull'], [0], 160],
      [['pull', 'climb'], [0, 1, 2], 190],
    ]);
  });

  test('leaves out what nobody watched, but not what stood when watching began, nor a wire outside its window', () => {
    const spans = [from(0, false), from(60, true), from(120, false)];
    const would = [
      sign(30, 31),
      sign(50, 61, { wire: 1 }),
      sign(90, 91),
      sign(130, 131),
      sign(140, 141, { detection: 'static' }),
      sign(150, 151),
    ];
    const judged = judgeRehearsal(past([], spans), [], would);
    expect([judged.would, judged.unwatched]).toEqual([3, 3]);
    expect(judged.episodes.map((one) => (one.from - monday) / minute)).toEqual([140, 90, 50]);
  });

  test('counts what happened before the first word on arming as watched', () => {
    expect(judgeRehearsal(past([], [from(60, false)]), [], [sign(30, 31), sign(70, 71)]).would).toBe(1);
  });

  test('tells maintenance apart from alarms', () => {
    const would = (['weather', 'weather', 'drift', 'stuck'] as const).map((one: Detection, i) =>
      sign(i, i, { detection: one }),
    );
    const judged = judgeRehearsal(past(), [], would);
    expect([judged.would, judged.unwatched, judged.maintenance]).toEqual([0, 0, { weather: 2, drift: 1, stuck: 1 }]);
  });

  test('belongs to an alarm half a minute before or after it, and to the confirmed one of several', () => {
    const at = (min: number, alarms: readonly PastAlarm[]) =>
      judgeRehearsal(past(alarms), [], [sign(min, min)]).episodes[0]?.alarm;
    const one = [alarm(7, 10, 'B1', 12)];
    expect([9.4, 9.5, 12.5, 12.6].map((min) => at(min, one))).toEqual([undefined, 7, 7, undefined]);
    expect(at(10, [alarm(7, 10, 'B1'), alarm(8, 10.1, 'A1')])).toBe(8);
  });

  test('lists the newest five hundred and says how many are older', () => {
    const judged = judgeRehearsal(
      past(),
      [],
      Array.from({ length: 503 }, (_, i) => sign(i * 5, i * 5)),
    );
    expect([judged.would, judged.episodes.length, judged.unlisted]).toEqual([503, 500, 3]);
    expect(judged.episodes[0]?.from).toBe(monday + 502 * 5 * minute);
  });
});

describe('when a zone was watched', () => {
  const marks = (story: Story, facts: readonly Event[] = story.events) =>
    watchSpans(school, story.state, 'z1', facts).map((span) => [(span.from - monday) / minute, span.watched]);

  test('follows its schedule, hands and walk tests', () => {
    const story = new Story(monday + 17 * 60 * minute);
    const at = (min: number) => {
      story.now = monday + (17 * 60 + min) * minute;
    };
    at(30);
    for (const device of ['fence', 'fence2']) story.reads(device, { climb: false });
    story.tell({ kind: 'command', by: operator, command: { do: 'arm-zone', zone: 'z1', mode: 'armed' } });
    at(40);
    story.tell({
      kind: 'command',
      by: { name: 'liu', role: 'head' },
      command: { do: 'walk', zones: ['z1'], minutes: 5 },
    });
    at(45);
    story.tell({ kind: 'tick' });
    at(50);
    story.tell({
      kind: 'command',
      by: operator,
      command: { do: 'arm-zone', zone: 'z1', mode: 'inhibited', reason: 'works', until: story.now + minute },
    });
    expect(marks(story)).toEqual([
      [1020, false],
      [1050, true],
      [1060, false],
      [1065, true],
      [1070, false],
    ]);
  });

  test('is as it stands now when no fact tells of it', () => {
    const story = new Story(monday + 9 * 60 * minute);
    expect(watchSpans(school, story.state, 'z1', [])).toEqual([{ from: 0, watched: false }]);
    expect(watchSpans(school, story.state, 'z2', [])).toEqual([{ from: 0, watched: true }]);
  });
});
