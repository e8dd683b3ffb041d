/**
 * Messages to persons: ladders, what goes out when and in which order, channels that fail, are too slow or full, a crash while
 * something is on its way, and who hears that it was taken.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import type { Duty, Live, Rung, Site, Untaken } from '../../src/core/types.ts';
import { wouldTell } from '../../src/core/view/view-telling.ts';
import { guard, head, minute, monday, operator, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const words = (zh: string) => ({ zh, en: zh });
type Message = Extract<Duty, { do: 'notify' }>;

const ladder: readonly Rung[] = [
  { channel: 'wecom', afterMs: 0 },
  { channel: 'sms', afterMs: 60 * second },
  { channel: 'call', afterMs: 120 * second },
];
const site: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', ways: ['phone'] },
    zhang: { id: 'zhang', name: '张伟', ways: ['phone'], quiet: { from: 22 * 60, to: 6 * 60 } },
    old: { id: 'old', name: '老王' },
  },
  ladder,
  channels: {
    wecom: { id: 'wecom', title: words('企微'), names: 'phone', perMin: 6, instead: 'mail' },
    mail: { id: 'mail', title: words('邮件') },
    sms: { id: 'sms', title: words('短信'), each: 'phone', instead: 'call' },
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true, perHourEach: 2 },
  },
  escalation: {
    ...school.escalation,
    1: { steps: [{ afterMs: 0, roles: [], channels: [], people: ['li', 'zhang', 'old'] }], repeatMs: 10 * minute },
    2: { steps: [{ afterMs: 60 * second, roles: [], channels: [], people: ['li', 'zhang'] }], repeatMs: 10 * minute },
    3: { steps: [{ afterMs: 0, roles: [], channels: ['wecom'] }], repeatMs: 60 * minute },
  },
};

class Night extends Story {
  readonly out: string[] = [];

  constructor(at = monday + 19 * 60 * minute + 10 * minute) {
    super(at);
    this.site = site;
  }

  messages(): Message[] {
    const duties = owed(this.site, { state: this.state, live }, this.now);
    return duties.filter((duty): duty is Message => duty.do === 'notify');
  }

  /** Everything on its way comes to an end: taken, or as `fate` says by channel. */
  delivers(fate: Readonly<Record<string, Untaken>> = {}, more: { pauseMs?: number } = {}): void {
    for (const { id, channel, to = [], again, digest, taken } of this.messages()) {
      const untaken = fate[channel];
      const marks = [again && 'again', digest && 'digest', taken && 'taken'].filter(Boolean);
      if (!untaken) this.out.push([channel, ...to, ...marks].join(' '));
      const why = words('no');
      this.tell({ kind: 'outcome', duty: id, ok: !untaken, ...(untaken && { untaken, why, ...more }) });
    }
  }

  passes(seconds: number, fate: Readonly<Record<string, Untaken>> = {}): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      this.tell({ kind: 'tick' });
      this.delivers(fate);
    }
  }

  climbs(): number {
    this.reads('fence', { climb: true });
    return this.only('raised').at(-1)!.seq;
  }
}

