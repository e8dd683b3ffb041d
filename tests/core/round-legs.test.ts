/**
 * What is said of a round beside its points: a leg that took longer than the plan allows, and where it was broken off.
 */
import { describe, expect, test } from 'vitest';
import { brokenAt, roundResult } from '../../src/core/patrol/round-result.ts';
import type { PatrolCounts, PatrolVerdict } from '../../src/core/types.ts';
import { roundsToday } from '../../src/core/view/round-rows.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const start = monday + 20 * 60 * minute;
const round = 'night@2026-11-23T20:00';
const night = school.routes.night!;

function walked(...touches: readonly (readonly [reader: string, minutes: number])[]): Story {
  const story = new Story(start - minute);
  const checkpoints = night.checkpoints.map((point) => ({ ...point, mostMs: 6 * minute }));
  story.site = { ...school, routes: { night: { ...night, checkpoints } } };
  for (const [reader, minutes] of touches) {
    story.now = start + minutes * minute;
    story.tell({ kind: 'tick' });
    story.reads(reader, { scan: '0F004EBEFC' }, { sourceTime: story.now });
  }
  return story;
}
const legs = (story: Story) =>
  roundsToday(story.site, story.state.rounds, story.now, story.state.changedRounds)[0]?.longLegs.map(
    ({ from, to, overMs }) => [from, to, overMs / 1_000],
  );

describe('a leg', () => {
  test('that took longer than the plan allows is told in seconds, and changes no verdict', () => {
    const story = walked(['r1', 4], ['r2', 12], ['r3', 16]);
    expect(legs(story)).toEqual([['p1', 'p2', 120]]);
    expect(Object.values(story.state.rounds.get(round)?.checks ?? {}).map(({ verdict }) => verdict)).toEqual([
      'on-time',
      'on-time',
      'on-time',
    ]);
  });

  test('of exactly the longest time is not long, and one with a point missing is none', () => {
    expect(legs(walked(['r1', 4], ['r2', 10]))).toEqual([]);
    expect(legs(walked(['r1', 4], ['r3', 16]))).toEqual([]);
  });

  test('is not longer by a pause', () => {
    const story = walked(['r1', 4]);
    const about = { round, reason: '处置报警' } as const;
    story.now = start + 5 * minute;
    story.asks(operator, { do: 'pause-round', ...about });
    story.now = start + 25 * minute;
    story.asks(operator, { do: 'resume-round', ...about });
    story.now = start + 31 * minute;
    story.reads('r2', { scan: '0F004EBEFC' }, { sourceTime: story.now });
    expect(legs(story)).toEqual([['p1', 'p2', 60]]);
  });
});

describe('a round', () => {
  const at = (letters: string) =>
    brokenAt(
      [...letters].map(
        (one): PatrolVerdict => ({ r: 'on-time', m: 'missed', o: 'wrong-order', c: 'cancelled' })[one] as PatrolVerdict,
      ),
    );

  test.each([
    ['rrmm', 2],
    ['rm', 1],
    ['romm', 2],
    ['rrrr', -1],
    ['mmmm', -1],
    ['rmrm', -1],
    ['mrrm', -1],
    ['rrmc', -1],
  ])('of %s is broken off at %d', (letters, place) => expect(at(letters)).toBe(place));

  test('that was begun and left says at which point, and is no longer when a touch is told after all', () => {
    const story = walked(['r1', 5]);
    story.now = start + 40 * minute;
    story.tell({ kind: 'tick' });
    expect(story.state.rounds.get(round)).toMatchObject({ brokenAt: 'p2' });
    const counts = story.only('completed').at(-1)?.counts as PatrolCounts;
    expect([roundResult(counts, 'p2'), roundResult(counts)]).toEqual(['broken-off', 'incomplete']);
    story.reads('r3', { scan: '0F004EBEFC' }, { sourceTime: start + 15 * minute });
    expect(story.state.rounds.get(round)).not.toHaveProperty('brokenAt');
  });
});
