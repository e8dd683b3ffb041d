/**
 * What a person does to a round: cancels, puts off, pauses it, has another walk it. Each counts from its time on, by the time of the touches;
 * what was missed before stays missed, and nothing of it is hidden.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command, Event, RoundCommand, Site, Time, User } from '../../src/core/types.ts';
import { guard, head, integrator, minute, monday, operator, Story, school } from './school.ts';

const start = monday + 20 * 60 * minute;
const day = 24 * 60 * minute;
const round = 'night@2026-11-23T20:00';
const [li, zhang] = ['0F004EBEFC', '0F004EC101'];
const reason = '暴雨红色预警';

const checksOf = (story: Story) => (story.state.rounds.get(round) ?? story.state.pastRounds.get(round))?.checks ?? {};
const verdictsOf = (story: Story) =>
  Object.fromEntries(Object.entries(checksOf(story)).map(([id, { verdict }]) => [id, verdict]));
const why = (events: readonly Event[]) => events.flatMap((event) => (event.kind === 'refused' ? [event.why] : []));

/** Lets minutes pass, up to so many after the start. */
function until(story: Story, minutes: number): void {
  while (story.now < start + minutes * minute) {
    story.now = Math.min(start + minutes * minute, story.now + minute);
    story.tell({ kind: 'tick' });
  }
}
function at(minutes: number): Story {
  const story = new Story(start - 30 * minute);
  until(story, minutes);
  return story;
}
const touch = (story: Story, reader: string, minutes: number, card = li) =>
  story.reads(reader, { scan: card }, { sourceTime: start + minutes * minute });
const cancel = { do: 'cancel-round', round, reason } as const;
const put = (minutes: number) => ({ do: 'extend-round', round, minutes, reason }) as const;
const cover = (person: string) => ({ do: 'cover-round', round, person, reason }) as const;
const pause = { do: 'pause-round', round, reason } as const;
const resume = { do: 'resume-round', round, reason } as const;
const reinstate = { do: 'reinstate-round', round, reason } as const;
const review = { do: 'review-round', round, reason: '已核实' } as const;

describe('a round that is cancelled', () => {
  test('while it is walked keeps what was reached and what was missed, and nothing more of it is due', () => {
    const story = at(14);
    touch(story, 'r2', 12);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'on-time' });
    story.asks(operator, cancel);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'on-time', p3: 'cancelled' });
    expect(story.only('round-changed')).toMatchObject([
      { how: 'cancelled', by: 'wang', reason, round, route: 'night', start, review: true },
    ]);
    expect(story.only('completed').at(-1)?.counts).toMatchObject({ missed: 1, 'on-time': 1, cancelled: 1 });
    until(story, 60);
    expect(story.only('raised').map(({ checkpoint }) => checkpoint)).toEqual(['p1']);
  });

  test('after the clock was set back is still what it was: missed stays missed', () => {
    const story = at(60);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'missed', p3: 'missed' });
    story.setsClock(-58 * minute);
    story.asks(operator, cancel);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'missed', p3: 'missed' });
  });

  test('before it begins is opened all the same, and stands there as cancelled', () => {
    const story = at(-20);
    story.asks(operator, cancel);
    until(story, 30);
    expect(verdictsOf(story)).toEqual({ p1: 'cancelled', p2: 'cancelled', p3: 'cancelled' });
    expect(story.only('raised')).toEqual([]);
  });

  test('is on record also when the gateway was off at its time', () => {
    const story = at(-20);
    story.asks(operator, cancel);
    story.now = start + 2 * day;
    story.tell({ kind: 'started', version: 'next', config: 'c' });
    story.tell({ kind: 'tick' });
    story.tell({ kind: 'tick' });
    expect(verdictsOf(story)).toEqual({ p1: 'cancelled', p2: 'cancelled', p3: 'cancelled' });
    expect(story.only('raised')).toEqual([]);
  });

  test('is due again when that is taken back, and touches of the time between count', () => {
    const story = at(6);
    story.asks(operator, cancel);
    until(story, 7);
    touch(story, 'r1', 7);
    expect(verdictsOf(story)).toEqual({ p1: 'cancelled', p2: 'cancelled', p3: 'cancelled' });
    until(story, 8);
    story.asks(operator, reinstate);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time' });
    expect(story.state.rounds.get(round)).not.toHaveProperty('counts');
    until(story, 40);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'missed', p3: 'missed' });
    expect(story.only('raised').map(({ checkpoint }) => checkpoint)).toEqual(['p2', 'p3']);
  });

  test('and reinstated after a point ran out has that point missed, with its alarm', () => {
    const story = at(6);
    story.asks(operator, cancel);
    until(story, 15);
    story.asks(operator, reinstate);
    expect(verdictsOf(story)).toEqual({ p1: 'missed' });
    expect(story.only('raised').map(({ checkpoint }) => checkpoint)).toEqual(['p1']);
  });

  test('takes no touch from another round', () => {
    const story = new Story(start - 30 * minute);
    const night = school.routes.night!;
    story.site = {
      ...school,
      routes: { night, later: { ...night, id: 'later', rounds: [{ ...night.rounds[0]!, start: 20 * 60 + 4 }] } },
    };
    until(story, 5);
    story.asks(operator, cancel);
    until(story, 6);
    touch(story, 'r1', 6);
    expect(story.only('checked').filter(({ checkpoint }) => checkpoint === 'p1')).toMatchObject([
      { round, verdict: 'cancelled' },
      { round: 'later@2026-11-23T20:04' },
    ]);
  });
});

