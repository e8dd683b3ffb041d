/**
 * The end of an entry delay: what was held becomes alarms, each with the time it was touched. It is the only way but a
 * person's unsetting, of the area or of the zone by name, in which a held trigger ends, so nothing that was held can be
 * lost unseen.
 */
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { detectionOf } from '../site/detection-keys.ts';
import { lookup } from '../site/lookup.ts';
import { watching, zoneMode } from '../site/watched.ts';
import type { HeldTrigger } from '../types.ts';
import { matches } from './rules.ts';

/** Raises what the area's entry delay holds; nothing when none runs, or when this very step has raised it already. */
export function expireEntry(draft: Draft, area: string): void {
  const entry = draft.state.entryTimers.get(area);
  if (!entry || draft.events.some((event) => event.kind === 'entry-expired' && event.area === area)) return;
  draft.add({ kind: 'entry-expired', area });
  for (const held of entry.held) {
    // A plan unsets the zones of an area only after this: whoever took watch away from this one was a person.
    if (!watching(draft.site, held.zone, zoneMode(draft.state, held.zone))) continue;
    trigger(draft, held);
    if (held.active && isOver(draft, held)) returnToNormal(draft, held.key, held.cause);
  }
}

/** Whether the condition ended while it was held. What cannot be known now stands: the next word of the device ends it. */
function isOver({ site, state }: Draft, { cause, zone }: HeldTrigger): boolean {
  const sense = detectionOf(cause);
  if (sense) return state.detections.get(zone)?.active[sense.key] === undefined;
  const [id = '', key = ''] = cause.split('/');
  const point = lookup(lookup(site.devices, id)?.points ?? {}, key);
  if (!point?.alarm) return true;
  const known = point.keep === 'state' ? state.devices.get(id)?.values[key] : undefined;
  return known !== undefined && !matches(point.alarm.when, known.value, true);
}

/** Ends every entry delay that is over. */
export function keepEntries(draft: Draft): void {
  for (const [area, { until }] of draft.state.entryTimers) if (until <= draft.at) expireEntry(draft, area);
}
