/**
 * What people change of the duty roster, and who says that he is on duty: covers, swaps, taking them back, signing on, handing over. What
 * would have no effect or put somebody into two places is refused with its reason.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onDuty } from '../../src/core/duty/on-duty.ts';
import { shiftsOn } from '../../src/core/duty/roster-days.ts';
import { localDay } from '../../src/core/site/calendar.ts';
import { redact } from '../../src/core/site/sight-facts.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Command, DutyShift, Event, ShiftTurn, Site, Time, User } from '../../src/core/types.ts';
import { guard, head, integrator, minute, monday, operator, Story, school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });
const daily = [0, 1, 2, 3, 4, 5, 6];
const shift = (id: string, from: number, until: number): DutyShift => ({
  ...{ id, title: words(id), days: daily, persons: 1 },
  ...{ from: from * 60, until: until * 60 },
});
/** Monday 23 November 2026; its week is that of li by day and of zhang by night. */
const today = localDay(monday, 480);
const turn = (name: string, order: readonly string[]): ShiftTurn => ({
  ...{ shift: name, days: daily, order: order.map((one) => [one]) },
  ...{ anchor: today, eachDays: 7 },
});
const site: Site = {
  ...school,
  people: Object.fromEntries(['li', 'zhang', 'wang', 'chen'].map((id) => [id, { id, name: id }])),
  roster: {
    shifts: { day: shift('day', 7, 19), night: shift('night', 19, 7) },
    turns: [turn('day', ['li', 'zhang', 'wang']), turn('night', ['zhang', 'wang', 'li'])],
    temporary: [],
  },
};
const hour = 60 * minute;

class Desk extends Story {
  override site = site;
  constructor(at: Time = monday + 8 * hour) {
    super(at);
    this.site = site;
  }
  names(at: Time = this.now): string[] {
    return onDuty(this.site, this.state, at).map(({ shift: id, person, insteadOf, signedOn }) =>
      [id, person, insteadOf && `for ${insteadOf}`, signedOn && 'signed on'].filter(Boolean).join(' '),
    );
  }
  why(by: User, command: Command): string | undefined {
    const refused = this.asks(by, command).find((event) => event.kind === 'refused');
    return refused?.kind === 'refused' ? refused.why : undefined;
  }
}
const cover = (out: string, comes: string, more: Partial<Extract<Command, { do: 'cover-shift' }>> = {}): Command => ({
  ...{ do: 'cover-shift', shift: 'night', day: today, out, in: comes, reason: '家里有事' },
  ...more,
});
const signOn = (person: string, name = 'day', day = today): Command => ({ do: 'sign-on', shift: name, day, person });

