/**
 * Limits that hide what a fence ought to tell: nobody gives those with which a climb may not be seen, one person's word is enough
 * for a week only, and whatever stood before there were bounds is dated and said.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitsTrouble } from '../../src/app/gateway-limits.ts';
import { limitBounds, presets, trialMaxMs } from '../../src/core/arming/tuning.ts';
import { evolve } from '../../src/core/evolve.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import { type BoundedLimit, blindLimits, looseLimits, watchBounds } from '../../src/core/site/limit-bounds.ts';
import { limitsOf, looseOf } from '../../src/core/site/zone-limits.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Command, Fact, SignalLimits, Site, User } from '../../src/core/types.ts';
import { minute, Story, school } from './school.ts';
import { climbing, StickyFence } from './sticky-fence.ts';
import { hour, Loom, second, step } from './wires.ts';

const day = 1_440 * minute;
const integrator: User = { name: 'chen', role: 'integrator' };
const admin: User = { name: 'wang', role: 'admin' };
const head: User = { name: 'liu', role: 'head' };
const loose: SignalLimits = { ...defaultLimits, upN: 9 };
const blind: SignalLimits = { ...defaultLimits, climbN: 150 };

const wired = (signal: SignalLimits = defaultLimits): Site => ({
  ...school,
  zones: { ...school.zones, z1: { ...school.zones.z1!, signal } },
});

function begin(signal?: SignalLimits): Story {
  const story = new Story();
  story.site = wired(signal);
  return story;
}

function tune(story: Story, limits: SignalLimits, forMs?: number, by: User = integrator) {
  const until = forMs !== undefined && { until: story.now + forMs };
  const command: Command = { do: 'tune', zone: 'z1', limits, reason: '树枝', ...until };
  return story.tell({ kind: 'command', by, command })[0];
}
function vouch(
  story: Story,
  limits: SignalLimits,
  by: User = head,
  more: Partial<Extract<Command, { do: 'vouch' }>> = {},
) {
  const command: Command = { do: 'vouch', zone: 'z1', limits, reason: '已到现场看过', ...more };
  return story.tell({ kind: 'command', by, command })[0];
}
const wait = (story: Story, ms: number) => {
  story.now += ms;
  story.tell({ kind: 'tick' });
};
const now = (story: Story) => limitsOf(story.site, story.state, 'z1');
const mark = (story: Story) => looseOf(story.site, story.state, 'z1');
const said = (story: Story) => limitsTrouble(story.site, story.state)?.zh;
/** A fact as a journal from before holds it. */
const before = (story: Story, fact: Extract<Fact, { kind: 'tuned' }>) =>
  evolve(story.state, { ...fact, seq: story.state.seq + 1, at: story.now });

describe('limits with which a climb or a cut may not be seen', () => {
  test('are given by nobody, not even for a minute', () => {
    const story = begin();
    for (const by of [integrator, admin])
      for (const ms of [undefined, minute]) expect(tune(story, blind, ms, by)).toMatchObject({ why: 'blind-limits' });
    expect(now(story)).toEqual(defaultLimits);
  });

  test('are said on every screen where the file has them, and no second person can stand for them', () => {
    const story = begin(blind);
    story.tell({ kind: 'started', version: 'v', config: 'c' });
    expect(now(story)).toEqual(blind);
    expect(said(story)).toMatch(/可能看不到攀爬或断线：1区（攀爬力）/);
    expect(vouch(story, blind)).toMatchObject({ why: 'blind-limits' });
    expect(mark(story)).toMatchObject({ blind: ['climbN'], owed: true });
  });

  test('that an old journal holds count on for a day, which is said, and then end by themselves', () => {
    const story = begin();
    const was = { kind: 'tuned', zone: 'z1', by: 'chen', reason: '以前', configured: defaultLimits } as const;
    before(story, { ...was, before: defaultLimits, limits: blind });
    const dated = story.tell({ kind: 'started', version: 'v', config: 'c' });
    expect(dated).toContainEqual(expect.objectContaining({ kind: 'limits-dated', zone: 'z1', until: story.now + day }));
    expect(said(story)).toMatch(/1区/);
    wait(story, day - 1);
    expect(now(story)).toEqual(blind);
    wait(story, 1);
    expect(now(story)).toEqual(defaultLimits);
    expect(said(story)).toBeUndefined();
  });
});

