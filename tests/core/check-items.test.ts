/**
 * Items of checkpoints: answered by whoever has just touched the point and by nobody else, kept with the round, due again after a month
 * or a year, and a note of upkeep when something is amiss.
 */
import { describe, expect, test } from 'vitest';
import { itemDue, itemsOf } from '../../src/core/patrol/check-items.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import type { CheckItem, Command, Site, Time, User } from '../../src/core/types.ts';
import { guard, head, integrator, minute, monday, operator, Story, school } from './school.ts';

const card = '0F004EBEFC';
const start = monday + 20 * 60 * minute;
const round = 'night@2026-11-23T20:00';
/** Li, whose account is called like the person; he is planned. */
const li: User = { name: '李强', role: 'guard' };
const zhang: User = { name: 'zhang', role: 'guard' };

const words = (zh: string) => ({ zh, en: zh });
const extinguisher: CheckItem = { id: 'mhq', ask: words('灭火器压力正常？'), answer: 'yes-no', due: 'round' };
const cold: CheckItem = {
  ...{ id: 'ck', ask: words('冷库温度'), answer: 'number', min: -22, max: -18, unit: '℃', due: 'round' },
};
const yearly: CheckItem = { id: 'nj', ask: words('灭火器年检在有效期？'), answer: 'yes-no', due: 'year' };
const monthly: CheckItem = { id: 'yj', ask: words('应急灯亮？'), answer: 'yes-no', due: 'month' };

const { night } = school.routes;
const [p1, ...others] = night!.checkpoints;
const site: Site = {
  ...school,
  routes: {
    night: {
      ...night!,
      checkpoints: [{ ...p1!, items: [extinguisher, cold, monthly, yearly] }, ...others],
      rounds: [{ days: [0, 1, 2, 3, 4, 5, 6], start: 20 * 60 }],
    },
  },
};

/** The round under way, its first point touched by Li. */
function touched(): Story {
  const story = new Story(start - 10 * minute);
  story.site = site;
  story.now = start + 5 * minute;
  story.reads('r1', { scan: card });
  return story;
}
type Answer = Extract<Command, { do: 'check-item' }>;
const answer = (more: Partial<Answer> = {}): Answer => ({
  do: 'check-item',
  reader: 'r1',
  item: 'mhq',
  value: true,
  ...more,
});

describe('an answer', () => {
  test('is a fact with who gave it, where, in which round, and the last one stands in State', () => {
    const story = touched();
    expect(story.only('opened')).toMatchObject([{ items: 2 }]);
    expect(story.asks(li, answer())).toMatchObject([
      ...[
        {
          kind: 'item-checked',
          reader: 'r1',
          checkpoint: 'p1',
          item: 'mhq',
          round,
          by: '李强',
          person: 'li',
          right: true,
        },
      ],
    ]);
    expect(story.state.items.get('r1/mhq')).toMatchObject({ value: true, right: true, person: 'li', at: story.now });
    expect(story.state.rounds.get(round)?.items).toEqual({ due: 2, answers: { 'p1/mhq': true } });
    expect(story.only('raised')).toEqual([]);
  });

  test('that something is amiss is a note of upkeep, and a right one closes it', () => {
    const story = touched();
    const events = story.asks(li, answer({ value: false, note: '指针在红区' }));
    expect(story.kinds(events)).toEqual(['item-checked', 'raised']);
    expect(story.only('raised')).toMatchObject([
      { alarm: 'upkeep', priority: 4, key: 'r1/mhq/upkeep', checkpoint: 'p1', active: false, value: false },
    ]);
    expect(story.only('raised')[0]?.why?.zh).toBe('灭火器压力正常？ 答：否');
    story.now += minute;
    expect(story.asks(li, answer())).toMatchObject([
      { kind: 'item-checked', before: false },
      { kind: 'closed', by: 'gateway', reason: 'F8' },
    ]);
    expect(story.state.alarms.size).toBe(0);
  });

  test('that something is still amiss joins the note, which a person may close too', () => {
    const story = touched();
    story.asks(li, answer({ value: false }));
    story.now += 2 * minute;
    expect(story.kinds(story.asks(li, answer({ value: false })))).toEqual(['item-checked', 'repeated']);
    const [id] = [...story.state.alarms.keys()];
    story.asks(operator, { do: 'acknowledge', alarm: id! });
    expect(story.kinds(story.asks(operator, { do: 'close', alarm: id!, reason: 'F8' }))).toEqual(['closed']);
  });

  test.each([
    [-20, true],
    [-18, true],
    [-22, true],
    [-17.9, false],
    [-22.1, false],
  ])('of %d degrees where -22 to -18 is right: %s', (value, right) => {
    const story = touched();
    story.asks(li, answer({ item: 'ck', value }));
    expect(story.state.items.get('r1/ck')?.right).toBe(right);
    expect(story.state.alarms.size).toBe(right ? 0 : 1);
  });

  test('given twice within a minute is one', () => {
    const story = touched();
    story.asks(li, answer());
    expect(story.asks(li, answer())).toEqual([]);
  });

  test('of a touch outside of every round stands in no round', () => {
    const story = new Story(monday + 10 * 60 * minute);
    story.site = site;
    story.reads('r1', { scan: card });
    const [fact] = story.asks(li, answer({ item: 'yj' }));
    expect(fact).toMatchObject({ kind: 'item-checked', checkpoint: 'p1' });
    expect(fact).not.toHaveProperty('round');
  });

  test('left open stays open: nothing is made up for it', () => {
    const story = touched();
    story.now = start + 60 * minute;
    story.tell({ kind: 'tick' });
    expect(story.state.rounds.get(round)?.items).toEqual({ due: 2, answers: {} });
    expect(story.only('item-checked')).toEqual([]);
  });
});

