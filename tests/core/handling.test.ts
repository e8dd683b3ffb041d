/**
 * What people do about an alarm, one rule each: who may, in which state, who was first, and what a second press does.
 */
import { describe, expect, test } from 'vitest';
import { alarmStateOf, handlingOf, late } from '../../src/core/alarm/alarm-state.ts';
import { owed } from '../../src/core/alarm/duties.ts';
import { audibles, heard, silenceMs } from '../../src/core/alarm/sounding.ts';
import { encodeState } from '../../src/core/site/feed-codec.ts';
import { closing, reasons } from '../../src/core/site/reasons.ts';
import { maySee, redact } from '../../src/core/site/sight-facts.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import type { Command, Live, Role } from '../../src/core/types.ts';
import { guard, head, integrator, minute, operator, Story, school } from './school.ts';

const { accept: acceptWithinMs, arrive: arriveWithinMs } = school.pledges[1].withinMs;

const li = '0F004EBEFC';
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };

/** A story in which somebody climbs the east wall. */
function climbed(): { story: Story; alarm: number } {
  const story = new Story();
  story.reads('fence', { climb: true });
  return { story, alarm: story.only('raised')[0]!.seq };
}

/** The same, acknowledged and over. */
function over(): { story: Story; alarm: number } {
  const { story, alarm } = climbed();
  story.asks(operator, { do: 'acknowledge', alarm });
  story.asks(operator, { do: 'look', alarm });
  story.reads('fence', { climb: false });
  return { story, alarm };
}

describe('an alarm', () => {
  test('goes through its life in the states of ISA-18.2', () => {
    const { story, alarm } = climbed();
    const life = () => alarmStateOf(story.state, story.state.alarms.get(alarm));
    const step = () => handlingOf(story.state.alarms.get(alarm)!);
    expect([life(), step()]).toEqual(['unack', 'none']);
    story.reads('fence', { climb: false });
    expect(life()).toBe('rtn-unack');
    story.reads('fence', { climb: true });
    story.asks(operator, { do: 'acknowledge', alarm });
    expect(life()).toBe('acked');
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    expect(step()).toBe('dispatched');
    story.asks(guard, { do: 'accept', alarm });
    expect(step()).toBe('accepted');
    story.asks(guard, { do: 'arrive', alarm });
    expect(step()).toBe('arrived');
    story.reads('fence', { climb: false });
    expect([life(), step()]).toEqual(['latched', 'arrived']);
    story.asks(guard, { do: 'dispose', alarm, reason: 'B4' });
    expect(step()).toBe('disposed');
    story.asks(operator, { do: 'close', alarm, reason: 'B4' });
    expect(life()).toBe('normal');
  });

  test('whose condition is over and which nobody was sent to only lacks its reason', () => {
    const { story, alarm } = over();
    expect(handlingOf(story.state.alarms.get(alarm)!)).toBe('to-close');
  });

  test('that merely returns does not call again', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'acknowledge', alarm });
    story.now += 1_000;
    story.reads('fence', { climb: false });
    expect(heard(story.state, audibles(story.state), story.now)).toEqual([]);
    story.now += 1_000;
    story.reads('fence', { climb: true });
    expect(heard(story.state, audibles(story.state), story.now).map(({ id }) => id)).toEqual([alarm]);
  });
});

describe('whoever was sent', () => {
  const sent = () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'acknowledge', alarm });
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    story.tell({ kind: 'tick' });
    const lateNow = () => late(story.state.alarms.get(alarm)!, story.now);
    const sounds = () => heard(story.state, audibles(story.state), story.now).length > 0;
    return { story, alarm, lateNow, sounds };
  };

  test('and does not say in time that he goes is late, which is heard until somebody else is sent', () => {
    const { story, alarm, lateNow, sounds } = sent();
    story.now += acceptWithinMs - 1;
    expect([lateNow(), sounds()]).toEqual([undefined, false]);
    story.now += 1;
    expect([lateNow(), sounds()]).toEqual(['accept', true]);
    story.asks(operator, { do: 'silence' });
    expect([lateNow(), sounds()]).toEqual(['accept', false]);
    story.now += silenceMs;
    expect(sounds()).toBe(true);
    story.asks(operator, { do: 'dispatch', alarm, to: 'zhang' });
    story.tell({ kind: 'tick' });
    expect([lateNow(), sounds()]).toEqual([undefined, false]);
  });

  test('and is not there in time is late, until he is or says what he found', () => {
    const { story, alarm, lateNow } = sent();
    story.asks(guard, { do: 'accept', alarm });
    story.tell({ kind: 'tick' });
    story.now += arriveWithinMs;
    expect(lateNow()).toBe('arrive');
    story.asks(guard, { do: 'arrive', alarm });
    story.tell({ kind: 'tick' });
    expect(lateNow()).toBeUndefined();
    story.now += arriveWithinMs;
    expect(lateNow()).toBeUndefined();
  });

  test('is not heard of while the alarm is put aside', () => {
    const { story, sounds } = sent();
    story.reads('cam', { masked: true });
    const masked = story.only('raised').at(-1)!.seq;
    story.asks(operator, { do: 'acknowledge', alarm: masked });
    story.asks(operator, { do: 'dispatch', alarm: masked, to: 'zhang' });
    story.asks(operator, { do: 'shelve', alarm: masked, reason: '等备件', until: story.now + arriveWithinMs });
    story.asks(guard, { do: 'accept', alarm: story.only('raised')[0]!.seq });
    story.tell({ kind: 'tick' });
    story.now += acceptWithinMs;
    expect(sounds()).toBe(false);
  });
});