describe('a round that is put off', () => {
  test('has every point later whose time has not run out, and no other', () => {
    const story = at(14);
    story.asks(operator, put(30));
    until(story, 42);
    touch(story, 'r1', 14.5);
    touch(story, 'r2', 41);
    touch(story, 'r3', 41.5);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'on-time', p3: 'early' });
    expect(checksOf(story).p2).toMatchObject({ offMs: minute });
  });

  test('leaves what was touched before as it was, however late that is told', () => {
    const story = at(8);
    story.asks(operator, put(30));
    until(story, 50);
    touch(story, 'r1', 5);
    touch(story, 'r2', 40);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time' });
  });

  test('before it begins opens later', () => {
    const story = at(-20);
    story.asks(operator, put(60));
    touch(story, 'r1', 5);
    expect(verdictsOf(story)).toEqual({});
    until(story, 66);
    touch(story, 'r1', 65);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time' });
  });

  test('is put off by two hours at most, all in all', () => {
    const story = at(1);
    story.asks(operator, put(100));
    expect(why(story.asks(operator, put(21)))).toEqual(['too-long']);
    expect(why(story.asks(operator, put(1e9)))).toEqual(['too-long']);
    expect(why(story.asks(operator, put(-5)))).toEqual(['end-missing']);
    story.asks(operator, put(20));
    expect(story.only('round-changed')).toHaveLength(2);
  });
});

describe('a round that is paused', () => {
  test('has its clock stand still until it goes on', () => {
    const story = at(8);
    story.asks(operator, pause);
    touch(story, 'r1', 8);
    until(story, 28);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time' });
    story.asks(head, resume);
    touch(story, 'r2', 28);
    until(story, 60);
    touch(story, 'r3', 35.5);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time', p3: 'on-time' });
    expect(checksOf(story).p3).toMatchObject({ offMs: 30_000 });
  });

  test('goes on by itself after an hour, which is said, and is not paused again', () => {
    const story = at(8);
    story.asks(operator, pause);
    until(story, 70);
    const changes = story.only('round-changed');
    expect(changes.map(({ how, by }) => [how, by])).toEqual([
      ['paused', 'wang'],
      ['resumed', 'gateway'],
    ]);
    expect(changes.at(-1)?.at).toBe(start + 68 * minute);
    expect(why(story.asks(operator, pause))).toEqual(['paused-enough']);
    until(story, 90);
    expect(verdictsOf(story)).toEqual({ p1: 'missed', p2: 'missed', p3: 'missed' });
    expect(checksOf(story).p1).not.toHaveProperty('sourceTime');
  });
});

