/**
 * The canary: an event of a test device that goes the whole way of an alarm, and is none. Where it breaks another channel says so, once;
 * it gives way to alarms, and a crash never sends it again.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { commsLosses } from '../../src/core/condition/comms-loss.ts';
import { evolve, pass } from '../../src/core/evolve.ts';
import { kpiKinds } from '../../src/core/report/kpi-kinds.ts';
import { decodeState, encodeState } from '../../src/core/site/feed-codec.ts';
import { maySee, redact } from '../../src/core/site/sight-facts.ts';
import { redactState } from '../../src/core/site/sight-state.ts';
import { emptyState } from '../../src/core/state.ts';
import { canaryFailure } from '../../src/core/tell/canary.ts';
import type { Duty, Live, Site } from '../../src/core/types.ts';
import { shownCanary } from '../../src/core/view/view-canary.ts';
import { guard, head, minute, monday, operator, Story, school } from './school.ts';

const second = 1_000;
const words = (zh: string) => ({ zh, en: zh });
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };

const site: Site = {
  ...school,
  devices: {
    ...school.devices,
    canary: {
      ...school.devices.io!,
      ...{ id: 'canary', profile: 'canary-mqtt', zones: [] },
      points: { run: { key: 'run', title: words('run'), keep: 'pulse', type: 'string' } },
    },
  },
  people: {
    li: { id: 'li', name: '李强', ways: ['phone'] },
    box: { id: 'box', name: '自检', ways: ['phone'], quiet: { from: 0, to: 6 * 60 } },
  },
  ladder: [
    { channel: 'call', afterMs: 0 },
    { channel: 'sms', afterMs: 0 },
  ],
  channels: {
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true },
    sms: { id: 'sms', title: words('短信'), each: 'phone', replies: true, perMin: 6, instead: 'hook' },
    mail: { id: 'mail', title: words('邮件'), instead: 'hook' },
    hook: { id: 'hook', title: words('平台') },
  },
  canary: { device: 'canary', to: 'box', minute: 3 * 60 + 40, answers: true, alert: { channel: 'mail' } },
  escalation: {
    ...school.escalation,
    1: { steps: [{ afterMs: 0, roles: [], channels: [], people: ['li'] }], repeatMs: 10 * minute },
  },
};

type CanaryDuty = Extract<Duty, { do: 'publish' | 'canary' }>;

class CanaryNight extends Story {
  constructor(at = monday + 3 * 60 * minute) {
    super(at);
    this.site = site;
  }

  /** What is owed for a canary. */
  duties(): CanaryDuty[] {
    const all = owed(this.site, { state: this.state, live }, this.now);
    return all.filter((duty): duty is CanaryDuty => duty.do === 'publish' || duty.do === 'canary');
  }

  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      this.tell({ kind: 'tick' });
    }
  }

  begins(): number {
    this.asks(head, { do: 'start-canary' });
    return this.state.canary!.run;
  }

  /** The test device says something. */
  says(run: string): void {
    this.tell({ kind: 'reading', device: 'canary', values: [['run', run]] });
  }

  ends(duty: string, ok = true): void {
    this.tell({ kind: 'outcome', duty, ok, ...(!ok && { why: words('no') }) });
  }

  /** Every step of canaries so far. */
  steps(): string[] {
    return this.only('canary').map(({ step, hop }) => (hop ? `${step} ${hop}` : step));
  }
}

/** A canary that has reached its channel. */
function flown(): { night: CanaryNight; run: number } {
  const night = new CanaryNight();
  const run = night.begins();
  night.now += 20;
  night.says(String(run));
  return { night, run };
}

