/**
 * Rungs of one incident: one alarm speaks for the others, and when it is taken while rungs are still to come, they pass to an alarm of
 * the incident that nobody has taken. Nobody is told less because somebody took the first.
 */
import { expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import type { Duty, Live, Site } from '../../src/core/types.ts';
import { minute, monday, operator, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const words = (zh: string) => ({ zh, en: zh });
const step = { afterMs: 0, roles: [], channels: [], people: ['li'] } as const;
const site: Site = {
  ...school,
  people: { li: { id: 'li', name: '李强', ways: ['phone'] }, zhang: { id: 'zhang', name: '张伟', ways: ['phone'] } },
  ladder: [
    { channel: 'wecom', afterMs: 0 },
    { channel: 'sms', afterMs: 60 * second },
    { channel: 'call', afterMs: 120 * second },
  ],
  channels: {
    wecom: { id: 'wecom', title: words('企微'), names: 'phone' },
    sms: { id: 'sms', title: words('短信'), each: 'phone' },
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true },
  },
  escalation: { ...school.escalation, 1: { steps: [step], repeatMs: 30 * minute } },
};

class RungNight extends Story {
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
        if (!duty.taken) this.out.push([duty.channel, ...(duty.to ?? []), `of ${duty.alarm.kind}`].join(' '));
        this.tell({ kind: 'outcome', duty: duty.id, ok: true });
      }
    }
  }

  raises(what: 'climb' | 'cut'): number {
    this.reads(what === 'cut' ? 'fence2' : 'fence', { [what]: true });
    return this.only('raised').at(-1)!.seq;
  }
}

/** A climb, and five seconds later a cut wire beside it. */
function twoBeside(): { night: RungNight; climb: number; cut: number } {
  const night = new RungNight();
  const climb = night.raises('climb');
  night.passes(5);
  const cut = night.raises('cut');
  night.passes(2);
  expect(night.state.alarms.get(cut)?.incident).toBe(climb);
  expect(night.out).toEqual(['wecom li of climb', 'wecom li of cut']);
  night.out.length = 0;
  return { night, climb, cut };
}

test('the rungs to come of the first alarm speak for the second', () => {
  const { night } = twoBeside();
  night.passes(118);
  expect(night.out).toEqual(['sms li of climb', 'call li of climb']);
});

test('when the first is taken, its rungs to come are the second’s, at the time they would have been', () => {
  const { night, climb } = twoBeside();
  night.asks(operator, { do: 'acknowledge', alarm: climb });
  night.passes(51);
  expect(night.out).toEqual([]);
  night.passes(80);
  // What was promised for the first is another matter.
  expect(night.out.filter((one) => one.endsWith('cut'))).toEqual(['sms li of cut', 'call li of cut']);
});

test('when both are taken, no rung is left', () => {
  const { night, climb, cut } = twoBeside();
  night.asks(operator, { do: 'acknowledge', alarm: climb });
  night.asks(operator, { do: 'acknowledge', alarm: cut });
  night.passes(80);
  expect(night.out).toEqual([]);
});
