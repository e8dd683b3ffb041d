/**
 * What a report is told of a point that nobody reached: the alarm that said so, and the still that was kept of that moment and of no other.
 */
import { expect, test } from 'vitest';
import type { Event, Fact } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { dataFolder, listeningLog } from './place.ts';

const minute = 60_000;
const evening = Date.parse('2026-11-23T20:00:00+08:00');
const key = 'night/p2/missed';

/** A journal of rounds, each a day after the one before; `after` tells facts after the miss of a round, given the alarm that is open. */
async function nights(rounds: readonly { readonly raises: boolean; readonly after?: (alarm: number) => Fact[] }[]) {
  const events: Event[] = [
    { kind: 'started', version: 't', config: 'c', utcOffsetMin: 480, seq: 1, at: evening - minute },
  ];
  const add = (at: number, fact: Fact) => void events.push({ ...fact, seq: events.length + 1, at } as Event);
  let alarm = 0;
  for (const [day, { raises, after }] of rounds.entries()) {
    const start = evening + day * 1_440 * minute;
    const round = `night@${day}`;
    add(start - minute, { kind: 'opened', round, route: 'night', start, person: 'li' });
    add(start, {
      kind: 'checked',
      round,
      checkpoint: 'p1',
      verdict: 'on-time',
      sourceTime: start,
      offMs: 0,
      card: 'C',
    });
    add(start + 20 * minute, { kind: 'checked', round, checkpoint: 'p2', verdict: 'missed' });
    if (raises) {
      const about = { key, alarm: 'missed', priority: 3, device: 'r2', cause: `${round}/p2`, active: false } as const;
      add(start + 20 * minute, { kind: 'raised', ...about, round, checkpoint: 'p2' });
      alarm = events.length;
    }
    for (const fact of after?.(alarm) ?? []) add(start + 21 * minute, fact);
  }
  const journal = await openJournal({ dir: await dataFolder(), log: listeningLog() });
  await journal.append(events);
  const checks = await journal.checksOf(rounds.map((_, day) => `night@${day}`));
  await journal.close();
  const of = (checkpoint: string) =>
    checks
      .filter((one) => one.checkpoint === checkpoint)
      .sort((a, b) => a.seq - b.seq)
      .map(({ alarm: said, picture }) => [said, picture]);
  return { of, checks };
}
const brought = (alarm: number): Fact => ({
  ...{ kind: 'done', duty: `snapshot/${alarm}`, ok: true, brought: `${alarm}.jpg` },
});
const closed = (alarm: number): Fact => ({ kind: 'closed', alarm, by: 'wang', reason: 'E1' });

test('a point that was missed names its alarm and the still of it, one that was reached none', async () => {
  const { of, checks } = await nights([{ raises: true, after: (alarm) => [brought(alarm)] }]);
  expect(of('p2')).toEqual([[5, '5.jpg']]);
  expect(of('p1')).toEqual([[undefined, undefined]]);
  expect(checks.every((one) => !('route' in one))).toBe(true);
});

test('while an alarm is open it speaks for later rounds too, whose moment its still does not show', async () => {
  const { of } = await nights([{ raises: true, after: (alarm) => [brought(alarm)] }, { raises: false }]);
  expect(of('p2')).toEqual([
    [5, '5.jpg'],
    [5, undefined],
  ]);
});

test('an alarm that was closed speaks for no later round', async () => {
  const rounds = [{ raises: true, after: (alarm: number) => [closed(alarm)] }, { raises: false }, { raises: true }];
  const { of } = await nights(rounds);
  expect(of('p2')).toEqual([
    [5, undefined],
    [undefined, undefined],
    [13, undefined],
  ]);
});

test('a miss that is judged anew later keeps the alarm and the still of then', async () => {
  const again: Fact = { kind: 'checked', round: 'night@0', checkpoint: 'p2', verdict: 'by-hand', before: 'missed' };
  const { of } = await nights([{ raises: true, after: (alarm) => [brought(alarm), closed(alarm), again] }]);
  expect(of('p2')).toEqual([[5, '5.jpg']]);
});