describe('a canary', () => {
  test('goes over the wire, through ladder and channel and back by its answer, and the time of each part is kept', () => {
    const night = new CanaryNight();
    const run = night.begins();
    expect(night.duties()).toEqual([{ id: `canary/${run}/publish`, do: 'publish', device: 'canary', run }]);
    night.now += 20;
    night.says(String(run));
    expect(night.duties()).toEqual([
      { id: `canary/${run}/message`, do: 'canary', channel: 'sms', person: 'box', answers: true },
    ]);
    night.ends(`canary/${run}/publish`);
    night.now += 3_000;
    night.ends(`canary/${run}/message`);
    night.now += 40_000;
    night.tell({ kind: 'reply', channel: 'sms', person: 'box', said: 'acknowledge', number: 0 });
    expect(night.steps()).toEqual(['begun', 'heard', 'sent', 'taken', 'back']);
    expect(shownCanary(site, night.state.canary!)).toMatchObject({
      ...{ phase: 'passed', by: 'chen', channel: 'sms' },
      hops: [
        { hop: 'wire', ms: 20 },
        { hop: 'chain', ms: 0 },
        { hop: 'channel', ms: 3_000 },
        { hop: 'back', ms: 40_000 },
      ],
    });
    expect(night.duties()).toEqual([]);
    expect(canaryFailure(site, night.state.canary)).toBeUndefined();
    // Its answer is nobody's who acknowledges something, and is not answered.
    expect(night.only('replied')).toEqual([]);
  });

  test('is made once a day at its hour, not before lines had time to come up, and not in a flood', () => {
    const night = new CanaryNight(monday + 3 * 60 * minute + 39 * minute);
    night.passes(30);
    expect(night.steps()).toEqual([]);
    night.passes(200);
    expect(night.steps()[0]).toBe('begun');
    for (let i = 0; i < 23 * 60; i++) {
      night.now += minute;
      night.tell({ kind: 'tick' });
    }
    expect(night.steps().filter((step) => step === 'begun')).toHaveLength(1);
    const late = new CanaryNight(monday + 9 * 60 * minute);
    late.passes(119);
    expect(late.steps()).toEqual([]);
    late.passes(2);
    expect(late.steps()).toEqual(['begun']);
  });

  test('is no alarm: it raises none, counts in no figure and no load, and its device may be silent', () => {
    const { night, run } = flown();
    night.ends(`canary/${run}/message`, false);
    night.tell({ kind: 'link', device: 'canary', up: false, why: words('gone') });
    night.says('anything');
    expect(night.state.alarms.size).toBe(0);
    expect(night.kinds()).not.toContain('linked');
    expect(commsLosses(site, { state: night.state, live }, 10_000_000).map(({ device }) => device)).not.toContain(
      'canary',
    );
    expect(kpiKinds).not.toContain('canary');
    expect(night.state.channelLoads.size).toBe(0);
    expect(night.state.channelFails.size).toBe(0);
  });

  test('is refused while one is on its way, to guards, and where none is configured', () => {
    const { night } = flown();
    expect(night.asks(head, { do: 'start-canary' })).toMatchObject([{ kind: 'refused', why: 'canary-runs' }]);
    expect(night.asks(guard, { do: 'start-canary' })).toMatchObject([{ kind: 'refused', why: 'no-right' }]);
    const other = new CanaryNight();
    other.site = school;
    expect(other.asks(head, { do: 'start-canary' })).toMatchObject([{ kind: 'refused', why: 'no-canary' }]);
  });

  test('sends nothing for an event that names another than the one on its way, nor twice for one', () => {
    const night = new CanaryNight();
    night.says('1');
    const run = night.begins();
    night.says(String(run + 1));
    night.says('');
    expect(night.steps()).toEqual(['begun']);
    night.says(String(run));
    night.ends(`canary/${run}/message`);
    night.says(String(run));
    night.says(String(run));
    expect(night.steps()).toEqual(['begun', 'heard', 'sent', 'taken']);
    expect(night.duties()).toEqual([]);
  });

  test('gives way to messages of alarms, is tried again later, and delays none of them', () => {
    const night = new CanaryNight();
    night.site = { ...site, escalation: { ...site.escalation, 2: site.escalation[1] } };
    night.reads('fence', { tamper: true });
    expect(night.only('sending').map(({ channel }) => channel)).toEqual(['call', 'sms']);
    const run = night.begins();
    night.says(String(run));
    expect(night.steps()).toEqual(['begun', 'heard']);
    night.passes(61);
    expect(night.steps()).toEqual(['begun', 'heard', 'gave-way']);
    expect(canaryFailure(site, night.state.canary)).toBeUndefined();
    night.passes(40 * 60);
    expect(night.steps().filter((step) => step === 'begun')).toHaveLength(2);
    expect(night.steps().filter((step) => step === 'sent')).toEqual([]);
  });

  test('never goes by a call, and has failed where the test address has no rung', () => {
    const night = new CanaryNight();
    night.site = { ...site, ladder: [{ channel: 'call', afterMs: 0 }] };
    night.says(String(night.begins()));
    expect(night.steps()).toEqual(['begun', 'heard', 'failed chain']);
  });
});