describe('limits that hide a part', () => {
  test('are given for a trial only, which marks the zone and ends by itself', () => {
    const story = begin();
    expect(tune(story, loose)).toMatchObject({ kind: 'refused', why: 'loose-limits' });
    const until = story.now + day;
    expect(tune(story, loose, day)).toMatchObject({ kind: 'tuned', until, looseSince: story.now });
    expect(mark(story)).toEqual({ names: ['upN'], blind: [], until, owed: false });
    expect(said(story)).toBeUndefined();
    wait(story, day);
    expect(mark(story)).toBeUndefined();
  });

  test('are not tried again and again on one person’s word, whoever tries, and however short the pause', () => {
    const story = begin();
    tune(story, loose, 3 * day);
    wait(story, 3 * day);
    expect(tune(story, loose, 3 * day, admin)?.kind).toBe('tuned');
    wait(story, 3 * day);
    wait(story, minute);
    expect(tune(story, { ...loose, upN: 8 }, day)).toMatchObject({ why: 'loose-limits' });
    expect(tune(story, loose, day - minute)?.kind).toBe('tuned');
    wait(story, day);
    // After thirty days as usual it begins anew.
    wait(story, 29 * day);
    expect(tune(story, loose, trialMaxMs)).toMatchObject({ why: 'loose-limits' });
    wait(story, day);
    expect(tune(story, loose, trialMaxMs)?.kind).toBe('tuned');
  });

  test('are not stood for by whoever gave them, though another changed something small since', () => {
    const story = begin();
    tune(story, loose, day, admin);
    tune(story, { ...loose, stuckN: 6.5 }, day);
    expect(vouch(story, { ...loose, stuckN: 6.5 }, admin)).toMatchObject({ why: 'not-second' });
    expect(vouch(story, { ...loose, stuckN: 6.5 })).toMatchObject({ kind: 'vouched' });
  });

  test('that a second person stood for are his no longer once the usual ones were set', () => {
    const story = begin();
    tune(story, loose, day);
    vouch(story, loose);
    tune(story, defaultLimits);
    expect(tune(story, loose)).toMatchObject({ why: 'loose-limits' });
  });

  test('that end the sensor below where a wire rests are refused', () => {
    const story = begin();
    expect(tune(story, { ...defaultLimits, fullScaleN: 60 })).toMatchObject({ why: 'blind-limits' });
  });

  test('stay when a second person stands for just these, and keep their mark', () => {
    const story = begin();
    tune(story, loose, day);
    expect(vouch(story, { ...loose, upN: 8 })).toMatchObject({ why: 'nothing-to-vouch' });
    expect(vouch(story, loose, integrator)).toMatchObject({ why: 'no-right' });
    expect(vouch(story, loose, head, { reason: ' ' })).toMatchObject({ why: 'reason-missing' });
    expect(vouch(story, loose, head, { wrongPin: true })).toMatchObject({ why: 'wrong-pin' });
    expect(vouch(story, loose)).toMatchObject({ kind: 'vouched', by: 'liu' });
    expect(vouch(story, loose)).toMatchObject({ why: 'nothing-to-vouch' });
    wait(story, 300 * day);
    expect(now(story)).toEqual(loose);
    expect(mark(story)).toMatchObject({ names: ['upN'], vouched: { by: 'liu' }, owed: false });
    expect(tune(story, { ...loose, upN: 9.5 })).toMatchObject({ why: 'loose-limits' });
  });

  test('are not stood for by whoever gave them', () => {
    const story = begin();
    tune(story, loose, day, admin);
    expect(vouch(story, loose, admin)).toMatchObject({ why: 'not-second' });
    expect(vouch(story, loose, head)?.kind).toBe('vouched');
  });

  test('that the file has are said on every screen until somebody stands for them', () => {
    const story = begin(loose);
    expect(said(story)).toMatch(/没有期限也没有第二人复核：1区/);
    expect(vouch(story, loose)?.kind).toBe('vouched');
    expect(said(story)).toBeUndefined();
    expect(mark(story)).toMatchObject({ vouched: { by: 'liu' } });
    story.site = wired({ ...loose, upN: 10 });
    expect(said(story)).toMatch(/1区/);
  });

  test('that are the configured ones may always come back', () => {
    const story = begin(loose);
    tune(story, defaultLimits);
    expect(said(story)).toBeUndefined();
    expect(tune(story, loose)?.kind).toBe('tuned');
    expect(said(story)).toMatch(/1区/);
  });

  test('end at the same time when the machine’s clock is set', () => {
    const story = begin();
    tune(story, loose, day);
    story.tell({ kind: 'clock-stepped', to: story.now - 100 * day });
    story.now -= 100 * day;
    wait(story, day - 1);
    expect(now(story)).toEqual(loose);
    wait(story, 1);
    expect(now(story)).toEqual(defaultLimits);
  });

  test('are folded again from their facts to the same', () => {
    const one = fc.record({ upN: fc.double({ min: 1, max: 12, noNaN: true }), days: fc.nat(8), vouched: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 10 }), (all) => {
        const story = begin();
        for (const { upN, days, vouched } of all) {
          const limits = { ...defaultLimits, upN };
          tune(story, limits, days === 0 ? undefined : days * day);
          if (vouched) vouch(story, limits);
          wait(story, days * 0.7 * day);
          expect(mark(story)?.owed ?? false).toBe(false);
        }
        const again = emptyState();
        for (const event of story.events) evolve(again, event);
        for (const table of ['tuned', 'vouched', 'loose'] as const) expect(again[table]).toEqual(story.state[table]);
      }),
    );
  });
});

