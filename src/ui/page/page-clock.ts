/**
 * The one timer of the page, and the three times screens need: the gateway's time, the age of its data, and whether that
 * is stale. Age counts on the monotonic clock from the last heartbeat that advanced, so neither a stepped clock nor a gateway
 * that repeats itself can make old data look new.
 */
import { batch, computed, signal } from '@preact/signals';
import type { Time } from '../../core/types.ts';

/** Above this age the data field of the wall is marked. */
export const AGING_MS = 3_000;
/** Above this age everything is stale: hatch, banner, no reassuring word. */
export const STALE_MS = 5_000;
/**
 * What has stood on a screen for less than this nobody has read yet: a key pressed now was meant for what stood there before.
 * Ours: longer than a habit of pressing twice, shorter than reading a title.
 */
export const READ_MS = 1_500;
const TURN_MS = 250;

let advancedAt = performance.now();
let serverAt: Time | undefined;

/** ms since the last sign of life, in steps of the timer. */
const ageMs = signal(0);
export const ageSeconds = computed(() => Math.floor(ageMs.value / 1000));
export const aging = computed(() => ageMs.value > AGING_MS);
export const stale = computed(() => ageMs.value > STALE_MS);
/** The gateway's time in whole seconds, as ms; it stands still while data is stale, and is 0 before the first word. */
export const now = signal<Time>(0);
/** The gateway's time of the last sign of life. */
export const lastAt = signal<Time | undefined>(undefined);
/** The gateway's time as far as one can tell from here: runs on while data is stale, so it is for ages only, never a clock. */
export const reckoned = computed(() => (lastAt.value ?? 0) + ageSeconds.value * 1000);
/** Turns with every advance: the data half of the liveness mark. */
export const pulse = signal(false);

/** Something new came from the gateway, which said it was `at` there; so long ago (ms), where another tells it who does not hear the gateway. */
export function advance(at: Time, agoMs = 0): void {
  advancedAt = performance.now() - agoMs;
  serverAt = at;
  batch(() => {
    lastAt.value = at;
    pulse.value = !pulse.peek();
    turn();
  });
}

function turn(): void {
  const age = performance.now() - advancedAt;
  batch(() => {
    ageMs.value = age;
    // What nobody heard in time is stale from the first word on, and still has a time of its own.
    if (serverAt !== undefined && age > STALE_MS && now.peek() === 0) now.value = serverAt;
    if (serverAt !== undefined && age <= STALE_MS) now.value = Math.floor((serverAt + age) / 1000) * 1000;
  });
}

const turns = new Set<() => void>();
/** Calls back four times a second, after the times were brought up to date. Returns the way to stop. */
export function everyTurn(each: () => void): () => void {
  turns.add(each);
  return () => turns.delete(each);
}

setInterval(() => {
  turn();
  for (const each of turns) each();
}, TURN_MS);
