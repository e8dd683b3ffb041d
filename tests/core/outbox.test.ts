/**
 * The outbox where a night goes wrong: a channel that hangs, one that says too much was sent, one that is gone from the configuration, a
 * message told within another whose alarm somebody takes meanwhile, a clock that is set, a thousand alarms.
 */
import { describe, expect, test } from 'vitest';
import type { Priority } from '../../src/core/types.ts';
import { messageOf } from '../../src/perform/sending/message.ts';
import { OutboxNight, site } from './outbox-night.ts';
import { operator } from './school.ts';

const second = 1_000;
const minute = 60 * second;

/** An alarm that belongs with no other, and its number. */
function raises(night: OutboxNight, name: string, priority: Priority = 1): number {
  const raised = { alarm: 'fault', device: 'io', cause: name, active: false, priority } as const;
  night.take({ kind: 'raised', key: name, ...raised });
  const { seq } = night.state;
  night.tell({ kind: 'escalate' });
  night.does(() => night.tell({ kind: 'send' }));
  return seq;
}

const flyingBy = (night: OutboxNight) =>
  [...night.flying.values()].map(({ duty }) => `${duty.channel} ${duty.alarm.id}`);
const arrivedOf = (night: OutboxNight, alarm: number, channel: string) =>
  [...night.arrived].filter(
    ([id, { times }]) => id.startsWith(`notify/${alarm}/`) && id.includes(channel) && times > 0,
  );

/** A night in which channels take whatever they get. */
function unlimited(): OutboxNight {
  const night = new OutboxNight();
  const { wecom, sms } = site.channels;
  night.site = {
    ...site,
    channels: { ...site.channels, wecom: { ...wecom!, perMin: 99 }, sms: { ...sms!, perMin: 99 } },
  };
  return night;
}

/** A night in which everybody is told by the group alone. */
function byOneGroup(): OutboxNight {
  const night = new OutboxNight();
  night.site = { ...site, ladder: [{ channel: 'wecom', afterMs: 0 }] };
  return night;
}

test('a rung that fails is tried again, though a later rung of the same ladder goes by the same channel', () => {
  const night = new OutboxNight();
  const twice = [0, 120 * second].map((afterMs) => ({ channel: 'sms', afterMs }));
  night.site = { ...site, ladder: twice };
  const alarm = raises(night, 'a');
  const owed = night.state.alarms.get(alarm)!.notices.length;
  night.ends(0, 'refused', false);
  expect(night.state.alarms.get(alarm)!.notices).toHaveLength(owed);
  night.ticks(10);
  while (night.flying.size > 0) night.ends(0, 'told', true);
  expect(arrivedOf(night, alarm, '/sms/').length).toBeGreaterThan(0);
});

describe('a channel that hangs', () => {
  test('holds four messages, and what is urgent behind them goes by the next at once', () => {
    const night = unlimited();
    const alarms = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => raises(night, name));
    const by = alarms.map((alarm, n) => `${n < 4 ? 'wecom' : 'mail'} ${alarm}`);
    expect(flyingBy(night)).toEqual(by);
  });

  test('gives way with all that was told within one message', () => {
    const night = byOneGroup();
    for (const name of ['a', 'b']) raises(night, name, 2);
    while (night.flying.size > 0) night.ends(0, 'told', true);
    const alarms = ['c', 'd', 'e'].map((name) => raises(night, name, 2));
    night.ticks(61);
    night.ends(0, 'refused', false);
    const [first, other] = night.only('sending').slice(-4);
    expect(first).toMatchObject({ alarm: alarms[0], channel: 'wecom', bundles: { length: 2 } });
    expect(other).toMatchObject({ alarm: alarms[0], channel: 'mail' });
    expect(flyingBy(night)).toEqual(alarms.map((alarm) => `mail ${alarm}`));
  });

  test('is tried again once it was left alone for five minutes', () => {
    const night = unlimited();
    const fails = () => {
      for (const [n, { duty }] of [...night.flying.values()].entries())
        if (duty.channel === 'wecom') night.ends(n, 'refused', false);
    };
    for (const name of ['a', 'b', 'c']) {
      raises(night, name);
      fails();
    }
    raises(night, 'd');
    expect(flyingBy(night).at(-1)).toMatch(/^mail/);
    while (night.flying.size > 0) night.ends(0, 'told', true);
    night.now += 5 * minute;
    const last = raises(night, 'e');
    expect(flyingBy(night)).toContain(`wecom ${last}`);
  });

  test('that says to wait for a year is asked again after ten minutes', () => {
    const night = unlimited();
    raises(night, 'a', 2);
    const [[id]] = night.flying as unknown as [[string]];
    night.flying.clear();
    night.does(() =>
      night.tell({
        kind: 'outcome',
        duty: id,
        ok: false,
        untaken: 'too-fast',
        pauseMs: 365 * 86_400_000,
        why: { zh: '', en: '' },
      }),
    );
    night.ticks(9 * 60);
    expect(flyingBy(night).filter((one) => one.startsWith('wecom'))).toEqual([]);
    night.ticks(61);
    expect(flyingBy(night).filter((one) => one.startsWith('wecom'))).toHaveLength(1);
  });
});

