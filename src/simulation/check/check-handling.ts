/**
 * The handling of alarms: one open alarm of a key, and latched until people have dealt with it. What a person did must
 * have been asked for by that person, and what nobody asked for must not be said to be done.
 */
import { checker } from './check.ts';

export const noTwins = checker(() => {
  const open = new Map<string, number>();
  const keys = new Map<number, string>();
  return {
    name: 'no-twins',
    title: { zh: '同一报警不重复开', en: 'one open alarm of a key' },
    see(seen, desk) {
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        if (event.kind === 'raised') {
          const twin = open.get(event.key);
          desk.test(
            twin === undefined,
            seen.at,
            `${event.key} 已有 ${twin} 号，又开 ${event.seq} 号`,
            `${event.key} is open as ${twin} and was raised again as ${event.seq}`,
          );
          open.set(event.key, event.seq);
          keys.set(event.seq, event.key);
        } else if (event.kind === 'closed') open.delete(keys.get(event.alarm) ?? '');
      }
    },
  };
});

interface OpenHandling {
  acked: boolean;
  readonly causes: Set<string>;
}

export const latched = checker(() => {
  const asked = new Set<string>();
  const open = new Map<number, OpenHandling>();
  return {
    name: 'latched',
    title: { zh: '报警须有人确认并关闭', en: 'an alarm stays until people acknowledged and closed it' },
    see(seen, desk) {
      if (seen.what === 'asked' && 'alarm' in seen.command)
        asked.add(`${seen.by.name} ${seen.command.do} ${seen.command.alarm}`);
      if (seen.what === 'compared')
        for (const id of open.keys())
          desk.test(desk.evidence.state.alarms.has(id), seen.at, `${id} 号报警不见了`, `alarm ${id} has vanished`);
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        if (event.kind === 'raised')
          open.set(event.seq, { acked: false, causes: new Set(event.active ? [event.cause] : []) });
        if (!('alarm' in event) || typeof event.alarm !== 'number') continue;
        const alarm = open.get(event.alarm);
        if (!alarm) continue;
        if (event.kind === 'repeated') {
          alarm.acked = false;
          if (event.active) alarm.causes.add(event.cause);
        } else if (event.kind === 'returned-to-normal') alarm.causes.delete(event.cause);
        else if (event.kind === 'acknowledged') {
          const wanted = asked.has(`${event.by} acknowledge ${event.alarm}`);
          desk.test(
            wanted && !alarm.acked,
            seen.at,
            `${event.alarm} 号无人确认`,
            `nobody asked to acknowledge ${event.alarm}, or it was already`,
          );
          alarm.acked = true;
        } else if (event.kind === 'closed') {
          const wanted = asked.has(`${event.by} close ${event.alarm}`);
          const may = wanted && alarm.acked && alarm.causes.size === 0;
          desk.test(
            may,
            seen.at,
            `${event.alarm} 号未经处置就关闭`,
            `${event.alarm} was closed unasked, unacknowledged or while it stood`,
          );
          open.delete(event.alarm);
        }
      }
    },
  };
});
