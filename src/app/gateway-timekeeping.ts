/**
 * What the gateway says of its own clock: at a start whether the machine's fits the journal, and what the screens say while
 * schedules are held because of it. It judges two times and knows of nothing else.
 */
import { localSecond } from '../core/site/calendar.ts';
import { schedulesHeld } from '../core/site/clock-trust.ts';
import type { Input, ReadOnly, State, Time, Words } from '../core/types.ts';
import { clockAsked, clockLeapt, clockStepped } from '../words/gateway-words.ts';
import { putRightMs } from '../world/gateway-clock.ts';

/** A gateway that was away for longer than this is said to have been: a clock that runs ahead looks just like it. Our own number. */
const awayMs = 86_400_000;

/** What is to be said at a start of the machine's clock, which says `machine`; nothing when it fits the journal. */
export function doubtOf(state: ReadOnly<State>, machine: Time): Input | undefined {
  const { seq, at: last, clock } = state;
  if (seq === 0) return undefined;
  if (last > machine + putRightMs || machine > last + awayMs) return { kind: 'clock-doubted', last, machine };
  // A question from before the restart has answered itself: somebody has set the machine right.
  return clock?.asks ? { kind: 'clock-stepped', to: machine } : undefined;
}

/** What is wrong with the clock, for every screen, while no schedule may disarm because of it. */
export function clockTrouble(state: ReadOnly<State>, at: Time): Words | undefined {
  const { clock, utcOffsetMin } = state;
  if (!clock || !schedulesHeld(state, at)) return undefined;
  const [from, to] = [localSecond(clock.from, utcOffsetMin), localSecond(clock.to, utcOffsetMin)];
  if (clock.asks) return clockAsked(from, to);
  return clock.leapt ? clockLeapt(from, to) : clockStepped(from, to);
}