describe('a message told within another', () => {
  test('is told by itself when somebody takes the alarm of that one before it leaves', () => {
    const night = byOneGroup();
    for (const name of ['a', 'b']) raises(night, name, 2);
    while (night.flying.size > 0) night.ends(0, 'told', true);
    const [first = 0, ...others] = ['c', 'd', 'e'].map((name) => raises(night, name, 2));
    night.now += 61 * second;
    night.tell({ kind: 'tick' });
    expect(night.only('sending').at(-1)).toMatchObject({ alarm: first, bundles: { length: 2 } });
    night.does(() => night.asks(operator, { do: 'acknowledge', alarm: first }));
    for (const seconds of [41, 30]) night.ticks(seconds);
    while (night.flying.size > 0) night.ends(0, 'told', true);
    for (const alarm of others) expect(arrivedOf(night, alarm, 'wecom')).toHaveLength(1);
  });

  test('that alarms were taken names each of them, and who took it', () => {
    const night = byOneGroup();
    const alarms = ['a', 'b', 'c'].map((name) => raises(night, name));
    while (night.flying.size > 0) night.ends(0, 'told', true);
    for (const alarm of alarms) night.asks(operator, { do: 'acknowledge', alarm });
    night.ticks(61);
    const texts = [...night.flying.values()].flatMap(({ duty }) =>
      duty.taken ? messageOf(night.site, duty, 0).text.zh : [],
    );
    expect(texts.join('').split(operator.name)).toHaveLength(1 + alarms.length);
    while (night.flying.size > 0) night.ends(0, 'told', true);
    expect(night.notices.every(({ sentAt }) => sentAt !== undefined)).toBe(true);
  });
});

describe('a ladder', () => {
  test('that is longer than the pause of the chain is climbed to its last rung', () => {
    const night = unlimited();
    const chain = { steps: [{ afterMs: 0, roles: [], channels: [], people: ['li'] }], repeatMs: minute };
    night.site = { ...night.site, escalation: { ...site.escalation, 1: chain } };
    const alarm = raises(night, 'a');
    for (let gone = 0; gone < 5 * 60; gone++) {
      night.ticks(1);
      while (night.flying.size > 0) night.ends(0, 'told', true);
    }
    expect(arrivedOf(night, alarm, 'call').length).toBeGreaterThan(1);
  });

  test('of forty persons is climbed by each of them', () => {
    const night = unlimited();
    const people = Array.from({ length: 40 }, (_, n) => `p${n}`);
    const known = people.map((id) => [id, { id, name: id, ways: ['phone'] }] as const);
    const chain = { steps: [{ afterMs: 0, roles: [], channels: [], people }], repeatMs: 30 * minute };
    night.site = { ...night.site, people: Object.fromEntries(known), escalation: { ...site.escalation, 1: chain } };
    const alarm = raises(night, 'a');
    night.heals();
    expect(arrivedOf(night, alarm, 'wecom')).toHaveLength(1);
    expect(arrivedOf(night, alarm, 'call')).toHaveLength(40);
  });
});

describe('while messages wait', () => {
  test('a channel that the configuration has no longer gives way to what the chain names next', () => {
    const night = unlimited();
    night.looks = false;
    const alarm = raises(night, 'a');
    const { wecom: _gone, ...channels } = night.site.channels;
    night.site = { ...night.site, channels };
    night.looks = true;
    for (let gone = 0; gone < 200; gone++) {
      night.ticks(1);
      for (const { duty } of [...night.flying.values()])
        night.ends(0, duty.channel === 'wecom' ? 'refused' : 'told', true);
    }
    expect(arrivedOf(night, alarm, 'sms')).not.toEqual([]);
    expect(arrivedOf(night, alarm, 'call')).not.toEqual([]);
  });

  test('a person whom nobody knows any more keeps no other from being told', () => {
    const night = unlimited();
    const alarm = raises(night, 'a');
    const { li: _gone, ...people } = night.site.people;
    night.site = { ...night.site, people };
    night.heals();
    expect(arrivedOf(night, alarm, 'sms').map(([id]) => id)).toContain(`notify/${alarm}/${alarm + 1}/sms/2`);
  });

  test.each([-60, 60])('the clock is set by %i minutes, and every rung comes when it would have', (minutes) => {
    const night = unlimited();
    const alarm = raises(night, 'a');
    while (night.flying.size > 0) night.ends(0, 'told', true);
    night.ticks(20);
    night.does(() => night.setsClock(minutes * minute));
    night.ticks(19);
    expect(flyingBy(night)).toEqual([]);
    night.ticks(1);
    expect(flyingBy(night)).toEqual([`sms ${alarm}`, `sms ${alarm}`]);
  });
});
