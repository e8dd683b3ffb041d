/**
 * The handling of alarms: one open alarm of a key, and latched until people have dealt with it. What a person did must
 * have been asked for by that person, and what nobody asked for must not be said to be done.
 */

import type { AlarmKind } from '../../core/types.ts';
import { ackUnasked, alarmVanished, closedUnhandled, openTwice } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

export const noTwins = checker(() => {
  const open = new Map<string, number>();
  const keys = new Map<number, string>();
  return {
    name: 'no-twins',
    title: promises.noTwins,
    see(seen, desk) {
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        if (event.kind === 'raised') {
          const twin = open.get(event.key);
          desk.test(twin === undefined, seen.at, openTwice(event.key, twin, event.seq));
          open.set(event.key, event.seq);
          keys.set(event.seq, event.key);
        } else if (event.kind === 'closed') open.delete(keys.get(event.alarm) ?? '');
      }
    },
  };
});

/** Who closes what the weather did, once it is over. */
const byItself = 'gateway';

interface OpenHandling {
  readonly kind: AlarmKind;
  acked: boolean;
  /** Others were told that whoever took it has not seen to it: another may take it. */
  left: boolean;
  readonly causes: Set<string>;
  /** The cause it was raised with: of a missed checkpoint its round and point. */
  readonly first: string;
}

export const latched = checker(() => {
  const asked = new Set<string>();
  const open = new Map<number, OpenHandling>();
  /** Points that were said to be missed and were reached after all: such an alarm is taken back by name. */
  const reached = new Set<string>();
  /** What may end without anybody: weather that is over, and a missed point that somebody had reached. */
  const endsAlone = ({ kind, first }: OpenHandling) => kind === 'weather' || (kind === 'missed' && reached.has(first));
  return {
    name: 'latched',
    title: promises.latched,
    see(seen, desk) {
      if (seen.what === 'asked' && 'alarm' in seen.command)
        asked.add(`${seen.by.name} ${seen.command.do} ${seen.command.alarm}`);
      if (seen.what === 'compared')
        for (const id of open.keys()) desk.test(desk.evidence.state.alarms.has(id), seen.at, alarmVanished(id));
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        if (event.kind === 'raised')
          open.set(event.seq, {
            kind: event.alarm,
            acked: false,
            left: false,
            causes: new Set(event.active ? [event.cause] : []),
            first: event.cause,
          });
        if (event.kind === 'checked' && event.before === 'missed') reached.add(`${event.round}/${event.checkpoint}`);
        if (!('alarm' in event) || typeof event.alarm !== 'number') continue;
        const alarm = open.get(event.alarm);
        if (!alarm) continue;
        if (event.kind === 'repeated') {
          alarm.acked = false;
          if (event.active) alarm.causes.add(event.cause);
        } else if (event.kind === 'escalated') alarm.left ||= event.takenBy !== undefined;
        else if (event.kind === 'returned-to-normal') alarm.causes.delete(event.cause);
        else if (event.kind === 'acknowledged') {
          const wanted = asked.has(`${event.by} acknowledge ${event.alarm}`);
          desk.test(wanted && (!alarm.acked || alarm.left), seen.at, ackUnasked(event.alarm));
          Object.assign(alarm, { acked: true, left: false });
        } else if (event.kind === 'closed') {
          const wanted = asked.has(`${event.by} close ${event.alarm}`);
          const over = alarm.causes.size === 0;
          const may = over && (event.by === byItself ? endsAlone(alarm) : wanted && alarm.acked);
          desk.test(may, seen.at, closedUnhandled(event.alarm));
          open.delete(event.alarm);
        }
      }
    },
  };
});
