/**
 * Which rounds are planned when, until when a baton may tell, and who is called when a guard does not come on.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { roundsOn } from '../../src/core/site/round-plan.ts';
import type { RoundPlan, Route, Site } from '../../src/core/types.ts';
import { roundsToday } from '../../src/core/view/round-rows.ts';
import { patrolWeek } from '../../src/core/view/view-week.ts';
import { minute, monday, Story, school } from './school.ts';

const start = monday + 20 * 60 * minute;
const hour = 60 * minute;
const day = 24 * hour;
const card = '0F004EBEFC';
const round = 'night@2026-11-23T20:00';
const mondayNumber = Math.floor((monday + 8 * hour) / day);
const night = school.routes.night!;

const withNight = (more: Partial<Route>, rest: Partial<Site> = {}): Site => ({
  ...school,
  ...rest,
  routes: { night: { ...night, ...more } },
});
const planned = (plan: Partial<RoundPlan>): Site => withNight({ rounds: [{ ...night.rounds[0]!, ...plan }] });
const on = (site: Site, offset: number) => roundsOn(site, site.routes.night!, mondayNumber + offset).length;

describe('a round is planned', () => {
  test('from its first day to its last', () => {
    const site = planned({ from: mondayNumber + 1, to: mondayNumber + 2 });
    expect([0, 1, 2, 3].map((offset) => on(site, offset))).toEqual([0, 1, 1, 0]);
  });

  test('on school days alone, and on a make-up day as the weekday it stands for', () => {
    const title = { zh: '', en: '' };
    const calendar = {
      terms: [{ from: mondayNumber, to: mondayNumber + 6, title }],
      holidays: [{ from: mondayNumber + 1, to: mondayNumber + 1, title }],
      exceptions: [{ day: mondayNumber + 5, as: 2, title }],
    };
    const site = { ...planned({ only: 'term', days: [1, 2, 3] }), calendar };
    // Monday, the holiday, Wednesday, Thursday, Friday, the Saturday that counts as Tuesday, Sunday, outside term.
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((offset) => on(site, offset))).toEqual([1, 0, 1, 0, 0, 1, 0, 0]);
  });

  test('for the next seven days, today from now on, with what the calendar makes of each', () => {
    const title = { zh: '国庆', en: 'National Day' };
    const calendar = {
      terms: [{ from: mondayNumber, to: mondayNumber + 5, title }],
      holidays: [{ from: mondayNumber + 1, to: mondayNumber + 1, title }],
      exceptions: [{ day: mondayNumber + 5, as: 2, title }],
    };
    const site = { ...planned({ only: 'term', days: [1, 2, 3] }), calendar };
    const week = (at: number) => patrolWeek(site, new Map(), at, new Map());
    expect(week(start).map(({ rounds, kind }) => [rounds.length, kind.why])).toEqual([
      ...[
        [1, 'plan'],
        [0, 'holiday'],
        [1, 'plan'],
        [0, 'plan'],
        [0, 'plan'],
        [1, 'exception'],
        [0, 'outside-term'],
      ],
    ]);
    expect(week(start)[0]?.rounds[0]).toMatchObject({ id: round, person: 'li', phase: 'open' });
    expect(week(start + hour)[0]?.rounds).toEqual([]);
  });
});

test('two people who walk together are both expected', () => {
  const story = new Story();
  story.site = planned({ second: 'zhang' });
  story.now = start + 5 * minute;
  story.reads('r1', { scan: '0F004EC101' });
  expect(story.state.rounds.get(round)).toMatchObject({ second: 'zhang', checks: { p1: { verdict: 'on-time' } } });
});

describe('a round of batons', () => {
  const walked = () => {
    const story = new Story();
    story.site = withNight({ uploadBy: 8 * 60 });
    for (story.now = start; story.now < monday + 31 * hour + 59 * minute; story.now += 10 * minute)
      story.tell({ kind: 'tick' });
    return story;
  };

  test('is provisional until they are due, and nothing of it is missed before', () => {
    const story = walked();
    expect(story.state.rounds.get(round)?.checks).toEqual({});
    expect(story.only('raised')).toEqual([]);
    const [row] = roundsToday(story.site, story.state.rounds, start + 2 * hour);
    expect(row).toMatchObject({ id: round, provisional: true });
    story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute });
    story.now = monday + 32 * hour + 1_000;
    story.tell({ kind: 'tick' });
    expect(story.only('checked').map(({ verdict, before }) => [verdict, before])).toEqual([
      ['on-time', undefined],
      ['missed', undefined],
      ['missed', undefined],
    ]);
    expect(story.only('completed')).toHaveLength(1);
    expect(story.only('raised').map(({ alarm, checkpoint }) => [alarm, checkpoint])).toEqual([
      ['missed', 'p2'],
      ['missed', 'p3'],
    ]);
  });
});

describe('a guard who does not come on', () => {
  const until = (story: Story, minutes: number) => {
    for (; story.now < start + minutes * minute; story.now += minute) story.tell({ kind: 'tick' });
  };
  const raised = (story: Story) => story.only('raised').map(({ checkpoint, priority }) => [checkpoint, priority]);

  test('after he had set out is urgent from the second point on', () => {
    const story = new Story();
    story.now = start + 5 * minute;
    story.reads('r1', { scan: card });
    until(story, 60);
    expect(raised(story)).toEqual([
      ['p2', 3],
      ['p3', 2],
    ]);
  });

  test('who never set out, or passed one point by, is not', () => {
    const absent = new Story();
    until(absent, 60);
    expect(raised(absent).map(([, priority]) => priority)).toEqual([3, 3, 3]);
    const passing = new Story();
    passing.now = start + 5 * minute;
    passing.reads('r1', { scan: card });
    passing.now = start + 15 * minute;
    passing.reads('r3', { scan: card });
    until(passing, 60);
    expect(raised(passing)).toEqual([['p2', 3]]);
  });

  test('has the still of the camera that is named, else of the nearest, with the alarm', () => {
    const spot = (id: string, at: [number, number]) => ({ ...school.devices.cam!, id, at });
    const devices = { ...school.devices, near: spot('near', [1, 1]), far: spot('far', [50, 50]) };
    const cameraOf = (more: object) => {
      const checkpoints = night.checkpoints.map((point) => ({ ...point, at: [0, 0] as const, ...more }));
      const story = new Story();
      story.site = withNight({ checkpoints }, { devices });
      until(story, 15);
      return owed(
        story.site,
        { state: story.state, live: { gauges: new Map(), heard: new Map(), listeningSince: 0 } },
        story.now,
      );
    };
    expect(cameraOf({})).toMatchObject([{ do: 'snapshot', camera: 'near' }]);
    expect(cameraOf({ camera: 'far' })).toMatchObject([{ do: 'snapshot', camera: 'far' }]);
  });
});
