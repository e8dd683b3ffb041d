/**
 * The place beside an alarm for what is done about it from elsewhere: at the school nothing stands there, and a bureau that looks at its copy puts its
 * orders in. It must never act at the school.
 */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

/** What stands there, of an alarm by its number. */
export type AlarmNeighbour = ComponentType<{ readonly alarm: number }>;

const neighbour = signal<AlarmNeighbour | undefined>(undefined);

/** From now on this stands beside each alarm. */
export function putBeside(shown: AlarmNeighbour): void {
  neighbour.value = shown;
}

export function BesideAlarm({ alarm }: { alarm: number }) {
  const Neighbour = neighbour.value;
  return Neighbour ? <Neighbour key={alarm} alarm={alarm} /> : null;
}
