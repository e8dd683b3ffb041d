/**
 * The still of a missed point is of the moment at which it is said that nobody came; where that is said hours later none is owed, and why is known.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { isSaidLate } from '../../src/core/round/patrol-still.ts';
import type { Duty, Live, Route, Site } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const start = monday + 20 * 60 * minute;
const round = 'night@2026-11-23T20:00';
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const night = school.routes.night!;
const watched = (more: Partial<Route> = {}): Site => ({
  ...school,
  routes: { night: { ...night, ...more, checkpoints: night.checkpoints.map((one) => ({ ...one, camera: 'cam' })) } },
});

/** Lets minutes pass, up to so many after the start; nobody walks. */
function until(story: Story, minutes: number): void {
  while (story.now < start + minutes * minute) {
    story.now += minute;
    story.tell({ kind: 'tick' });
  }
}
function evening(more: Partial<Route> = {}): Story {
  const story = new Story(start - 10 * minute);
  story.site = watched(more);
  return story;
}
type Still = Extract<Duty, { do: 'snapshot' }>;
const stills = (story: Story): Still[] =>
  owed(story.site, { state: story.state, live }, story.now).filter((one): one is Still => one.do === 'snapshot');
const only = (story: Story) => [...story.state.alarms.values()].filter(({ kind }) => kind === 'missed');

describe('the still of a missed point', () => {
  test('is owed as soon as the miss is said, once, and is asked for again when the camera gave none', () => {
    const story = evening();
    until(story, 14);
    const [alarm] = only(story);
    expect(stills(story)).toMatchObject([{ camera: 'cam', alarm: alarm!.id, raisedAt: alarm!.raisedAt }]);
    expect(stills(story).map(({ moment }) => moment)).toEqual([undefined]);
    const duty = `snapshot/${alarm!.id}`;
    story.tell({ kind: 'outcome', duty, ok: false, why: untranslated('dark') });
    expect(stills(story)).toEqual([]);
    story.now += 5_000;
    expect(stills(story)).toHaveLength(1);
    story.tell({ kind: 'outcome', duty, ok: true, brought: 'a.jpg', sha256: 'ab' });
    expect(stills(story)).toEqual([]);
    expect(only(story)[0]).toMatchObject({ picture: 'a.jpg' });
  });

  test('is not owed a minute later any more: it would show another time', () => {
    const story = evening();
    until(story, 14);
    story.now = only(story)[0]!.raisedAt + 60_001;
    expect(stills(story)).toEqual([]);
  });

  test('is not owed when a baton tells of it in the morning', () => {
    const story = evening({ uploadBy: 8 * 60 });
    until(story, 12 * 60 + 5);
    const said = only(story);
    expect(said).toHaveLength(3);
    expect(story.only('raised').every(({ at }) => story.now - at < 6 * minute)).toBe(true);
    story.now = said[0]!.raisedAt;
    expect(stills(story)).toEqual([]);
    expect(said.map((alarm) => isSaidLate(story.site, story.state, alarm))).toEqual([true, true, true]);
  });

  test('is not owed of what ran out while the round was cancelled, and is of what runs out after it was reinstated', () => {
    const story = evening();
    until(story, 6);
    story.asks(operator, { do: 'cancel-round', round, reason: '暴雨' });
    until(story, 16);
    story.asks(operator, { do: 'reinstate-round', round, reason: '雨停' });
    expect(only(story).map(({ checkpoint }) => checkpoint)).toEqual(['p1']);
    expect(stills(story)).toEqual([]);
    until(story, 19);
    expect(only(story).map(({ checkpoint }) => checkpoint)).toEqual(['p1', 'p2']);
    expect(stills(story).map(({ alarm }) => alarm)).toEqual([only(story)[1]!.id]);
  });

  test('of a round that was put off is owed at its later time', () => {
    const story = evening();
    until(story, 2);
    story.asks(operator, { do: 'extend-round', round, minutes: 20, reason: '换岗' });
    until(story, 34);
    expect(only(story).map(({ checkpoint }) => checkpoint)).toEqual(['p1']);
    expect(stills(story)).toHaveLength(1);
  });
});
