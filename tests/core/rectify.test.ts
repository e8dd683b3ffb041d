/**
 * The life of a rectification: proposed by what a camera sees or opened by hand, put right by one and countersigned by another, overdue once
 * for each date, and counted where it comes again. What people do and when is random in the last part; what must hold then is not.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canteenView } from '../../src/core/canteen/canteen-view.ts';
import { evolve } from '../../src/core/evolve.ts';
import { ownLedger } from '../../src/core/rectify/own-ledger.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { redact } from '../../src/core/site/sight-facts.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import type { Command, Rectification, RectifyCommand, Time, User } from '../../src/core/types.ts';
import { chief, cook, kitchen } from './kitchen.ts';
import { guard, head, integrator, minute, monday, operator, Story } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });
const hour = 60 * minute;
const day = 24 * hour;
const noon = monday + 12 * hour;
const sha256 = 'a'.repeat(64);

function story(now: Time = noon): Story {
  const one = new Story(now - minute);
  one.site = { ...kitchen, canteen: { ...kitchen.canteen!, lists: {} }, routes: {} };
  one.now = now;
  return one;
}
const ticks = (one: Story, to: Time) => {
  one.now = to;
  return one.tell({ kind: 'tick' });
};
const all = (one: Story): Rectification[] => [...one.state.rectifications.values()];
type OpenCommand = Extract<RectifyCommand, { do: 'open-rectification' }>;
const open = (more: Partial<OpenCommand> = {}): OpenCommand => ({
  ...{ do: 'open-rectification', source: 'hand', area: 'store', offence: 'storage', what: '米袋直接放地上', who: 'wu' },
  ...{ due: noon + day, ...more },
});
const overdueAlarms = (one: Story) => one.only('raised').filter(({ alarm }) => alarm === 'overdue');
const why = (one: Story) => one.only('refused').map((fact) => fact.why);

/** One that was opened by hand by the chief; its number. */
function opened(one: Story, more: Partial<OpenCommand> = {}): number {
  one.asks(chief, open(more));
  return all(one).at(-1)!.id;
}

describe('what a camera of the kitchen sees', () => {
  test('is proposed with place, offence and the alarm, and opens nothing by itself', () => {
    const one = story();
    one.reads('cam', { no_hat: true });
    const [raised] = one.only('raised');
    expect(all(one)).toMatchObject([
      {
        stage: 'proposed',
        source: { from: 'alarm', alarm: raised!.seq, kind: 'hygiene' },
        place: { area: 'cooking', title: { zh: '烹饪区' } },
        offence: { key: 'no_hat', title: { zh: '未戴帽' } },
        times: 1,
      },
    ]);
    expect(one.only('rectification-opened')).toEqual([]);
  });

  test('is not proposed again while the first is not over, and is after it was dismissed with a reason', () => {
    const one = story();
    one.reads('cam', { no_hat: true });
    one.reads('cam', { masked: true });
    expect(all(one).map(({ offence }) => offence.key)).toEqual(['no_hat', 'masked']);
    const [hat] = all(one);
    one.asks(operator, { do: 'acknowledge', alarm: one.only('raised')[0]!.seq });
    one.asks(head, { do: 'close', alarm: one.only('raised')[0]!.seq, reason: 'G1' });
    one.reads('cam', { no_hat: true });
    expect(all(one)).toHaveLength(2);
    one.asks(chief, { do: 'dismiss-rectification', rectification: hat!.id, reason: ' ' });
    expect(why(one)).toEqual(['reason-missing']);
    one.asks(chief, { do: 'dismiss-rectification', rectification: hat!.id, reason: '误识别' });
    expect(one.state.rectifications.get(hat!.id)).toMatchObject({
      stage: 'dismissed',
      over: { by: 'sun', reason: '误识别' },
    });
  });

  test('shows the still of its alarm, with its hash, once that was brought', () => {
    const one = story();
    one.reads('cam', { masked: true });
    const duty = `snapshot/${one.only('raised')[0]!.seq}`;
    one.tell({ kind: 'outcome', duty, ok: true, brought: '17-3.jpg', sha256 });
    expect(all(one)).toMatchObject([{ picture: '17-3.jpg', sha256 }]);
  });

  test('is no matter of a rectification where the camera stands at the fence', () => {
    const one = story();
    one.site = { ...kitchen, canteen: { ...kitchen.canteen!, areas: {}, lists: {} } };
    one.reads('cam', { masked: true });
    expect(all(one)).toEqual([]);
  });
});