describe('the second person', () => {
  test('to acknowledge, accept or arrive is told who was first, and when', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    const firsts: [Command['do'], string][] = [
      ['acknowledge', 'already-acknowledged'],
      ['accept', 'already-accepted'],
      ['arrive', 'already-arrived'],
    ];
    for (const [act, why] of firsts) {
      const command = { do: act, alarm } as Command;
      story.now += 5_000;
      const at = story.now;
      expect(story.asks(guard, command)).toHaveLength(1);
      story.now += 5_000;
      expect(story.asks(operator, command)).toMatchObject([{ kind: 'refused', why, first: { by: 'zhang', at } }]);
    }
  });

  test('to close is told who has closed, and the same person closing twice is told nothing', () => {
    const { story, alarm } = over();
    story.asks(operator, { do: 'close', alarm, reason: 'B1' });
    expect(story.asks(operator, { do: 'close', alarm, reason: 'B1' })).toEqual([]);
    expect(story.asks(head, { do: 'close', alarm, reason: 'B1' })).toMatchObject([
      { why: 'unknown-alarm', first: { by: 'wang' } },
    ]);
  });
});

describe('the same person', () => {
  test('may press twice: the second press changes nothing and refuses nothing', () => {
    const { story, alarm } = climbed();
    const presses: Command[] = [
      { do: 'acknowledge', alarm },
      { do: 'dispatch', alarm, to: 'li' },
      { do: 'accept', alarm },
      { do: 'arrive', alarm },
      { do: 'dispose', alarm, reason: 'B4', note: 'a cat' },
    ];
    for (const command of presses) {
      expect(story.asks(operator, command), command.do).toHaveLength(1);
      expect(story.asks(operator, command), command.do).toEqual([]);
    }
  });
});

describe('sending somebody', () => {
  test('is possible before anybody acknowledged, names a person of the site, and can be handed over', () => {
    const { story, alarm } = climbed();
    expect(story.asks(operator, { do: 'dispatch', alarm, to: 'nobody' })).toMatchObject([{ why: 'unknown-person' }]);
    expect(story.asks(operator, { do: 'accept', alarm })).toMatchObject([{ why: 'not-dispatched' }]);
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    story.asks(guard, { do: 'accept', alarm });
    story.asks(operator, { do: 'dispatch', alarm, to: 'zhang' });
    expect(story.state.alarms.get(alarm)).toMatchObject({ dispatched: { to: 'zhang' } });
    expect(story.state.alarms.get(alarm)?.accepted).toBeUndefined();
  });

  test('the same person again is news once the alarm was raised again', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'acknowledge', alarm });
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    story.asks(guard, { do: 'arrive', alarm });
    story.now += 60_000;
    story.reads('fence2', { climb: true });
    expect(story.asks(operator, { do: 'dispatch', alarm, to: 'li' })).toMatchObject([{ kind: 'dispatched' }]);
    expect(story.asks(guard, { do: 'arrive', alarm })).toMatchObject([{ kind: 'arrived' }]);
  });

  test('ends in his arrival when his card is held to the reader that stands there', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    story.reads('r1', { scan: '0F004EC101' });
    story.reads('r2', { scan: li });
    expect(story.only('arrived')).toEqual([]);
    story.now += 60_000;
    story.reads('r1', { scan: li });
    story.reads('r1', { scan: li });
    expect(story.only('arrived')).toMatchObject([{ alarm, by: 'li', how: 'scan' }]);
  });

  test('does not end in a touch that was made before, and uploaded afterwards', () => {
    const { story, alarm } = climbed();
    const taken = story.now - 60_000;
    story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    story.reads('r1', { scan: li }, { sourceTime: taken });
    expect(story.only('arrived')).toEqual([]);
  });
});

