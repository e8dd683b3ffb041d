/**
 * The pledge, one rule each: an acknowledgement is a promise with a time. Kept, it is quiet; broken, the chain goes on from
 * its next step and says who had taken the alarm; a person's word gives more time, a few times.
 */
import { describe, expect, test } from 'vitest';
import { late } from '../../src/core/alarm/alarm-state.ts';
import { owed } from '../../src/core/alarm/duties.ts';
import { audibles, heard } from '../../src/core/alarm/sounding.ts';
import type { Live, Role, Site, User } from '../../src/core/types.ts';
import { guard, head, operator, Story, school } from './school.ts';

const second = 1_000;
const minute = 60_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const step = (afterMs: number, roles: Role[], channels: string[] = []) => ({ afterMs, roles, channels });
const escalation: Site['escalation'] = {
  ...school.escalation,
  1: {
    steps: [
      step(30 * second, ['operator']),
      step(60 * second, ['head'], ['robot']),
      step(120 * second, ['head'], ['robot', 'sms']),
    ],
    repeatMs: 2 * minute,
  },
};
const { withinMs, renewals } = school.pledges[1];
const wang: User = operator;
const zhao: User = { name: 'zhao', role: 'operator' };

/** Somebody climbs at night, and the operator has acknowledged it after ten seconds. */
class Taken extends Story {
  readonly alarm: number;

  constructor() {
    super();
    this.site = { ...school, escalation };
    this.reads('fence', { climb: true });
    this.alarm = this.only('raised')[0]!.seq;
    this.passes(10);
    this.asks(wang, { do: 'acknowledge', alarm: this.alarm });
    this.reads('fence', { climb: false });
    this.passes(1);
  }

  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      this.tell({
        kind: 'displayed',
        by: { name: 'wall-1', role: 'operator' },
        page: 'wall',
        alarms: [...this.state.alarms.keys()],
      });
      this.tell({ kind: 'tick' });
    }
  }

  get open() {
    return this.state.alarms.get(this.alarm)!;
  }
  get calls(): boolean {
    return heard(this.state, audibles(this.state), this.now).length > 0;
  }
  told(): { level: number; why: string; takenBy: string | undefined }[] {
    return this.only('escalated').map(({ level, why, takenBy }) => ({ level, why, takenBy }));
  }
}

