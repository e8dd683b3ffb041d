/**
 * A night over the outbox: every message is carried out as the gateway does it, at most so many at a time by a channel, and what really
 * arrived is written down beside. It must never ask the outbox what arrived.
 */
import { owed } from '../../src/core/alarm/duties.ts';
import { underWayMax } from '../../src/core/alarm/outbox.ts';
import { minuteMs as minute } from '../../src/core/tell/pace.ts';
import type { Duty, Live, Notice, Priority, Site, Time, Untaken } from '../../src/core/types.ts';
import { monday, Story, school } from './school.ts';

const second = 1_000;
const live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0 };
const words = (zh: string) => ({ zh, en: zh });
export type Message = Extract<Duty, { do: 'notify' }>;

const step = (afterMs: number) => ({ afterMs, roles: ['operator'] as const, channels: [], people: ['li', 'zhang'] });
const chain = { steps: [step(0), step(150 * second)], repeatMs: 4 * minute };
export const site: Site = {
  ...school,
  people: {
    li: { id: 'li', name: '李强', ways: ['phone'] },
    zhang: { id: 'zhang', name: '张伟', ways: ['phone'] },
  },
  ladder: [
    { channel: 'wecom', afterMs: 0 },
    { channel: 'sms', afterMs: 40 * second },
    { channel: 'call', afterMs: 90 * second },
  ],
  channels: {
    wecom: { id: 'wecom', title: words('企微'), perMin: 3, instead: 'mail' },
    mail: { id: 'mail', title: words('邮件') },
    sms: { id: 'sms', title: words('短信'), each: 'phone', perMin: 6, instead: 'call' },
    call: { id: 'call', title: words('电话'), each: 'phone', alarmsOnly: true },
  },
  escalation: {
    ...school.escalation,
    1: chain,
    2: chain,
    3: chain,
    lastResort: { roles: ['head'], channels: ['mail'] },
  },
};

/** A message on its way, and all it tells: the ids of its own notice and of those within it. */
interface Carried {
  readonly duty: Message;
  readonly tells: readonly string[];
  readonly at: Time;
}

export class OutboxNight extends Story {
  readonly flying = new Map<string, Carried>();
  /** By notice: how often it arrived, and how often that said that it may be the second time. */
  readonly arrived = new Map<string, { times: number; again: number }>();
  /** Whether what is owed is begun at once; else what follows is of the same batch. */
  looks = true;

  /** When it began. */
  readonly since: number;

  constructor() {
    super(monday + 19 * 60 * minute + 10 * minute);
    this.site = site;
    this.since = this.now;
  }

  get notices(): (Notice & { readonly priority: Priority })[] {
    return [...this.state.alarms.values()].flatMap(({ notices, priority }) =>
      notices.map((one) => ({ ...one, priority })),
    );
  }

  /** Begins what is owed, as the gateway does once it is kept. */
  begins(): void {
    for (const duty of owed(this.site, { state: this.state, live }, this.now)) {
      if (duty.do !== 'notify' || this.flying.has(duty.id)) continue;
      const alike = [...this.flying.values()].filter((one) => one.duty.channel === duty.channel);
      if (alike.length >= underWayMax) continue;
      const own = duty.id.split('~')[0]!;
      const tells = this.notices.filter(({ id, within }) => id === own || within === own).map(({ id }) => id);
      this.flying.set(duty.id, { duty, tells, at: this.now });
    }
  }

  arrives({ duty, tells }: Carried): void {
    for (const id of tells) {
      const { times, again } = this.arrived.get(id) ?? { times: 0, again: 0 };
      this.arrived.set(id, { times: times + 1, again: again + (duty.again ? 1 : 0) });
    }
  }

  /** Some message comes to something. unknown: it arrived, or not. */
  ends(which: number, fate: Untaken | 'told', got: boolean): void {
    const all = [...this.flying.values()];
    const carried = all[which % Math.max(1, all.length)];
    if (!carried) return;
    const { id } = carried.duty;
    if (fate === 'told' || (fate === 'unknown' && got)) this.arrives(carried);
    this.flying.delete(id);
    this.does(() =>
      this.tell({
        ...{ kind: 'outcome', duty: id, ok: fate === 'told' },
        ...(fate !== 'told' && { untaken: fate, why: words('no') }),
      }),
    );
  }

  crashes(got: readonly boolean[]): void {
    for (const [n, carried] of [...this.flying.values()].entries()) if (got[n % got.length]) this.arrives(carried);
    this.flying.clear();
    this.does(() => this.tell({ kind: 'started', version: 'test', config: 'test' }));
  }

  does(act: () => void): void {
    act();
    if (this.looks) this.begins();
  }

  ticks(seconds: number): void {
    this.now += seconds * second;
    // Nothing is waited for longer than this; what has waited so long comes in one batch with the tick.
    for (const [duty, carried] of this.flying) {
      if (carried.at > this.now - 30 * second) continue;
      this.arrives(carried);
      this.flying.delete(duty);
      this.take({ kind: 'done', duty, ok: false, untaken: 'unknown', why: words('no') });
    }
    this.does(() => this.tell({ kind: 'tick' }));
    this.begins();
  }

  /** Everything is well again, and stays so. */
  heals(): void {
    this.looks = true;
    for (let gone = 0; gone < 200; gone++) {
      this.ticks(2);
      while (this.flying.size > 0) this.ends(0, 'told', true);
    }
  }
}
