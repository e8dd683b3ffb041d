/**
 * Moves a screen that runs for months by a few pixels every five minutes, so that nothing burns in. It must never move more than the margin
 * of the screen allows.
 */
import { signal } from '@preact/signals';

const EVERY_MS = 300_000;
/** The path, in units of a screen 1920 wide. */
const path = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [-4, 4],
  [-4, 0],
  [-4, -4],
  [4, -4],
] as const;

const place = signal(0);

/** To be asked at every turn of the page. */
export function shiftPixels(): void {
  place.value = Math.floor(performance.now() / EVERY_MS) % path.length;
}

/** The style of what is moved; a unit is a hundredth of a rem. */
export function shifted(): { transform: string } {
  const [x, y] = path[place.value] ?? [0, 0];
  return { transform: `translate(${x / 100}rem, ${y / 100}rem)` };
}