describe('a round that another walks', () => {
  test('from now on judges each touch by who was planned when it was made', () => {
    const story = at(7);
    story.asks(operator, cover('zhang'));
    until(story, 16);
    touch(story, 'r1', 6, li);
    touch(story, 'r2', 11, zhang);
    touch(story, 'r3', 15, li);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time', p2: 'on-time', p3: 'wrong-person' });
    expect(checksOf(story)).toMatchObject({ p2: { planned: 'zhang' }, p3: { planned: 'zhang', person: 'li' } });
    expect(checksOf(story).p1).not.toHaveProperty('planned');
  });

  test('has a miss counted with whoever was planned at the time of the point', () => {
    const story = at(12);
    story.asks(operator, cover('zhang'));
    until(story, 40);
    expect(Object.entries(checksOf(story)).map(([id, { planned }]) => [id, planned])).toEqual([
      ['p1', undefined],
      ['p2', undefined],
      ['p3', 'zhang'],
    ]);
  });

  test('from its beginning is his, and a card of whoever was planned is that of the wrong person', () => {
    const story = at(-20);
    story.asks(operator, cover('zhang'));
    until(story, 5);
    touch(story, 'r1', 5, li);
    expect(verdictsOf(story)).toEqual({ p1: 'wrong-person' });
    touch(story, 'r1', 5, zhang);
    expect(verdictsOf(story)).toEqual({ p1: 'on-time' });
  });

  test('in the place of the second of a pair leaves the first', () => {
    const story = new Story(start - 30 * minute);
    const night = school.routes.night!;
    const people = { ...school.people, wu: { id: 'wu', name: '吴', card: 'AA' } };
    story.site = {
      ...school,
      people,
      routes: { night: { ...night, rounds: [{ ...night.rounds[0]!, second: 'zhang' }] } },
    };
    until(story, 4);
    story.asks(operator, { ...cover('wu'), of: 'zhang' });
    touch(story, 'r1', 4.5, zhang);
    expect(verdictsOf(story)).toEqual({ p1: 'wrong-person' });
    touch(story, 'r1', 4.6, 'AA');
    expect(verdictsOf(story)).toEqual({ p1: 'on-time' });
    expect(why(story.asks(operator, { ...cover('li'), of: 'zhang' }))).toEqual(['already-planned']);
    expect(why(story.asks(operator, { ...cover('zhang'), of: 'nobody' }))).toEqual(['not-planned']);
  });
});

test('what may be asked about a round does not depend on which touches were told so far', () => {
  const [told, untold] = [at(13.5), at(13.5)];
  for (const [reader, minutes] of [
    ['r2', 12],
    ['r3', 12.5],
  ] as const)
    touch(told, reader, minutes);
  expect(told.state.rounds.get(round)).toHaveProperty('counts');
  for (const story of [told, untold]) expect(why(story.asks(operator, put(20)))).toEqual([]);
});

describe('who answers for the guards', () => {
  test('sees what an operator did to a round, and says so', () => {
    const story = at(1);
    story.asks(operator, put(10));
    story.asks(operator, cancel);
    expect(why(story.asks(operator, review))).toEqual(['no-right']);
    story.asks(head, review);
    expect(story.only('round-changed').at(-1)).toMatchObject({ how: 'reviewed', by: 'chen', reason: '已核实' });
    expect(why(story.asks(head, review))).toEqual(['nothing-to-review']);
  });

  test('needs nobody to see what he did himself', () => {
    const story = at(1);
    story.asks(head, cancel);
    expect(story.only('round-changed')[0]).not.toHaveProperty('review');
    expect(why(story.asks(head, review))).toEqual(['nothing-to-review']);
  });
});

describe('a command about a round', () => {
  const all: readonly RoundCommand[] = [cancel, reinstate, put(5), pause, resume, cover('zhang'), review];

  test.each(all)('is refused and changes nothing where it cannot be: $do', (command) => {
    const story = at(1);
    const before = story.events.length;
    const refused = (by: User, said: Command) => why(story.asks(by, said));
    expect(refused(guard, command)).toEqual(['no-right']);
    expect(refused(integrator, command)).toEqual(['no-right']);
    expect(refused(head, { ...command, reason: '  \t ' })).toEqual(['reason-missing']);
    for (const unknown of [
      '',
      'night',
      'night@',
      'night@2026-11-23T20:01',
      // The last day there is, as far as programs know: its local time is none.
      'night@+275760-09-13T00:00',
      'night@2026-11-23T20:00:00Z',
      '__proto__@2026-11-23T20:00',
      'x@2026-11-23T20:00',
    ])
      expect(refused(head, { ...command, round: unknown })).toEqual(['unknown-round']);
    expect(refused(head, { ...command, round: 'night@2026-12-02T20:00' })).toEqual(['unknown-round']);
    expect(story.events.slice(before).every(({ kind }) => kind === 'refused')).toBe(true);
    expect(story.state.changedRounds.size).toBe(0);
  });

  test.each(all.filter((one) => one.do !== 'review-round'))('is refused once the round is over: $do', (command) => {
    const story = at(40);
    expect(why(story.asks(head, command))).toEqual(['round-over']);
    story.now = start + 4 * day;
    story.tell({ kind: 'tick' });
    expect(why(story.asks(head, command))).toEqual(['round-over']);
  });

  test('twice by one person is once, and the second person learns who was first', () => {
    const story = at(1);
    story.asks(operator, pause);
    expect(story.asks(operator, pause)).toEqual([]);
    expect(story.asks(head, pause)).toMatchObject([{ why: 'round-paused', first: { by: 'wang' } }]);
    story.asks(operator, cancel);
    expect(story.asks(operator, cancel)).toEqual([]);
    expect(story.asks(head, cancel)).toMatchObject([{ why: 'round-cancelled', first: { by: 'wang' } }]);
    expect(why(story.asks(head, put(5)))).toEqual(['round-cancelled']);
  });

  test('is refused where there is nothing of the kind to take back', () => {
    const story = at(-20);
    expect(why(story.asks(head, pause))).toEqual(['round-not-begun']);
    expect(why(story.asks(head, resume))).toEqual(['round-not-paused']);
    expect(why(story.asks(head, reinstate))).toEqual(['round-not-cancelled']);
    expect(why(story.asks(head, cover('li')))).toEqual(['already-planned']);
    expect(why(story.asks(head, cover('nobody')))).toEqual(['unknown-person']);
    expect(why(story.asks(head, cover('__proto__')))).toEqual(['unknown-person']);
  });

  test('is given so often at most', () => {
    const story = at(1);
    const last = Array.from({ length: 40 }, (_, i) => story.asks(operator, cover(i % 2 === 0 ? 'zhang' : 'li'))).at(-1);
    expect(why(last ?? [])).toEqual(['changed-enough']);
    expect(story.only('round-changed')).toHaveLength(24);
  });
});

