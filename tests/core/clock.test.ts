/**
 * What the clock of the machine can do to alarms, plans and waiting people: nothing, but be said.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { stepHoldMs } from '../../src/core/site/clock-trust.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Site } from '../../src/core/types.ts';
import { guard, minute, monday, operator, Story, school } from './school.ts';

const year = 365 * 24 * 60 * minute;
const told: Site = {
  ...school,
  escalation: {
    ...school.escalation,
    1: { steps: [{ afterMs: 10_000, roles: ['head'], channels: [] }], repeatMs: 60_000 },
  },
};

/** A story in which somebody climbs at 19:00 and nobody acknowledges. */
function climbed(): Story {
  const story = new Story();
  story.site = told;
  story.reads('fence', { climb: true });
  return story;
}

const pass = (story: Story, ms: number) => {
  story.now += ms;
  return story.tell({ kind: 'tick' });
};

describe('when the clock is set', () => {
  test.each([60 * minute, -60 * minute, 10 * year, -10 * year])(
    'by %i ms, an alarm is told to others as soon as without',
    (ms) => {
      const story = climbed();
      pass(story, 4_000);
      expect(story.setsClock(ms)).toMatchObject([{ kind: 'clock-stepped', at: story.now, to: story.now }]);
      pass(story, 5_999);
      expect(story.only('escalated')).toEqual([]);
      pass(story, 1);
      expect(story.only('escalated')).toHaveLength(1);
      pass(story, 59_999);
      expect(story.only('escalated')).toHaveLength(1);
      pass(story, 1);
      expect(story.only('escalated')).toHaveLength(2);
    },
  );

  test('both times are in the fact, and what follows is stamped with the new one', () => {
    const story = climbed();
    const from = story.now;
    story.setsClock(-3 * 60 * minute);
    expect(story.only('clock-stepped')).toMatchObject([{ from, to: from - 3 * 60 * minute }]);
    pass(story, 10_000);
    expect(story.events.at(-1)).toMatchObject({ kind: 'escalated', at: story.now });
  });

  test('no plan disarms for ten minutes, and what a plan arms is armed at once', () => {
    const story = new Story(monday + 4 * 60 * minute);
    const modeOf = () => story.state.zones.get('z1')?.mode;
    expect(modeOf()).toBe('armed');
    story.setsClock(5 * 60 * minute);
    for (let passed = 0; passed < stepHoldMs; passed += minute) {
      story.tell({ kind: 'tick' });
      expect(modeOf()).toBe('armed');
      story.now += minute;
    }
    story.tell({ kind: 'tick' });
    expect(modeOf()).toBe('disarmed');
    story.setsClock(12 * 60 * minute);
    story.tell({ kind: 'tick' });
    expect(modeOf()).toBe('armed');
  });

  test('a person disarms all the same', () => {
    const story = new Story();
    story.setsClock(minute);
    story.asks(operator, { do: 'arm-zone', zone: 'z1', mode: 'disarmed' });
    story.tell({ kind: 'tick' });
    expect(story.state.zones.get('z1')).toMatchObject({ mode: 'disarmed', by: 'wang' });
  });

  test('a zone is left out for as long as was asked', () => {
    const story = new Story();
    story.asks(operator, {
      do: 'arm-zone',
      zone: 'z1',
      mode: 'inhibited',
      reason: '修',
      until: story.now + 60 * minute,
    });
    story.setsClock(-5 * 60 * minute);
    pass(story, 60 * minute - 1);
    expect(story.state.zones.get('z1')?.mode).toBe('inhibited');
    pass(story, 1);
    expect(story.state.zones.get('z1')).toMatchObject({ by: 'schedule' });
  });

  test('a journal folds to the same again', () => {
    const story = climbed();
    story.asks(guard, { do: 'acknowledge', alarm: story.only('raised')[0]!.seq });
    story.setsClock(-10 * year);
    pass(story, minute);
    story.setsClock(10 * year);
    story.reads('fence', { climb: false });
    const again = emptyState();
    for (const event of story.events) evolve(again, event);
    expect(again).toEqual(story.state);
  });

  test('and set back again, nothing has moved', () => {
    const story = climbed();
    const before = structuredClone(story.state.alarms);
    story.setsClock(-10 * year);
    story.setsClock(10 * year);
    expect(story.state.alarms).toEqual(before);
  });
});

describe('a journal that ends in the future', () => {
  /** The gateway starts in the night, and its journal speaks of ten years later. */
  function future(): Story {
    const story = new Story(monday + 10 * year + 4 * 60 * minute);
    story.site = told;
    story.at = story.now;
    story.now = monday + 4 * 60 * minute;
    story.tell({ kind: 'started', version: 'test', config: 'test' });
    story.tell({ kind: 'clock-doubted', last: story.at, machine: story.now });
    return story;
  }

  test('asks a person, alarms meanwhile, and lets no plan disarm until somebody has answered', () => {
    const story = future();
    expect(story.state.clock).toMatchObject({ asks: true });
    story.reads('fence', { climb: true });
    expect(story.only('raised')).toMatchObject([{ alarm: 'climb' }]);
    story.now += 5 * 60 * minute;
    story.at! += 5 * 60 * minute;
    story.tell({ kind: 'tick' });
    expect(story.only('escalated')).toHaveLength(1);
    expect(story.state.zones.get('z1')?.mode).toBe('armed');
  });

  test('is right again when a person says that the machine’s clock is', () => {
    const story = future();
    story.reads('fence', { climb: true });
    const from = story.at;
    story.asks(operator, { do: 'trust-clock' });
    delete story.at;
    expect(story.only('clock-stepped')).toMatchObject([{ from, to: story.now, by: 'wang' }]);
    expect(story.state).toMatchObject({ at: story.now, clock: { asks: false } });
    pass(story, 10_000);
    expect(story.events.at(-1)).toMatchObject({ kind: 'escalated', at: story.now });
    expect(story.asks(operator, { do: 'trust-clock' })).toMatchObject([{ kind: 'refused', why: 'clock-not-asked' }]);
  });
});
