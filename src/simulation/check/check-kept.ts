/**
 * Keep before tell: nothing reaches a screen, a device's acknowledgement, a person or a performer before it is on the
 * disk, and what was acknowledged is there after any crash. Each sight is held against what lay on the disk at that moment.
 */
import type { Event } from '../../core/types.ts';
import {
  acknowledgedUnkept,
  answeredUnkept,
  commandWithoutFact,
  countedTwice,
  dutyWithoutReason,
  toldOutOfOrder,
  toldUnkept,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import type { Seen } from '../observed.ts';
import { checker, type Desk } from './check.ts';

/** Whether this very event lies on the disk. */
function lies({ evidence }: Desk, event: Event): boolean {
  const found = evidence.kept[event.seq - 1]?.event;
  return found !== undefined && JSON.stringify(found) === JSON.stringify(event);
}

export const keptBeforeTold = checker(() => {
  let told = 0;
  return {
    name: 'kept-before-told',
    title: promises.keptBeforeTold,
    see(seen, desk) {
      if (seen.what === 'life') told = 0;
      if (seen.what !== 'told') return;
      for (const event of seen.events) desk.test(lies(desk, event), seen.at, toldUnkept(event.seq));
      desk.test(told === 0 || seen.after === told, seen.at, toldOutOfOrder(told, seen.after));
      told = seen.seq;
    },
  };
});

type Answered = Extract<Seen, { what: 'answered' }>;

/** What the last commit held of each point, and what held before it: one commit may turn a state on and off again. */
class Recent {
  readonly #values = new Map<string, Set<unknown>>();
  readonly #last = new Map<string, unknown>();

  keep(events: readonly Event[]): void {
    this.#values.clear();
    for (const event of events) {
      if (event.kind !== 'read') continue;
      const key = `${event.device}/${event.point}`;
      const known = this.#values.get(key) ?? new Set([this.#last.get(key)]);
      this.#values.set(key, known.add(event.value));
      this.#last.set(key, event.value);
    }
  }

  /** Whether the journal knows what a message said: a fact that carries its id, or a state that was so already. */
  knows({ device, id, values }: Answered, { evidence }: Desk): boolean {
    return values.every(([point, value]) => {
      if (evidence.state.devices.get(device)?.values[point]?.value === value) return true;
      if (this.#values.get(`${device}/${point}`)?.has(value)) return true;
      return evidence.kept.some(
        ({ event }) => event.kind === 'read' && event.device === device && event.id === id && event.point === point,
      );
    });
  }
}

/** A second press of the same person for the same thing says nothing new. */
function doneBefore({ evidence }: Desk, { by, command }: Extract<Seen, { what: 'replied' }>): boolean {
  if (!('alarm' in command)) return false;
  const { alarm } = command;
  return evidence.kept.some(
    ({ event }) => 'alarm' in event && event.alarm === alarm && 'by' in event && event.by === by.name,
  );
}

export const keptBeforeAnswered = checker(() => {
  const recent = new Recent();
  return {
    name: 'kept-before-answered',
    title: promises.keptBeforeAnswered,
    see(seen, desk) {
      if (seen.what === 'kept') recent.keep(seen.events);
      if (seen.what === 'answered' && seen.kept)
        desk.test(recent.knows(seen, desk), seen.at, acknowledgedUnkept(seen.device, seen.id));
      if (seen.what !== 'replied') return;
      const { name } = seen.by;
      const fact = seen.events.length > 0 || doneBefore(desk, seen);
      desk.test(fact, seen.at, commandWithoutFact(name));
      for (const event of seen.events) {
        const { seq } = event;
        desk.test(lies(desk, event), seen.at, answeredUnkept(name, seq));
      }
    },
  };
});

export const keptBeforeDone = checker(() => ({
  name: 'kept-before-done',
  title: promises.keptBeforeDone,
  see(seen, desk) {
    if (seen.what !== 'undertaken') return;
    const { duty } = seen;
    const { state } = desk.evidence;
    const [kind, number] = duty.id.split('/');
    let reason = true;
    if (duty.do === 'drill-still') reason = state.drills.has(duty.drill);
    else if (duty.do === 'ordered-still' || duty.do === 'deliver') reason = state.orders.has(number ?? '');
    else if (duty.do === 'exception-still') reason = state.suspicions.has(Number(number));
    else if (duty.do === 'snapshot' || duty.do === 'clip') reason = state.alarms.has(duty.alarm);
    else if (duty.do === 'notify')
      reason =
        state.alarms
          .get(duty.alarm.id)
          ?.notices.some(({ id, tryAt }) => id === duty.id.split('~')[0] && tryAt !== undefined) ?? false;
    else if (duty.do === 'remind') reason = state.reminders.has(duty.id.slice('remind/'.length));
    else if (duty.do === 'answer') reason = state.replyBooks.has(`${duty.channel}/${duty.person}`);
    else if (duty.do === 'test') reason = state.channelTests.has(duty.id.slice('test/'.length));
    else if (duty.do === 'publish' || duty.do === 'canary') reason = state.canary?.run === Number(number);
    else if (kind === 'write') reason = state.writes.has(`write/${number}`);
    else if (kind === 'siren' && duty.value === true)
      reason =
        [...state.alarms.values()].some((one) => one.priority === 1) ||
        [...state.drills.values()].some(({ over }) => !over);
    desk.test(reason, seen.at, dutyWithoutReason(duty.id));
  },
}));

export const oneMessageOneFact = checker(() => {
  const seenIds = new Set<string>();
  return {
    name: 'one-message-one-fact',
    title: promises.oneMessageOneFact,
    see(seen, desk) {
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        if (event.kind !== 'read' || event.id === undefined) continue;
        const key = `${event.device}/${event.point}/${event.id}`;
        desk.test(!seenIds.has(key), seen.at, countedTwice(event.id));
        seenIds.add(key);
      }
    },
  };
});