describe('a cover', () => {
  test('is made by the desk, with a reason, and is a fact with both names', () => {
    const desk = new Desk();
    expect(desk.kinds(desk.asks(operator, cover('zhang', 'chen')))).toEqual(['shift-changed']);
    expect(desk.only('shift-changed')[0]).toMatchObject({ how: 'cover', by: 'wang', reason: '家里有事' });
    expect(desk.names(monday + 20 * hour)).toEqual(['night chen for zhang']);
    expect(desk.names(monday + 44 * hour)).toEqual(['night zhang']);
    desk.asks(operator, cover('zhang', 'chen'));
    expect(desk.only('shift-changed')).toHaveLength(1);
  });

  test.each([
    ['without a reason', cover('zhang', 'chen', { reason: ' ' }), 'reason-missing'],
    ['of a shift there is none of', cover('zhang', 'chen', { shift: 'noon' }), 'unknown-shift'],
    ['of somebody who is not on that shift', cover('li', 'chen'), 'not-on-shift'],
    ['by somebody who is on it already', cover('zhang', 'zhang'), 'already-on-shift'],
    ['by somebody unknown', cover('zhang', 'nobody'), 'unknown-person'],
    ['of a shift that is over', cover('zhang', 'chen', { day: today - 1 }), 'shift-over'],
    ['of a shift in a year', cover('zhang', 'chen', { day: today + 366 }), 'shift-far'],
  ])('%s is refused', (_what, command, why) => {
    const desk = new Desk();
    // Yesterday's night was that of another week, so it is asked of whoever had it.
    const asked = why === 'shift-over' ? { ...command, out: 'li' } : command;
    expect(desk.why(operator, asked as Command)).toBe(why);
    expect(desk.state.shiftChanges.size).toBe(0);
  });

  test('that would put somebody into two places at once is refused, also where another cover has put him there', () => {
    const desk = new Desk();
    const roster = { ...site.roster!, shifts: { ...site.roster!.shifts, gate: shift('gate', 18, 20) } };
    desk.site = { ...site, roster: { ...roster, turns: [...roster.turns, turn('gate', ['chen'])] } };
    expect(desk.why(operator, cover('zhang', 'chen'))).toBe('on-other-shift');
    expect(desk.why(operator, cover('zhang', 'wang'))).toBeUndefined();
    expect(desk.why(operator, cover('chen', 'wang', { shift: 'gate' }))).toBe('on-other-shift');
    expect(desk.why(operator, cover('chen', 'zhang', { shift: 'gate' }))).toBeUndefined();
  });

  test('is not for guards, and whoever set the school up sees none of it', () => {
    const desk = new Desk();
    expect(desk.why(guard, cover('zhang', 'chen'))).toBe('no-right');
    const [made] = desk.asks(head, cover('zhang', 'chen'));
    expect(JSON.stringify(redact('integrator', site, made as Event))).not.toContain('chen');
    expect(desk.why(integrator, cover('chen', 'wang'))).toBe('no-right');
  });

  test('is taken back with a reason while the shift is not over, and by then stays', () => {
    const desk = new Desk();
    desk.asks(operator, cover('zhang', 'chen'));
    const { seq: change } = desk.only('shift-changed')[0]!;
    const back: Command = { do: 'withdraw-shift-change', change, reason: '不用了' };
    expect(desk.why(operator, { ...back, reason: '' })).toBe('reason-missing');
    expect(desk.why(operator, back)).toBeUndefined();
    expect(desk.names(monday + 20 * hour)).toEqual(['night zhang']);
    expect(desk.why(operator, back)).toBe('unknown-shift-change');
    desk.asks(operator, cover('zhang', 'chen'));
    desk.now = monday + 31 * hour;
    const again = { ...back, change: desk.only('shift-changed')[1]!.seq };
    expect(desk.why(operator, again)).toBe('shift-over');
    expect(desk.names(monday + 20 * hour)).toEqual(['night chen for zhang']);
  });

  test('is forgotten five weeks after its shift, and not before', () => {
    const desk = new Desk();
    desk.asks(operator, cover('zhang', 'chen'));
    const later = (days: number) => {
      desk.now = monday + days * 24 * hour + 8 * hour;
      desk.asks(operator, cover('wang', 'chen', { day: localDay(desk.now, 480) }));
      desk.asks(operator, cover('li', 'chen', { day: localDay(desk.now, 480) }));
      desk.asks(operator, cover('zhang', 'chen', { day: localDay(desk.now, 480) }));
      return [...desk.state.shiftChanges.values()].some(({ moves }) => moves[0]?.day === today);
    };
    expect(later(35)).toBe(true);
    expect(later(36)).toBe(false);
  });
});

describe('a swap', () => {
  const swap: Extract<Command, { do: 'swap-shifts' }> = {
    ...{ do: 'swap-shifts', shift: 'night', day: today, person: 'zhang' },
    ...{ withShift: 'day', withDay: today + 2, withPerson: 'li', reason: '看病' },
  };

  test('is two names in two shifts, by one fact, and goes back by one', () => {
    const desk = new Desk();
    // He has that very day; of the night he comes from it.
    expect(desk.why(operator, swap)).toBeUndefined();
    expect(desk.names(monday + 20 * hour)).toEqual(['night li for zhang']);
    expect(desk.names(monday + 60 * hour)).toEqual(['day zhang for li']);
    const { seq: change } = desk.only('shift-changed')[0]!;
    desk.asks(head, { do: 'withdraw-shift-change', change, reason: '病好了' });
    expect(desk.names(monday + 60 * hour)).toEqual(['day li']);
  });

  test.each([
    [
      'of one shift with itself',
      { ...swap, withShift: 'night', withDay: today, withPerson: 'zhang' },
      'already-on-shift',
    ],
    ['of a shift that is not his', { ...swap, person: 'wang' }, 'not-on-shift'],
    ['with a shift that is not the other’s', { ...swap, withPerson: 'wang' }, 'not-on-shift'],
  ])('%s is refused', (_what, command, why) => expect(new Desk().why(operator, command as Command)).toBe(why));
});

