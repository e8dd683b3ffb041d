/**
 * A phone as the reader of a checkpoint: whoever is logged in there was there, now or when the phone says; a clock that was set is not
 * believed, and told twice is one.
 */
import { describe, expect, test } from 'vitest';
import type { Command, User } from '../../src/core/types.ts';
import { head, minute, monday, operator, Story } from './school.ts';

const start = monday + 20 * 60 * minute;
const round = 'night@2026-11-23T20:00';
const li: User = { name: '李强', role: 'guard' };
type Phone = Extract<Command, { do: 'touch-by-phone' }>;
const touch = (more: Partial<Phone> = {}): Phone => ({ do: 'touch-by-phone', reader: 'r1', via: 'nfc', ...more });

/** Five minutes into the round. */
function walking(): Story {
  const story = new Story(start - 5 * minute);
  story.now = start + 5 * minute;
  return story;
}

describe('a touch by phone', () => {
  test('is a touch of whoever is logged in there, now, and counts as reached, marked as by phone', () => {
    const story = walking();
    story.asks(li, touch({ via: 'qr', picture: '1-0.jpg', sha256: 'ab' }));
    expect(story.only('touched')).toMatchObject([
      { source: 'phone', via: 'qr', person: 'li', card: '0F004EBEFC', sourceTime: story.now, picture: '1-0.jpg' },
    ]);
    expect(story.only('checked')).toMatchObject([{ checkpoint: 'p1', verdict: 'on-time', source: 'phone' }]);
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ source: 'phone' });
  });

  test('told by a card is not marked so', () => {
    const story = walking();
    story.reads('r1', { scan: '0F004EBEFC' });
    expect(story.only('checked')[0]).not.toHaveProperty('source');
  });

  test('that waited in the phone is judged by when it was made, and said to be late', () => {
    const story = walking();
    story.tell({ kind: 'tick' });
    const made = story.now;
    story.now = start + 2 * 60 * minute;
    story.tell({ kind: 'tick' });
    story.asks(li, touch({ sourceTime: made }));
    expect(story.only('checked').at(-1)).toMatchObject({
      ...{ checkpoint: 'p1', verdict: 'on-time', before: 'missed', uploaded: true, source: 'phone' },
    });
  });

  test('of a phone whose clock was set is kept with its time, and counts as of when it came', () => {
    const story = walking();
    const made = story.now;
    story.now += 4 * minute;
    story.asks(li, touch({ sourceTime: made, doubt: true }));
    expect(story.only('touched')).toMatchObject([{ sourceTime: made, doubt: true, countedAs: story.now }]);
    expect(story.only('checked')).toMatchObject([{ verdict: 'late' }]);
  });

  test('is never of the future', () => {
    const story = walking();
    story.asks(li, touch({ sourceTime: story.now + 60 * minute }));
    expect(story.only('touched')[0]?.sourceTime).toBe(story.now);
  });

  test('told again is one by its second, and another person’s is another', () => {
    const story = walking();
    const sourceTime = story.now;
    story.asks(li, touch({ sourceTime }));
    story.now += 20_000;
    expect(story.asks(li, touch({ sourceTime }))).toEqual([]);
    story.asks({ name: 'zhang', role: 'guard' }, touch());
    expect(story.only('touched').map(({ person }) => person)).toEqual(['li', 'zhang']);
  });

  test('of one person at two places at once is asked about', () => {
    const story = walking();
    for (const reader of ['r1', 'r2', 'r3']) {
      story.now += 3_000;
      story.asks(li, touch({ reader }));
    }
    for (const hours of [1, 25, 26]) {
      story.now = start + hours * 60 * minute;
      story.tell({ kind: 'tick' });
    }
    expect(story.only('suspected')).toMatchObject([{ rule: 'one-place', person: 'li', count: 3 }]);
  });

  test('makes that what is to be looked at there can be answered', () => {
    const story = walking();
    const { night } = story.site.routes;
    const items = [{ id: 'x', ask: { zh: '门关好？', en: 'Shut?' }, answer: 'yes-no', due: 'round' }] as const;
    const [first, ...others] = night!.checkpoints;
    story.site = { ...story.site, routes: { night: { ...night!, checkpoints: [{ ...first!, items }, ...others] } } };
    story.asks(li, touch());
    expect(story.asks(li, { do: 'check-item', reader: 'r1', item: 'x', value: true })).toMatchObject([
      { kind: 'item-checked' },
    ]);
  });
});

describe('it is refused', () => {
  test.each([
    ['at a place that is none', li, { reader: 'cam' }, 'unknown-checkpoint'],
    ['to an account that is nobody of the site', { name: 'x', role: 'guard' }, {}, 'no-person'],
    ['to an operator', operator, {}, 'no-right'],
    ['to a head', head, {}, 'no-right'],
    ['after more than twelve hours in a phone', li, { sourceTime: start - 12 * 60 * minute }, 'kept-too-long'],
  ] as const)('%s', (_, by, more, why) => {
    const story = walking();
    expect(story.asks(by, touch(more))).toMatchObject([{ kind: 'refused', why }]);
    expect(story.state.touches.size).toBe(0);
  });
});
