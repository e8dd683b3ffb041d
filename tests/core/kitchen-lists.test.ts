/**
 * Check lists of the kitchen: answered in their time, late or never; a missed one is said once, and never of a time in which nobody could
 * have answered; a wrong answer proposes a rectification, and samples are a dish each.
 */
import { describe, expect, test } from 'vitest';
import type { Command, Time } from '../../src/core/types.ts';
import { chief, cook, kitchen } from './kitchen.ts';
import { minute, monday, operator, Story } from './school.ts';

const hour = 60 * minute;
const tuesday = monday + 24 * hour;

/** Since Monday afternoon, when the lists of that day are over; it is `now`. */
function story(now: Time, since = monday + 14 * hour): Story {
  const one = new Story(since);
  one.site = { ...kitchen, routes: {} };
  one.now = now;
  return one;
}
const answer = (item: string, value: boolean | number, more: object = {}): Command => ({
  ...{ do: 'answer-list', list: 'opening', item, value },
  ...more,
});
const why = (one: Story) => one.only('refused').map((fact) => fact.why);
const ticks = (one: Story, ...times: Time[]) => {
  for (const now of times) {
    one.now = now;
    one.tell({ kind: 'tick' });
  }
};

describe('a list', () => {
  test('that is answered in time is not missed, and the last answer to an item counts', () => {
    const one = story(tuesday + 7 * hour);
    one.asks(cook, answer('health', true));
    one.asks(cook, answer('cold', 12));
    one.asks(cook, answer('cold', 5));
    ticks(one, tuesday + 9 * hour);
    expect(one.only('list-missed').filter(({ list }) => list === 'opening')).toEqual([]);
    expect([...one.state.listDays.values()]).toMatchObject([
      {
        list: 'opening',
        answers: [
          { item: 'health', right: true },
          { item: 'cold', value: 5, right: true },
        ],
      },
    ]);
    // What was amiss for a while stays to be looked at.
    expect([...one.state.rectifications.values()]).toMatchObject([
      { stage: 'proposed', offence: { key: 'item/cold' }, source: { from: 'list' } },
    ]);
  });

  test('that nobody answered is missed once, with an alarm and a proposal, and may be answered late', () => {
    const one = story(tuesday + 7 * hour);
    one.asks(cook, answer('health', true));
    ticks(one, tuesday + 8 * hour, tuesday + 8 * hour + minute, tuesday + 10 * hour);
    expect(one.only('list-missed')).toMatchObject([{ list: 'opening', items: ['cold'] }]);
    expect(one.only('raised')).toMatchObject([{ alarm: 'hygiene', priority: 3, device: 'gateway', active: false }]);
    expect(one.only('rectification-proposed')).toMatchObject([{ offence: { key: 'list/opening' } }]);
    one.asks(cook, answer('cold', 4));
    expect(one.only('list-answered').at(-1)).toMatchObject({ item: 'cold', late: true });
  });

  test('is not missed where the gateway was off, or has only just begun', () => {
    const begun = story(monday + 13 * hour, monday + 12 * hour);
    ticks(begun, monday + 13 * hour + minute);
    expect(begun.only('list-missed').map(({ list }) => list)).toEqual(['samples']);
    const off = story(tuesday + 10 * hour);
    off.tell({ kind: 'started', version: 'test', config: 'test' });
    ticks(off, tuesday + 10 * hour + minute);
    expect(off.only('list-missed').filter(({ list }) => list === 'opening')).toEqual([]);
  });

  test('is answered on its days, not before its time, by those who answer for the kitchen', () => {
    const one = story(tuesday + 5 * hour);
    one.asks(cook, answer('health', true));
    one.now = tuesday + 7 * hour;
    one.asks(operator, answer('health', true));
    one.asks(chief, answer('nothing', true));
    one.asks(chief, answer('health', 3));
    one.now = monday + 6 * 24 * hour + 7 * hour;
    one.asks(chief, answer('health', true));
    expect(why(one)).toEqual(['list-not-today', 'no-right', 'unknown-list', 'wrong-answer', 'list-not-today']);
  });
});

test('samples are a dish each, need a photograph, and a light one is amiss', () => {
  const one = story(tuesday + 12 * hour);
  const sample = (note: string, value: number, more: object = { picture: 'a.jpg', sha256: 'a'.repeat(64) }) =>
    one.asks(cook, { do: 'answer-list', list: 'samples', item: 'dish', value, note, ...more });
  sample('米饭', 130, {});
  sample('米饭', 130);
  sample('番茄炒蛋', 100);
  expect(why(one)).toEqual(['photo-missing']);
  expect([...one.state.listDays.values()].at(-1)?.answers).toMatchObject([
    { note: '米饭', right: true },
    { note: '番茄炒蛋', right: false },
  ]);
});