describe('a step that names persons', () => {
  test('tells them at once by the group in one message, and each by his own rungs later', () => {
    const night = new Night();
    night.climbs();
    night.delivers();
    expect(night.out).toEqual(['wecom li zhang old']);
    night.passes(130);
    expect(night.out).toEqual(['wecom li zhang old', 'sms li', 'sms zhang', 'call li', 'call zhang']);
  });

  test('is on its way within the step that raised the alarm, and a fact first', () => {
    const night = new Night();
    night.climbs();
    const kinds = night.kinds();
    expect(kinds.slice(kinds.indexOf('raised'))).toEqual(['raised', 'escalated', 'sending']);
    expect(night.only('sending')[0]).toMatchObject({ channel: 'wecom', people: ['li', 'zhang', 'old'] });
  });

  test('leaves in peace whoever rests, unless it is urgent', () => {
    const night = new Night(monday + 23 * 60 * minute);
    night.reads('fence', { tamper: true });
    night.passes(200);
    expect(night.out).toEqual(['wecom li', 'sms li', 'call li']);
    night.climbs();
    night.delivers();
    expect(night.out.at(-1)).toBe('wecom li zhang old');
  });

  test('stops at whatever rung the alarm is acknowledged, and those who were told hear by whom, but not by a call', () => {
    const night = new Night();
    const alarm = night.climbs();
    night.delivers();
    night.passes(70);
    night.asks(operator, { do: 'acknowledge', alarm });
    night.passes(60);
    expect(night.out).toEqual([
      'wecom li zhang old',
      'sms li',
      'sms zhang',
      'wecom taken',
      'sms li taken',
      'sms zhang taken',
    ]);
  });

  test('does not tell whoever took it himself that it is taken', () => {
    const night = new Night();
    const alarm = night.climbs();
    night.passes(61);
    night.asks(guard, { do: 'acknowledge', alarm });
    night.delivers();
    expect(night.out.filter((one) => one.endsWith('taken'))).toEqual(['wecom taken', 'sms li taken']);
  });

  test('is told again from the first rung when the alarm comes again after it was taken', () => {
    const night = new Night();
    const alarm = night.climbs();
    night.delivers();
    night.asks(operator, { do: 'acknowledge', alarm });
    night.delivers();
    night.reads('fence2', { climb: true });
    night.passes(1);
    expect(night.out).toEqual(['wecom li zhang old', 'wecom taken', 'wecom li zhang old']);
  });
});

describe('a late tick', () => {
  test.each([1, 7, 59, 61, 119, 300])('of %i s neither skips nor doubles a rung', (pause) => {
    const night = new Night();
    night.climbs();
    night.delivers();
    for (let gone = 0; gone < 300; gone += pause) {
      night.now += pause * second;
      night.tell({ kind: 'tick' });
      night.delivers();
    }
    expect(night.out.toSorted()).toEqual(['call li', 'call zhang', 'sms li', 'sms zhang', 'wecom li zhang old']);
  });
});

describe('a channel', () => {
  test('that refuses gives way to the next at once', () => {
    const night = new Night();
    night.climbs();
    night.delivers({ wecom: 'refused' });
    night.delivers();
    expect(night.out).toEqual(['mail li zhang old']);
    expect(night.only('sending').map(({ channel }) => channel)).toEqual(['wecom', 'mail']);
  });

  test('that is known to be down is not waited for', () => {
    const night = new Night();
    for (const value of ['fence', 'fence2', 'fence', 'fence2']) {
      const alarm = night.reads(value, { climb: false }) && night.reads(value, { climb: true });
      expect(alarm).not.toEqual([]);
      night.delivers({ wecom: 'refused' });
      night.delivers();
      night.asks(operator, { do: 'acknowledge', alarm: night.only('raised')[0]!.seq });
      night.delivers({ wecom: 'refused' });
      night.delivers();
    }
    const last = night.only('escalated').at(-1)!;
    expect(night.only('sending').find(({ seq }) => seq > last.seq)!.channel).toBe('mail');
  });

  test('that says it was too much is left alone for as long as it says, and what is urgent goes by the next', () => {
    const night = new Night();
    night.climbs();
    night.delivers({ wecom: 'too-fast' }, { pauseMs: 90 * second });
    night.delivers();
    expect(night.out).toEqual(['mail li zhang old']);
    night.reads('io', { sos: true });
    night.delivers();
    expect(night.out).toEqual(['mail li zhang old', 'mail li zhang old']);
  });

  test('keeps a third of what it takes in a minute for what is urgent, and tells the rest in one message', () => {
    const night = new Night();
    const numbers: number[] = [];
    for (let i = 0; i < 9; i++) {
      const raised = {
        key: `io/${i}`,
        alarm: 'fault',
        priority: 3,
        device: 'io',
        cause: `io/${i}`,
        active: true,
      } as const;
      night.take({ kind: 'raised', ...raised });
      numbers.push(night.state.seq);
      night.passes(1);
    }
    expect(night.out).toEqual(['wecom', 'wecom', 'wecom', 'wecom']);
    night.reads('io', { sos: true });
    night.delivers();
    expect(night.out.at(-1)).toBe('wecom li zhang old');
    night.passes(60);
    expect(night.out.slice(5, 6)).toEqual(['wecom digest']);
    const told = night.only('sending').flatMap(({ notice, bundles = [] }) => [notice, ...bundles]);
    for (const number of numbers) expect(told.filter((id) => id.startsWith(`notify/${number}/`))).toHaveLength(1);
  });
});