describe('signing on', () => {
  test('makes whoever is planned the one on duty, from an hour before until the shift is over', () => {
    const desk = new Desk(monday + 5.9 * hour);
    expect(desk.why(operator, signOn('li'))).toBe('shift-not-near');
    desk.now = monday + 6 * hour;
    expect(desk.why(operator, signOn('li'))).toBeUndefined();
    expect(desk.names(monday + 7 * hour)).toEqual(['day li signed on']);
    expect(desk.why(head, signOn('li'))).toBe('already-signed-on');
    expect(desk.kinds(desk.asks(operator, signOn('li')))).toEqual([]);
    desk.now = monday + 19 * hour;
    expect(desk.why(operator, signOn('li'))).toBe('shift-over');
    expect(desk.names()).toEqual(['night zhang']);
  });

  test('is refused to somebody else, until a cover puts him there', () => {
    const desk = new Desk();
    expect(desk.why(operator, signOn('chen'))).toBe('not-on-shift');
    desk.asks(operator, cover('li', 'chen', { shift: 'day' }));
    expect(desk.why(operator, signOn('chen'))).toBeUndefined();
    expect(desk.names()).toEqual(['day chen for li signed on']);
  });

  test('with a wrong code is a refusal, and under force it is done and calls for help unseen', () => {
    const desk = new Desk();
    expect(desk.why(operator, { ...signOn('li'), wrongPin: true } as Command)).toBe('wrong-pin');
    const events = desk.asks(operator, { ...signOn('li'), duress: true } as Command);
    expect(desk.kinds(events)).toEqual(['signed-on', 'raised']);
    expect(events.find(({ kind }) => kind === 'raised')).toMatchObject({ alarm: 'duress', covert: true });
    expect(JSON.stringify(events.find(({ kind }) => kind === 'signed-on'))).not.toContain('duress');
  });

  test('lasts over a step of the clock that leaves the shift running, and counts for no other shift', () => {
    const desk = new Desk();
    desk.asks(operator, signOn('li'));
    const ago = () => desk.state.at - (onDuty(desk.site, desk.state, desk.now)[0]?.signedOn?.at ?? 0);
    const before = ago();
    desk.setsClock(2 * hour);
    expect(desk.names()).toEqual(['day li signed on']);
    // He signed on as long ago as he did.
    expect(ago()).toBe(before);
    desk.setsClock(-3 * hour);
    expect(desk.names()).toEqual(['day li signed on']);
    desk.setsClock(24 * hour);
    expect(desk.names()).toEqual(['day li']);
  });
});

describe('a hand-over', () => {
  const handOver: Extract<Command, { do: 'hand-over' }> = {
    ...{ do: 'hand-over', shift: 'night', day: today, person: 'zhang', outgoing: 'li' },
    ...{ heard: true, alarms: [], note: '东门锁坏了' },
  };

  test('has both names, the tone, the open alarms and a note, and is a sign-on', () => {
    const desk = new Desk(monday + 19 * hour);
    desk.site = { ...site, schedules: {}, zones: { ...site.zones } };
    desk.reads('fence', { tamper: true });
    const { id } = [...desk.state.alarms.values()][0]!;
    expect(desk.why(operator, handOver)).toBe('alarms-unread');
    expect(desk.why(operator, { ...handOver, alarms: [id, 4_711] })).toBeUndefined();
    const [said] = desk.only('handed-over');
    expect(said).toMatchObject({ outgoing: 'li', person: 'zhang', heard: true, alarms: [id], note: '东门锁坏了' });
    expect(desk.names()).toEqual(['night zhang signed on']);
    expect(desk.state.handovers).toMatchObject([{ outgoing: 'li', person: 'zhang', alarms: [id] }]);
    expect(desk.kinds(desk.asks(operator, { ...handOver, alarms: [id] }))).toEqual([]);
  });

  test('comes from somebody who is on duty or was not long ago, and not from whoever comes', () => {
    const desk = new Desk(monday + 19 * hour);
    expect(desk.why(operator, { ...handOver, outgoing: 'chen' })).toBe('not-before');
    expect(desk.why(operator, { ...handOver, outgoing: 'zhang' })).toBe('not-before');
    desk.now = monday + 23.5 * hour;
    expect(desk.why(operator, handOver)).toBe('not-before');
  });

  test('does not ask the desk for a silent call for help, which it cannot see', () => {
    const desk = new Desk(monday + 19 * hour);
    desk.asks(operator, { ...signOn('zhang', 'night'), duress: true } as Command);
    expect([...desk.state.alarms.values()].some(({ covert }) => covert)).toBe(true);
    expect(desk.why(operator, handOver)).toBeUndefined();
  });
});

