/**
 * A round for two: the touch of either counts, and who of the two was seen is said when it is over, whenever and in whatever order that is told.
 */
import { describe, expect, test } from 'vitest';
import type { Site } from '../../src/core/types.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const start = monday + 20 * 60 * minute;
const [li, zhang] = ['0F004EBEFC', '0F004EC101'];
const round = 'night@2026-11-23T20:00';
const night = school.routes.night!;
const site: Site = {
  ...school,
  people: { ...school.people, wu: { id: 'wu', name: '吴敏', card: 'W' } },
  routes: { night: { ...night, rounds: [{ ...night.rounds[0]!, second: 'zhang' }] } },
};

/** Who touches which point, minutes after the start. */
function walked(touches: readonly (readonly [after: number, reader: string, card: string])[], place = site): Story {
  const story = new Story(start - 10 * minute);
  story.site = place;
  for (const [after, reader, card] of touches) {
    story.now = start + after * minute;
    story.reads(reader, { scan: card });
  }
  for (const after of [25, 30]) {
    story.now = start + after * minute;
    story.tell({ kind: 'tick' });
  }
  return story;
}
const seen = (story: Story) => story.state.rounds.get(round)?.seen;

describe('who of two was seen', () => {
  test('is both where each touched some point, also one whose touch is not the one that counts', () => {
    const story = walked([
      [5, 'r1', li],
      [5.2, 'r1', zhang],
      [10, 'r2', li],
      [15, 'r3', li],
    ]);
    expect(story.only('checked').map(({ person }) => person)).toEqual(['li', 'li', 'li']);
    expect(seen(story)).toEqual(['li', 'zhang']);
  });

  test('is the one who touched, and nobody where nobody did or a hand wrote it', () => {
    const story = walked([
      [5, 'r1', zhang],
      [10, 'r2', zhang],
    ]);
    expect(seen(story)).toEqual(['zhang']);
    const none = walked([]);
    expect(seen(none)).toEqual([]);
    const at = start + 10 * minute;
    none.asks(operator, { do: 'write-touch', reader: 'r2', person: 'li', sourceTime: at, reason: '读卡器没电' });
    expect(none.only('touched')).toHaveLength(1);
    expect(seen(none)).toEqual([]);
  });

  test('is corrected by a touch that is told later and changes no verdict, once', () => {
    const story = walked([
      [5, 'r1', li],
      [10, 'r2', li],
      [15, 'r3', li],
    ]);
    expect(seen(story)).toEqual(['li']);
    story.now = start + 9 * 60 * minute;
    story.reads('r2', { scan: zhang }, { sourceTime: start + 10.1 * minute });
    expect(seen(story)).toEqual(['li', 'zhang']);
    expect(story.only('completed').map((one) => one.seen)).toEqual([['li'], ['li', 'zhang']]);
    story.reads('r3', { scan: zhang }, { sourceTime: start + 15.1 * minute });
    expect(story.only('completed')).toHaveLength(2);
  });

  test('is by who was planned at the time: who took over counts, and whose place he took no more', () => {
    const story = new Story(start - 10 * minute);
    story.site = site;
    story.tell({ kind: 'tick' });
    story.now = start + minute;
    story.asks(operator, { do: 'cover-round', round, person: 'wu', of: 'zhang', reason: '请假' });
    for (const [after, reader, card] of [
      [5, 'r1', 'W'],
      [10, 'r2', li],
      [15, 'r3', zhang],
    ] as const) {
      story.now = start + after * minute;
      story.reads(reader, { scan: card });
    }
    story.now = start + 30 * minute;
    story.tell({ kind: 'tick' });
    expect(seen(story)).toEqual(['li', 'wu']);
  });

  test('is not asked of a round for one', () => {
    const story = walked([[5, 'r1', li]], school);
    expect(story.only('completed')).toHaveLength(1);
    expect(story.only('completed')[0]).not.toHaveProperty('seen');
  });
});
