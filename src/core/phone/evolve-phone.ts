/**
 * The part of `evolve` that folds what phones send: the keys they used, and with an alarm what was said of it late or with a photograph.
 * It holds no rules: what came of it was decided before.
 */
import type { Event, State } from '../types.ts';

/** A key that was used is known for a day, longer than a phone keeps anything, and no more of them than a night of all phones. Ours. */
const keyKeptMs = 86_400_000;
const keysMax = 5_000;
const sentMax = 20;

/** Remembers the key, and what belongs to an alarm with it. */
export function foldPhone(state: State, event: Extract<Event, { kind: 'phone-sent' }>): void {
  const { usedKeys } = state;
  const { key, by, act, alarm: id, madeAt, doubt, picture, sha256, refused, at } = event;
  usedKeys.set(key, { by, at, ...(refused && { refused }) });
  for (const [old, used] of usedKeys) {
    if (usedKeys.size <= keysMax && used.at > at - keyKeptMs) break;
    usedKeys.delete(old);
  }
  const alarm = id === undefined || refused ? undefined : state.alarms.get(id);
  if (!alarm || (madeAt === undefined && picture === undefined)) return;
  const one = {
    ...{ by, at, act },
    ...(madeAt !== undefined && { madeAt }),
    ...(doubt && { doubt }),
    ...(picture !== undefined && { picture }),
    ...(sha256 !== undefined && { sha256 }),
  };
  state.alarms.set(alarm.id, { ...alarm, sent: [...(alarm.sent ?? []), one].slice(-sentMax) });
}

/** More phones than a school pairs; whoever pairs knows a smaller limit. */
const phonesMax = 1_000;

/** Which phones are paired, for whoever has to know whether a guard can be reached. */
export function foldPairing(
  { phones }: State,
  event: Extract<Event, { kind: 'phone-paired' | 'phone-revoked' }>,
): void {
  if (event.kind === 'phone-revoked') {
    phones.delete(event.phone);
    return;
  }
  phones.set(event.phone, { name: event.name, until: event.until });
  for (const [id, { until }] of phones) if (until <= event.at || phones.size > phonesMax) phones.delete(id);
}