test('nobody is called more often in an hour than his carrier takes, and is told by the rest of his ladder', () => {
  const night = new Night();
  const repeated = { ...site.escalation[1], repeatMs: 5 * minute };
  night.site = { ...site, escalation: { ...site.escalation, 1: repeated } };
  night.climbs();
  night.passes(30 * 60);
  const of = (start: string) => night.out.filter((one) => one.startsWith(start)).length;
  expect(of('call li')).toBe(2);
  expect(of('sms li')).toBeGreaterThan(4);
});

describe('a gateway that ends while a message is on its way', () => {
  test('sends what is urgent again, and says so', () => {
    const night = new Night();
    night.climbs();
    night.tell({ kind: 'started', version: 'test', config: 'test' });
    night.passes(1);
    expect(night.out).toEqual(['wecom li zhang old again']);
  });

  test('does not send again what nobody hurries for', () => {
    const night = new Night();
    night.site = { ...site, escalation: { ...site.escalation, 1: site.escalation[3] } };
    night.tell({ kind: 'link', device: 'r1', up: false, why: words('away') });
    night.climbs();
    expect(night.only('sending').length).toBeGreaterThan(0);
    night.tell({ kind: 'started', version: 'test', config: 'test' });
    night.passes(5);
    for (const message of night.out.filter((one) => one.includes('again'))) expect(message).toMatch(/^wecom/);
    const state = [...night.state.alarms.values()].flatMap(({ priority, notices }) =>
      notices.map(({ doubt }) => [priority, doubt]),
    );
    expect(state.every(([priority, doubt]) => priority === 1 || priority === 2 || doubt !== undefined)).toBe(true);
  });
});

describe('a test message', () => {
  test('is owed until it came to something, and says who received it', () => {
    const night = new Night();
    expect(night.asks(head, { do: 'test-channel', channel: 'sms' })).toMatchObject([
      { kind: 'refused', why: 'needs-person' },
    ]);
    expect(night.asks(head, { do: 'test-channel', channel: 'sms', person: 'old' })).toMatchObject([{ why: 'no-way' }]);
    night.asks(head, { do: 'test-channel', channel: 'sms', person: 'li' });
    expect(night.asks(head, { do: 'test-channel', channel: 'sms', person: 'li' })).toMatchObject([
      { why: 'test-runs' },
    ]);
    expect(night.asks(head, { do: 'confirm-test', channel: 'sms', person: 'li' })).toMatchObject([
      { why: 'not-tested' },
    ]);
    night.tell({ kind: 'outcome', duty: 'test/sms/li', ok: true });
    expect(night.asks(guard, { do: 'confirm-test', channel: 'sms', person: 'li' })).toMatchObject([
      { why: 'no-right' },
    ]);
    night.asks(operator, { do: 'confirm-test', channel: 'sms', person: 'li' });
    expect(night.state.channelTests.get('sms/li')).toMatchObject({ confirmed: { by: operator.name } });
  });

  test('of every group goes out once a day at its hour, and of calls never by itself', () => {
    const night = new Night(monday + 10 * 60 * minute);
    night.site = { ...site, channelTests: { minute: 10 * 60 + 20, to: { sms: 'li', call: 'li' } } };
    night.now += 19 * minute;
    night.tell({ kind: 'tick' });
    expect(night.only('channel-tried')).toEqual([]);
    for (let i = 0; i < 300; i++) {
      night.now += minute;
      night.tell({ kind: 'tick' });
    }
    expect(night.only('channel-tried').map(({ channel, person }) => [channel, person])).toEqual([
      ['wecom', undefined],
      ['mail', undefined],
      ['sms', 'li'],
    ]);
    night.now += 24 * 60 * minute - 290 * minute;
    night.tell({ kind: 'tick' });
    expect(night.only('channel-tried')).toHaveLength(6);
  });
});

