/**
 * The duty roster as it comes: gaps, covers without effect, people in two places, people nobody can reach, and a shift nobody has signed
 * on to. What is foreseen for a moment is what holds at it.
 */
import { describe, expect, test } from 'vitest';
import { dutyCounts, gapTrouble, signOnTrouble } from '../../src/app/duty/duty-troubles.ts';
import { dutyNow, rosterAhead, shiftsOf } from '../../src/core/duty/duty-ahead.ts';
import { onDuty } from '../../src/core/duty/on-duty.ts';
import { localDay } from '../../src/core/site/calendar.ts';
import type { Command, DutyShift, ShiftTurn, Site, Time } from '../../src/core/types.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const words = (zh: string) => ({ zh, en: zh });
const daily = [0, 1, 2, 3, 4, 5, 6];
const hour = 60 * minute;
const dayMs = 24 * hour;
const shift = (id: string, from: number, until: number, more: Partial<DutyShift> = {}): DutyShift => ({
  ...{ id, title: words(id), days: daily, persons: 1 },
  ...{ from: from * 60, until: until * 60 },
  ...more,
});
const today = localDay(monday, 480);
const turn = (name: string, order: readonly string[], more: Partial<ShiftTurn> = {}): ShiftTurn => ({
  ...{ shift: name, days: daily, order: order.map((one) => [one]) },
  ...{ anchor: today, eachDays: 7 },
  ...more,
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
class Desk extends Story {
  constructor(more: Partial<Site> = {}, at: Time = monday + 8 * hour) {
    super(at);
    this.site = { ...site, ...more };
  }
  get ahead() {
    return rosterAhead(this.site, this.state, this.now);
  }
}
const cover = (out: string, comes: string, name = 'night', day = today): Command => ({
  ...{ do: 'cover-shift', shift: name, day, out, in: comes, reason: '有事' },
});

describe('the days ahead', () => {
  test('are fourteen, that of now first, and name whoever is on duty at each moment of them', () => {
    const desk = new Desk();
    desk.asks(operator, cover('zhang', 'chen', 'night', today + 3));
    const { days } = desk.ahead;
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 14 }, (_, n) => today + n));
    for (const { shifts } of days)
      for (const { from, until, crew } of shifts)
        for (const at of [from, until - 1]) expect(onDuty(desk.site, desk.state, at)).toEqual(crew);
    expect(desk.ahead).toMatchObject({ gaps: [], idle: [], doubles: [], unreachable: [] });
  });

  test('tell shifts that lack people, and not those that are over', () => {
    const only = turn('day', ['li'], { days: [2, 3, 4, 5, 6] });
    const desk = new Desk({ roster: { ...site.roster!, turns: [only, turn('night', ['zhang'])] } });
    const lacks = () => desk.ahead.gaps.map(({ shift: { id }, day, lacking }) => [id, day - today, lacking]);
    expect(lacks()).toEqual([
      ['day', 0, 1],
      ['day', 6, 1],
      ['day', 7, 1],
      ['day', 13, 1],
    ]);
    desk.now = monday + 19 * hour;
    expect(lacks()[0]).toEqual(['day', 6, 1]);
    expect(gapTrouble(desk.site, desk.state, desk.now)?.zh).toContain('11月29日 07:00 day缺 1 人');
    // A head hears of a gap a week before, and not sooner.
    desk.now = monday + 2 * dayMs;
    const later = { ...only, days: [0, 1, 2, 3, 4, 5, 6] };
    const [from, to] = [today + 9, today + 9];
    const temporary = [{ id: 'fair', title: words('fair'), from, to, turns: [], otherwise: 'nobody' as const }];
    desk.site = { ...site, roster: { ...site.roster!, turns: [later, turn('night', ['zhang'])], temporary } };
    expect(desk.ahead.gaps).toHaveLength(2);
    expect(gapTrouble(desk.site, desk.state, desk.now)).toBeUndefined();
    desk.now = monday + 3 * dayMs;
    expect(gapTrouble(desk.site, desk.state, desk.now)?.en).toContain('; 1 more within a week');
  });

  test('tell covers that have no effect since the roster was changed, and people in two shifts at once', () => {
    const desk = new Desk();
    desk.asks(operator, cover('zhang', 'chen'));
    desk.asks(operator, cover('li', 'zhang', 'day', today));
    expect(desk.ahead.idle).toEqual([]);
    const turns = [turn('day', ['li']), turn('night', ['wang'])];
    desk.site = { ...site, roster: { ...site.roster!, turns } };
    expect(desk.ahead.idle.map(({ moves }) => moves[0]?.out)).toEqual(['zhang']);
    desk.site = {
      ...site,
      roster: {
        ...site.roster!,
        shifts: { ...site.roster!.shifts, day: shift('day', 7, 20) },
        turns: [turn('day', ['wang']), turn('night', ['wang'])],
      },
    };
    const doubles = desk.ahead.doubles.map(({ person, one, other }) => [person, one.shift.id, other.shift.id]);
    expect(doubles[0]).toEqual(['wang', 'day', 'night']);
    expect(dutyCounts(desk.site, desk.state, desk.now)).toMatchObject({ duty_changes_without_effect: 2 });
  });

  test('tell who can be reached by a screen alone, once the school reaches anybody otherwise', () => {
    const people = { ...site.people, li: { id: 'li', name: 'li', ways: ['phone' as const] } };
    expect(new Desk({ people }).ahead.unreachable).toEqual([]);
    const channels = { sms: { id: 'sms', title: words('短信'), each: 'phone' as const } };
    expect(new Desk({ people, channels }).ahead.unreachable).toEqual(['zhang', 'wang']);
  });

  test('tell who has a way that nobody has said to work, until he says so', () => {
    const people = { ...site.people, li: { id: 'li', name: 'li', ways: ['phone' as const] } };
    const channels = { sms: { id: 'sms', title: words('短信'), each: 'phone' as const } };
    const desk = new Desk({ people, channels });
    expect(desk.ahead.untested).toEqual(['li']);
    desk.asks(operator, { do: 'test-channel', channel: 'sms', person: 'li' });
    desk.tell({ kind: 'outcome', duty: 'test/sms/li', ok: true });
    expect(desk.ahead.untested).toEqual(['li']);
    desk.asks(operator, { do: 'confirm-test', channel: 'sms', person: 'li' });
    expect(desk.ahead.untested).toEqual([]);
  });

  test('of one person are his shifts that are not over, soonest first', () => {
    const desk = new Desk({}, monday + 20 * hour);
    desk.asks(operator, cover('zhang', 'li', 'night', today + 1));
    const own = (who: string) =>
      shiftsOf(desk.site, desk.state, who, desk.now, 3).map(({ shift: name, from }) => [name, (from - monday) / hour]);
    expect(own('li')).toEqual([
      ['day', 31],
      ['night', 43],
      ['day', 55],
    ]);
    expect(own('zhang')).toEqual([
      ['night', 19],
      ['night', 67],
    ]);
  });
});