describe('an answer is refused and changes nothing', () => {
  test.each([
    ['by somebody else than touched the point', zhang, {}, 'not-touched'],
    ['at a point that was not touched', li, { reader: 'r2' }, 'unknown-item'],
    ['of an item there is none of', li, { item: 'nothing' }, 'unknown-item'],
    ['of an item called like an inner word', li, { item: '__proto__' }, 'unknown-item'],
    ['of another kind than asked for', li, { value: 5 }, 'wrong-answer'],
    ['of a number that is none', li, { item: 'ck', value: Number.NaN }, 'wrong-answer'],
    ['of a number no gauge shows', li, { item: 'ck', value: 1e9 }, 'wrong-answer'],
    ['of yes where a number is asked for', li, { item: 'ck', value: true }, 'wrong-answer'],
    ['by an account that is nobody of the site', { name: 'nobody', role: 'guard' }, {}, 'no-person'],
    ['by an operator at his desk', operator, {}, 'no-right'],
    ['by a role that does not walk', integrator, {}, 'no-right'],
  ] as const)('%s', (_, by, more, why) => {
    const story = touched();
    expect(story.asks(by, answer(more))).toMatchObject([{ kind: 'refused', why }]);
    expect(story.state.items.size).toBe(0);
  });

  test('half an hour after the touch, and at one that was written down by hand', () => {
    const story = touched();
    story.now += 31 * minute;
    expect(story.asks(li, answer())).toMatchObject([{ why: 'not-touched' }]);
    const ask = { do: 'write-touch', reader: 'r1', person: 'zhang', sourceTime: story.now, reason: '没电' } as const;
    expect(story.kinds(story.asks(head, ask))).toContain('touched');
    expect(story.asks(guard, answer())).toMatchObject([{ why: 'not-touched' }]);
  });
});

describe('an item is due', () => {
  const at = (text: string): Time => Date.parse(`${text}+08:00`);
  const stands = (item: CheckItem, last: string | undefined, now: string) =>
    itemDue(item, last === undefined ? undefined : { at: at(last) }, at(now), 480).is;

  test.each([
    [monthly, undefined, '2026-11-23T12:00', 'never'],
    [monthly, '2026-10-31T09:00', '2026-11-22T09:00', 'fine'],
    [monthly, '2026-10-31T09:00', '2026-11-23T10:00', 'soon'],
    [monthly, '2026-10-31T09:00', '2026-11-30T09:00', 'soon'],
    [monthly, '2026-10-31T09:00', '2026-11-30T09:01', 'overdue'],
    [monthly, '2026-01-31T23:30', '2026-02-28T23:31', 'overdue'],
    [yearly, '2024-02-29T09:00', '2025-02-28T08:59', 'soon'],
    [yearly, '2024-02-29T09:00', '2025-01-15T09:00', 'fine'],
    [yearly, '2024-02-29T09:00', '2025-02-28T09:01', 'overdue'],
    [extinguisher, '2026-10-31T09:00', '2026-11-30T09:01', 'each-round'],
  ] as const)('%#', (item, last, now, is) => expect(stands(item, last, now)).toBe(is));
});

test('an installer sees how an item stands, and not who said so or what was written', () => {
  const story = touched();
  story.asks(li, answer({ value: false, note: '王老师说坏了', picture: '1-2.jpg', sha256: 'ab' }));
  const seen = redactState(integrator.role, site, encodeState(story.state));
  expect(JSON.stringify(seen.items)).not.toMatch(/李强|li"|王老师|1-2/);
  expect(decodeState(seen).items.get('r1/mhq')).toMatchObject({ value: false, right: false });
  expect([...itemsOf(site).keys()]).toEqual(['r1/mhq', 'r1/ck', 'r1/yj', 'r1/nj']);
});
