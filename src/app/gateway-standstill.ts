/**
 * What follows when the process itself stood still: silence is counted anew, because devices were not silent and nobody
 * listened, and a person learns that the machine is too slow. It must never take a busy moment for a standstill.
 */
import type { Live, Words } from '../core/types.ts';
import { stoodStill } from '../words/gateway-words.ts';

/** A tick this late means that the process stood still. */
const standstillMs = 2_000;
const toldMs = 60_000;

/** Heeds how late a tick came; `now` is monotonic. `trouble` is told of the machine, and when it is well again. */
export function heedLateness(lateMs: number, now: number, live: Live, trouble: (why: Words | undefined) => void): void {
  if (lateMs < standstillMs) {
    if (now - live.listeningSince > toldMs) trouble(undefined);
    return;
  }
  live.listeningSince = now;
  trouble(stoodStill(Math.round(lateMs / 1_000)));
}
