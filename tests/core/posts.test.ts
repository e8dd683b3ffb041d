/**
 * Posts: so many people at a place while the school comes or goes, from plan and touches alone. The last tests are the important ones:
 * the order in which touches reach us must never matter, and nobody is accused of what could not be heard.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { evolve } from '../../src/core/evolve.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { postsOn } from '../../src/core/site/round-plan.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Post, Site, Time } from '../../src/core/types.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const at = (clock: string): Time => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return monday + (hours * 60 + minutes) * minute + seconds * 1_000;
};
const cards = { li: '0F004EBEFC', zhang: '0F004EC101', wang: 'WANG', second: 'WANG-2' } as const;
type Who = keyof typeof cards;
const watchId = 'gate@2026-11-23';

const gate: Post = {
  id: 'gate',
  title: { zh: '大门上学岗', en: 'Gate, arrival' },
  reader: 'r1',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 460, until: 490 })),
  persons: 2,
  earlyMs: 10 * minute,
  everyMs: 15 * minute,
  graceMs: minute,
};
const placeOf = (more: Partial<Post> = {}, rest: Partial<Site> = {}): Site => ({
  ...school,
  routes: {},
  people: { ...school.people, wang: { id: 'wang', name: '王建国', card: cards.wang, cards: [cards.second] } },
  ...rest,
  posts: { gate: { ...gate, ...more } },
});

/** A school at seven, whose reader is heard. */
function morning(more: Partial<Post> = {}, rest: Partial<Site> = {}, from: Time = at('07:00')): Story {
  const story = new Story(from);
  story.site = placeOf(more, rest);
  story.tell({ kind: 'link', device: 'r1', up: true, why: { zh: '', en: '' } });
  return story;
}
/** Goes on to a time of the clock, a tick every ten seconds. */
function until(story: Story, clock: string): void {
  for (const end = at(clock); story.now < end; story.now += Math.min(10_000, end - story.now))
    story.tell({ kind: 'tick' });
  story.tell({ kind: 'tick' });
}
/** Touches as they are made: `li 07:35`. */
function play(story: Story, touches: readonly string[]): void {
  for (const one of touches) {
    const [who = '', clock = ''] = one.split(' ');
    until(story, clock);
    story.reads('r1', { scan: cards[who as Who] ?? who }, { sourceTime: at(clock) });
  }
}
/** A touch that is told later. */
const upload = (story: Story, who: Who, clock: string) =>
  story.reads('r1', { scan: cards[who] }, { sourceTime: at(clock) });
const watch = (story: Story) => story.state.posts.get(watchId);
const standings = (story: Story) => story.only('post-counted').map(({ standing, people }) => [standing, people.join()]);
const alarms = (story: Story) => story.only('raised').filter(({ alarm }) => alarm === 'short-handed');
const lost = (story: Story, up = false) => story.tell({ kind: 'link', device: 'r1', up, why: { zh: '', en: '' } });