describe('the bounds', () => {
  const names = Object.keys(watchBounds) as BoundedLimit[];
  test('leave the usual limits and every sensitivity alone', () => {
    for (const preset of [{}, ...Object.values(presets)])
      expect(looseLimits({ ...defaultLimits, ...preset })).toEqual([]);
  });

  test.each(names)('of %s lie within what can be asked for, the usual one within the other', (name) => {
    const [least, most] = limitBounds[name];
    const { usual, seeing } = watchBounds[name];
    expect(usual[0]).toBeGreaterThanOrEqual(seeing[0]);
    expect(usual[1]).toBeLessThanOrEqual(seeing[1]);
    for (const value of [...usual, ...seeing].filter((one) => one >= least && one <= most))
      expect(blindLimits({ ...defaultLimits, [name]: value })).toEqual([]);
    expect(seeing[0] > least || seeing[1] < most).toBe(true);
    for (const value of [least, most])
      if (value < seeing[0] || value > seeing[1]) {
        expect(blindLimits({ ...defaultLimits, [name]: value })).toEqual([name]);
        expect(looseLimits({ ...defaultLimits, [name]: value })).toEqual([name]);
      }
  });

  /** Every limit as wide as anybody may set it for a week. */
  const widest: SignalLimits = {
    ...defaultLimits,
    ...Object.fromEntries(
      names.map((name) => {
        const [least, most] = watchBounds[name].seeing;
        return [name, name === 'cutN' || name === 'slackShare' ? least : most];
      }),
    ),
    fullScaleN: defaultLimits.fullScaleN,
  };

  test.each([
    [true, 0],
    [true, 1],
    [false, 1],
  ] as const)('all passed to the last still let a climb be seen (springs %s, %d N a support)', (springs, frictionN) => {
    for (let seed = 1; seed <= 5; seed++) {
      const fence = new StickyFence({ springs, frictionN, seed });
      const zone = new Loom({ everyMs: 250, from: 10 * hour, limits: widest });
      const listen = (ms: number) => {
        for (const end = zone.at + ms; zone.at < end; ) {
          zone.at += 250;
          zone.read(fence.read(zone.at));
        }
      };
      listen(2 * minute);
      const act = climbing(fence, zone.at + 500, { ms: 6_000, holdMs: () => 1_200, freeMs: () => 200, seed });
      fence.loads = act.loads;
      listen(act.to - zone.at + 2 * second);
      expect(zone.began(), `seed ${seed}`).toContain('climb');
    }
  });

  test('all passed to the last still let a cut be seen', () => {
    const zone = new Loom({ limits: widest }).play(5 * minute);
    expect(zone.play(10 * second, (wire) => (wire === 2 ? -147 : 0)).began()).toContain('cut 2');
  });

  test('beyond the last a light climber is not seen, which is why they are there', () => {
    const light = (wire: number, ms: number) => step(65, 1_300 * wire, 1_300 * wire + 1_000)(ms);
    const began = (climbN: number) =>
      new Loom({ limits: { climbN } })
        .play(5 * minute)
        .play(20 * second, light)
        .began();
    expect(began(watchBounds.climbN.seeing[1])).toContain('climb');
    expect(began(150)).not.toContain('climb');
  });
});
