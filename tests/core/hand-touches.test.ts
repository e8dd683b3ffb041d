/**
 * What a person writes down by hand: kept with who wrote it and why, never counted as having been there, and taken back by a fact.
 */
import { describe, expect, test } from 'vitest';
import { maySee } from '../../src/core/site/sight-facts.ts';
import type { Command, Role, User } from '../../src/core/types.ts';
import { guard, head, integrator, minute, monday, operator, Story } from './school.ts';

const card = '0F004EBEFC';
const start = monday + 20 * 60 * minute;
const round = 'night@2026-11-23T20:00';
const admin: User = { name: 'admin', role: 'admin' };

/** An hour after a round that nobody walked. */
function missed(): Story {
  const story = new Story(start);
  story.now = start + 60 * minute;
  story.tell({ kind: 'tick' });
  return story;
}
type Written = Extract<Command, { do: 'write-touch' }>;
const asked = (more: Partial<Written> = {}): Written => ({
  ...{ do: 'write-touch', reader: 'r1', person: 'li', sourceTime: start + 5 * minute, reason: '读卡器没电' },
  ...more,
});

describe('a touch written down by hand', () => {
  test('is a touch with who wrote it and why, and the point is said to be by hand and not reached', () => {
    const story = missed();
    const alarms = story.only('raised').length;
    expect(story.kinds(story.asks(operator, asked()))).toEqual(['touched', 'checked', 'completed']);
    expect(story.only('touched')).toMatchObject([
      { source: 'hand', card: '', person: 'li', by: 'wang', reason: '读卡器没电', sourceTime: start + 5 * minute },
    ]);
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'by-hand', person: 'li' });
    expect(story.only('completed').at(-1)?.counts).toMatchObject({ 'on-time': 0, missed: 2, 'by-hand': 1 });
    expect(story.only('closed')).toEqual([]);
    expect(story.only('raised')).toHaveLength(alarms);
  });

  test('while the point can still be reached says nothing yet, and is passed over for a card that comes', () => {
    const story = new Story(start + 6 * minute);
    expect(story.kinds(story.asks(operator, asked()))).toEqual(['touched']);
    story.reads('r1', { scan: card }, { sourceTime: start + 6 * minute });
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'on-time', card });
  });

  test('does not keep the reader from telling the very same second later', () => {
    const story = missed();
    story.asks(operator, asked());
    story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute });
    expect(story.only('touched').map(({ source }) => source)).toEqual(['hand', 'upload']);
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'on-time' });
  });

  test('is withdrawn with a reason, and the point is missed again', () => {
    const story = missed();
    const [touched] = story.asks(operator, asked());
    const ask = { do: 'withdraw-touch', touch: touched!.seq, reason: '写错了人' } as const;
    expect(story.kinds(story.asks(head, ask))).toEqual(['touch-withdrawn', 'checked', 'completed']);
    expect(story.state.rounds.get(round)?.checks.p1).toMatchObject({ verdict: 'missed' });
    expect(story.state.touches.size).toBe(0);
    expect(story.asks(head, ask)).toMatchObject([{ kind: 'refused', why: 'unknown-touch' }]);
  });

  test('more than twice in a week of one person is asked about, of each person apart', () => {
    const story = missed();
    for (const [n, reader] of ['r1', 'r2', 'r3'].entries())
      for (const person of ['li', 'zhang'])
        story.asks(operator, asked({ reader, person, sourceTime: start + (5 + 5 * n) * minute }));
    for (const hours of [24, 25]) {
      story.now = start + hours * 60 * minute;
      story.tell({ kind: 'tick' });
    }
    const found = story.only('suspected').filter(({ rule }) => rule === 'by-hand');
    expect(found.map(({ person, count }) => [person, count])).toEqual([
      ['li', 3],
      ['zhang', 3],
    ]);
  });

  test('is known to those who answer for the guards, and not to guards or installers', () => {
    const story = missed();
    const [touched] = story.asks(operator, asked());
    story.asks(operator, { do: 'withdraw-touch', touch: touched!.seq, reason: '写错' });
    const [withdrawn] = story.only('touch-withdrawn');
    const sees = (role: Role) => maySee(role, touched!) || maySee(role, withdrawn!);
    expect((['operator', 'head', 'auditor', 'guard', 'integrator'] as const).map(sees)).toEqual([
      ...[true, true, true, false, false],
    ]);
  });
});

describe('what cannot be written down by hand is refused and changes nothing', () => {
  test.each([
    ['by a guard, not even for himself', guard, {}, 'no-right'],
    ['by an installer', integrator, {}, 'no-right'],
    ['by an administrator of accounts', admin, {}, 'no-right'],
    ['at a point that is none', operator, { reader: 'r9' }, 'unknown-checkpoint'],
    ['at a device that is no point', operator, { reader: 'cam' }, 'unknown-checkpoint'],
    ['of somebody unknown', operator, { person: 'nobody' }, 'unknown-person'],
    ['of somebody called like an inner word', operator, { person: '__proto__' }, 'unknown-person'],
    ['of the future', operator, { sourceTime: start + 61 * minute }, 'in-future'],
    ['of more than five weeks ago', operator, { sourceTime: start - 35 * 24 * 60 * minute }, 'too-old'],
    ['without a reason', head, { reason: '  ' }, 'reason-missing'],
  ] as const)('%s', (_, by, more, why) => {
    const story = missed();
    expect(story.asks(by, asked(more))).toMatchObject([{ kind: 'refused', why }]);
    expect(story.state.touches.size).toBe(0);
  });

  test('twice the same is one, and the same by somebody else or with another reason is refused', () => {
    const story = missed();
    story.asks(operator, asked());
    expect(story.asks(operator, asked())).toEqual([]);
    expect(story.asks(head, asked())).toMatchObject([{ why: 'already-touched' }]);
    expect(story.asks(operator, asked({ reason: '再补一次', sourceTime: start + 5 * minute + 30_000 }))).toMatchObject([
      { why: 'already-touched' },
    ]);
    expect(story.only('touched')).toHaveLength(1);
  });

  test('what a reader has told already', () => {
    const story = missed();
    story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute + 20_000 });
    expect(story.asks(operator, asked())).toMatchObject([{ why: 'already-touched' }]);
  });

  test('a touch of a reader is not withdrawn, nor one without a reason', () => {
    const story = missed();
    const [touched] = story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute });
    expect(story.asks(head, { do: 'withdraw-touch', touch: touched!.seq, reason: '不要' })).toMatchObject([
      { why: 'unknown-touch' },
    ]);
    expect(story.asks(head, { do: 'withdraw-touch', touch: 1, reason: '' })).toMatchObject([{ why: 'reason-missing' }]);
    expect(story.state.touches.size).toBe(1);
  });
});