test('an installer learns that somebody was sent and has arrived, and not who', () => {
  const { story, alarm } = climbed();
  story.asks(operator, { do: 'dispatch', alarm, to: 'li' });
  story.asks(guard, { do: 'answer', alarm, step: 0, value: true });
  story.asks(guard, { do: 'answer', alarm, step: 1, value: 'li' });
  story.reads('r1', { scan: li });
  const told = story.events.map((event) => redact('integrator', story.site, event));
  const shown = redactState('integrator', story.site, encodeState(story.state));
  expect(story.state.alarms.get(alarm)).toMatchObject({ dispatched: { to: 'li' }, arrived: { by: 'li', how: 'scan' } });
  for (const text of [JSON.stringify(told), JSON.stringify(shown)]) {
    expect(text).toMatch(/dispatched.*arrived/);
    expect(text).not.toMatch(/"li"|0F004EBEFC/);
  }
});

describe('an alarm whose cause stands', () => {
  const cut = () => {
    const story = new Story();
    story.reads('fence2', { cut: true });
    const alarm = story.only('raised')[0]!.seq;
    story.asks(operator, { do: 'acknowledge', alarm });
    story.asks(operator, { do: 'look', alarm });
    const close = () => story.asks(operator, { do: 'close', alarm, reason: 'B5' });
    return { story, close };
  };

  test('is not closed, nor by disarming its zone first, until the wire is mended', () => {
    const { story, close } = cut();
    expect(close()).toMatchObject([{ why: 'still-standing' }]);
    story.asks(operator, { do: 'arm-zone', zone: 'z2', mode: 'disarmed' });
    expect(story.only('returned-to-normal')).toHaveLength(1);
    expect(close()).toMatchObject([{ why: 'still-standing' }]);
    story.reads('fence2', { cut: false });
    expect(close()).toMatchObject([{ kind: 'closed' }]);
  });

  test('may be closed when its zone is out of service: it waits for the repair', () => {
    const { story, close } = cut();
    const until = story.now + 60 * minute;
    story.asks(operator, { do: 'arm-zone', zone: 'z2', mode: 'out-of-service', reason: '断线待修', until });
    expect(close()).toMatchObject([{ kind: 'closed' }]);
  });

  test('of which the gateway itself feels a pull is not closed however the zone is armed', () => {
    const story = new Story();
    const sense = (active: boolean) =>
      story.tell({
        kind: 'detected',
        zone: 'z1',
        device: 'fence',
        finding: { kind: 'detection', detection: 'pull', active, wire: 2 },
      });
    sense(true);
    const alarm = story.only('raised')[0]!.seq;
    story.asks(operator, { do: 'acknowledge', alarm });
    story.asks(operator, { do: 'look', alarm });
    story.asks(operator, { do: 'arm-zone', zone: 'z1', mode: 'disarmed' });
    expect(story.asks(operator, { do: 'close', alarm, reason: 'B4' })).toMatchObject([{ why: 'still-standing' }]);
    sense(false);
    expect(story.asks(operator, { do: 'close', alarm, reason: 'B4' })).toMatchObject([{ kind: 'closed' }]);
  });
});

describe('a reason', () => {
  test('is closed with by those whose it is: each role and code has one answer', () => {
    const of = (role: Role, answer: string) => reasons.filter((reason) => closing(role, reason) === answer).join(' ');
    expect(of('operator', 'countersign')).toBe('A1 A2 A3 A4 E2');
    expect(of('operator', 'no')).toBe('');
    expect(of('integrator', 'may')).toBe('D1 D2');
    expect(of('head', 'may')).toBe(reasons.join(' '));
    expect(of('admin', 'may')).toBe(reasons.join(' '));
    expect(of('guard', 'no')).toBe(reasons.join(' '));
  });

  test('that says somebody was really there leaves the desk as a finding and waits for the head of security', () => {
    const { story, alarm } = over();
    const close = { do: 'close', alarm, reason: 'A1' } as const;
    expect(story.asks(operator, close)).toMatchObject([{ kind: 'disposed', reason: 'A1', by: 'wang' }]);
    expect(handlingOf(story.state.alarms.get(alarm)!)).toBe('waits-countersign');
    expect(story.asks(operator, close)).toMatchObject([{ why: 'needs-countersign', first: { by: 'wang' } }]);
    expect(story.asks(head, close)).toMatchObject([{ kind: 'closed', reason: 'A1', by: 'chen' }]);
  });

  test('found by a guard cannot be passed over by an operator, only taken back by the guard', () => {
    const { story, alarm } = over();
    story.asks(guard, { do: 'dispose', alarm, reason: 'A1' });
    const harmless = { alarm, reason: 'B4' } as const;
    for (const act of ['dispose', 'close'] as const) {
      expect(story.asks(operator, { do: act, ...harmless })).toMatchObject([
        { why: 'needs-countersign', first: { by: 'zhang' } },
      ]);
    }
    expect(story.asks(guard, { do: 'dispose', ...harmless })).toMatchObject([{ kind: 'disposed', reason: 'B4' }]);
    expect(story.asks(operator, { do: 'close', ...harmless })).toMatchObject([{ kind: 'closed' }]);
  });

  test('other than a test is not an installer’s to close with', () => {
    const { story, alarm } = over();
    expect(story.asks(integrator, { do: 'close', alarm, reason: 'B1' })).toMatchObject([{ why: 'no-right' }]);
    expect(story.asks(integrator, { do: 'close', alarm, reason: 'D2' })).toMatchObject([{ kind: 'closed' }]);
  });
});