describe('the preview', () => {
  test('names for each step who would be told then, and the same as the night does', () => {
    const night = new Night(monday + 23 * 60 * minute);
    const supposed = wouldTell(site, night.state, { priority: 2, kind: 'tamper', zone: 'z1' }, night.now)!;
    expect(supposed.steps[0]).toMatchObject({
      people: ['li', 'zhang'],
      tell: [{ channel: 'wecom', people: ['li'] }, {}, {}],
    });
    night.reads('fence', { tamper: true });
    night.passes(61);
    expect(night.only('escalated')[0]!.tell).toEqual(supposed.steps[0]!.tell);
  });

  test('goes by the first rule that fits, for as long as the alarm waits', () => {
    const rule = {
      ...{
        id: 'nights',
        title: words('夜间'),
        kinds: ['climb'] as const,
        windows: [{ days: [1], from: 20 * 60, to: 6 * 60 }],
      },
      chain: { steps: [{ afterMs: 0, roles: [], channels: ['mail'] }], repeatMs: minute },
    };
    const night = new Night(monday + 21 * 60 * minute);
    night.site = { ...site, rules: [rule] };
    const of = (at: number, kind: 'climb' | 'cut') =>
      wouldTell(night.site, night.state, { priority: 1, kind, zone: 'z1' }, at)!.rule;
    expect(of(monday + 19 * 60 * minute, 'climb')).toBeUndefined();
    expect(of(monday + 20 * 60 * minute, 'climb')).toBe('nights');
    expect(of(monday + 29 * 60 * minute, 'climb')).toBe('nights');
    expect(of(monday + 30 * 60 * minute, 'climb')).toBeUndefined();
    expect(of(monday + 20 * 60 * minute, 'cut')).toBeUndefined();
    night.climbs();
    night.delivers();
    expect(night.out).toEqual(['mail']);
  });
});

describe('whoever comes on duty', () => {
  const always = [0, 1, 2, 3, 4, 5, 6];
  const shift = { id: 'night', title: words('夜班'), from: 22 * 60, until: 6 * 60, days: always, persons: 1 };
  const turn = { shift: 'night', days: always, order: [['li']], anchor: 0, eachDays: 1 };
  const roster = { shifts: { night: shift }, turns: [turn], temporary: [] };
  const reminders = (night: Night) =>
    owed(night.site, { state: night.state, live }, night.now).filter(({ do: what }) => what === 'remind');
  const minutesBefore = (minutes: number) => {
    const night = new Night(monday + (22 * 60 - minutes) * minute);
    night.site = { ...site, roster };
    night.tell({ kind: 'tick' });
    return night;
  };

  test('is told half an hour before, once, by the first rung that takes it', () => {
    expect(reminders(minutesBefore(31))).toEqual([]);
    const night = minutesBefore(30);
    expect(reminders(night)).toMatchObject([{ channel: 'wecom', person: 'li', shift: 'night' }]);
    night.tell({ kind: 'outcome', duty: reminders(night)[0]!.id, ok: false, why: words('no') });
    night.tell({ kind: 'tick' });
    expect(reminders(night)).toMatchObject([{ channel: 'sms', person: 'li' }]);
    night.tell({ kind: 'outcome', duty: reminders(night)[0]!.id, ok: true });
    for (let i = 0; i < 40; i++) {
      night.now += minute;
      night.tell({ kind: 'tick' });
    }
    expect(night.only('shift-told')).toHaveLength(2);
  });

  test('is not told again after a crash on the way, by the same rung', () => {
    const night = minutesBefore(30);
    expect(reminders(night)).toHaveLength(1);
    night.now += 60 * minute;
    night.tell({ kind: 'started', version: 'test', config: 'test' });
    expect(reminders(night)).toEqual([]);
  });

  test('and his cover is told instead of him', () => {
    const night = new Night(monday + 20 * 60 * minute);
    night.site = { ...site, roster };
    const moves = [
      { shift: 'night', day: Math.floor((monday + 8 * 60 * minute) / 86_400_000), out: 'li', in: 'zhang' },
    ];
    night.take({ kind: 'shift-changed', how: 'cover', moves, by: head.name, reason: '病假' });
    night.now = monday + (22 * 60 - 20) * minute;
    night.tell({ kind: 'tick' });
    expect(reminders(night)).toMatchObject([{ person: 'zhang' }]);
  });
});
