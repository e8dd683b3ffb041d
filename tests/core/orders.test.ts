/**
 * Orders of the district: an urge is answered by a person once, and is overdue once where nobody does; a comment stands beside its alarm; a
 * still is taken, sent and looked at; what comes twice, too late, too early, in heaps or for nothing is refused or left, and said.
 */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { ordersADay, urgesMax } from '../../src/core/bureau/take-order.ts';
import type { Input, OrderSaid } from '../../src/core/types.ts';
import { canteen, kitchen } from './kitchen.ts';
import { guard, head, minute, operator, Story } from './school.ts';

const hour = 60 * minute;
const day = 24 * hour;

/** An urge of the district, to be answered in two hours, unless said otherwise. */
function orderOf(one: Story, more: Partial<OrderSaid> = {}): Extract<Input, { kind: 'district-order' }> {
  const order: OrderSaid = {
    ...{ id: randomUUID(), school: 'shiyan-1', kind: 'urge', by: '区教育局 王科长' },
    ...{ at: one.now, until: one.now + 2 * hour, text: '请说明北墙围栏为何撤防' },
    ...more,
  };
  return { kind: 'district-order', order, signature: 'c2ln' };
}
const tells = (one: Story, more: Partial<OrderSaid> = {}): string => {
  const input = orderOf(one, more);
  one.tell(input);
  return input.order.id;
};
const orderIn = (one: Story, id: string) => one.state.orders.get(id);
const duties = (one: Story) =>
  owed(one.site, { state: one.state, live: { gauges: new Map(), heard: new Map(), listeningSince: 0 } }, one.now);
const done = (one: Story, duty: string, more: object = {}) => one.tell({ kind: 'outcome', duty, ok: true, ...more });

describe('an urge', () => {
  test('waits at the desk until somebody answers it with a sentence, and that is its end', () => {
    const one = new Story();
    const id = tells(one);
    expect(orderIn(one, id)).toMatchObject({ ask: 'urge', from: '区教育局 王科长', due: one.now + 2 * hour });
    one.asks(operator, { do: 'answer-order', order: id, text: '  电工检修，22:00 前恢复  ' });
    expect(one.only('district-answered')).toMatchObject([
      { order: id, how: 'answered', by: operator.name, text: '电工检修，22:00 前恢复' },
    ]);
    one.asks(head, { do: 'answer-order', order: id, text: '已恢复' });
    expect(one.only('refused')).toMatchObject([{ why: 'order-over', first: { by: operator.name } }]);
    one.now += 3 * hour;
    one.tell({ kind: 'tick' });
    expect(one.only('district-overdue')).toEqual([]);
  });

  test('that comes again, whenever and however it has changed, is not taken again', () => {
    const one = new Story();
    const input = orderOf(one);
    one.tell(input);
    one.tell(input);
    one.asks(operator, { do: 'answer-order', order: input.order.id, text: '好' });
    one.tell({ ...input, order: { ...input.order, text: '别的' } });
    for (let n = 0; n < 12; n += 1) {
      one.now += day;
      one.tell(input);
      tells(one);
    }
    expect(one.only('district-ordered').filter(({ order }) => order.id === input.order.id)).toHaveLength(1);
    expect(orderIn(one, input.order.id)).toBeUndefined();
  });

  test('that nobody answers is overdue once, with an alarm that an answer ends', () => {
    const one = new Story();
    const id = tells(one);
    for (let n = 0; n < 3; n += 1) {
      one.now += 2 * hour;
      one.tell({ kind: 'tick' });
    }
    expect(one.only('district-overdue')).toMatchObject([{ order: id }]);
    expect(one.only('raised').filter(({ alarm }) => alarm === 'overdue')).toMatchObject([
      { alarm: 'overdue', priority: 3, device: 'gateway', active: true },
    ]);
    // A new configuration does not end what still stands.
    one.tell({ kind: 'configured', config: 'other', by: 'admin' });
    expect(one.only('returned-to-normal')).toEqual([]);
    one.asks(operator, { do: 'answer-order', order: id, text: '刚刚处理' });
    expect(one.only('returned-to-normal')).toHaveLength(1);
    expect(orderIn(one, id)?.overdueSince).toBeUndefined();
  });

  test('keeps its date when the clock is set, which is the district’s', () => {
    const one = new Story();
    const id = tells(one);
    const due = orderIn(one, id)?.due;
    one.setsClock(-20 * minute);
    expect(orderIn(one, id)?.due).toBe(due);
    expect(orderIn(one, id)?.cameAt).toBe(one.now);
  });

  test('is for those at the desk to answer, in words', () => {
    const one = new Story();
    const id = tells(one);
    one.asks(guard, { do: 'answer-order', order: id, text: '好' });
    one.asks(operator, { do: 'answer-order', order: id, text: ' \n ' });
    one.asks(operator, { do: 'answer-order', order: randomUUID(), text: '好' });
    expect(one.only('refused').map(({ why }) => why)).toEqual(['no-right', 'text-missing', 'unknown-order']);
  });

  test('about what heads alone may know is theirs alone to see and to answer', () => {
    const one = new Story();
    const id = tells(one, { covert: true });
    one.asks(operator, { do: 'answer-order', order: id, text: '好' });
    expect(one.only('refused')).toMatchObject([{ why: 'unknown-order' }]);
    one.asks(head, { do: 'answer-order', order: id, text: '已在处理' });
    expect(one.only('district-ordered')).toMatchObject([{ covert: true }]);
    expect(one.only('district-answered')).toMatchObject([{ covert: true }]);
  });
});

