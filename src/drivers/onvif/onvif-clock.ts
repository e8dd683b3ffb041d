/**
 * What is said of a camera's clock. Times of events are put right by what was measured; the time in its pictures is not,
 * and a picture is evidence. It must never decide what an event's time is.
 */
import { clockOff, roughly } from '../../words/camera-words.ts';
import type { Line } from '../line.ts';

/** From here on a person should mend it. Ours: a minute shows in a picture beside an alarm, half a minute can be measuring. */
const OFF_MS = 60_000;

/** Says that the clock is off, or that it is well again. */
export function sayClock(line: Pick<Line, 'trouble'>, device: string, offsetMs: number): void {
  const off = Math.abs(offsetMs);
  line.trouble(`${device}/clock`, off < OFF_MS ? undefined : clockOff(device, offsetMs > 0, roughly(off)));
}
