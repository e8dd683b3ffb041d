/**
 * Other limits for a zone: who may set them, what is refused, how a trial ends, and that the configuration has the last word.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitBounds, presets, trialMaxMs, wrongLimits } from '../../src/core/arming/tuning.ts';
import { evolve } from '../../src/core/evolve.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { limitsOf } from '../../src/core/site/zone-limits.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Command, SignalLimits, Site, User } from '../../src/core/types.ts';
import { minute, operator, Story, school } from './school.ts';

const integrator: User = { name: 'chen', role: 'integrator' };

/** The school whose first zone has wires. */
function wired(signal: SignalLimits = defaultLimits): Site {
  return { ...school, zones: { ...school.zones, z1: { ...school.zones.z1!, signal } } };
}

function begin(): Story {
  const story = new Story();
  story.site = wired();
  return story;
}

const looser: SignalLimits = { ...defaultLimits, upN: 5 };
const loosest: SignalLimits = { ...defaultLimits, upN: 6 };

function tune(story: Story, more: Partial<Extract<Command, { do: 'tune' }>> = {}, by: User = integrator) {
  const command: Command = { do: 'tune', zone: 'z1', limits: looser, reason: '树枝', ...more };
  return story.tell({ kind: 'command', by, command })[0];
}
const now = (story: Story) => limitsOf(story.site, story.state, 'z1');

describe('the limits of a zone', () => {
  test('are the configured ones until a person enables others, and the fact says what counted before', () => {
    const story = begin();
    expect(now(story)).toEqual(defaultLimits);
    expect(tune(story)).toMatchObject({
      kind: 'tuned',
      by: 'chen',
      reason: '树枝',
      before: defaultLimits,
      limits: looser,
    });
    expect(tune(story, { limits: loosest })).toMatchObject({ before: looser, configured: defaultLimits });
    expect(now(story)).toEqual(loosest);
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    story.now += 365 * 1440 * minute;
    story.tell({ kind: 'tick' });
    expect(now(story)).toEqual(loosest);
  });

  test('are unknown where the zone has no wires or is not there', () => {
    const story = begin();
    for (const zone of ['z2', 'z9', 'constructor']) expect(limitsOf(story.site, story.state, zone)).toBeUndefined();
  });

  test('on trial go back to those enabled before it, by themselves and also after a restart', () => {
    const story = begin();
    tune(story, { limits: looser });
    tune(story, { limits: loosest, until: story.now + 60 * minute });
    tune(story, { limits: { ...loosest, upN: 7 }, until: story.now + 60 * minute });
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    story.now += 60 * minute - 1;
    story.tell({ kind: 'tick' });
    expect(now(story)?.upN).toBe(7);
    story.now += 1;
    expect(story.tell({ kind: 'tick' })).toMatchObject([{ kind: 'untuned', zone: 'z1', why: 'trial-over' }]);
    expect(now(story)).toEqual(looser);
    story.tell({ kind: 'tick' });
    expect(story.only('untuned')).toHaveLength(1);
  });

  test('on trial end also when the clock is set back', () => {
    const story = begin();
    tune(story, { until: story.now + 60 * minute });
    story.at = story.now + 60 * minute;
    story.now -= 600 * minute;
    story.tell({ kind: 'tick' });
    expect(now(story)).toEqual(defaultLimits);
  });

  test('enabled during a trial outlast it', () => {
    const story = begin();
    tune(story, { limits: looser, until: story.now + 60 * minute });
    tune(story, { limits: looser });
    story.now += 61 * minute;
    story.tell({ kind: 'tick' });
    expect(now(story)).toEqual(looser);
  });

  test.each(['configured', 'started', 'tick'] as const)(
    'are the configuration’s again when it brings others (%s), even in a trial, and not when it says the same',
    (kind) => {
      const story = begin();
      tune(story);
      tune(story, { limits: loosest, until: story.now + minute });
      const input =
        kind === 'tick'
          ? ({ kind } as const)
          : kind === 'started'
            ? ({ kind, version: 'v', config: 'c' } as const)
            : ({ kind, config: 'c', by: 'wang' } as const);
      story.site = wired({ ...defaultLimits });
      story.tell(input);
      expect(now(story)).toEqual(loosest);
      const tighter = { ...defaultLimits, upN: defaultLimits.upN / 2 };
      story.site = wired(tighter);
      expect(story.tell(input)).toContainEqual(expect.objectContaining({ kind: 'untuned', why: 'configured' }));
      expect(now(story)).toEqual(tighter);
    },
  );

  test('are forgotten with the wires of the zone', () => {
    const story = begin();
    tune(story);
    story.site = school;
    story.tell({ kind: 'configured', config: 'c', by: 'wang' });
    expect(story.state.tuned.size).toBe(0);
  });
});