describe('a post', () => {
  test('is held on school days, on a make-up day by the bells of the weekday it stands for', () => {
    const title = { zh: '', en: '' };
    const day = Math.floor((monday + 8 * 3_600_000) / 86_400_000);
    const calendar = {
      terms: [{ from: day, to: day + 6, title }],
      holidays: [{ from: day + 1, to: day + 1, title }],
      exceptions: [{ day: day + 5, as: 5, title }],
    };
    const hours = [...gate.hours.slice(0, 4), { weekday: 5, from: 480, until: 510 }];
    const begin = [0, 1, 2, 3, 4, 5, 6, 7].map(
      (offset) => postsOn(placeOf({ hours }, { calendar }), day + offset)[0]?.plan.from,
    );
    const day0 = (offset: number, min: number) => monday + offset * 86_400_000 + min * minute;
    expect(begin).toEqual([
      day0(0, 460),
      undefined,
      day0(2, 460),
      day0(3, 460),
      day0(4, 480),
      day0(5, 480),
      undefined,
      undefined,
    ]);
  });

  test('is manned when all came before it began and touched again in time', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38', 'li 07:53', 'zhang 07:54', 'zhang 08:04', 'li 08:06']);
    until(story, '08:11');
    expect(standings(story)).toEqual([['manned', 'li,zhang']]);
    expect(watch(story)?.outcome).toEqual({ result: 'manned', fewest: 2, shortMs: 0, people: ['li', 'zhang'] });
    expect(alarms(story)).toEqual([]);
  });

  test('that is short-handed is an alarm of priority 2 at once, over by itself when the missing one touches', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:45']);
    expect(alarms(story)).toMatchObject([
      { priority: 2, device: 'r1', active: true, at: at('07:41:10'), why: { zh: '应到 2 人，报警时在岗 1 人' } },
    ]);
    expect(story.only('returned-to-normal')).toMatchObject([{ at: at('07:45'), cause: `post/${watchId}` }]);
    expect(story.only('closed')).toEqual([]);
    play(story, ['li 07:50', 'zhang 07:59', 'li 08:04']);
    until(story, '08:11');
    expect(watch(story)?.outcome).toMatchObject({ result: 'short-handed', fewest: 1, shortMs: 5 * minute });
    expect(alarms(story)).toHaveLength(1);
  });

  test('that nobody came to is unmanned, and its alarm ends with it', () => {
    const story = morning();
    until(story, '08:11');
    expect(alarms(story)).toHaveLength(1);
    expect(watch(story)?.outcome).toEqual({ result: 'unmanned', fewest: 0, shortMs: 30 * minute, people: [] });
    expect(story.only('returned-to-normal')).toMatchObject([{ why: { zh: '本次护学岗时间已过' } }]);
    expect(story.state.alarms.size).toBe(1);
  });

  test('misses somebody who leaves: his next touch does not come', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38', 'li 07:50']);
    until(story, '08:11');
    expect(alarms(story)).toMatchObject([{ at: at('07:56:10') }]);
    expect(watch(story)?.outcome).toMatchObject({ result: 'short-handed', fewest: 0 });
  });

  test('wants different people: neither a card twice nor two cards of one person are two', () => {
    for (const touches of [
      ['li 07:35', 'li 07:36'],
      ['wang 07:35', 'second 07:36'],
      ['li 07:35', 'nobody 07:36'],
    ]) {
      const story = morning();
      play(story, touches);
      until(story, '07:42');
      expect(standings(story).at(-1)?.[0]).toBe('short-handed');
      expect(watch(story)?.here).toHaveLength(1);
    }
  });

  test('lets its limits belong to the better side, to the second', () => {
    const held = (...touches: string[]) => {
      const story = morning({ graceMs: 0 });
      play(story, touches);
      until(story, '07:55:20');
      return watch(story)?.standing;
    };
    const again = ['li 07:54', 'zhang 07:55'];
    expect(held('li 07:30', 'zhang 07:40', ...again)).toBe('manned');
    expect(held('li 07:29:59', 'zhang 07:40', ...again)).toBe('manned');
    const early = morning({ graceMs: 0 });
    play(early, ['li 07:29:59', 'zhang 07:40']);
    until(early, '07:41');
    expect(alarms(early)).toHaveLength(1);
    const late = morning({ graceMs: 0 });
    play(late, ['li 07:30', 'zhang 07:40', 'li 07:55', 'zhang 07:55:01']);
    until(late, '08:00');
    expect(late.state.posts.get(watchId)?.standing).toBe('manned');
    late.now = at('08:20');
    late.tell({ kind: 'tick' });
    expect(watch(late)?.outcome).toMatchObject({ result: 'short-handed', shortMs: 1_000 });
  });

  test('shorter than is let be is lacking nobody', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:41', 'li 07:55', 'zhang 07:56', 'li 08:05']);
    until(story, '08:11');
    expect(watch(story)?.outcome).toMatchObject({ result: 'manned', shortMs: 0 });
    expect(alarms(story)).toEqual([]);
    expect(standings(story)[0]).toEqual(['awaited', 'li']);
  });

  test('is counted for by a touch that counts for a round as well', () => {
    const story = morning({}, { routes: school.routes });
    const night = school.routes.night!;
    story.site = {
      ...story.site,
      routes: { night: { ...night, rounds: [{ days: [1], start: 455, person: 'li' }] } },
    };
    play(story, ['zhang 07:38', 'li 07:40']);
    expect(story.only('checked').at(-1)).toMatchObject({ checkpoint: 'p1', verdict: 'on-time', person: 'li' });
    expect(watch(story)?.standing).toBe('manned');
  });

  test('and the one after it at the same place share a touch that lies within both', () => {
    const story = morning({ everyMs: 60 * minute });
    story.site = {
      ...story.site,
      posts: {
        ...story.site.posts,
        day: { ...gate, id: 'day', persons: 1, hours: [{ weekday: 1, from: 490, until: 600 }] },
      },
    };
    play(story, ['li 07:35', 'zhang 07:38', 'zhang 08:05']);
    until(story, '08:20');
    expect(story.state.posts.get('day@2026-11-23')).toMatchObject({ standing: 'manned', here: ['zhang'] });
  });

  test('brings the still of its camera, else of the nearest, with the alarm', () => {
    const spot = (id: string, where: [number, number]) => ({ ...school.devices.cam!, id, at: where });
    const devices = { ...school.devices, near: spot('near', [1, 1]), far: spot('far', [50, 50]) };
    const cameraOf = (more: Partial<Post>) => {
      const story = morning({ at: [0, 0], ...more }, { devices });
      until(story, '07:41:30');
      const live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
      return owed(story.site, { state: story.state, live }, story.now);
    };
    expect(cameraOf({})).toMatchObject([{ do: 'snapshot', camera: 'near' }]);
    expect(cameraOf({ camera: 'far' })).toMatchObject([{ do: 'snapshot', camera: 'far' }]);
  });
});

