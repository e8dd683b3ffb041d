/**
 * Steps that two must answer: the first answer is one of two, the chain goes on to everybody else, and only another person's ends it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import type { Duty, Live, Site, User } from '../../src/core/types.ts';
import { wouldTell } from '../../src/core/view/view-telling.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const words = (zh: string) => ({ zh, en: zh });
const li: User = { name: 'li.q', role: 'guard' };
const liAtTheDesk: User = { name: 'li', role: 'operator' };
const zhang: User = { name: 'zhang', role: 'guard' };

const people = { roles: ['guard'] as const, channels: [], people: ['li', 'zhang'] };
const site: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', account: 'li.q', ways: ['phone'] },
    zhang: { id: 'zhang', name: '张伟', ways: ['phone'] },
  },
  ladder: [
    { channel: 'sms', afterMs: 0 },
    { channel: 'call', afterMs: 60 * second },
  ],
  channels: {
    sms: { id: 'sms', title: words('短信'), each: 'phone' },
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true },
  },
  escalation: {
    ...school.escalation,
    1: {
      steps: [
        { afterMs: 30 * second, ...people },
        { afterMs: 60 * second, ...people, needs: 2 },
      ],
      repeatMs: 2 * minute,
    },
  },
};

class TwoNight extends Story {
  readonly out: string[] = [];

  constructor() {
    super(monday + 19 * 60 * minute + 10 * minute);
    this.site = site;
  }

  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      this.tell({ kind: 'tick' });
      const duties = owed(this.site, { state: this.state, live }, this.now);
      for (const duty of duties.filter((one): one is Extract<Duty, { do: 'notify' }> => one.do === 'notify')) {
        this.out.push([duty.channel, ...(duty.to ?? []), ...(duty.taken ? ['taken'] : [])].join(' '));
        this.tell({ kind: 'outcome', duty: duty.id, ok: true });
      }
    }
  }

  climbs(): number {
    this.reads('fence', { climb: true });
    return this.only('raised').at(-1)!.seq;
  }

  alarm(id: number) {
    return this.state.alarms.get(id)!;
  }
}

/** A night on which the step that two must answer was taken. */
function stepOfTwo(): { night: TwoNight; alarm: number } {
  const night = new TwoNight();
  const alarm = night.climbs();
  night.passes(65);
  night.out.length = 0;
  return { night, alarm };
}

describe('a step that two must answer', () => {
  test('says so in its fact, and is in the preview what it is at night', () => {
    const { night } = stepOfTwo();
    expect(night.only('escalated').map(({ level, needs }) => [level, needs])).toEqual([
      [1, undefined],
      [2, 2],
    ]);
    const told = wouldTell(site, night.state, { priority: 1, kind: 'climb', zone: 'z1' }, night.now);
    expect(told?.steps.map(({ needs }) => needs)).toEqual([undefined, 2]);
  });

  test('is not reached by an alarm that one person answered before', () => {
    const night = new TwoNight();
    const alarm = night.climbs();
    night.passes(40);
    night.asks(zhang, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).acked?.by).toBe('zhang');
  });

  test('goes on to the other after the first answer, and no more to whoever gave it', () => {
    const { night, alarm } = stepOfTwo();
    night.asks(li, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).acked).toBeUndefined();
    expect(night.alarm(alarm).parts?.map(({ by }) => by)).toEqual(['li.q']);
    night.passes(200);
    expect(night.out.filter((one) => one.includes(' li'))).toEqual([]);
    expect(night.out).toContain('call zhang');
    expect(night.out.filter((one) => one === 'sms zhang').length).toBeGreaterThan(0);
  });

  test('that names nobody but whoever has answered goes on to the last resort, and again at each repetition', () => {
    const night = new TwoNight();
    const steps = [{ afterMs: 0, roles: [], channels: [], people: ['li'], needs: 2 as const }];
    night.site = {
      ...site,
      channels: { ...site.channels, group: { id: 'group', title: words('群') } },
      escalation: { ...site.escalation, 1: { steps, repeatMs: 2 * minute } },
    };
    const alarm = night.climbs();
    night.passes(5);
    night.asks(li, { do: 'acknowledge', alarm });
    night.out.length = 0;
    night.passes(60);
    expect(night.out).toContain('group');
    night.out.length = 0;
    night.passes(130);
    expect(night.out).toContain('group');
  });

  test('sends the guard who answers first, though another must answer, too', () => {
    const { night, alarm } = stepOfTwo();
    night.asks(li, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).dispatched?.to).toBe('li');
  });

  test('is answered by the second person, and those who were told hear of it', () => {
    const { night, alarm } = stepOfTwo();
    night.asks(li, { do: 'acknowledge', alarm });
    night.asks(zhang, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).acked?.by).toBe('zhang');
    night.passes(60);
    expect(night.out).toEqual(['sms li taken']);
  });

  test('counts a person once, by whatever account he answers, and a second press not at all', () => {
    const { night, alarm } = stepOfTwo();
    night.asks(li, { do: 'acknowledge', alarm });
    const before = night.events.length;
    night.asks(li, { do: 'acknowledge', alarm });
    expect(night.events.length).toBe(before);
    night.asks(liAtTheDesk, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).acked).toBeUndefined();
    expect(night.alarm(alarm).parts).toHaveLength(1);
    night.asks(operator, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).acked?.by).toBe(operator.name);
  });

  test('is asked of two anew when the alarm comes again', () => {
    const { night, alarm } = stepOfTwo();
    night.asks(li, { do: 'acknowledge', alarm });
    night.asks(zhang, { do: 'acknowledge', alarm });
    night.reads('fence', { climb: false });
    night.reads('fence', { climb: true });
    expect(night.alarm(alarm).acked).toBeUndefined();
    expect(night.alarm(alarm).parts).toBeUndefined();
    night.passes(65);
    night.asks(zhang, { do: 'acknowledge', alarm });
    expect(night.alarm(alarm).parts?.map(({ by }) => by)).toEqual(['zhang']);
  });

  test('is taken by two different persons and by nobody else, whoever answers when, how often and by what account', () => {
    const who = { li, liAtTheDesk, zhang, operator } as const;
    const personOf = { li: 'li', liAtTheDesk: 'li', zhang: 'zhang', operator: 'wang' } as const;
    const answers = fc.array(
      fc.record({ by: fc.constantFrom(...(Object.keys(who) as (keyof typeof who)[])), wait: fc.nat({ max: 130 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(answers, (all) => {
        const night = new TwoNight();
        const alarm = night.climbs();
        const began = night.now;
        const answered = new Set<string>();
        for (const { by, wait } of all) {
          night.passes(wait);
          const two = night.now - began >= 60 * second;
          night.asks(who[by], { do: 'acknowledge', alarm });
          answered.add(personOf[by]);
          const taken = !two || answered.size > 1;
          expect(night.alarm(alarm).acked?.by).toBe(taken ? who[by].name : undefined);
          if (taken) return;
          // One of two: it stays an alarm that waits. It cannot be closed, and goes on to everybody but him.
          night.asks(operator, { do: 'close', alarm, reason: 'B1' });
          expect(night.alarm(alarm)).toBeDefined();
          night.out.length = 0;
          const reached = night.only('escalated').length;
          night.passes(125);
          expect(night.only('escalated').length).toBeGreaterThan(reached);
          expect(night.out.filter((one) => [...answered].some((person) => one.split(' ').includes(person)))).toEqual(
            [],
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