describe('a canary that breaks', () => {
  const broken: readonly [string, (night: CanaryNight, run: number) => void][] = [
    ['wire', (night, run) => night.ends(`canary/${run}/publish`, false)],
    ['wire', (night, run) => night.ends(`canary/${run}/publish`)],
    ['wire', (night) => night.passes(61)],
    [
      'channel',
      (night, run) => {
        night.says(String(run));
        night.ends(`canary/${run}/message`, false);
      },
    ],
    [
      'back',
      (night, run) => {
        night.says(String(run));
        night.ends(`canary/${run}/message`);
        night.passes(601);
      },
    ],
  ];
  test.each(broken)('at %s is told by another channel, once, until that has taken it', (hop, breaks) => {
    const night = new CanaryNight();
    const run = night.begins();
    breaks(night, run);
    expect(night.steps().at(-1)).toBe(`failed ${hop}`);
    expect(canaryFailure(site, night.state.canary)?.hop).toBe(hop);
    const [alert] = night.duties();
    expect(alert).toMatchObject({ id: `canary/${run}/alert/mail`, do: 'canary', channel: 'mail', failure: { hop } });
    night.ends(alert!.id, false);
    expect(night.duties()).toEqual([]);
    night.passes(61);
    // The channel that failed never tells of it.
    const [second] = night.duties();
    expect(second).toMatchObject({ id: `canary/${run}/alert/hook` });
    night.ends(second!.id);
    night.passes(600);
    expect(night.duties()).toEqual([]);
    expect(night.steps().slice(-2)).toEqual(['untold', 'told']);
  });

  test('stays a trouble until one comes through', () => {
    const { night, run } = flown();
    night.ends(`canary/${run}/message`, false);
    const next = night.begins();
    expect(canaryFailure(site, night.state.canary)?.hop).toBe('channel');
    night.says(String(next));
    night.ends(`canary/${next}/message`);
    night.tell({ kind: 'reply', channel: 'sms', person: 'box', said: 'acknowledge', number: 0 });
    expect(canaryFailure(site, night.state.canary)).toBeUndefined();
  });

  test('by a crash at any moment has failed there, is not sent again, and is told', () => {
    for (const [at, upTo] of [
      ['wire', 0],
      ['channel', 1],
      ['back', 2],
    ] as const) {
      const night = new CanaryNight();
      const run = night.begins();
      if (upTo > 0) night.says(String(run));
      if (upTo > 1) night.ends(`canary/${run}/message`);
      night.tell({ kind: 'started', version: 'test', config: 'test' });
      expect(night.steps().at(-1)).toBe(`failed ${at}`);
      expect(night.duties().map(({ id }) => id)).toEqual([`canary/${run}/alert/mail`]);
      // What comes of it later says nothing any more.
      night.says(String(run));
      night.ends(`canary/${run}/message`);
      night.passes(200);
      expect(night.steps().filter((step) => step === 'sent')).toHaveLength(upTo > 0 ? 1 : 0);
    }
  });
});

test('an answer with a number of an alarm, of somebody else or by another channel is no canary’s', () => {
  const { night, run } = flown();
  night.ends(`canary/${run}/message`);
  const reply = { kind: 'reply', channel: 'sms', person: 'box', said: 'acknowledge', number: 0 } as const;
  night.tell({ ...reply, number: 1 });
  night.tell({ ...reply, person: 'li' });
  night.tell({ ...reply, said: 'stop' });
  night.tell({ ...reply, channel: 'mail' });
  expect(night.steps().at(-1)).toBe('taken');
  night.tell(reply);
  expect(night.steps().at(-1)).toBe('back');
});

test('an installer sees how far it came without names, live as when he connects', () => {
  const { night, run } = flown();
  night.ends(`canary/${run}/message`, false);
  const followed = emptyState();
  for (const event of night.events)
    if (maySee('integrator', event)) evolve(followed, redact('integrator', site, event));
    else pass(followed, event.seq);
  const shown = decodeState(redactState('integrator', site, encodeState(night.state))).canary;
  expect(shown).toEqual(followed.canary);
  expect(shown?.failed?.hop).toBe('channel');
  expect(JSON.stringify([shown, redact('integrator', site, night.only('canary')[0]!)])).not.toContain(head.name);
  expect(operator.name).not.toBe(head.name);
});