test('what was changed of a round is forgotten with its touches', () => {
  const story = at(1);
  story.asks(operator, cover('zhang'));
  story.now = start + 36 * day;
  story.tell({ kind: 'tick' });
  expect(story.state.changedRounds.size).toBe(0);
});

test('any order, repetition and delay of the same touches gives the same verdicts in a round that was changed', () => {
  const made = fc.record({
    reader: fc.constantFrom('r1', 'r2', 'r3'),
    min: fc.integer({ min: -1, max: 45 }),
    by: fc.constantFrom(li, li, zhang, 'FFFF'),
  });
  const asked = fc.record({
    min: fc.integer({ min: -10, max: 30 }),
    command: fc.constantFrom<RoundCommand>(
      cancel,
      reinstate,
      put(5),
      put(20),
      pause,
      resume,
      cover('zhang'),
      cover('li'),
    ),
  });
  const scene = fc.record({
    touches: fc.uniqueArray(made, { minLength: 1, maxLength: 6, selector: (one) => JSON.stringify(one) }),
    changes: fc.array(asked, { minLength: 1, maxLength: 5 }),
    luck: fc.infiniteStream(fc.nat({ max: 5 * 24 })),
  });
  const night = school.routes.night!;
  const beside: Site = {
    ...school,
    routes: {
      night,
      later: { ...night, id: 'later', rounds: [{ ...night.rounds[0]!, start: 20 * 60 + 12, person: 'zhang' }] },
    },
  };
  type Made = { readonly reader: string; readonly min: number; readonly by: string; readonly hours: number };
  const play = (
    touches: readonly Made[],
    changes: readonly { readonly min: number; readonly command: RoundCommand }[],
  ) => {
    const story = new Story(start - 30 * minute);
    story.site = beside;
    const told = touches.map((one) => ({ at: start + one.min * minute + one.hours * 60 * minute + 1, one }));
    const said = changes.map(({ min, command }) => ({ at: start + min * minute + 30_000, command }));
    const pass = (to: Time) => {
      while (story.now < to) {
        story.now = Math.min(to, story.now + (story.now < start + 240 * minute ? 2 : 120) * minute);
        story.tell({ kind: 'tick' });
      }
    };
    for (const item of [...told, ...said].sort((a, b) => a.at - b.at)) {
      pass(item.at);
      if ('command' in item) story.asks(operator, item.command);
      else touch(story, item.one.reader, item.one.min, item.one.by);
    }
    pass(start + 6 * day);
    const all = new Map([...story.state.pastRounds, ...story.state.rounds]);
    return [round, 'later@2026-11-23T20:12'].map((id) =>
      ['p1', 'p2', 'p3'].map((point) => ({ ...all.get(id)?.checks[point], uploaded: undefined })),
    );
  };
  fc.assert(
    fc.property(scene, ({ touches, changes, luck }) => {
      const live = play(
        touches.map((one) => ({ ...one, hours: 0 })),
        changes,
      );
      const late = [...touches, ...touches].map((one) => ({ ...one, hours: luck.next().value }));
      expect(JSON.stringify(play(late, changes))).toEqual(JSON.stringify(live));
    }),
    { numRuns: 60 },
  );
});