describe('what is told later', () => {
  test('takes the alarm back by name when nobody was lacking, and closes it', () => {
    const story = morning();
    play(story, ['li 07:35']);
    until(story, '08:11');
    expect(alarms(story)).toHaveLength(1);
    story.now = at('09:00');
    for (const clock of ['07:50', '08:05']) upload(story, 'li', clock);
    for (const clock of ['07:38', '07:52', '08:06']) upload(story, 'zhang', clock);
    expect(watch(story)?.outcome?.result).toBe('manned');
    expect(story.only('post-completed').at(-1)).toMatchObject({ result: 'manned', before: 'short-handed' });
    expect(story.only('closed')).toMatchObject([{ reason: 'F7' }]);
    expect(story.only('returned-to-normal').at(-1)?.why?.zh).toContain('补传');
  });

  test('leaves what somebody has acknowledged with that person', () => {
    const story = morning();
    until(story, '08:11');
    story.asks(operator, { do: 'acknowledge', alarm: alarms(story)[0]!.seq });
    story.now = at('09:00');
    for (const who of ['li', 'zhang'] as const)
      for (const clock of ['07:38', '07:52', '08:06']) upload(story, who, clock);
    expect(story.only('closed')).toEqual([]);
    expect(story.only('returned-to-normal').at(-1)?.why?.zh).toContain('补传');
  });

  test('changes the record alone when it explains a part', () => {
    const story = morning();
    until(story, '08:11');
    story.now = at('09:00');
    for (const clock of ['07:38', '07:52', '08:06']) upload(story, 'zhang', clock);
    expect(watch(story)?.outcome).toMatchObject({ result: 'short-handed', fewest: 1, people: ['zhang'] });
    expect(story.only('closed')).toEqual([]);
  });

  test('is awaited where batons are read out: nothing is said before, and then less urgently', () => {
    const story = morning({ uploadBy: 12 * 60, reader: 'CHIP' });
    until(story, '12:00');
    expect(watch(story)).toMatchObject({ here: [] });
    expect(alarms(story)).toEqual([]);
    expect(watch(story)?.outcome).toBeUndefined();
    until(story, '12:00:20');
    expect(alarms(story)).toMatchObject([{ priority: 3, active: false }]);
    const touches = ['07:38', '07:52', '08:06'].flatMap((clock) =>
      (['li', 'zhang'] as const).map((who) => ({
        reader: 'CHIP',
        card: cards[who],
        sourceTime: at(clock),
        person: who,
      })),
    );
    const batch = 'a'.repeat(64);
    story.asks(operator, { do: 'import-touches', batch, file: 'm.csv', touches });
    expect(watch(story)?.outcome?.result).toBe('manned');
    expect(story.only('closed')).toMatchObject([{ reason: 'F7' }]);
    story.asks(operator, { do: 'undo-import', batch });
    expect(watch(story)?.outcome?.result).toBe('unmanned');
    expect(alarms(story)).toHaveLength(1);
  });
});