test('the address of a calendar is given and withdrawn, and a new one takes the place of the old', () => {
  const desk = new Desk();
  expect(desk.why(operator, { do: 'withdraw-calendar', person: 'li' })).toBe('no-calendar');
  desk.asks(operator, { do: 'give-calendar', person: 'li', hash: 'aa' });
  desk.asks(operator, { do: 'give-calendar', person: 'li', hash: 'bb' });
  expect(desk.state.calendars.get('li')).toMatchObject({ hash: 'bb', by: 'wang' });
  desk.asks(operator, { do: 'withdraw-calendar', person: 'li' });
  expect(desk.state.calendars.size).toBe(0);
});

test('whatever is asked in whatever order, no shift gains or loses a place', () => {
  const who = fc.constantFrom('li', 'zhang', 'wang', 'chen');
  const name = fc.constantFrom('day', 'night');
  const day = fc.integer({ min: today, max: today + 9 });
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      do: fc.constant('cover-shift' as const),
      shift: name,
      day,
      out: who,
      in: who,
      reason: fc.constant('x'),
    }),
    fc.record({
      ...{ do: fc.constant('swap-shifts' as const), shift: name, day, person: who },
      ...{ withShift: name, withDay: day, withPerson: who, reason: fc.constant('x') },
    }),
    fc
      .integer({ min: 1, max: 30 })
      .map((change): Command => ({ do: 'withdraw-shift-change', change: change + 2, reason: 'x' })),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const desk = new Desk();
      for (const one of commands) desk.asks(operator, one);
      for (let on = today; on < today + 10; on++) {
        for (const { from, until } of shiftsOn(site, on)) {
          for (const at of [from, until - 1]) {
            const people = onDuty(site, desk.state, at).map(({ person }) => person);
            expect(people).toHaveLength(1);
            expect(new Set(people).size).toBe(people.length);
          }
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('however the clock is set, on duty is whom the plan has at that time, and signed on is who signed on to that very shift', () => {
  const steps = fc.array(fc.integer({ min: -40 * 60, max: 40 * 60 }), { maxLength: 8 });
  fc.assert(
    fc.property(steps, (minutes) => {
      const desk = new Desk();
      const signed = new Set<string>();
      for (const step of minutes) {
        const [row] = onDuty(site, desk.state, desk.now);
        const day = localDay(row?.from ?? 0, 480);
        const asked = { do: 'sign-on', shift: row?.shift ?? '', day, person: row?.person ?? '' } as const;
        if (desk.why(operator, asked) === undefined) signed.add(`${row?.shift} ${day}`);
        desk.setsClock(step * minute);
        const [is] = onDuty(site, desk.state, desk.now);
        const [plan] = onDuty(site, emptyState(), desk.now);
        expect([is?.shift, is?.person, is?.from, is?.until]).toEqual([
          plan?.shift,
          plan?.person,
          plan?.from,
          plan?.until,
        ]);
        expect(is?.signedOn !== undefined).toBe(signed.has(`${is?.shift} ${localDay(is?.from ?? 0, 480)}`));
      }
    }),
    { numRuns: 100 },
  );
});
