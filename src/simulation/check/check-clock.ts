/**
 * The clock of the machine: when it is set, a fact says so with both times, every screen says it, and for ten minutes no
 * schedule takes watch away. How long what waits may take is for the checkers of what waits.
 */
import type { Time } from '../../core/types.ts';
import { clockUnsaid, clockUntold, disarmedByNewClock } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';

/** Believed once it was seen twice, a second apart; then a commit. */
const saidMs = 5_000;
/** What is off by less is taken for a clock that drifts. */
const leastMs = 4_000;
/** Both clocks are read at different moments, and the gateway's may have been drawn towards the other before. */
const looseMs = 4_000;
const holdMs = 600_000;
/** A tick. */
const tickMs = 2_000;

interface SetClock {
  readonly at: Time;
  readonly byMs: number;
}

export const clockSaid = checker(() => {
  const sets: SetClock[] = [];
  const told: Time[] = [];
  let off: number | undefined;
  return {
    name: 'clock-said',
    title: promises.clockSaid,
    see(seen) {
      const now = seen.wall - seen.at;
      if (off !== undefined && Math.abs(now - off) >= leastMs) sets.push({ at: seen.at, byMs: now - off });
      off = now;
      if (seen.what === 'trouble' && seen.part === 'clock' && seen.why) told.push(seen.at);
    },
    end(desk) {
      for (const [i, set] of sets.entries()) said(desk, set, told, sets[i + 1]?.at ?? desk.evidence.endedAt);
      held(desk);
    },
  };
});

function said({ evidence, test }: Desk, { at, byMs }: SetClock, told: readonly Time[], next: Time): void {
  // What was set while the gateway could not look is told at the next start, or asked.
  if (next - at < 2 * saidMs || evidence.disturbed(at - saidMs, at + saidMs)) return;
  const seconds = Math.round(byMs / 1_000);
  const soon = (time: Time) => time >= at && time <= at + saidMs;
  const facts = evidence.facts('clock-stepped').filter((one) => soon(one.at));
  test(
    facts.some(({ event }) => Math.abs(event.to - event.from - byMs) <= looseMs),
    at,
    clockUnsaid(seconds),
  );
  test(told.some(soon), at, clockUntold(seconds));
}

/** No zone that watched is disarmed by its schedule too soon. */
function held({ evidence, test }: Desk): void {
  const modes = new Map<string, string>();
  let steppedAt = Number.NEGATIVE_INFINITY;
  for (const { event, ran } of evidence.kept) {
    if (event.kind === 'clock-stepped') steppedAt = ran;
    if (event.kind !== 'zone-armed') continue;
    const before = modes.get(event.zone) ?? 'armed';
    modes.set(event.zone, event.mode);
    if (event.by !== 'schedule' || before !== 'armed') continue;
    const early = event.mode === 'disarmed' && ran - steppedAt < holdMs - tickMs;
    test(!early, event.at, disarmedByNewClock(event.zone));
  }
}