describe('what could not be heard accuses nobody:', () => {
  test('a reader that is lost is the alarm itself', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38']);
    until(story, '07:48');
    lost(story);
    until(story, '08:11');
    expect(story.only('raised').map(({ alarm }) => alarm)).toEqual(['comms']);
    expect(standings(story).at(-1)).toEqual(['unheard', '']);
    expect(watch(story)?.outcome).toMatchObject({ result: 'unheard', shortMs: 0 });
  });

  test('a reader that was lost all the time and has kept the touches says it all', () => {
    const story = morning();
    until(story, '07:20');
    lost(story);
    until(story, '08:11');
    expect(watch(story)?.outcome?.result).toBe('unheard');
    story.now = at('09:00');
    lost(story, true);
    for (const who of ['li', 'zhang'] as const)
      for (const clock of ['07:38', '07:52', '08:06']) upload(story, who, clock);
    expect(watch(story)?.outcome?.result).toBe('manned');
  });

  test('once it is heard again, whoever has not touched by then is lacking', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38']);
    until(story, '07:50');
    lost(story);
    until(story, '07:52');
    lost(story, true);
    play(story, ['li 07:54']);
    until(story, '08:09');
    expect(alarms(story)).toMatchObject([{ at: at('08:08:10') }]);
  });

  test('the gateway was off all the time: it is in the record, and no alarm', () => {
    const story = morning({}, {}, at('06:00'));
    story.now = at('09:00');
    story.tell({ kind: 'started', version: 'test', config: 'test' });
    lost(story, true);
    until(story, '09:01');
    expect(watch(story)?.outcome).toMatchObject({ result: 'unheard', people: [] });
    expect(alarms(story)).toEqual([]);
    for (const who of ['li', 'zhang'] as const)
      for (const clock of ['07:38', '07:52', '08:06']) upload(story, who, clock);
    expect(watch(story)?.outcome?.result).toBe('manned');
  });

  test('a day when the gateway was off is judged when its touches come, at the place they were made', () => {
    const story = morning({}, {}, at('06:00'));
    story.now = at('09:00') + 2 * 86_400_000;
    story.tell({ kind: 'started', version: 'test', config: 'test' });
    lost(story, true);
    story.tell({ kind: 'tick' });
    expect(watch(story)).toBeUndefined();
    story.reads('r2', { scan: cards.li }, { sourceTime: at('07:38') });
    expect(watch(story)).toBeUndefined();
    for (const who of ['li', 'zhang'] as const)
      for (const clock of ['07:38', '07:52', '08:06']) upload(story, who, clock);
    expect(watch(story)?.outcome?.result).toBe('manned');
    expect(alarms(story)).toEqual([]);
  });

  test('the gateway starts again in the middle: who was there is there, and what was lost in between is nobody’s fault', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38', 'li 07:50']);
    story.now = at('07:57');
    story.tell({ kind: 'started', version: 'test', config: 'test' });
    story.now += 20_000;
    lost(story, true);
    until(story, '08:04');
    expect(alarms(story)).toEqual([]);
    expect(watch(story)?.here).toEqual(['li']);
    play(story, ['li 08:04:30']);
    until(story, '08:11');
    expect(watch(story)?.outcome).toMatchObject({ result: 'unheard', shortMs: 0 });
  });

  test('an alarm that stands goes on standing over a start', () => {
    const story = morning();
    play(story, ['li 07:35']);
    until(story, '07:45');
    story.tell({ kind: 'started', version: 'test', config: 'test' });
    lost(story, true);
    until(story, '07:48');
    expect(alarms(story)).toHaveLength(1);
    expect([...story.state.alarms.values()][0]?.causes).toEqual([`post/${watchId}`]);
    play(story, ['zhang 07:49']);
    expect([...story.state.alarms.values()][0]?.causes).toEqual([]);
  });

  test('a clock in doubt makes no touch count before it was told', () => {
    const story = morning();
    until(story, '07:20');
    story.reads('r1', { scan: cards.li }, { sourceTime: at('07:38') });
    play(story, ['zhang 07:38']);
    until(story, '07:42');
    expect(watch(story)?.here).toEqual(['zhang']);
    expect(alarms(story)).toHaveLength(1);
  });

  test('between the two times of a clock that was set nobody can say', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38']);
    until(story, '07:52');
    story.setsClock(15 * minute);
    until(story, '08:11');
    expect(alarms(story)).toEqual([]);
    expect(watch(story)?.outcome?.result).toBe('unheard');
    const back = morning();
    play(back, ['li 07:35', 'zhang 07:38', 'li 07:54', 'zhang 07:54']);
    until(back, '08:00');
    back.setsClock(-15 * minute);
    until(back, '08:11');
    expect(alarms(back)).toEqual([]);
  });

  test('bells that are changed at noon change what has not begun, and nothing else', () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:38']);
    until(story, '07:45');
    story.site = placeOf({ hours: [{ weekday: 1, from: 600, until: 630 }], persons: 3 });
    story.tell({ kind: 'configured', config: 'next', by: 'chen' });
    until(story, '10:40');
    expect(story.only('post-opened')).toHaveLength(1);
    expect(watch(story)?.plan).toMatchObject({ from: at('07:40'), until: at('08:10'), persons: 2 });
    const earlier = morning();
    until(earlier, '07:30');
    earlier.site = placeOf({ hours: [{ weekday: 1, from: 600, until: 630 }] });
    earlier.tell({ kind: 'configured', config: 'next', by: 'chen' });
    until(earlier, '10:02');
    expect(earlier.only('post-opened')).toMatchObject([{ from: at('10:00') }]);
    expect(alarms(earlier)).toHaveLength(1);
  });

  test('a post that is new while it should have begun already accuses nobody of the time before', () => {
    const story = morning();
    story.site = placeOf({ hours: [] });
    until(story, '07:50');
    story.site = placeOf();
    story.tell({ kind: 'configured', config: 'next', by: 'chen' });
    until(story, '08:11');
    expect(watch(story)?.outcome).toMatchObject({ result: 'short-handed', shortMs: 5 * minute });
    expect(alarms(story)).toMatchObject([{ at: at('08:06:10') }]);
  });

  test('a post that is taken out of the plan is no alarm any more', () => {
    const story = morning();
    until(story, '07:45');
    const { posts: _posts, ...rest } = story.site;
    story.site = rest;
    story.tell({ kind: 'configured', config: 'next', by: 'chen' });
    expect([...story.state.alarms.values()][0]?.causes).toEqual([]);
    until(story, '08:11');
    expect(alarms(story)).toHaveLength(1);
  });
});

