/**
 * Escalation, one rule each: who is told when, what takes it back, what begins it anew, and that messages are owed until they
 * are sent.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { seenMax } from '../../src/core/alarm/evolve-alarm.ts';
import { noticeTries } from '../../src/core/alarm/outbox.ts';
import { paintedWithinMs } from '../../src/core/alarm/reach.ts';
import type { Live, Role, Site, User } from '../../src/core/types.ts';
import { untranslated } from '../../src/words/words.ts';
import { guard, head, minute, operator, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const step = (afterMs: number, roles: Role[], channels: string[]) => ({ afterMs, roles, channels });
const chains: Site['escalation'] = {
  1: {
    steps: [
      step(30 * second, ['operator'], []),
      step(60 * second, ['head'], ['robot']),
      step(120 * second, ['head'], ['robot', 'sms']),
    ],
    repeatMs: 2 * minute,
  },
  2: { steps: [step(2 * minute, ['operator'], ['robot'])], repeatMs: 10 * minute },
  3: { steps: [step(15 * minute, ['operator'], [])], repeatMs: 60 * minute },
  quiet: { steps: [step(0, ['head'], ['sms'])], repeatMs: minute },
};

/** A night in which time passes second by second, with walls that show everything unless `dark`. */
class Night extends Story {
  dark = false;

  constructor() {
    super();
    const walls = { 'wall-1': { user: 'wall-1', title: { zh: '值班室', en: 'Control room' } } };
    this.site = { ...school, escalation: chains, walls };
  }

  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      if (!this.dark) this.paints('wall');
      this.tell({ kind: 'tick' });
    }
  }

  paints(page: string, by: User = { name: 'wall-1', role: 'operator' }): void {
    this.tell({ kind: 'displayed', by, page, alarms: [...this.state.alarms.keys()] });
  }

  /** Level and seconds since the alarm was raised, of everything that was escalated. */
  escalations(): [number, number][] {
    const since = this.only('raised').at(-1)!.at;
    return this.only('escalated').map(({ level, at }) => [level, (at - since) / second]);
  }

  notices(): string[] {
    const duties = owed(this.site, { state: this.state, live }, this.now);
    return duties.flatMap((duty) => (duty.do === 'notify' ? [duty.channel] : []));
  }

  /** Every message that is owed is sent, or fails. */
  sends(ok: boolean): void {
    for (const duty of owed(this.site, { state: this.state, live }, this.now)) {
      if (duty.do === 'notify')
        this.tell({ kind: 'outcome', duty: duty.id, ok, ...(!ok && { why: { zh: '没有应答', en: 'no answer' } }) });
    }
  }
}

describe('an alarm nobody acknowledges', () => {
  test('goes up the chain step by step, and its last step is repeated', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    night.passes(400);
    expect(night.escalations()).toEqual([
      [1, 30],
      [2, 60],
      [3, 120],
      [3, 240],
      [3, 360],
    ]);
    expect(night.only('escalated').map(({ again }) => again)).toEqual([undefined, undefined, undefined, 1, 2]);
    expect(night.only('escalated')[2]).toMatchObject({
      roles: ['head'],
      channels: ['robot', 'sms'],
      why: 'unacknowledged',
    });
    expect(night.only('escalated')[4]).toMatchObject({ roles: ['head'], channels: ['robot', 'sms'] });
  });

  test('tells all whom the gateway owed it when it was away, each once', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    night.paints('wall');
    night.now += 10 * minute;
    night.tell({ kind: 'tick' });
    night.tell({ kind: 'tick' });
    expect(night.only('escalated')).toMatchObject([
      { level: 3, roles: ['operator', 'head'], channels: ['robot', 'sms'] },
    ]);
  });

  test('goes no further once it is acknowledged, and begins anew when it is raised again', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    const alarm = night.only('raised')[0]!.seq;
    night.passes(40);
    night.asks(operator, { do: 'acknowledge', alarm });
    night.asks(operator, { do: 'dispatch', alarm, to: 'li' });
    night.asks(guard, { do: 'arrive', alarm });
    night.passes(600);
    expect(night.escalations()).toEqual([[1, 30]]);
    night.reads('fence2', { climb: true });
    night.passes(31);
    expect(night.escalations()).toEqual([
      [1, 30],
      [1, 670],
    ]);
  });

  test('goes no further while it is shelved, and begins anew when it comes back', () => {
    const night = new Night();
    night.reads('cam', { masked: true });
    const alarm = night.only('raised')[0]!.seq;
    night.asks(operator, { do: 'shelve', alarm, reason: '等备件', until: night.now + 5 * minute });
    night.passes(301);
    expect(night.only('escalated')).toEqual([]);
    night.passes(121);
    expect(night.escalations()).toEqual([[1, 420]]);
  });

  test('goes up the chain of what it became when it became worse', () => {
    const night = new Night();
    night.reads('fence', { tension: 90 });
    night.passes(100);
    const alarm = [...night.state.alarms.values()][0]!;
    night.take({ kind: 'repeated', alarm: alarm.id, device: 'fence', cause: 'x', active: false, priority: 1 });
    night.passes(29);
    expect(night.only('escalated')).toEqual([]);
    night.passes(2);
    expect(night.escalations()).toEqual([[1, 130]]);
  });

  test('is not maintenance: that never goes up', () => {
    const night = new Night();
    const raised = { key: 'k', alarm: 'drift', priority: 4, device: 'fence', cause: 'c', active: true } as const;
    night.take({ kind: 'raised', ...raised });
    night.dark = true;
    night.passes(1_000);
    expect(night.only('escalated')).toEqual([]);
  });
});