describe('whoever did it does not countersign', () => {
  test('nor does whoever was to do it, and a cook judges nobody', () => {
    const one = story();
    const id = opened(one, { who: 'zhou' });
    one.asks(operator, { do: 'answer-rectification', rectification: id, text: '已上架', picture: 'b.jpg', sha256 });
    for (const by of [operator, cook]) one.asks(by, { do: 'countersign-rectification', rectification: id });
    expect(why(one)).toEqual(['no-right', 'own-answer']);
    one.asks(chief, { do: 'countersign-rectification', rectification: id });
    expect(all(one)).toMatchObject([{ stage: 'countersigned', over: { by: 'sun' } }]);
  });

  test('the chief of the canteen has his own work judged by a head, and judges nothing outside the canteen', () => {
    const one = story();
    const id = opened(one);
    one.asks(chief, { do: 'answer-rectification', rectification: id, text: '已上架' });
    one.asks(chief, { do: 'countersign-rectification', rectification: id });
    const outside = opened(one, { place: '南门', offence: 'fire-safety', what: '消防通道被占', who: 'li' } as never);
    expect(why(one)).toEqual(['own-answer']);
    one.asks(head, { do: 'countersign-rectification', rectification: id });
    expect(one.state.rectifications.get(id)?.stage).toBe('countersigned');
    expect(outside).not.toBe(id);
    const { area: _area, ...nowhere } = open({ place: '南门', who: 'li', what: '消防通道被占' });
    one.asks(operator, nowhere);
    const gate = all(one).at(-1)!.id;
    one.asks(operator, { do: 'answer-rectification', rectification: gate, text: '已清' });
    one.asks(chief, { do: 'countersign-rectification', rectification: gate });
    // It is no matter of the canteen, so to its chief it is not there.
    expect(why(one)).toEqual(['own-answer', 'unknown-rectification']);
  });

  test('nor does he by another account of his own', () => {
    const one = story();
    one.site = { ...one.site, people: { ...one.site.people, chen: { id: 'chen', name: '陈校长', account: 'chen2' } } };
    const id = opened(one);
    one.asks({ name: 'chen2', role: 'operator' }, { do: 'answer-rectification', rectification: id, text: '已上架' });
    one.asks(head, { do: 'countersign-rectification', rectification: id });
    expect(why(one)).toEqual(['own-answer']);
    expect(one.state.rectifications.get(id)?.stage).toBe('answered');
  });
});

describe('what a guard finds on his round', () => {
  test('is not there for the canteen’s own people, until one of them is to put it right', () => {
    const one = story();
    one.tell({ kind: 'tick' });
    const source = { from: 'check-item', ask: words('东墙灯亮？'), by: '李强' } as const;
    const matter = { source, place: { title: words('东墙') }, offence: { key: 'item/light', title: words('灯') } };
    const seq = one.state.seq + 1;
    evolve(one.state, {
      ...{ kind: 'rectification-proposed', seq, at: one.now, hash: '', ...matter },
      ...{ what: words('不亮'), times: 1 },
    } as never);
    const sees = (by: User) => canteenView(one.site, one.state, by, one.now).rectifications.map(({ id }) => id);
    expect([sees(chief), sees(operator)]).toEqual([[], [seq]]);
    one.asks(chief, { do: 'dismiss-rectification', rectification: seq, reason: '不归我' });
    expect(why(one)).toEqual(['unknown-rectification']);
    one.asks(operator, { do: 'take-rectification', rectification: seq, who: 'wu', due: noon + day });
    expect(sees(chief)).toEqual([seq]);
  });

  test('and what is overdue says to whoever set the school up neither who nor where', () => {
    const one = story();
    opened(one);
    ticks(one, noon + day + minute);
    const [raised] = overdueAlarms(one);
    expect(JSON.stringify(raised)).toContain('吴阿姨');
    expect(JSON.stringify(redact('integrator', one.site, raised! as never))).not.toContain('吴阿姨');
    expect(JSON.stringify(redactState('integrator', one.site, encodeState(one.state)))).not.toContain('吴阿姨');
  });

  test('what is returned has a reason and a new date, and everybody who ever answered it stays out', () => {
    const one = story();
    const id = opened(one);
    one.asks(cook, { do: 'answer-rectification', rectification: id, text: '已上架' });
    one.asks(head, { do: 'return-rectification', rectification: id, reason: '照片看不清', due: noon });
    one.asks(head, { do: 'return-rectification', rectification: id, reason: '照片看不清', due: noon + 2 * day });
    expect(why(one)).toEqual(['due-wrong']);
    expect(all(one)).toMatchObject([
      { stage: 'open', due: noon + 2 * day, answers: [{ by: 'zhou', returned: { by: 'chen', reason: '照片看不清' } }] },
    ]);
    one.asks(head, { do: 'answer-rectification', rectification: id, text: '我看过，好了' });
    one.asks(head, { do: 'countersign-rectification', rectification: id });
    expect(why(one)).toEqual(['due-wrong', 'own-answer']);
  });
});