describe('an urgent alarm that somebody acknowledged', () => {
  test.each(['E2', 'A1'])('and says at once was %s goes on up its chain when no head countersigns that', (reason) => {
    const night = new Taken();
    night.asks(wang, { do: 'dispose', alarm: night.alarm, reason });
    night.passes(2);
    expect(night.open.pledge).toMatchObject({ stage: 'review', words: 0 });
    night.passes(withinMs.review / second - 3);
    expect(night.told()).toEqual([]);
    night.passes(3);
    expect(night.told()).toMatchObject([{ why: 'not-reviewed', takenBy: 'wang' }]);
    const told = night.told().length;
    night.asks({ name: 'head', role: 'head' }, { do: 'close', alarm: night.alarm, reason });
    night.passes(600);
    expect(night.told()).toHaveLength(told);
  });
  test('and sent nobody to goes on up its chain from the next step, and says who had taken it', () => {
    const night = new Taken();
    night.passes(withinMs.send / second - 2);
    expect([night.told(), night.calls]).toEqual([[], false]);
    night.passes(2);
    expect(night.told()).toEqual([{ level: 1, why: 'not-sent', takenBy: 'wang' }]);
    expect(night.calls).toBe(true);
    expect(night.open.acked).toMatchObject({ by: 'wang' });
  });

  test('is never forgotten: in eight hours others are told at the pace of the chain, and messages are owed', () => {
    const night = new Taken();
    night.passes(8 * 3_600);
    expect(night.only('escalated').length).toBeGreaterThan(200);
    expect(
      night
        .told()
        .slice(0, 3)
        .map(({ level }) => level),
    ).toEqual([1, 2, 3]);
    expect(Math.max(...night.told().map(({ level }) => level))).toBe(3);
    const duties = owed(night.site, { state: night.state, live }, night.now);
    const channels = duties.flatMap((duty) => (duty.do === 'notify' ? [duty.channel] : []));
    expect([...new Set(channels)]).toEqual(['robot', 'sms']);
  });

  test('goes on from the step it had reached when it was acknowledged', () => {
    const night = new Taken();
    night.reads('fence2', { climb: true });
    night.passes(65);
    expect(night.told().map(({ level }) => level)).toEqual([1, 2]);
    night.asks(wang, { do: 'acknowledge', alarm: night.alarm });
    night.passes(withinMs.send / second + 1);
    expect(night.told().at(-1)).toEqual({ level: 3, why: 'not-sent', takenBy: 'wang' });
  });

  test('is held to each thing in turn: sent, accepted, there, found', () => {
    const { alarm } = new Taken();
    const deeds = [
      [{ do: 'dispatch', alarm, to: 'zhang' }, 'not-accepted'],
      [{ do: 'accept', alarm }, 'not-arrived'],
      [{ do: 'arrive', alarm }, 'not-found'],
    ] as const;
    for (const n of deeds.keys()) {
      const night = new Taken();
      for (const [command] of deeds.slice(0, n + 1)) night.asks(command.do === 'dispatch' ? wang : guard, command);
      night.passes(1);
      const { pledge } = night.open;
      night.passes((pledge!.until - night.now) / second - 1);
      expect(night.told()).toEqual([]);
      night.passes(1);
      expect(night.told()).toEqual([{ level: 1, why: deeds[n]![1], takenBy: 'wang' }]);
    }
  });

  test('is left in peace once it was said what was found, or it is closed', () => {
    const night = new Taken();
    night.asks(wang, { do: 'dispatch', alarm: night.alarm, to: 'zhang' });
    night.asks(guard, { do: 'arrive', alarm: night.alarm });
    night.asks(guard, { do: 'dispose', alarm: night.alarm, reason: 'B4' });
    night.passes(3_600);
    expect(night.told()).toEqual([]);
    expect(night.open.pledge).toBeUndefined();
  });

  test('is in time when the deed comes in the last second before the tick', () => {
    const night = new Taken();
    night.passes((night.open.pledge!.until - night.now) / second - 1);
    night.asks(wang, { do: 'dispatch', alarm: night.alarm, to: 'zhang' });
    night.passes(2);
    expect(night.told()).toEqual([]);
  });

  test('is promised anew when it is raised again and acknowledged again', () => {
    const night = new Taken();
    night.passes(60);
    night.reads('fence', { climb: true });
    expect(night.open.pledge).toBeUndefined();
    night.asks(wang, { do: 'acknowledge', alarm: night.alarm });
    night.passes(1);
    expect(night.open.pledge).toMatchObject({ stage: 'send', words: 0, until: night.now - second + withinMs.send });
  });
});

describe('a person’s word', () => {
  test('gives the time anew a few times, and then no more', () => {
    const night = new Taken();
    for (let n = 0; n < renewals; n++) {
      night.passes(60);
      expect(night.asks(wang, { do: 'renew', alarm: night.alarm })).toMatchObject([{ kind: 'renewed', by: 'wang' }]);
      night.passes(1);
      expect(night.open.pledge).toMatchObject({ words: n + 1, until: night.now - second + withinMs.send });
    }
    expect(night.told()).toEqual([]);
    expect(night.asks(wang, { do: 'renew', alarm: night.alarm })).toMatchObject([{ why: 'no-more-time' }]);
    night.passes(withinMs.send / second);
    expect(night.told()).toMatchObject([{ why: 'not-sent' }]);
  });

  test('is not needed before anybody acknowledged', () => {
    const story = new Story();
    story.reads('fence', { climb: true });
    const { seq: alarm } = story.only('raised')[0]!;
    expect(story.asks(wang, { do: 'renew', alarm })).toMatchObject([{ why: 'not-acknowledged' }]);
  });

  test('is what handing round comes to: nobody holds an alarm for ever by sending one after the other', () => {
    const night = new Taken();
    for (let n = 0; n < 30; n++) {
      night.asks(wang, { do: 'dispatch', alarm: night.alarm, to: n % 2 === 0 ? 'zhang' : 'li' });
      night.passes(50);
    }
    expect(night.told()[0]).toMatchObject({ why: 'not-accepted', takenBy: 'wang' });
    const first = night.only('escalated')[0]!;
    expect((first.at - night.open.acked!.at) / second).toBeLessThan(50 * (renewals + 1) + withinMs.accept / second);
  });
});