describe('who saw it', () => {
  test('is kept once for each person and page', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    for (const page of ['console', 'console', 'wall']) night.paints(page, operator);
    night.paints('console', head);
    const alarm = [...night.state.alarms.values()][0]!;
    expect(alarm.displayed.map(({ by, page }) => [by, page])).toEqual([
      ['wang', 'console'],
      ['wang', 'wall'],
      ['chen', 'console'],
    ]);
  });

  test('goes up at once when no wall has shown it in time, and not again at the first step of the chain', () => {
    const night = new Night();
    night.dark = true;
    night.reads('fence', { climb: true });
    night.paints('console', operator);
    night.passes(50);
    expect(night.escalations()).toEqual([[1, paintedWithinMs / second]]);
    expect(night.only('escalated')).toMatchObject([{ why: 'not-displayed', roles: ['operator'] }]);
    night.passes(20);
    expect(night.escalations().at(-1)).toEqual([2, 60]);
  });

  test('is asked of every page in a school without a wall, and the reason says so', () => {
    const night = new Night();
    night.site = { ...school, escalation: chains };
    night.dark = true;
    night.reads('fence', { climb: true });
    night.passes(15);
    expect(night.only('escalated')).toMatchObject([{ why: 'no-screen' }]);
    const seen = new Night();
    seen.site = night.site;
    seen.dark = true;
    seen.reads('fence', { climb: true });
    seen.paints('console', operator);
    seen.passes(29);
    expect(seen.only('escalated')).toEqual([]);
  });

  test('is not asked of a wall before it could show it: put aside until now, or left out by a flood', () => {
    const night = new Night();
    night.dark = true;
    night.reads('cam', { masked: true });
    const alarm = night.only('raised')[0]!.seq;
    night.asks(operator, { do: 'shelve', alarm, reason: '等备件', until: night.now + 5 * minute });
    night.passes(300 + paintedWithinMs / second - 1);
    expect([night.only('unshelved').length, night.escalations()]).toEqual([1, []]);
    night.passes(1);
    expect(night.only('escalated')).toMatchObject([{ alarm, why: 'not-displayed' }]);

    const flooded = new Night();
    flooded.dark = true;
    const missed = { alarm: 'missed', priority: 3, device: 'r1', cause: 'c', active: false } as const;
    for (let n = 0; n < 11; n++) flooded.take({ kind: 'raised', key: `m${n}`, ...missed });
    while (!flooded.only('flooded').some(({ on }) => !on)) flooded.passes(1);
    flooded.passes(paintedWithinMs / second - 1);
    expect(flooded.only('escalated')).toEqual([]);
    flooded.passes(1);
    expect(flooded.only('escalated')).toHaveLength(11);
  });

  test('is bounded, and still learns that a wall shows it', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    for (let i = 0; i < seenMax + 10; i++) night.paints(`page-${i}`);
    expect(night.only('displayed')).toHaveLength(seenMax);
    night.passes(20);
    expect(night.only('displayed')).toHaveLength(seenMax + 1);
    expect(night.only('escalated')).toEqual([]);
    expect([...night.state.alarms.values()][0]!.displayed).toHaveLength(seenMax);
  });
});