describe('a date that is past', () => {
  test('is told once, as a fact and an alarm, and is over with the answer', () => {
    const one = story();
    const id = opened(one);
    ticks(one, noon + day - 1);
    expect(one.only('rectification-overdue')).toEqual([]);
    for (const at of [noon + day, noon + day + minute, noon + 2 * day]) ticks(one, at);
    expect(one.only('rectification-overdue')).toMatchObject([{ rectification: id, due: noon + day }]);
    expect(overdueAlarms(one)).toMatchObject([{ priority: 3, active: true }]);
    one.asks(cook, { do: 'answer-rectification', rectification: id, text: '已上架' });
    expect(one.only('returned-to-normal')).toHaveLength(1);
    expect(all(one)).toMatchObject([{ overdueTimes: 1 }]);
    expect(all(one)[0]).not.toHaveProperty('overdueSince');
  });

  test('outlives a restart: the alarm stands until somebody answers', () => {
    const one = story();
    opened(one);
    ticks(one, noon + day);
    one.tell({ kind: 'started', version: 'test', config: 'test' });
    ticks(one, noon + day + minute);
    expect(overdueAlarms(one)).toHaveLength(1);
    expect(one.only('returned-to-normal')).toEqual([]);
  });

  test('is moved three times by the canteen, each with a reason, and then by a head alone', () => {
    const one = story();
    const id = opened(one);
    const move = (by: User, n: number): void =>
      void one.asks(by, {
        ...{ do: 'move-rectification', rectification: id, who: 'wu', due: noon + (1 + n) * day, reason: '等配件' },
      });
    for (const n of [1, 2, 3, 4]) move(chief, n);
    expect(why(one)).toEqual(['moved-enough']);
    move(head, 5);
    expect(all(one)).toMatchObject([{ moves: 4, due: noon + 6 * day }]);
  });

  test('does not move when somebody sets the machine’s clock, while what has lasted goes on lasting', () => {
    const one = story();
    opened(one);
    const { due, foundAt } = all(one)[0]!;
    one.setsClock(2 * hour);
    expect(all(one)).toMatchObject([{ due, foundAt: foundAt + 2 * hour }]);
  });
});

test('a repeated offence says the how-manieth it is, and what was withdrawn is none', () => {
  const one = story();
  const first = opened(one);
  one.asks(cook, { do: 'answer-rectification', rectification: first, text: '好了' });
  one.asks(chief, { do: 'countersign-rectification', rectification: first });
  const second = opened(one, { what: '又放地上' });
  one.asks(cook, { do: 'withdraw-rectification', rectification: second, reason: '看错了' });
  one.asks(chief, { do: 'withdraw-rectification', rectification: second, reason: '看错了' });
  expect(why(one)).toEqual(['not-opener']);
  opened(one, { what: '第三次放地上' });
  opened(one, { what: '砧板混用', offence: 'hygiene' });
  expect(all(one).map(({ times }) => times)).toEqual([1, 2, 2, 1]);
  one.now = noon + 31 * day;
  expect(one.state.rectifications.get(opened(one, { what: '一个月后', due: one.now + day }))).toMatchObject({
    times: 1,
  });
});

test('a second tap opens no second one, and nobody opens one for a person or a date there is not', () => {
  const one = story();
  opened(one);
  opened(one);
  expect(all(one)).toHaveLength(1);
  one.asks(chief, open({ who: 'nobody' }));
  one.asks(chief, open({ due: noon - 1 }));
  one.asks(chief, open({ due: noon + 91 * day }));
  one.asks(chief, open({ area: 'roof' }));
  one.asks(chief, open({ what: ' ' }));
  one.asks(guard, open());
  expect(why(one)).toEqual(['unknown-person', 'due-wrong', 'due-wrong', 'unknown-place', 'text-missing', 'no-right']);
});

test('guards and whoever set the school up see none of it, and the desk sees all', () => {
  const one = story();
  opened(one);
  const whole = encodeState(one.state);
  for (const by of [guard, integrator]) expect(redactState(by.role, kitchen, whole).rectifications).toEqual([]);
  expect(redactState('operator', kitchen, whole).rectifications).toHaveLength(1);
  expect(decodeState(whole).rectifications).toEqual(one.state.rectifications);
});