describe('a shift nobody has signed on to', () => {
  test('is said a quarter of an hour after it began, until somebody does or it is over', () => {
    const desk = new Desk({}, monday + 6 * hour);
    const trouble = () => signOnTrouble(desk.site, desk.state, desk.now)?.zh;
    desk.now = monday + 7 * hour + 15 * minute - 1;
    expect(trouble()).toBeUndefined();
    expect(dutyNow(desk.site, desk.state, desk.now).unsigned).toMatchObject([{ shift: { id: 'day' }, overdue: false }]);
    desk.now++;
    expect(trouble()).toBe('值班无人签到：day（排班 li），自 07:00 起。请到岗的人在“值班”页签到。');
    desk.asks(operator, { do: 'sign-on', shift: 'day', day: today, person: 'li' });
    expect(trouble()).toBeUndefined();
    expect(dutyNow(desk.site, desk.state, desk.now)).toMatchObject({ signed: [{ person: 'li' }], unsigned: [] });
    desk.now = monday + 19 * hour;
    expect(dutyNow(desk.site, desk.state, desk.now)).toMatchObject({
      signed: [],
      unsigned: [{ shift: { id: 'night' } }],
    });
    expect(trouble()).toBeUndefined();
  });

  test('is not said of the time before there was a journal to sign in', () => {
    const desk = new Desk({}, monday + 12 * hour);
    expect(signOnTrouble(desk.site, desk.state, desk.now)).toBeUndefined();
    desk.now += 15 * minute;
    expect(signOnTrouble(desk.site, desk.state, desk.now)?.en).toContain('since 07:00');
  });

  test('says so where nobody is planned at all', () => {
    const desk = new Desk({ roster: { ...site.roster!, turns: [] } }, monday + 6 * hour);
    desk.now = monday + 8 * hour;
    expect(signOnTrouble(desk.site, desk.state, desk.now)?.zh).toContain('没有排人');
  });
});

test('a school without a roster is told nothing of it', () => {
  const desk = new Desk();
  desk.site = school;
  expect(dutyCounts(desk.site, desk.state, desk.now)).toEqual({});
  expect([signOnTrouble, gapTrouble].map((ask) => ask(desk.site, desk.state, desk.now))).toEqual([
    undefined,
    undefined,
  ]);
});
