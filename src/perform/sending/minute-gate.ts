/**
 * How many of something may leave in any minute, where a channel sends more than the message it was asked for. How many messages
 * leave is the core's to say; this is about what follows them, and must never hold up a message itself.
 */

/** Says of each whether it may pass, by the monotonic clock, ms; at most so many do in any minute. */
export function minuteGate(most: number): (elapsed: number) => boolean {
  let passed: number[] = [];
  return (elapsed) => {
    passed = passed.filter((at) => elapsed - at < 60_000);
    if (passed.length >= most) return false;
    passed.push(elapsed);
    return true;
  };
}