describe('a message', () => {
  test('is owed until it is sent, with pauses, and given up after so many tries with the reason kept', () => {
    const night = new Night();
    night.reads('fence', { tamper: true });
    night.passes(120);
    expect(night.notices()).toEqual(['robot']);
    let tries = 0;
    for (let i = 0; i < 400; i++) {
      if (night.notices().length > 0) tries++;
      night.sends(false);
      night.passes(1);
    }
    expect(tries).toBe(noticeTries);
    const [notice] = [...night.state.alarms.values()][0]!.notices;
    expect(night.state.duties.get(notice!.id)).toMatchObject({
      tries: noticeTries,
      why: { zh: '没有应答', en: 'no answer' },
    });
  });

  test('about what is most urgent goes first, however long the others have waited', () => {
    const night = new Night();
    night.reads('fence', { tamper: true });
    night.passes(61);
    night.reads('fence', { climb: true });
    night.passes(60);
    const duties = owed(night.site, { state: night.state, live }, night.now);
    expect(duties.flatMap((duty) => (duty.do === 'notify' ? [duty.alarm.kind] : []))).toEqual(['climb', 'tamper']);
  });

  test('that was sent is remembered with its time, and the next step sends another', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    night.passes(60);
    night.sends(true);
    expect(night.notices()).toEqual([]);
    night.passes(60);
    expect(night.notices()).toEqual(['robot', 'sms']);
    expect([...night.state.alarms.values()][0]!.notices).toMatchObject([
      { level: 2, sentAt: night.now - 60 * second },
      {},
      {},
    ]);
  });

  test('that a later one through the same channel overtakes is owed no longer', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    night.passes(60);
    for (let gone = 0; gone < 60; gone++) {
      night.sends(false);
      night.passes(1);
    }
    expect([...night.state.alarms.values()][0]!.notices).toHaveLength(2);
    expect(night.state.duties.size).toBe(0);
  });

  test.each([
    ['acknowledged', { do: 'acknowledge' }],
    ['shelved', { do: 'shelve', reason: 'x', until: 9e14 }],
  ] as const)('is never sent after the alarm was %s, and leaves nothing behind', (_what, command) => {
    const night = new Night();
    night.reads('cam', { masked: true });
    const alarm = night.only('raised')[0]!.seq;
    night.passes(121);
    night.sends(false);
    const duty = [...night.state.duties.keys()][0]!;
    const until = night.now + minute;
    night.asks(operator, { ...command, alarm, ...('until' in command && { until }) });
    night.passes(20);
    expect(night.notices()).toEqual([]);
    // What was on its way comes to its end all the same.
    night.tell({ kind: 'outcome', duty, ok: false, why: untranslated('late') });
    expect(night.state.duties.size).toBe(0);
  });
});

describe('alarms of one incident', () => {
  /** Two alarms, the second part of what the first began. */
  function two(begun: 'climb' | 'tamper' = 'climb'): { night: Night; first: number; second: number } {
    const night = new Night();
    night.reads('fence', { [begun]: true });
    night.reads('fence2', { cut: true });
    const [first, second] = night.only('raised').map(({ seq }) => seq) as [number, number];
    for (const alarm of [first, second]) night.take({ kind: 'joined', alarm, incident: first, why: 'neighbour' });
    return { night, first, second };
  }

  test('are one message, which names the others', () => {
    const { night, first, second } = two();
    night.passes(60);
    expect(night.only('escalated').filter(({ level }) => level === 2)).toMatchObject([
      { alarm: first, channels: ['robot'] },
      { alarm: second, channels: [] },
    ]);
    const duties = owed(night.site, { state: night.state, live }, night.now);
    expect(duties.filter((duty) => duty.do === 'notify')).toMatchObject([
      { alarm: { id: first }, others: [{ id: second }] },
    ]);
  });

  test('that are more urgent than what the incident began with speak for themselves', () => {
    const { night, second } = two('tamper');
    night.passes(60);
    expect(night.only('escalated').at(-1)).toMatchObject({ alarm: second, channels: ['robot'] });
  });

  test('speak for themselves through a channel that the first does not tell by', () => {
    const { night } = two();
    const alone = { steps: [step(60 * second, ['head'], ['sms'])], repeatMs: minute };
    night.site = { ...night.site, escalation: { ...chains, 1: alone } };
    night.reads('fence', { tamper: true });
    const third = night.only('raised').at(-1)!.seq;
    night.take({ kind: 'joined', alarm: third, incident: night.only('raised')[0]!.seq, why: 'same-place' });
    night.passes(121);
    expect(night.only('escalated').find(({ alarm }) => alarm === third)).toMatchObject({ channels: ['robot'] });
  });

  test('speak for themselves where the first has told by a channel for the last time before they came', () => {
    const { night } = two();
    const once = [step(60 * second, ['head'], ['robot']), step(120 * second, ['head'], ['sms'])];
    night.site = { ...night.site, escalation: { ...chains, 1: { steps: once, repeatMs: 2 * minute } } };
    night.passes(300);
    const first = night.only('raised')[0]!.seq;
    night.reads('io', { sos: true });
    const late = night.only('raised').at(-1)!.seq;
    night.take({ kind: 'joined', alarm: late, incident: first, why: 'neighbour' });
    night.passes(121);
    const told = night.only('escalated').filter(({ channels }) => channels.includes('robot'));
    expect(told.map(({ alarm }) => alarm)).toEqual([first, late]);
  });

  test('speak for themselves once nobody speaks for them', () => {
    const { night, first, second } = two();
    night.asks(operator, { do: 'acknowledge', alarm: first });
    night.passes(60);
    expect(night.only('escalated').at(-1)).toMatchObject({ alarm: second, channels: ['robot'] });
  });
});

