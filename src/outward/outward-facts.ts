/**
 * What is told outward of State and of facts, in the shapes of `outward-topics`. Pure. It must never tell of a silent call for help, nor
 * name whoever did something.
 */
import { lookup } from '../core/site/lookup.ts';
import { placeOf } from '../core/site/naming.ts';
import type { Alarm, Durable, Event, Site, State } from '../core/types.ts';
import { zonePicture } from '../core/view/view.ts';
import { kinds, zoneTitle } from '../words/trade-words.ts';
import { untranslated, type Words } from '../words/words.ts';
import type { AlarmsTold, AreaTold, EventTold, ZoneTold } from './outward-topics.ts';

/** Kinds of facts that are told. */
export const toldKinds = [
  ...(['raised', 'returned-to-normal', 'acknowledged', 'closed'] as const),
  ...(['zone-armed', 'area-armed', 'opened', 'checked', 'completed'] as const),
] as const satisfies readonly Event['kind'][];

const openOf = (state: Durable<State>): readonly Alarm[] =>
  ([...state.alarms.values()] as readonly Alarm[]).filter(({ covert }) => !covert);

/** How each thing stands, by the end of its topic. */
export function standing(site: Site, state: Durable<State>): ReadonlyMap<string, ZoneTold | AreaTold | AlarmsTold> {
  const open = openOf(state);
  const told = new Map<string, ZoneTold | AreaTold | AlarmsTold>();
  for (const zone of Object.values(site.zones)) {
    const { id } = zone;
    const mine = open.filter((one) => one.zone === id);
    const worst = mine.sort((a, b) => a.priority - b.priority || a.id - b.id)[0];
    const { mode, blind } = zonePicture(site, state, zone);
    told.set(`zone/${id}`, {
      state: worst ? 'ON' : 'OFF',
      mode,
      heard: !blind,
      ...(worst && {
        alarm: worst.id,
        kind: worst.kind,
        title: kinds[worst.kind],
        priority: worst.priority,
        since: worst.raisedAt,
        acknowledged: worst.acked !== undefined,
      }),
    });
  }
  for (const id of Object.keys(site.areas)) {
    const known = state.areas.get(id);
    told.set(`area/${id}`, known ? { mode: known.mode, since: known.at } : { mode: 'disarmed' });
  }
  told.set('alarms', {
    open: open.length,
    unacknowledged: open.filter(({ acked }) => !acked).length,
    urgent: open.filter(({ priority }) => priority === 1).length,
  });
  return told;
}

const zoneName = (site: Site, id: string): Words => {
  const zone = lookup(site.zones, id);
  return zone ? zoneTitle(zone.number, zone.title) : untranslated(id);
};

/** What is told of a fact; undefined where nothing is. */
export function outwardEvent(site: Site, event: Event): EventTold | undefined {
  if ('covert' in event && event.covert) return undefined;
  const { seq, at } = event;
  switch (event.kind) {
    case 'raised': {
      const { alarm: kind, priority, zone } = event;
      const place = placeOf(site, event);
      const title = kinds[kind];
      const payload = { event_type: event.kind, seq, at, alarm: seq, kind, priority, title, place };
      return { of: 'alarm', payload: zone === undefined ? payload : { ...payload, zone } };
    }
    case 'returned-to-normal':
    case 'acknowledged':
    case 'closed':
      return { of: 'alarm', payload: { event_type: event.kind, seq, at, alarm: event.alarm } };
    case 'zone-armed': {
      const { zone, mode } = event;
      return { of: 'arming', payload: { event_type: event.kind, seq, at, zone, mode, place: zoneName(site, zone) } };
    }
    case 'area-armed': {
      const { area, mode } = event;
      const place = lookup(site.areas, area)?.title ?? untranslated(area);
      return { of: 'arming', payload: { event_type: event.kind, seq, at, area, mode, place } };
    }
    case 'opened': {
      const { round, route, start } = event;
      const title = lookup(site.routes, route)?.title ?? untranslated(route);
      return { of: 'round', payload: { event_type: event.kind, seq, at, round, route, title, start } };
    }
    case 'checked': {
      const { round, checkpoint, verdict } = event;
      return { of: 'round', payload: { event_type: event.kind, seq, at, round, checkpoint, verdict } };
    }
    case 'completed':
      return {
        of: 'round',
        payload: { event_type: event.kind, seq, at, round: event.round, counts: { ...event.counts } },
      };
    default:
      return undefined;
  }
}
