/**
 * What is told late: a baton read out days or weeks after its round, twice, in any order, or taken back again. The verdicts are
 * those of a gateway that had heard every touch in its time, and what was said before is corrected by name.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Time } from '../../src/core/types.ts';
import { minute, monday, operator, Story } from './school.ts';

const start = monday + 20 * 60 * minute;
const day = 24 * 60 * minute;
const round = 'night@2026-11-23T20:00';
const card = '0F004EBEFC';
const plan: Record<string, number> = { r1: 5, r2: 10, r3: 15 };

const checksOf = (story: Story) => (story.state.rounds.get(round) ?? story.state.pastRounds.get(round))?.checks;
const verdictsOf = (story: Story) =>
  Object.fromEntries(Object.entries(checksOf(story) ?? {}).map(([id, { verdict }]) => [id, verdict]));

/** Lets time pass, with a look at the clock every hour. */
function pass(story: Story, until: Time): void {
  while (story.now < until) {
    story.now = Math.min(until, story.now + 60 * minute);
    story.tell({ kind: 'tick' });
    story.tell({ kind: 'tick' });
  }
}
const told = (story: Story, reader: string, offSec = 0, by = card) =>
  story.reads(reader, { scan: by }, { sourceTime: start + plan[reader]! * minute + offSec * 1_000 });
const missed = (story: Story) => [...story.state.alarms.values()].filter(({ kind }) => kind === 'missed');

describe('a touch that is told late', () => {
  test.each([1, 3, 20, 34])('corrects the round after %d days', (days) => {
    const story = new Story();
    pass(story, start + 60 * minute);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'missed', p3: 'missed' });
    pass(story, start + days * day);
    const events = ['r1', 'r2', 'r3'].flatMap((reader) => told(story, reader));
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time', p3: 'on-time' });
    expect(events.filter(({ kind }) => kind === 'checked')).toMatchObject(
      ['p1', 'p2', 'p3'].map((checkpoint) => ({ checkpoint, before: 'missed', verdict: 'on-time', uploaded: true })),
    );
    expect(
      story
        .only('completed')
        .filter((one) => one.round === round)
        .at(-1)?.counts,
    ).toMatchObject({ 'on-time': 3 });
  });

  test('takes back the alarm that the point was missed, and says when somebody was there', () => {
    const story = new Story();
    pass(story, start + 60 * minute);
    const before = missed(story).map(({ id, checkpoint }) => [checkpoint, id] as const);
    const [[, acked] = ['', 0]] = before;
    story.asks(operator, { do: 'acknowledge', alarm: acked });
    told(story, 'r1');
    told(story, 'r2');
    // What a person has taken stays with him, marked; what nobody has is closed.
    expect(missed(story).map(({ checkpoint }) => checkpoint)).toEqual(['p1', 'p3']);
    expect(missed(story)[0]).toHaveProperty('returnedAt');
    expect(story.only('returned-to-normal').map(({ why }) => why?.en)).toEqual([
      'uploaded later: the point was reached at 2026-11-23 20:05',
      'uploaded later: the point was reached at 2026-11-23 20:10',
    ]);
    expect(story.only('closed')).toMatchObject([{ reason: 'F7', note: '2026-11-23 20:10' }]);
  });

  test('leaves the alarm that speaks for another round as well', () => {
    const story = new Story();
    pass(story, start + day + 60 * minute);
    expect(missed(story).map(({ count }) => count)).toEqual([2, 2, 2]);
    told(story, 'r1');
    expect(missed(story)).toHaveLength(3);
    story.reads('r1', { scan: card }, { sourceTime: start + day + 5 * minute });
    expect(missed(story).map(({ checkpoint }) => checkpoint)).toEqual(['p2', 'p3']);
  });

  test('of a day when the gateway was off is judged with its round, which raises nothing', () => {
    const story = new Story();
    story.now = start + 5 * day;
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    told(story, 'r1', 10);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'missed', p3: 'missed' });
    expect(missed(story)).toEqual([]);
  });
});

test('an import that is undone leaves every round as if it had never been', () => {
  const story = new Story();
  told(story, 'r1');
  pass(story, start + 3 * day);
  told(story, 'r3');
  const before = JSON.stringify(checksOf(story));
  const touches = ['r1', 'r2'].map((reader) => ({
    reader,
    card: 'baton',
    sourceTime: start + plan[reader]! * minute + 9_000,
  }));
  story.asks(operator, { do: 'import-touches', file: 'a.csv', batch: 'abc', touches });
  expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time', p3: 'on-time' });
  story.asks(operator, { do: 'undo-import', batch: 'abc' });
  expect(JSON.stringify(checksOf(story))).toEqual(before);
  expect(story.asks(operator, { do: 'undo-import', batch: 'abc' })).toMatchObject([{ why: 'unknown-import' }]);
  story.asks(operator, { do: 'import-touches', file: 'a.csv', batch: 'abc', touches });
  expect(verdictsOf(story).p2).toBe('on-time');
});

test('an import that is undone while there is time leaves the point open', () => {
  const story = new Story();
  story.now = start + 6 * minute;
  story.tell({ kind: 'tick' });
  const touches = [{ reader: 'r1', card: 'baton', sourceTime: start + 5 * minute }];
  story.asks(operator, { do: 'import-touches', file: 'a.csv', batch: 'abc', touches });
  story.asks(operator, { do: 'undo-import', batch: 'abc' });
  expect(verdictsOf(story)).toEqual({});
  expect(story.only('unchecked')).toMatchObject([{ checkpoint: 'p1', before: 'on-time' }]);
});

test('any order, repetition and delay of the same touches gives the same verdicts', () => {
  const touch = fc.record({
    reader: fc.constantFrom('r1', 'r2', 'r3'),
    offSec: fc.integer({ min: -119, max: 479 }),
    by: fc.constantFrom(card, card, '0F004EC101', 'FFFF'),
  });
  const scene = fc.record({
    made: fc.uniqueArray(touch, { minLength: 1, maxLength: 6, selector: (one) => JSON.stringify(one) }),
    luck: fc.infiniteStream(fc.nat({ max: 7 * 24 })),
  });
  /** Tells each touch so many hours after it was made. */
  const tell = (list: readonly { reader: string; offSec: number; by: string; hours: number }[]) => {
    const story = new Story();
    const due = list
      .map((one) => ({ ...one, at: start + plan[one.reader]! * minute + one.offSec * 1_000 + one.hours * 60 * minute }))
      .sort((a, b) => a.at - b.at);
    for (const { at, reader, offSec, by } of due) {
      pass(story, at);
      told(story, reader, offSec, by);
    }
    pass(story, start + 8 * day);
    return ['p1', 'p2', 'p3'].map((id) => ({ ...checksOf(story)?.[id], uploaded: undefined }));
  };
  fc.assert(
    fc.property(scene, ({ made, luck }) => {
      const live = tell(made.map((one) => ({ ...one, hours: 0 })));
      const later = [...made, ...made].map((one) => ({ ...one, hours: luck.next().value }));
      expect(JSON.stringify(tell(later))).toEqual(JSON.stringify(live));
    }),
    { numRuns: 60 },
  );
});
