/**
 * Every touch is kept, whether it fits a round or not, and the same touch twice is one.
 */
import { describe, expect, test } from 'vitest';
import { guard, head, minute, monday, operator, Story } from './school.ts';

const card = '0F004EBEFC';
const start = monday + 20 * 60 * minute;

describe('a touch', () => {
  test('that fits no round is a fact all the same', () => {
    const story = new Story(monday + 10 * 60 * minute);
    story.reads('r1', { scan: card }, { sourceTime: story.now - 1_000 });
    expect(story.only('touched')).toMatchObject([
      { reader: 'r1', card, person: 'li', sourceTime: story.now - 1_000, source: 'online' },
    ]);
    expect(story.only('checked')).toEqual([]);
  });

  test('of an unknown card names nobody', () => {
    const story = new Story();
    story.reads('r1', { scan: 'FFFF' });
    expect(story.only('touched')).toMatchObject([{ card: 'FFFF', sourceTime: story.now }]);
    expect(story.only('touched')[0]).not.toHaveProperty('person');
  });

  test('told again within its second changes nothing', () => {
    const story = new Story(start + 5 * minute);
    for (const ms of [0, 400, 999]) story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute - 1_000 + ms });
    story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute });
    expect(story.only('touched')).toHaveLength(2);
    expect(story.only('checked')).toHaveLength(1);
  });

  test('by a clock that runs ahead keeps the time it was told with, and says that it is in doubt', () => {
    const story = new Story(start + 5 * minute);
    const sourceTime = story.now + 60 * minute;
    story.reads('r1', { scan: card }, { sourceTime });
    expect(story.only('touched')).toMatchObject([{ sourceTime, doubt: true, countedAs: story.now }]);
  });
});

describe('an import', () => {
  const touches = [
    { reader: 'r1', card, sourceTime: start + 5 * minute },
    { reader: 'r2', card: 'baton', person: 'zhang', sourceTime: start + 10 * minute },
    { reader: 'r1', card, sourceTime: start + 5 * minute + 300 },
  ];
  const ask = { do: 'import-touches', file: '巡更.csv', batch: 'abc', touches } as const;
  const late = () => {
    const story = new Story();
    story.now = start + 60 * minute;
    for (let i = 0; i < 2; i++) story.tell({ kind: 'tick' });
    return story;
  };

  test('is a fact, its new touches are facts after it, and the rounds they fit are judged', () => {
    const story = late();
    const kinds = story.asks(operator, ask).map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['imported', 'touched']);
    expect(story.only('imported')).toMatchObject([{ batch: 'abc', file: '巡更.csv', by: 'wang', taken: 2, known: 1 }]);
    expect(story.only('touched').map(({ person, source, batch }) => [person, source, batch])).toEqual([
      ['li', 'import', 'abc'],
      ['zhang', 'import', 'abc'],
    ]);
    expect(story.state.rounds.get('night@2026-11-23T20:00')?.checks).toMatchObject({
      p1: { verdict: 'on-time' },
      p2: { person: 'zhang' },
      p3: { verdict: 'missed' },
    });
    expect(story.only('completed').at(-1)?.counts.missed).toBe(1);
  });

  test('of the same file again is refused without its rows, and a longer file brings what is new in it', () => {
    const story = late();
    story.asks(operator, ask);
    expect(story.asks(head, ask)).toMatchObject([
      { kind: 'refused', why: 'already-imported', command: { touches: [] } },
    ]);
    const more = [...touches, { reader: 'r3', card, sourceTime: start + 15 * minute }];
    story.asks(head, { ...ask, batch: 'def', touches: more });
    expect(story.only('imported').at(-1)).toMatchObject({ taken: 1, known: 3 });
  });

  test('that differs from a file before by seconds is the same, and is another in another minute', () => {
    const story = late();
    const at = touches[0]!.sourceTime;
    const inMinute = Math.floor(at / minute) * minute;
    const taken = (batch: string, sourceTime: number) => {
      story.asks(head, { ...ask, batch, touches: [{ ...touches[0]!, sourceTime }] });
      return story.only('imported').at(-1)?.taken;
    };
    expect(taken('b', inMinute + 1_000)).toBe(1);
    expect(taken('c', inMinute + 59_000)).toBe(0);
    expect(taken('d', inMinute + 60_000)).toBe(1);
  });

  test('is for those at the desk', () => {
    expect(late().asks(guard, ask)).toMatchObject([{ kind: 'refused', why: 'no-right' }]);
  });

  test('does not judge a row of the future', () => {
    const story = late();
    const future = { reader: 'r3', card, sourceTime: story.now + 60 * minute };
    story.asks(operator, { ...ask, touches: [future] });
    expect(story.only('touched')).toMatchObject([{ ...future, doubt: true }]);
    expect(story.only('touched')[0]).not.toHaveProperty('countedAs');
  });
});
