/**
 * A small school for tests of the core: two zones guarded by one fence host over two protocols, a camera, two readers,
 * one route. It must stay small enough to hold in one's head.
 */

import { followUps } from '../../src/core/alarm/duties.ts';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { Command, Device, Event, Fact, Input, Point, Site, State, Time, User } from '../../src/core/types.ts';

const words = (zh: string) => ({ zh, en: zh });

function device(id: string, points: Point[], more: Partial<Device> = {}): Device {
  return {
    id,
    title: words(id),
    family: 'fence',
    profile: 'test',
    line: 'bus',
    staleMs: 5_000,
    commsPriority: 2,
    points: Object.fromEntries(points.map((point) => [point.key, point])),
    zones: [...new Set(points.flatMap((point) => (point.zone ? [point.zone] : [])))],
    ...more,
  };
}

const bit = (key: string, zone: string | undefined, alarm: NonNullable<Point['alarm']>): Point => ({
  key,
  title: words(key),
  keep: 'state',
  type: 'boolean',
  alarm,
  ...(zone && { zone }),
});

export const minute = 60_000;
/** Monday 2026-11-23, 00:00 in China. */
export const monday: Time = Date.parse('2026-11-23T00:00:00+08:00');

const scan: Point = { key: 'scan', title: words('scan'), keep: 'pulse', type: 'string', scan: true };
const checkpoint = (id: string, reader: string, afterMin: number) => ({
  id,
  title: words(id),
  reader,
  afterMs: afterMin * minute,
  earlyMs: 2 * minute,
  lateMs: 3 * minute,
  missMs: 8 * minute,
});

export const school: Site = {
  name: words('试验小学'),
  short: '试验',
  utcOffsetMin: 480,
  map: { width: 100, height: 100, buildings: [] },
  zones: {
    z1: {
      id: 'z1',
      number: 1,
      title: words('东墙'),
      path: [],
      schedule: 'nights',
      siren: { device: 'io', point: 'siren' },
      reader: 'r1',
    },
    z2: { id: 'z2', number: 2, title: words('西墙'), path: [], camera: 'cam' },
  },
  devices: {
    fence: device('fence', [
      bit('climb', 'z1', { kind: 'climb', priority: 1, when: { is: true } }),
      bit('climb_low', 'z1', { kind: 'climb', priority: 1, when: { is: true } }),
      bit('tamper', 'z1', { kind: 'tamper', priority: 2, when: { is: true }, always: true }),
      {
        key: 'tension',
        title: words('tension'),
        keep: 'gauge',
        type: 'number',
        unit: 'N',
        zone: 'z1',
        alarm: { kind: 'slack', priority: 2, when: { below: 100, clear: 110 }, always: true },
      },
    ]),
    fence2: device('fence2', [
      bit('climb', 'z1', { kind: 'climb', priority: 1, when: { is: true } }),
      bit('cut', 'z2', { kind: 'cut', priority: 1, when: { is: true } }),
    ]),
    cam: device('cam', [bit('masked', undefined, { kind: 'masked', priority: 2, when: { is: true }, always: true })], {
      family: 'camera',
    }),
    io: device('io', [
      { key: 'siren', title: words('siren'), keep: 'state', type: 'boolean', writable: true },
      {
        key: 'sos',
        title: words('sos'),
        keep: 'pulse',
        type: 'boolean',
        alarm: { kind: 'sos', priority: 1, when: { is: true }, always: true },
      },
    ]),
    r1: device('r1', [scan], { family: 'reader', staleMs: 60_000 }),
    r2: device('r2', [scan], { family: 'reader', staleMs: 60_000 }),
    r3: device('r3', [scan], { family: 'reader', staleMs: 60_000 }),
  },
  areas: {},
  calendar: { terms: [], holidays: [], exceptions: [] },
  procedures: {
    fence: {
      id: 'fence',
      title: words('围栏'),
      kinds: ['climb', 'tamper'],
      steps: [
        { ask: words('看画面：有人吗？'), answer: 'yes-no', must: true, next: { no: 3 } },
        { ask: words('派了谁？'), answer: 'person' },
        { ask: words('几个人？'), answer: 'number', must: true },
        { ask: words('已查看该段围栏'), answer: 'done' },
      ],
    },
  },
  escalation: {
    1: { steps: [], repeatMs: 60_000 },
    2: { steps: [], repeatMs: 60_000 },
    3: { steps: [], repeatMs: 60_000 },
    quiet: { steps: [], repeatMs: 60_000 },
  },
  pledges: {
    1: { withinMs: { send: 90_000, accept: 60_000, arrive: 300_000, find: 900_000, review: 900_000 }, renewals: 3 },
    2: {
      withinMs: { send: 600_000, accept: 120_000, arrive: 600_000, find: 1_800_000, review: 1_800_000 },
      renewals: 3,
    },
    3: {
      withinMs: { send: 3_600_000, accept: 600_000, arrive: 1_800_000, find: 3_600_000, review: 3_600_000 },
      renewals: 3,
    },
  },
  channels: {},
  schedules: {
    nights: {
      id: 'nights',
      armed: [
        { days: [0, 1, 2, 3, 4, 5, 6], from: 18 * 60, to: 6 * 60 },
        { days: [1, 2, 3, 4, 5], from: 12 * 60, to: 13 * 60 },
      ],
    },
  },
  routes: {
    night: {
      id: 'night',
      title: words('夜巡'),
      ordered: true,
      checkpoints: [checkpoint('p1', 'r1', 5), checkpoint('p2', 'r2', 10), checkpoint('p3', 'r3', 15)],
      rounds: [{ days: [0, 1, 2, 3, 4, 5, 6], start: 20 * 60, person: 'li' }],
    },
  },
  people: {
    li: { id: 'li', name: '李强', card: '0F004EBEFC' },
    zhang: { id: 'zhang', name: '张伟', card: '0F004EC101' },
  },
  roundsPerDay: 5,
};

