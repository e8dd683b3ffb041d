/**
 * Arrival without a hand: whoever was sent to a place and holds his card to the reader there has arrived.
 */

import type { Draft } from '../draft.ts';
import { holds, lookup } from '../site/lookup.ts';
import type { Alarm, Time } from '../types.ts';

/** A card was held to a reader: whoever was sent to that place has arrived there. `sourceTime` as the reader says. */
export function arrivedByScan(draft: Draft, reader: string, card: string, sourceTime: Time | undefined): void {
  for (const alarm of draft.state.alarms.values()) {
    const { dispatched } = alarm;
    if (!dispatched || placeReader(draft, alarm) !== reader) continue;
    const sent = lookup(draft.site.people, dispatched.to);
    if (!sent || !holds(sent, card)) continue;
    // A touch made before he was sent, and uploaded later, says nothing.
    if (sourceTime !== undefined && sourceTime < dispatched.at) continue;
    if (alarm.arrived && alarm.arrived.at >= dispatched.at) continue;
    draft.add({ kind: 'arrived', alarm: alarm.id, by: dispatched.to, how: 'scan' });
  }
}

/** The reader that stands where the alarm is. */
function placeReader(draft: Draft, alarm: Alarm): string | undefined {
  const zone = alarm.zone === undefined ? undefined : lookup(draft.site.zones, alarm.zone);
  if (zone) return zone.reader;
  return lookup(draft.site.devices, alarm.device)?.family === 'reader' ? alarm.device : undefined;
}
