/**
 * Steps that reach nobody: passed at once and said, in whatever way nobody came about; and the last resort beyond the last step.
 */
import { describe, expect, test } from 'vitest';
import { owed } from '../../src/core/alarm/duties.ts';
import { emptySteps } from '../../src/core/alarm/reach.ts';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { AccountChange, Live, Role, Site, User } from '../../src/core/types.ts';
import { head, minute, operator, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const step = (afterMs: number, roles: Role[], channels: string[] = []) => ({ afterMs, roles, channels });
const channel = (id: string) => ({ id, title: { zh: id, en: id } });
const wall: User = { name: 'wall-1', role: 'operator' };

const site: Site = {
  ...school,
  channels: { robot: channel('robot'), guards: channel('guards') },
  escalation: {
    ...school.escalation,
    1: {
      steps: [step(30 * second, ['operator']), step(60 * second, ['guard']), step(120 * second, ['head'])],
      repeatMs: 2 * minute,
    },
    2: { steps: [step(60 * second, ['operator'], ['robot'])], repeatMs: 10 * minute },
    quiet: { steps: [step(0, ['head'], ['robot'])], repeatMs: minute },
    lastResort: { roles: ['admin'], channels: ['guards'] },
  },
};

/** A night in which the pages of `watching` show everything, as they do while somebody has them open. */
class Night extends Story {
  watching: User[] = [];

  constructor(...people: readonly (readonly [name: string, role: Role, more?: { wall?: true; disabled?: true }])[]) {
    super();
    this.site = site;
    for (const [name, role, more] of people) this.account('found', name, role, more);
  }

  account(change: AccountChange, name: string, role: Role, more: { wall?: true; disabled?: true } = {}): void {
    this.tell({ kind: 'door', fact: { kind: 'account-changed', name, change, role, mark: 'x', ...more } });
  }

  passes(seconds: number): void {
    for (let i = 0; i < seconds; i++) {
      this.now += second;
      for (const by of this.watching) {
        const page = by.name === wall.name ? 'wall' : 'console';
        this.tell({ kind: 'displayed', by, page, alarms: [...this.state.alarms.keys()] });
      }
      this.tell({ kind: 'tick' });
    }
  }

  /** Every message that is owed by these channels fails, each second. */
  fails(seconds: number, ...channels: readonly string[]): void {
    for (let i = 0; i < seconds; i++) {
      this.passes(1);
      for (const duty of owed(this.site, { state: this.state, live }, this.now)) {
        if (duty.do !== 'notify') continue;
        const ok = !channels.includes(duty.channel);
        this.tell({ kind: 'outcome', duty: duty.id, ok });
      }
    }
  }

  /** Seconds since the alarm, level, and what was said of nobody. */
  told() {
    const since = this.only('raised').at(-1)!.at;
    return this.only('escalated').map(({ at, level, nobody = [], lastResort }) => [
      (at - since) / second,
      level,
      nobody.map((one) => `${one.level} ${one.why}`).join(),
      ...(lastResort ? [lastResort] : []),
    ]);
  }
}

const wang = ['wang', 'operator'] as const;
const zhang = ['zhang', 'guard'] as const;
const chen = ['chen', 'head'] as const;

describe('a step that reaches somebody', () => {
  test('is waited for, as long as anybody of its roles has the alarm on a screen', () => {
    const night = new Night(wang, zhang, chen);
    night.watching = [operator, { name: 'zhang', role: 'guard' }, head];
    night.reads('fence', { climb: true });
    night.passes(119);
    expect(night.told()).toEqual([
      [30, 1, ''],
      [60, 2, ''],
    ]);
  });

  test('is not judged by accounts that nobody has told of: a journal from before', () => {
    const night = new Night();
    night.reads('fence', { climb: true });
    night.passes(119);
    expect(night.told().map(([at, level]) => [at, level])).toEqual([
      [10, 1],
      [60, 2],
    ]);
  });
});

describe('a step that reaches nobody is passed at once and said', () => {
  test('no account of its role', () => {
    const night = new Night(wang, chen);
    night.watching = [operator, head];
    night.reads('fence', { climb: true });
    night.passes(61);
    expect(night.told()).toEqual([
      [30, 1, ''],
      [60, 3, '2 no-account'],
    ]);
    expect(night.only('escalated').at(-1)?.roles).toEqual(['guard', 'head']);
  });

  test('an account that was disabled after the start', () => {
    const night = new Night(wang, zhang, chen);
    night.watching = [operator, { name: 'zhang', role: 'guard' }, head];
    night.reads('fence', { climb: true });
    night.passes(40);
    night.account('disabled', 'zhang', 'guard', { disabled: true });
    night.passes(21);
    expect(night.told().at(-1)).toEqual([60, 3, '2 no-account']);
  });

  test('the last one of a role goes while the alarm stands at it', () => {
    const night = new Night(wang, zhang, chen);
    night.watching = [operator, { name: 'zhang', role: 'guard' }, head];
    night.reads('fence', { climb: true });
    night.passes(70);
    night.account('removed', 'zhang', 'guard');
    night.passes(1);
    expect(night.told().at(-1)).toEqual([71, 3, '2 no-account']);
  });

  test('only a wall has its role: it shows, and acknowledges nothing', () => {
    const night = new Night(['wall-1', 'operator', { wall: true }], zhang, chen);
    night.watching = [wall, { name: 'zhang', role: 'guard' }];
    night.reads('fence', { climb: true });
    night.passes(31);
    expect(night.told()).toEqual([[30, 2, '1 no-account']]);
  });

  test('nobody of its roles has it on a screen', () => {
    const night = new Night(wang, zhang, chen);
    night.watching = [head];
    night.reads('fence', { climb: true });
    night.passes(31);
    expect(night.told()).toEqual([[30, 3, '1 nobody-there,2 nobody-there']]);
  });

  test('and whoever stands before the wall of his room is somebody', () => {
    const night = new Night(wang, zhang, chen, ['wall-1', 'operator', { wall: true }]);
    night.watching = [wall];
    night.reads('fence', { climb: true });
    night.passes(31);
    expect(night.told()).toEqual([[30, 1, '']]);
  });

  test('its roles may not act', () => {
    const night = new Night(wang, ['liu', 'auditor']);
    night.site = {
      ...site,
      escalation: {
        ...site.escalation,
        1: { steps: [step(10_000, ['auditor']), step(60_000, ['operator'])], repeatMs: minute },
      },
    };
    night.watching = [operator, { name: 'liu', role: 'auditor' }];
    night.reads('fence', { climb: true });
    night.passes(11);
    expect(night.told()).toEqual([[10, 2, '1 may-not-act']]);
  });

  test('its channel is configured no more, or takes no message, and nobody is there', () => {
    const gone = new Night(chen);
    gone.site = { ...site, channels: { guards: channel('guards') } };
    gone.watching = [head];
    gone.reads('fence', { tension: 90 });
    gone.passes(61);
    expect(gone.told()).toEqual([[60, 1, '1 channel-down', 'told']]);

    const down = new Night(chen);
    down.watching = [head];
    down.reads('fence', { tension: 90 });
    down.fails(75, 'robot');
    expect(down.told()).toEqual([
      [60, 1, ''],
      [67, 1, '1 channel-down', 'told'],
    ]);
    expect(down.only('escalated').at(-1)?.channels).toEqual(['robot', 'guards']);
  });

  test('one that takes messages again is somebody again', () => {
    const night = new Night(chen);
    night.watching = [head];
    night.reads('fence', { tension: 90 });
    night.fails(70, 'robot');
    expect(night.state.channelFails.get('robot')?.fails).toBeGreaterThanOrEqual(3);
    night.fails(5);
    expect(night.state.channelFails.size).toBe(0);
  });
});

describe('the last resort', () => {
  test('is told when no step that is left reaches anybody, and again at the pace of the last step', () => {
    const night = new Night(['root', 'admin']);
    night.watching = [{ name: 'root', role: 'admin' }];
    night.reads('fence', { climb: true });
    night.passes(131);
    const nobody = '1 no-account,2 no-account,3 no-account';
    expect(night.told()).toEqual([[30, 3, nobody, 'told']]);
    expect(night.only('escalated')[0]).toMatchObject({
      channels: ['guards'],
      roles: expect.arrayContaining(['admin']),
    });
    night.passes(20);
    expect(night.told().at(-1)).toEqual([150, 3, '3 no-account', 'told']);
  });

  test('that reaches nobody either is said to', () => {
    const night = new Night(['root', 'admin', { disabled: true }]);
    night.site = { ...site, channels: {} };
    night.reads('fence', { climb: true });
    night.passes(31);
    expect(night.told()).toEqual([[10, 3, '1 no-account,2 no-account,3 no-account', 'nobody']]);
  });

  test('of a silent call for help is nobody who was not to know of it', () => {
    const night = new Night(wang, zhang);
    night.watching = [operator];
    const quiet = {
      key: 'k',
      alarm: 'duress',
      priority: 1,
      device: 'io',
      cause: 'c',
      active: false,
      covert: true,
    } as const;
    night.take({ kind: 'raised', ...quiet });
    night.fails(60, 'robot');
    const told = night.only('escalated');
    expect(told.at(-1)).toMatchObject({ lastResort: 'nobody', covert: true });
    expect(new Set(told.flatMap(({ roles, channels }) => [...roles, ...channels]))).toEqual(
      new Set(['head', 'admin', 'robot']),
    );
  });

  test('of an incident is told once', () => {
    const night = new Night(['root', 'admin']);
    night.site = { ...site, channels: { guards: channel('guards') } };
    night.reads('fence', { tension: 90 });
    night.reads('fence', { tamper: true });
    night.passes(61);
    expect(new Set([...night.state.alarms.values()].map(({ id, incident = id }) => incident)).size).toBe(1);
    const told = night.only('escalated').filter(({ channels }) => channels.includes('guards'));
    expect(told).toHaveLength(1);
  });
});

test('an alarm that waits anew has to be seen anew, by the wall and by people', () => {
  const night = new Night(wang, chen, zhang);
  const walls = { 'wall-1': { user: 'wall-1', title: { zh: '值班室', en: 'Control room' } } };
  night.site = { ...site, walls };
  night.account('found', 'wall-1', 'operator', { wall: true });
  night.watching = [wall, operator];
  night.reads('fence', { climb: true });
  night.passes(5);
  night.asks(operator, { do: 'acknowledge', alarm: [...night.state.alarms.keys()][0]! });
  night.watching = [];
  night.passes(600);
  night.reads('fence2', { climb: true });
  const from = night.now;
  const told = night.only('escalated').length;
  night.passes(26);
  const now = night.only('escalated').slice(told);
  expect(now.map(({ at, why, lastResort }) => [(at - from) / second, why, lastResort])).toEqual([
    [25, 'not-displayed', 'told'],
  ]);
});

test('the gateway that starts in the middle of it misses nobody before pages can have come back', () => {
  const night = new Night(wang, zhang, chen);
  night.reads('fence', { climb: true });
  night.passes(2);
  night.now += minute;
  night.tell({ kind: 'started', version: 'test', config: 'test' });
  night.watching = [operator];
  night.passes(20);
  expect(night.told().flatMap(([, , nobody]) => nobody)).toEqual(['']);
});

test('a journal is folded to the same, wherever it is read again from its beginning', () => {
  const night = new Night(wang, chen);
  night.watching = [head];
  night.reads('fence', { climb: true });
  night.reads('fence', { tension: 90 });
  night.fails(300, 'robot');
  const again = emptyState();
  for (const event of night.events) evolve(again, event);
  expect(again).toEqual(night.state);
});

test('what an installer is told before the night is what would be said in it', () => {
  const { accounts, channelFails } = new Night(
    wang,
    ['wall-1', 'operator', { wall: true }],
    ['chen', 'head', { disabled: true }],
  ).state;
  expect(emptySteps(site, { accounts, channelFails })).toEqual([
    { chain: 1, level: 2, why: 'no-account' },
    { chain: 1, level: 3, why: 'no-account' },
  ]);
  const chain = { steps: [{ afterMs: 0, roles: ['head'] as const, channels: [] }], repeatMs: 60_000 };
  const title = { zh: '夜间围栏', en: 'The fence at night' };
  const ruled = { ...site, rules: [{ id: 'night', title, chain }] };
  expect(emptySteps(ruled, { accounts, channelFails }).at(-1)).toEqual({
    ...{ chain: 'rule', rule: title, level: 1, why: 'no-account' },
  });
  const silent = { ...site, channels: {} };
  expect(emptySteps(silent, { accounts, channelFails })).toEqual([
    { chain: 1, level: 2, why: 'no-account' },
    { chain: 1, level: 3, why: 'no-account' },
    { chain: 'quiet', level: 1, why: 'channel-down' },
    { chain: 'lastResort', level: 0, why: 'channel-down' },
  ]);
});