export const operator: User = { name: 'wang', role: 'operator' };
export const guard: User = { name: 'zhang', role: 'guard' };
export const head: User = { name: 'chen', role: 'head' };
export const integrator: User = { name: 'ma', role: 'integrator' };

/** A gateway without a wire: gives inputs to `step`, folds what comes out, and keeps it all. */
export class Story {
  readonly state: State = emptyState();
  readonly events: Event[] = [];
  site: Site = school;
  /** The clock on the wall. */
  now: Time;
  /** The gateway's own time, where it differs. */
  at?: Time;

  constructor(now: Time = monday + 19 * 60 * minute) {
    this.now = now;
    this.tell({ kind: 'started', version: 'test', config: 'test' });
    this.tell({ kind: 'tick' });
  }

  /** The events one input caused, and what follows of them at once. */
  tell(input: Input): Event[] {
    const events = this.#step(input);
    for (const { input: next, after } of followUps) if (after(events)) events.push(...this.#step(next));
    return events;
  }

  #step(input: Input): Event[] {
    const events = step(this.site, this.state, input, this.now, this.at);
    for (const event of events) {
      evolve(this.state, event);
      this.events.push(event);
    }
    return events;
  }

  /** Folds a fact that something else of the house has decided. */
  take(fact: Fact): void {
    const event = { ...fact, seq: this.state.seq + 1, at: Math.max(this.now, this.state.at) };
    evolve(this.state, event);
    this.events.push(event);
  }

  /** Somebody sets the machine's clock by `ms`, and the gateway says so. */
  setsClock(ms: number): Event[] {
    const to = this.now + ms;
    const events = this.tell({ kind: 'clock-stepped', to });
    this.now = to;
    return events;
  }

  reads(
    device: string,
    values: Record<string, boolean | number | string>,
    more: { sourceTime?: Time; id?: string; initial?: boolean } = {},
  ): Event[] {
    return this.tell({ kind: 'reading', device, values: Object.entries(values), ...more });
  }

  /** The events a command caused. */
  asks(by: User, command: Command): Event[] {
    return this.tell({ kind: 'command', by, command });
  }

  kinds(events: readonly Event[] = this.events): string[] {
    return events.map((event) => event.kind);
  }

  only<K extends Event['kind']>(kind: K): Extract<Event, { kind: K }>[] {
    return this.events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind);
  }
}