test('a comment stands among the notes of its alarm, and with an alarm that is closed it is kept all the same', () => {
  const one = new Story();
  one.reads('fence', { 'zone-1': 1 });
  one.tell({ kind: 'link', device: 'fence', up: false, why: { zh: '断', en: 'cut' } });
  const alarm = [...one.state.alarms.keys()][0]!;
  const id = tells(one, { kind: 'comment', alarm, text: '请尽快到场' });
  expect(one.state.alarms.get(alarm)?.notes).toMatchObject([
    { by: '区教育局 王科长', text: '请尽快到场', district: true },
  ]);
  expect(one.only('district-answered')).toMatchObject([{ order: id, how: 'noted', by: 'gateway' }]);
  const late = tells(one, { kind: 'comment', alarm: 999, text: '处置得好', until: one.now - hour });
  expect(orderIn(one, late)?.over).toMatchObject({ how: 'noted' });
  expect(one.state.alarms.get(alarm)?.acked).toBeUndefined();
});

describe('a still', () => {
  test('is taken, kept, sent, and looked at by whoever asked', () => {
    const one = new Story();
    const id = tells(one, { kind: 'still', device: 'cam', text: undefined });
    expect(duties(one)).toMatchObject([{ id: `order/${id}/take`, do: 'ordered-still', camera: 'cam', order: id }]);
    done(one, `order/${id}/take`, { brought: '7-0.jpg', sha256: 'ab' });
    expect(duties(one)).toMatchObject([
      { id: `order/${id}/send`, do: 'deliver', order: id, file: { picture: '7-0.jpg' } },
    ]);
    done(one, `order/${id}/send`, { brought: '7-0.jpg', sha256: 'ab' });
    expect(one.only('picture-viewed')).toMatchObject([
      { by: '区教育局 王科长', camera: 'cam', picture: '7-0.jpg', order: id },
    ]);
    expect(one.only('district-answered')).toMatchObject([{ order: id, how: 'sent', file: '7-0.jpg', sha256: 'ab' }]);
    // The word of a second try that was under way changes nothing.
    done(one, `order/${id}/send`, { brought: '7-0.jpg', sha256: 'ab' });
    expect(one.only('district-answered')).toHaveLength(1);
    expect(duties(one)).toEqual([]);
  });

  test('that could not be taken or sent is tried again, and said when its time is over', () => {
    const one = new Story();
    const id = tells(one, { kind: 'still', device: 'cam', until: one.now + 2 * minute });
    one.tell({ kind: 'outcome', duty: `order/${id}/take`, ok: false, why: { zh: '没有画面', en: 'no picture' } });
    expect(duties(one)).toEqual([]);
    one.now += 10_000;
    expect(duties(one)).toHaveLength(1);
    one.now += 2 * minute;
    one.tell({ kind: 'tick' });
    one.tell({ kind: 'tick' });
    expect(one.only('district-answered')).toMatchObject([{ order: id, how: 'refused', why: 'order-not-done' }]);
    expect(duties(one)).toEqual([]);
    expect([...one.state.duties.keys()]).toEqual([]);
  });

  test('of heads alone leaves no word to others: not of the camera, nor of the look', () => {
    const one = new Story();
    const id = tells(one, { kind: 'still', device: 'cam', covert: true });
    done(one, `order/${id}/take`, { brought: '7-0.jpg' });
    done(one, `order/${id}/send`, { brought: '7-0.jpg' });
    for (const kind of ['district-ordered', 'done', 'picture-viewed', 'district-answered'] as const)
      for (const fact of one.only(kind)) expect(fact, kind).toMatchObject({ covert: true });
  });
});