test('people who stand at one reader together are not asked whether one held both cards', () => {
  const story = morning({ everyMs: 2 * minute }, { routes: school.routes });
  for (let min = 460; min < 490; min += 2) {
    story.now = monday + min * minute;
    story.tell({ kind: 'tick' });
    for (const who of ['li', 'zhang'] as const)
      story.reads('r1', { scan: cards[who] }, { sourceTime: story.now + (who === 'li' ? 0 : 2_000) });
  }
  until(story, '20:40');
  expect(story.only('completed')).toHaveLength(1);
  expect(story.only('suspected')).toEqual([]);
});

describe('the journal', () => {
  const full = () => {
    const story = morning();
    play(story, ['li 07:35', 'zhang 07:45', 'li 07:52']);
    until(story, '08:11');
    return story;
  };

  test('gives the same posts when it is folded again', () => {
    const story = full();
    const again = emptyState();
    for (const event of story.events) evolve(again, event);
    expect(again.posts).toEqual(story.state.posts);
    expect(again.posts.size).toBe(1);
  });

  test('gives a page the posts it has to show', () => {
    const story = full();
    expect(decodeState(encodeState(story.state)).posts).toEqual(story.state.posts);
  });

  test('forgets a post five weeks later, and keeps it from the pages after two days', () => {
    const story = full();
    for (let day = 1; day <= 37; day++) {
      story.now = monday + day * 86_400_000 + 465 * minute;
      story.tell({ kind: 'tick' });
    }
    expect(story.state.posts.has(watchId)).toBe(false);
    expect(story.state.pastPosts.has(watchId)).toBe(false);
    expect(story.state.posts.size).toBeLessThanOrEqual(3);
  });
});

test('the same touches give the same verdicts in whatever order, how often and how late they are told', () => {
  const touch = fc.record({
    who: fc.constantFrom<Who>('li', 'zhang', 'wang', 'second'),
    second: fc.integer({ min: 0, max: 45 * 60 }),
  });
  const told = (touches: readonly { who: Who; second: number }[]) => {
    const story = morning();
    until(story, '08:11');
    story.now = at('09:00');
    for (const { who, second } of touches)
      story.reads('r1', { scan: cards[who] }, { sourceTime: at('07:28') + second * 1_000 });
    story.tell({ kind: 'tick' });
    return watch(story)?.outcome;
  };
  const live = (touches: readonly { who: Who; second: number }[]) => {
    const story = morning();
    for (const { who, second } of [...touches].sort((a, b) => a.second - b.second)) {
      const when = at('07:28') + second * 1_000;
      for (; story.now < when; story.now += Math.min(30_000, when - story.now)) story.tell({ kind: 'tick' });
      story.reads('r1', { scan: cards[who] }, { sourceTime: when });
    }
    until(story, '08:14');
    return watch(story)?.outcome;
  };
  fc.assert(
    fc.property(fc.array(touch, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (touches, chance) => {
      const shuffled = touches
        .flatMap((one) => (chance.next().value! % 2 ? [one, one] : [one]))
        .map((one) => [chance.next().value!, one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      const right = live(touches);
      expect(right).toBeDefined();
      expect(told(shuffled)).toEqual(right);
    }),
    { numRuns: 60 },
  );
});