describe('other limits are refused', () => {
  test.each([
    ['no-right', {}, operator],
    ['no-right', {}, { name: 'liu', role: 'head' }],
    ['no-right', { zone: 'z9' }, { name: 'zhao', role: 'guard' }],
    ['unknown-zone', { zone: 'z9' }, integrator],
    ['unknown-zone', { zone: '__proto__' }, integrator],
    ['no-wires', { zone: 'z2' }, integrator],
    ['reason-missing', { reason: '  ' }, integrator],
    ['wrong-limits', { limits: { ...defaultLimits, floorN: 450 } }, integrator],
    ['wrong-limits', { limits: { ...defaultLimits, upN: Number.NaN } }, integrator],
    ['end-missing', { until: 0 }, integrator],
    ['too-long', { until: Number.MAX_SAFE_INTEGER }, integrator],
  ] as const)('%s: %j', (why, more, by) => {
    const story = begin();
    expect(tune(story, more, by)).toMatchObject({ kind: 'refused', why });
    expect(now(story)).toEqual(defaultLimits);
  });

  test('a trial may end at once or after a week, not now and not later', () => {
    const story = begin();
    const ends = [0, 1, trialMaxMs, trialMaxMs + 1].map((ms) => tune(story, { until: story.now + ms })?.kind);
    expect(ends).toEqual(['refused', 'tuned', 'tuned', 'refused']);
  });
});

describe('limits', () => {
  test('that are the defaults are right', () => expect(wrongLimits(defaultLimits)).toEqual([]));

  test('of each sensitivity are right, and the higher one is the more sensitive', () => {
    for (const preset of Object.values(presets)) expect(wrongLimits({ ...defaultLimits, ...preset })).toEqual([]);
    const { low, medium, high } = presets;
    for (const name of Object.keys(low) as (keyof typeof low)[])
      expect(low[name] > medium[name] && medium[name] > high[name]).toBe(true);
  });

  test.each(Object.keys(limitBounds) as (keyof SignalLimits)[])('name %s when it is out of its bounds', (name) => {
    const [least, most] = limitBounds[name];
    for (const value of [least - 1e-6, most + 1e-6, Number.NaN, Number.POSITIVE_INFINITY])
      expect(wrongLimits({ ...defaultLimits, [name]: value })).toContain(name);
  });

  test('name both of two that contradict each other', () => {
    expect(wrongLimits({ ...defaultLimits, cutN: 100, floorN: 100 })).toEqual(['cutN', 'floorN']);
    expect(wrongLimits({ ...defaultLimits, upN: 40, patientN: 60 })).toEqual(['upN', 'climbN']);
  });

  test('are folded again from their facts to the same, whatever was asked for', () => {
    const asked = fc.record({ upN: fc.double({ min: 0, max: 20 }), trial: fc.boolean(), wait: fc.nat(3_000_000) });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), (all) => {
        const story = begin();
        for (const { upN, trial, wait } of all) {
          tune(story, { limits: { ...defaultLimits, upN }, ...(trial && { until: story.now + 30 * minute }) });
          story.now += wait;
          story.tell({ kind: 'tick' });
        }
        const again = emptyState();
        for (const event of story.events) evolve(again, event);
        expect(again.tuned).toEqual(story.state.tuned);
        expect(wrongLimits(now(story)!)).toEqual([]);
      }),
    );
  });
});