describe('in a flood', () => {
  const owedMessages = (night: Night) =>
    owed(night.site, { state: night.state, live }, night.now).flatMap((duty) => (duty.do === 'notify' ? [duty] : []));

  /** A night in which so many alarms of priority 2 that hang together in nothing have been raised. */
  function flood(count: number): { night: Night; ids: number[] } {
    const night = new Night();
    const open = { alarm: 'tamper', priority: 2, device: 'fence', cause: 'c', active: true } as const;
    for (let n = 0; n < count; n++) night.take({ kind: 'raised', key: `t${n}`, ...open });
    return { night, ids: night.only('raised').map(({ seq }) => seq) };
  }

  test('there is one message for all that is not urgent, which says how many wait, and another when that one is seen to', () => {
    const { night, ids } = flood(12);
    night.passes(121);
    expect(owedMessages(night)).toMatchObject([{ channel: 'robot', alarm: { id: ids[0] }, waiting: 11 }]);
    night.sends(true);
    night.asks(operator, { do: 'acknowledge', alarm: ids[0]! });
    night.passes(300);
    const missed = { alarm: 'missed', priority: 3, device: 'r1', cause: 'c', active: false } as const;
    for (let n = 0; n < 12; n++) night.take({ kind: 'raised', key: `m${n}`, ...missed });
    night.passes(300);
    expect(owedMessages(night)).toMatchObject([{ channel: 'robot', alarm: { id: ids[1] }, waiting: 22 }]);
  });

  test('what is urgent still speaks for itself, each', () => {
    const { night } = flood(12);
    night.reads('fence', { climb: true });
    night.reads('io', { sos: true });
    night.passes(61);
    expect(owedMessages(night)).toMatchObject([{ alarm: { kind: 'climb' }, waiting: 13 }, { alarm: { kind: 'sos' } }]);
    expect(owedMessages(night)[1]).not.toHaveProperty('waiting');
  });

  test('what tells by a channel of its own is spoken for there by the first of its kind', () => {
    const { night } = flood(12);
    night.site = {
      ...night.site,
      escalation: { ...chains, 1: { ...chains[1], steps: [step(30 * second, ['head'], ['sms'])] } },
    };
    night.reads('fence', { climb: true });
    night.passes(121);
    const told = owedMessages(night).map(({ channel, alarm, waiting }) => [channel, alarm.kind, waiting]);
    expect(told).toEqual([
      ['sms', 'climb', 12],
      ['robot', 'tamper', 12],
    ]);
  });

  test('of ten there are ten messages', () => {
    const { night } = flood(10);
    night.passes(121);
    expect([...night.state.alarms.values()].map(({ notices }) => notices.length)).toEqual(Array(10).fill(1));
    for (const message of owedMessages(night)) expect(message).not.toHaveProperty('waiting');
  });
});

test('in a flood a wall need not show what is ordinary, and must show what is not', () => {
  const night = new Night();
  night.dark = true;
  const missed = { alarm: 'missed', priority: 3, device: 'r1', cause: 'c', active: false } as const;
  for (let n = 0; n < 11; n++) night.take({ kind: 'raised', key: `m${n}`, ...missed });
  night.reads('fence', { tamper: true });
  night.passes(11);
  expect(night.only('escalated').map(({ alarm }) => night.state.alarms.get(alarm)?.priority)).toEqual([2]);
});

test('a silent call for help goes up its own chain, to those alone who may know of it', () => {
  const night = new Night();
  const raised = {
    key: 'd',
    alarm: 'duress',
    priority: 1,
    device: 'io',
    cause: 'c',
    active: false,
    covert: true,
  } as const;
  night.take({ kind: 'raised', ...raised });
  night.paints('wall', guard);
  night.passes(1);
  expect(night.only('displayed')).toEqual([]);
  expect(night.only('escalated')).toMatchObject([
    { roles: ['head'], channels: ['sms'], why: 'unacknowledged', covert: true },
  ]);
});