test('a note needs a text, and stays with the alarm', () => {
  const { story, alarm } = climbed();
  expect(story.asks(guard, { do: 'note', alarm, text: '  ' })).toMatchObject([{ why: 'text-missing' }]);
  story.asks(guard, { do: 'note', alarm, text: ' 东门已锁 ' });
  expect(story.state.alarms.get(alarm)?.notes).toMatchObject([{ by: 'zhang', text: '东门已锁' }]);
});

describe('silence', () => {
  const sirens = (story: Story) =>
    owed(story.site, { state: story.state, live }, story.now).filter((duty) => duty.do === 'write');
  const on = { do: 'write', device: 'io', point: 'siren', value: true };
  const off = { ...on, value: false };

  test('covers what sounds now for two minutes, sirens too, and acknowledges nothing', () => {
    const { story, alarm } = climbed();
    expect(sirens(story)).toMatchObject([on]);
    story.tell({
      kind: 'outcome',
      duty: 'siren/io/siren/on',
      ok: true,
      wrote: { device: 'io', point: 'siren', value: true },
    });
    story.asks(guard, { do: 'silence' });
    expect(heard(story.state, audibles(story.state), story.now)).toEqual([]);
    expect(sirens(story)).toMatchObject([off]);
    expect(story.state.alarms.get(alarm)?.acked).toBeUndefined();
    story.now += silenceMs;
    expect(heard(story.state, audibles(story.state), story.now)).toHaveLength(1);
  });

  test('is broken by a new alarm, and by one that was acknowledged and is raised again', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'silence' });
    story.now += 1_000;
    story.reads('fence2', { cut: true });
    expect(heard(story.state, audibles(story.state), story.now)).toMatchObject([{ kind: 'cut' }]);
    story.asks(operator, { do: 'silence' });
    story.asks(operator, { do: 'acknowledge', alarm });
    story.now += 1_000;
    story.reads('fence2', { climb: true });
    expect(heard(story.state, audibles(story.state), story.now)).toMatchObject([{ id: alarm }]);
  });

  test('is broken by what is raised again in the very moment it was asked for, and not by what was raised before it', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'acknowledge', alarm });
    story.reads('fence2', { climb: true, cut: true });
    story.asks(guard, { do: 'silence' });
    expect(heard(story.state, audibles(story.state), story.now)).toEqual([]);
    story.asks(operator, { do: 'acknowledge', alarm });
    story.reads('fence', { climb_low: true });
    expect(heard(story.state, audibles(story.state), story.now)).toMatchObject([{ id: alarm }]);
  });

  test('has nothing to do where nothing waits', () => {
    const { story, alarm } = climbed();
    story.asks(operator, { do: 'acknowledge', alarm });
    expect(story.asks(operator, { do: 'silence' })).toMatchObject([{ why: 'nothing-to-silence' }]);
  });
});

test('a silent call for help is nobody’s to see, handle or hear who may stand beside the intruder', () => {
  const story = new Story();
  const raised = {
    kind: 'raised',
    key: 'z1/duress',
    alarm: 'duress',
    priority: 1,
    device: 'gate',
    cause: 'wang/code',
    zone: 'z1',
    active: false,
    covert: true,
  } as const;
  story.take(raised);
  const alarm = story.state.seq;
  expect(story.asks(operator, { do: 'acknowledge', alarm })).toMatchObject([{ why: 'unknown-alarm' }]);
  const [acknowledged] = story.asks(head, { do: 'acknowledge', alarm });
  const [refused] = story.asks({ name: 'admin', role: 'admin' }, { do: 'acknowledge', alarm });
  for (const event of [acknowledged!, refused!]) {
    expect(maySee('head', event)).toBe(true);
    expect(maySee('operator', event)).toBe(false);
  }
  expect(heard(story.state, audibles(story.state), story.now)).toEqual([]);
  // The foot of every list counts what was acknowledged, and how fast.
  expect(redactState('operator', story.site, encodeState(story.state)).today).toMatchObject({
    raised: 0,
    acked: 0,
    ackMs: 0,
  });
});