describe('when the word was not kept', () => {
  test('another may take the alarm over, with the time anew, and is named from then on', () => {
    const night = new Taken();
    const take = () => night.asks(zhao, { do: 'acknowledge', alarm: night.alarm });
    expect(take()).toMatchObject([{ why: 'already-acknowledged' }]);
    night.passes(withinMs.send / second);
    expect(late(night.open, night.now)).toBe('send');
    expect(take()).toMatchObject([{ kind: 'acknowledged', by: 'zhao' }]);
    night.passes(2);
    expect([night.calls, night.open.acked?.by]).toEqual([false, 'zhao']);
    night.passes(withinMs.send / second);
    expect(night.told().at(-1)).toMatchObject({ why: 'not-sent', takenBy: 'zhao' });
  });

  test('whoever had taken it may press again, and nobody gains time for ever by that', () => {
    const night = new Taken();
    for (let n = 0; n < 20; n++) {
      night.passes(withinMs.send / second + 2);
      night.asks(n % 2 === 0 ? zhao : wang, { do: 'acknowledge', alarm: night.alarm });
    }
    expect(night.told().map(({ level }) => level)).toContain(3);
    expect(late(night.open, night.now)).toBe('send');
  });

  test('a message that is still owed is taken back when somebody is sent', () => {
    const night = new Taken();
    night.passes(withinMs.send / second + 31);
    const messages = () => owed(night.site, { state: night.state, live }, night.now).filter((d) => d.do === 'notify');
    expect(messages()).toMatchObject([{ channel: 'robot' }]);
    night.asks(head, { do: 'dispatch', alarm: night.alarm, to: 'zhang' });
    night.passes(1);
    expect(messages()).toEqual([]);
  });
});

test('a guard who takes an alarm on his phone goes there himself', () => {
  const story = new Story();
  story.reads('fence', { climb: true });
  const { seq: alarm } = story.only('raised')[0]!;
  expect(story.kinds(story.asks({ name: 'zhang', role: 'guard' }, { do: 'acknowledge', alarm })).slice(0, 3)).toEqual([
    'acknowledged',
    'dispatched',
    'accepted',
  ]);
  story.tell({ kind: 'tick' });
  expect(story.state.alarms.get(alarm)).toMatchObject({ dispatched: { to: 'zhang' }, pledge: { stage: 'arrive' } });
});

test('one person sent to an incident is sent to all that began with it', () => {
  const story = new Story();
  story.reads('fence', { climb: true });
  story.reads('fence2', { cut: true });
  const [first, second_] = story.only('raised').map(({ seq }) => seq) as [number, number];
  for (const alarm of [first, second_]) {
    story.take({ kind: 'joined', alarm, incident: first, why: 'neighbour' });
    story.asks(operator, { do: 'acknowledge', alarm });
  }
  story.now += second;
  story.asks(operator, { do: 'dispatch', alarm: first, to: 'zhang' });
  story.tell({ kind: 'tick' });
  expect([first, second_].map((id) => story.state.alarms.get(id)?.pledge?.stage)).toEqual(['accept', 'accept']);
});

test('a silent call for help is answered by sending somebody and saying what was found: no phone can answer it', () => {
  const story = new Story();
  const call = {
    key: 'duress/z1',
    alarm: 'duress',
    priority: 1,
    device: 'console',
    cause: 'c',
    active: false,
  } as const;
  story.take({ kind: 'raised', ...call, covert: true });
  const alarm = story.state.seq;
  story.asks(head, { do: 'acknowledge', alarm });
  story.asks(head, { do: 'dispatch', alarm, to: 'zhang' });
  story.tell({ kind: 'tick' });
  expect(story.only('pledged')).toMatchObject([{ stage: 'find', covert: true }]);
});