describe('whatever people do and whenever', () => {
  const people = [chief, cook, head, operator];
  const step = fc.record({
    by: fc.constantFrom(...people),
    what: fc.constantFrom(
      ...([
        'open',
        'seen',
        'take',
        'dismiss',
        'move',
        'answer',
        'answer',
        'sign',
        'sign',
        'return',
        'withdraw',
      ] as const),
      ...(['tick', 'tick', 'clock'] as const),
    ),
    which: fc.nat({ max: 4 }),
    who: fc.constantFrom('wu', 'zhou', 'sun'),
    hours: fc.integer({ min: 1, max: 60 }),
  });
  type RandomStep = typeof step extends fc.Arbitrary<infer S> ? S : never;

  function does(one: Story, { by, what, which, who, hours }: RandomStep, n: number): void {
    const known = all(one);
    const rectification = known[known.length - 1 - which]?.id ?? 0;
    const due = one.now + hours * hour;
    const asked: Partial<Record<RandomStep['what'], Command>> = {
      open: { ...open({ who, due, what: `第 ${n} 次` }) },
      take: { do: 'take-rectification', rectification, who, due },
      dismiss: { do: 'dismiss-rectification', rectification, reason: '误报' },
      move: { do: 'move-rectification', rectification, who, due, reason: '等' },
      answer: { do: 'answer-rectification', rectification, text: `好了 ${n}` },
      sign: { do: 'countersign-rectification', rectification },
      return: { do: 'return-rectification', rectification, due, reason: '不行' },
      withdraw: { do: 'withdraw-rectification', rectification, reason: '误' },
    };
    const command = asked[what];
    if (command) one.asks(by, command);
    else if (what === 'seen') one.reads('cam', { no_hat: true });
    else if (what === 'tick') ticks(one, one.now + hours * hour);
    else one.setsClock((which - 2) * 3 * hour);
  }

  test('nobody countersigns what he did or was to do, each date is overdue at most once, and nothing is lost by a step of the clock', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const one = story();
        for (const [n, next] of steps.entries()) {
          const before = all(one);
          does(one, next, n);
          if (next.what !== 'clock') continue;
          expect(all(one).map(({ id, stage, due }) => [id, stage, due])).toEqual(
            before.map(({ id, stage, due }) => [id, stage, due]),
          );
        }
        for (const { rectification: id, by } of one.only('rectification-countersigned')) {
          const answered = one.only('rectification-answered').filter((fact) => fact.rectification === id);
          expect(answered.length).toBeGreaterThan(0);
          expect(answered.map((fact) => fact.by)).not.toContain(by);
          expect(one.state.rectifications.get(id)?.who?.account).not.toBe(by);
        }
        const dates = one.only('rectification-overdue').map(({ rectification, due }) => `${rectification} ${due}`);
        expect(new Set(dates).size).toBe(dates.length);
        for (const { stage, overdueSince } of all(one)) if (overdueSince !== undefined) expect(stage).toBe('open');
        expect(decodeState(JSON.parse(JSON.stringify(encodeState(one.state)))).rectifications).toEqual(
          one.state.rectifications,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('a guard', () => {
  const report = (more: object = {}): RectifyCommand => ({
    ...{
      do: 'report-rectification',
      place: '西楼梯',
      offence: 'fire-safety',
      what: '消防通道堆物',
      picture: 'a.jpg',
      sha256,
    },
    ...more,
  });

  test('reports what he found with a photograph, which opens nothing until somebody takes it on, and is told once', () => {
    const one = story();
    one.asks(guard, report());
    one.asks(guard, report());
    expect(all(one)).toMatchObject([
      {
        stage: 'proposed',
        source: { from: 'hand', by: guard.name },
        place: { title: { zh: '西楼梯' } },
        picture: 'a.jpg',
      },
    ]);
    one.asks(guard, report({ place: ' ' }));
    one.asks(guard, report({ what: ' ' }));
    expect(why(one)).toEqual(['unknown-place', 'text-missing']);
    one.asks(guard, open());
    expect(why(one).at(-1)).toBe('no-right');
  });

  test('answers what was given to him and nothing else, and does not countersign it', () => {
    const one = story();
    one.asks(guard, report());
    const [id] = all(one).map((each) => each.id);
    const answer: Command = {
      do: 'answer-rectification',
      rectification: id!,
      text: '已清走',
      picture: 'b.jpg',
      sha256,
    };
    one.asks(operator, { do: 'take-rectification', rectification: id!, who: 'li', due: noon + day });
    const other: User = { name: 'somebody', role: 'guard' };
    one.asks(other, answer);
    expect(why(one)).toEqual(['unknown-rectification']);
    expect(ownLedger(one.site, one.state, other, one.now)).toEqual([]);
    const li: User = { name: one.site.people.li!.account ?? one.site.people.li!.name, role: 'guard' };
    expect(ownLedger(one.site, one.state, li, one.now)).toMatchObject([{ id, mine: true }]);
    one.asks(li, answer);
    expect(all(one)).toMatchObject([
      { stage: 'answered', picture: 'a.jpg', answers: [{ by: li.name, picture: 'b.jpg' }] },
    ]);
    one.asks(li, { do: 'countersign-rectification', rectification: id! });
    expect(why(one).at(-1)).toBe('no-right');
    one.asks(head, { do: 'countersign-rectification', rectification: id! });
    expect(all(one)).toMatchObject([{ stage: 'countersigned' }]);
  });
});