test.each<[string, Partial<OrderSaid>]>([
  ['order-expired', { until: 1 }],
  ['order-too-far', { until: 8 * 365 * day * 1000 }],
  ['order-empty', { text: ' ' }],
  ['order-empty', { text: undefined }],
  ['order-no-camera', { kind: 'still', device: 'fence' }],
  ['order-no-camera', { kind: 'still', device: 'constructor' }],
  ['order-no-camera', { kind: 'still' }],
  ['order-no-canteen', { kind: 'report', report: 'canteen', from: '2026-11-01', to: '2026-11-02' }],
  ['order-wrong-days', { kind: 'report', report: 'patrol', from: '2026-11-03', to: '2026-11-02' }],
  ['order-wrong-days', { kind: 'report', report: 'patrol', from: '2025-11-03', to: '2026-11-02' }],
  ['order-wrong-days', { kind: 'report', report: 'patrol', from: '2026-11-02', to: '2199-11-02' }],
  ['order-wrong-days', { kind: 'report', report: 'patrol', from: '2026-02-30', to: '2026-11-02' }],
  ['order-wrong-days', { kind: 'report', report: 'alarms' }],
  ['order-empty', { kind: 'report' }],
])('what cannot be done is refused at once and said: %s %o', (why, more) => {
  const one = new Story();
  const until = more.until === 1 ? one.now - minute : more.until;
  const id = tells(one, { ...more, ...(until !== undefined && { until }) });
  expect(one.only('district-answered')).toMatchObject([{ order: id, how: 'refused', why }]);
  expect(duties(one)).toEqual([]);
});

test('a report of days that are over is owed until it is sent', () => {
  const one = new Story();
  one.site = { ...kitchen, canteen };
  const id = tells(one, { kind: 'report', report: 'canteen', from: '2026-11-01', to: '2026-11-02' });
  expect(duties(one).filter((duty) => duty.do === 'deliver')).toMatchObject([
    { order: id, file: { report: 'canteen', first: '2026-11-01', last: '2026-11-02' } },
  ]);
});

test('heaps of orders do not grow the school: urges that wait are bounded, and so is what is taken in a day', () => {
  const one = new Story();
  for (let n = 0; n <= urgesMax; n += 1) tells(one);
  expect(one.only('district-answered')).toMatchObject([{ how: 'refused', why: 'order-too-many' }]);
  for (let n = 0; n < ordersADay; n += 1) tells(one, { kind: 'comment' });
  expect(one.only('district-ordered')).toHaveLength(ordersADay);
  one.now += day;
  tells(one, { kind: 'comment' });
  expect(one.only('district-ordered')).toHaveLength(ordersADay + 1);
});

test('what was long over when it came is left where it is, for nobody knows whether it was taken before', () => {
  const one = new Story();
  tells(one, { until: one.now - 8 * day });
  expect(one.only('district-ordered')).toEqual([]);
});

test('what the school is joined to is a fact, and again where what leaves it has changed', () => {
  const one = new Story();
  const joined = { kind: 'district-joined', district: 'jiaoyu', filter: 'aa', leaves: ['raised'] } as const;
  one.tell(joined);
  one.tell(joined);
  one.tell({ ...joined, filter: 'bb', leaves: ['raised', 'closed'] });
  expect(one.only('district-joined').map(({ filter }) => filter)).toEqual(['aa', 'bb']);
  expect(one.state.district).toMatchObject({ district: 'jiaoyu', filter: 'bb' });
});
