/**
 * The places beside an alarm, and instead of one, for what is known or done about it from elsewhere: at the school nothing stands there, and a bureau
 * that looks at its copy puts its orders in, and what it knows of an alarm that the copy does not hold yet. It must never act at the school.
 */
import { signal } from '@preact/signals';
import type { ComponentChildren, ComponentType } from 'preact';

/** What stands there, of an alarm by its number. */
export type AlarmNeighbour = ComponentType<{ readonly alarm: number }>;
/** What stands where the records hold no alarm of this number. `again`: look once more; the children say that there is none. */
export type AlarmStandIn = ComponentType<{
  readonly alarm: number;
  readonly again: () => void;
  readonly children: ComponentChildren;
}>;

const neighbour = signal<AlarmNeighbour | undefined>(undefined);
const standIn = signal<AlarmStandIn | undefined>(undefined);

/** From now on this stands beside each alarm. */
export function putBeside(shown: AlarmNeighbour): void {
  neighbour.value = shown;
}
/** From now on this stands in for an alarm that the records do not hold. */
export function putInstead(shown: AlarmStandIn): void {
  standIn.value = shown;
}

export function BesideAlarm({ alarm }: { alarm: number }) {
  const Neighbour = neighbour.value;
  return Neighbour ? <Neighbour key={alarm} alarm={alarm} /> : null;
}

export function InsteadOfAlarm({
  alarm,
  again,
  children,
}: {
  alarm: number;
  again: () => void;
  children: ComponentChildren;
}) {
  const StandIn = standIn.value;
  return StandIn ? (
    <StandIn key={alarm} alarm={alarm} again={again}>
      {children}
    </StandIn>
  ) : (
    children
  );
}
