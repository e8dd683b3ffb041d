/**
 * Exceptions of patrol from a touch to the word of a head of security: asked about once, never a verdict, seen only by those who ask.
 */
import { describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { maySee } from '../../src/core/site/sight-facts.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Role } from '../../src/core/types.ts';
import { guard, head, minute, monday, operator, Story, school } from './school.ts';

const card = '0F004EBEFC';
const start = monday + 20 * 60 * minute;

/** A round whose three points were touched within seconds, and the rest of the evening. */
function drawer(site = school): Story {
  const story = new Story(start - minute);
  story.site = site;
  for (const [n, reader] of ['r1', 'r2', 'r3'].entries()) {
    story.now = start + 10 * minute + n * 4_000;
    story.reads(reader, { scan: card });
  }
  for (const after of [20, 30, 40]) {
    story.now = start + after * minute;
    story.tell({ kind: 'tick' });
  }
  return story;
}

describe('an exception of patrol', () => {
  test('is a fact with its evidence once the round is over, and changes neither round nor alarm', () => {
    const story = drawer();
    const [one, ...more] = story.only('suspected');
    expect(more).toEqual([]);
    expect(one).toMatchObject({ rule: 'one-place', person: 'li', cards: [card], count: 3, from: start + 10 * minute });
    expect(one!.touches.map(({ reader }) => reader)).toEqual(['r1', 'r2', 'r3']);
    const judged = new Story(start - minute);
    judged.site = { ...school, exceptions: { 'one-place': 'off', 'too-fast': 'off' } };
    expect(story.only('checked').map(({ verdict }) => verdict)).toEqual(
      drawer(judged.site)
        .only('checked')
        .map(({ verdict }) => verdict),
    );
    expect(story.only('raised').map(({ alarm }) => alarm)).not.toContain('suspected');
  });

  test('names the address from which one machine speaks for three readers that have addresses of their own', () => {
    const story = new Story(start - minute);
    const round = (day: number, addressOf: (reader: string) => string) => {
      for (const [n, reader] of ['r1', 'r2', 'r3'].entries()) {
        story.now = start + day * 24 * 60 * minute + (n + 1) * 5 * minute;
        story.tell({ kind: 'tick' });
        story.tell({ kind: 'reading', device: reader, values: [['scan', card]], from: addressOf(reader) });
      }
      story.now += 40 * minute;
      story.tell({ kind: 'tick' });
      story.tell({ kind: 'tick' });
    };
    for (const day of [0, 1]) round(day, (reader) => `10.0.0.${reader.slice(1)}`);
    expect(story.only('suspected')).toEqual([]);
    story.site = { ...school, exceptions: { 'one-address': { readers: 3, withinMs: 15 * minute } } };
    round(2, () => '10.0.0.77');
    expect(story.only('suspected')).toMatchObject([{ rule: 'one-address', reader: '10.0.0.77', count: 3 }]);
    expect(story.only('touched').at(-1)).toMatchObject({ from: '10.0.0.77' });
  });

  test('is asked about once: not on the next round, not after a restart, not when the file is read in', () => {
    const story = drawer();
    const again = new Story(start + 3 * 60 * minute);
    const state = emptyState();
    for (const event of story.events) evolve(state, event);
    Object.assign(again, { state });
    again.tell({ kind: 'started', version: 'test', config: 'test' });
    for (let days = 1; days <= 3; days++) {
      again.now = start + days * 24 * 60 * minute;
      again.tell({ kind: 'tick' });
    }
    const touches = [{ reader: 'r1', card: 'x', sourceTime: start }];
    again.asks(operator, { do: 'import-touches', file: 'f', batch: 'b', touches });
    expect(again.only('suspected')).toEqual([]);
    expect(again.only('opened').length).toBeGreaterThan(1);
  });

  test('is found in a file that was read in the next morning', () => {
    const story = new Story(start - minute);
    story.now = start + 10 * 60 * minute;
    story.tell({ kind: 'tick' });
    const touches = ['r1', 'r2', 'r3'].map((reader, n) => ({
      reader,
      card,
      sourceTime: start + 10 * minute + n * 3_000,
    }));
    story.asks(operator, { do: 'import-touches', file: 'f', batch: 'b', touches });
    expect(story.only('suspected')).toMatchObject([{ rule: 'one-place', count: 3 }]);
  });

  test('is not asked about where the school has switched the rule off, and later where it wants another limit', () => {
    expect(drawer({ ...school, exceptions: { 'one-place': 'off' } }).only('suspected')).toEqual([]);
    expect(drawer({ ...school, exceptions: { 'one-place': { hopMs: 3_000 } } }).only('suspected')).toEqual([]);
  });

  test('is asked about for a reader that was up and told records hours late, and not for one that was away', () => {
    const late = (up: boolean) => {
      const story = new Story(start - minute);
      story.now = start - 30_000;
      story.tell({ kind: 'link', device: 'r1', up: true, why: { zh: '', en: '' } });
      if (!up) {
        story.now = start + 4 * minute;
        story.tell({ kind: 'link', device: 'r1', up: false, why: { zh: '', en: '' } });
        story.now = start + 2 * 60 * minute;
        story.tell({ kind: 'link', device: 'r1', up: true, why: { zh: '', en: '' } });
      }
      story.now = start + 2 * 60 * minute + 1_000;
      story.reads('r1', { scan: card }, { sourceTime: start + 5 * minute });
      story.now = start + 24 * 60 * minute;
      story.tell({ kind: 'tick' });
      return story.only('suspected');
    };
    expect(late(true)).toMatchObject([{ rule: 'late-batch', reader: 'r1', cards: [] }]);
    expect(late(false)).toEqual([]);
  });
});

test('two who are planned together are nobody to ask about, however close they walk and whoever is named second', () => {
  const night = school.routes.night!;
  const rounds = night.rounds.map((plan) => ({ ...plan, second: 'zhang' }));
  const site = { ...school, routes: { night: { ...night, rounds } } };
  const story = new Story(start - minute);
  story.site = site;
  for (let day = 0; day < 5; day++) {
    for (const [n, reader] of ['r1', 'r2', 'r3'].entries()) {
      for (const [after, held] of [card, '0F004EC101'].entries()) {
        story.now = start + day * 24 * 60 * minute + (5 + n * 5) * minute + day * 17_000 + after * 3_000;
        story.reads(reader, { scan: held });
      }
    }
    story.now = start + day * 24 * 60 * minute + 60 * minute;
    story.tell({ kind: 'tick' });
  }
  expect(story.only('touched')).toHaveLength(30);
  expect(story.only('suspected')).toEqual([]);
});

describe('what came of it', () => {
  const id = (story: Story) => story.only('suspected')[0]!.seq;
  test('is said by a head, can be put right, and is kept word for word', () => {
    const story = drawer();
    const said = {
      do: 'dispose-exception',
      exception: id(story),
      finding: 'misconduct',
      note: '标签放在抽屉里',
    } as const;
    expect(story.kinds(story.asks(head, said))).toEqual(['exception-disposed']);
    expect(story.asks(head, said)).toEqual([]);
    story.asks(head, { ...said, finding: 'explained', note: '当晚换标签' });
    expect(story.only('exception-disposed')).toHaveLength(2);
    expect(story.state.suspicions.get(id(story))?.finding).toMatchObject({ by: 'chen', finding: 'explained' });
  });
  test('is not for an operator or a guard to say, and not of what nobody was asked about', () => {
    const story = drawer();
    const said = { do: 'dispose-exception', exception: id(story), finding: 'explained', note: '借卡' } as const;
    for (const by of [operator, guard])
      expect(story.asks(by, said)).toMatchObject([{ kind: 'refused', why: 'no-right' }]);
    expect(story.asks(head, { ...said, exception: 999_999 })).toMatchObject([{ why: 'unknown-exception' }]);
  });
});

test('guards and installers see nothing of it, in facts and in State; whoever watches and whoever answers do', () => {
  const story = drawer();
  const [one] = story.only('suspected');
  const seen = (role: Role) => [
    maySee(role, one!),
    redactState(role, school, encodeState(story.state)).suspicions.length,
  ];
  for (const role of ['guard', 'integrator'] as const) expect(seen(role)).toEqual([false, 0]);
  for (const role of ['operator', 'head', 'admin', 'auditor'] as const) expect(seen(role)).toEqual([true, 1]);
});

test('a page that joins later holds the same questions', () => {
  const story = drawer();
  expect(decodeState(encodeState(story.state)).suspicions).toEqual(story.state.suspicions);
});
