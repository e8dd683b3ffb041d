/**
 * Rounds and their verdicts, from plan and scans alone.
 * The last test is the important one: the order in which scans reach us must never matter.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Time } from '../../src/core/types.ts';
import { minute, monday, Story, school } from './school.ts';

const start = monday + 20 * 60 * minute;
const card = '0F004EBEFC';
const plan: Record<string, number> = { r1: 5, r2: 10, r3: 15 };
const round = 'night@2026-11-23T20:00';

function walk(story: Story, scans: readonly (readonly [reader: string, minutes: number])[]): void {
  for (const [reader, minutes] of scans) {
    story.now = start + minutes * minute;
    story.tell({ kind: 'tick' });
    story.reads(reader, { scan: card }, { sourceTime: story.now });
  }
}
const verdictsOf = (story: Story): Record<string, string> =>
  Object.fromEntries(
    Object.entries(story.state.rounds.get(round)?.checks ?? {}).map(([id, check]) => [id, check.verdict]),
  );

function end(story: Story): void {
  story.now = Math.max(story.now, start + 60 * minute);
  story.tell({ kind: 'tick' });
  story.tell({ kind: 'tick' });
}

describe('a round', () => {
  test('opens by plan, names who is planned, and is complete when every point was reached on time', () => {
    const story = new Story();
    walk(story, [
      ['r1', 5],
      ['r2', 12],
      ['r3', 15],
    ]);
    end(story);
    expect(story.only('opened')).toMatchObject([{ round, person: 'li', start }]);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time', p3: 'on-time' });
    expect(story.only('completed')).toMatchObject([{ counts: { 'on-time': 3, missed: 0 } }]);
    expect(story.only('raised').filter((raised) => raised.alarm === 'missed')).toEqual([]);
  });

  test('tells early, late and missed apart by the limits of its points', () => {
    const story = new Story();
    walk(story, [
      ['r1', 2.9],
      ['r2', 13.1],
    ]);
    end(story);
    expect(verdictsOf(story)).toEqual({ p1: 'early', p2: 'late', p3: 'missed' });
    expect(story.only('raised').filter((r) => r.alarm === 'missed')).toMatchObject([
      { priority: 3, checkpoint: 'p3', round },
    ]);
    const checks = story.state.rounds.get(round)!.checks;
    expect(checks.p1).toMatchObject({ card, person: 'li', offMs: -2.1 * minute });
    expect(checks.p2?.offMs).toBeCloseTo(3.1 * minute, 3);
  });

  test('calls a point that was passed by and touched afterwards out of order', () => {
    const story = new Story();
    walk(story, [
      ['r1', 5],
      ['r3', 13],
      ['r2', 14],
    ]);
    end(story);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'wrong-order', p3: 'on-time' });
  });

  test('lets one stray touch spoil its own point and not those that were walked in order', () => {
    const story = new Story();
    walk(story, [
      ['r3', 0],
      ['r1', 5],
      ['r2', 10],
    ]);
    end(story);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time', p3: 'wrong-order' });
  });

  test('counts the first of two touches that are on time', () => {
    const story = new Story();
    walk(story, [
      ['r1', 5],
      ['r1', 6],
    ]);
    expect(story.only('checked')).toHaveLength(1);
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ offMs: 0 });
  });

  test('does not blame a guard who came early and then on time', () => {
    const story = new Story();
    walk(story, [
      ['r1', 0],
      ['r1', 4],
    ]);
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'on-time', offMs: -minute });
    expect(story.only('checked').map(({ verdict, before }) => [verdict, before])).toEqual([
      ['early', undefined],
      ['on-time', 'early'],
    ]);
  });

  test('takes the touch of a point that keeps the order, where the same point was touched twice', () => {
    const story = new Story();
    walk(story, [
      ['r2', 8],
      ['r1', 8.5],
      ['r2', 11],
      ['r3', 15],
    ]);
    end(story);
    expect(verdictsOf(story)).toEqual({ p1: 'late', p2: 'on-time', p3: 'on-time' });
  });

  test('is not reached by a card of nobody, and says so when its time is over', () => {
    const story = new Story();
    story.now = start + 5 * minute;
    story.reads('r1', { scan: 'FFFF' });
    expect(story.only('checked')).toEqual([]);
    story.now += 9 * minute;
    story.tell({ kind: 'tick' });
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'unknown-card', card: 'FFFF' });
    expect(story.only('raised')).toMatchObject([{ alarm: 'missed', checkpoint: 'p1' }]);
  });

  test('that another walked than who is planned says so, and who is planned goes before him', () => {
    const story = new Story();
    story.now = start + 5 * minute;
    story.reads('r1', { scan: '0F004EC101' }, { sourceTime: story.now });
    story.reads('r2', { scan: '0F004EC101' }, { sourceTime: story.now });
    story.reads('r2', { scan: card }, { sourceTime: story.now + minute });
    expect(story.state.rounds.get(round)?.checks).toMatchObject({
      p1: { verdict: 'wrong-person', person: 'zhang' },
      p2: { person: 'li' },
    });
  });

  test('believes no reader whose clock runs ahead', () => {
    const story = new Story();
    story.now = start + 5 * minute;
    story.reads('r1', { scan: card }, { sourceTime: story.now + 3_600_000 });
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'on-time', sourceTime: story.now });
  });

  test('is corrected by a scan that was made in time and uploaded after the round was called missed', () => {
    const story = new Story();
    walk(story, [
      ['r1', 5],
      ['r3', 15],
    ]);
    end(story);
    expect(verdictsOf(story).p2).toBe('missed');
    story.reads('r2', { scan: card }, { sourceTime: start + 10 * minute });
    expect(story.state.rounds.get(round)?.checks.p2).toMatchObject({ verdict: 'on-time', uploaded: true });
    expect(story.only('completed').at(-1)).toMatchObject({ counts: { 'on-time': 3, missed: 0 } });
  });

  test('that nobody could report because the gateway was off is recorded but raises nothing', () => {
    const story = new Story();
    story.now = start + 60 * minute;
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    for (let i = 0; i < 3; i++) story.tell({ kind: 'tick' });
    expect(story.only('completed')).toMatchObject([{ counts: { missed: 3 } }]);
    expect(story.only('raised').filter((raised) => raised.alarm === 'missed')).toEqual([]);
  });

  test('that was over before the journal began is not judged', () => {
    const story = new Story(monday + 9 * 60 * minute);
    expect(story.only('opened')).toEqual([]);
  });

  test('that was over before its plan was configured is not judged', () => {
    const story = new Story(monday + 2 * 60 * minute);
    const late = { ...school.routes.night!, rounds: [{ days: [1], start: 7 * 60 }] };
    story.now = monday + 9 * 60 * minute;
    story.site = { ...school, routes: { night: late } };
    story.tell({ kind: 'configured', config: 'next', by: 'wang' });
    story.tell({ kind: 'tick' });
    expect(story.only('opened')).toEqual([]);
    const half = { ...late, rounds: [{ days: [1], start: 8 * 60 + 45 }] };
    story.site = { ...school, routes: { night: half } };
    story.tell({ kind: 'configured', config: 'third', by: 'wang' });
    for (let i = 0; i < 30; i++) {
      story.tell({ kind: 'tick' });
      story.now += minute;
    }
    expect(story.only('opened')).toHaveLength(1);
    const missed = story.only('raised').filter((raised) => raised.alarm === 'missed');
    expect(missed.map((raised) => raised.checkpoint)).toEqual(['p2', 'p3']);
  });

  test('is opened once by two cards in one message', () => {
    const story = new Story();
    const { r1, ...others } = school.devices;
    const points = { ...r1!.points, tag: { ...r1!.points.scan!, key: 'tag' } };
    story.site = { ...school, devices: { ...others, r1: { ...r1!, points } } };
    story.now = start + 5 * minute;
    story.reads('r1', { scan: card, tag: 'FFFF' });
    expect(story.only('opened')).toHaveLength(1);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time' });
  });

  test('goes by the clock on the wall after that was set back, although time in the journal does not', () => {
    const story = new Story(monday + 30 * 60 * minute);
    story.at = story.now;
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    for (const minutes of [-2, 0, 5, 10, 13.1, 13.2, 18.05, 23.05, 23.1]) {
      story.now = start + minutes * minute;
      story.at += 1_000;
      story.tell({ kind: 'tick' });
      if (minutes === 5) story.reads('r1', { scan: card });
    }
    expect(story.only('opened').filter((opened) => opened.round === round)).toHaveLength(1);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'missed', p3: 'missed' });
    expect(story.only('raised').filter((raised) => raised.alarm === 'missed')).toHaveLength(2);
    expect(story.only('completed')).toHaveLength(1);
  });

  test('is not opened again and again when the clock was two days ahead for a while', () => {
    const story = new Story(start - 5 * minute);
    story.now += 50 * 3_600_000;
    story.tell({ kind: 'tick' });
    story.tell({ kind: 'tick' });
    story.at = story.now;
    story.now = start;
    for (let i = 0; i < 5; i++) story.tell({ kind: 'tick' });
    expect(story.only('opened').filter((opened) => opened.round === round)).toHaveLength(1);
    expect(story.state.rounds.has(round)).toBe(true);
  });

  test('comes out the same in whatever order its scans reach us', () => {
    const scans = fc.uniqueArray(
      fc.record({ reader: fc.constantFrom('r1', 'r2', 'r3'), offSec: fc.integer({ min: -119, max: 479 }) }),
      { minLength: 1, maxLength: 6, selector: ({ reader, offSec }) => `${reader}${offSec}` },
    );
    const tell = (order: readonly { reader: string; offSec: number }[]) => {
      const story = new Story();
      end(story);
      for (const { reader, offSec } of order) {
        const taken: Time = start + plan[reader]! * minute + offSec * 1000;
        story.reads(reader, { scan: card }, { sourceTime: taken });
      }
      return story.state.rounds.get(round);
    };
    fc.assert(
      fc.property(scans, fc.infiniteStream(fc.nat()), (made, luck) => {
        const shuffled = made.map((scan) => ({ scan, rank: luck.next().value })).sort((a, b) => a.rank - b.rank);
        expect(tell(shuffled.map(({ scan }) => scan))).toEqual(tell(made));
      }),
    );
  });
});
