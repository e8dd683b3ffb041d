/**
 * Work in a thread that must not be felt: behind everything else at the processor, and never more than a share of it. It must never
 * be used for what somebody waits for.
 */
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** Puts the thread that calls behind the others, where the system can; elsewhere it goes on as it is. Not behind all: on a busy machine it would never end. */
export function stepBack(): void {
  try {
    const thread = /^\d+\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1];
    if (thread !== undefined) setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system without such a list, or without the right: the pauses alone have to do.
  }
}

/** A pause after each piece of work, as long as keeps the work to this share of the time; 1: none. */
export function pacer(share: number): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    if (share < 1) await delay(worked / share - worked);
    began = performance.now();
  };
}
