/**
 * Times as GB/T 28181 writes them, and what a platform's `Date` says of our clock. Platforms write it as their local time without a zone, as
 * UTC without a zone, or as HTTP does. Pure; it must never set a clock.
 */
import type { Time } from '../../core/types.ts';

/** `2026-11-30T08:15:00` in the school's own time. */
export const gbTime = (at: Time, utcOffsetMin: number): string =>
  new Date(at + utcOffsetMin * 60_000).toISOString().slice(0, 19);

/** How far the platform's clock is before ours. */
export interface PlatformClock {
  /** ms; positive where the platform's is later. */
  readonly ahead: number;
  /** It writes UTC where local time belongs. */
  readonly utc: boolean;
}

/** Nearer than this to the offset of the zone, a difference is the zone. A field of 28 794 s was seen where 28 800 was meant. */
const zoneSlackMs = 10 * 60_000;

/** What a `Date` header says; undefined where it is none. */
export function platformClock(date: string, now: Time, utcOffsetMin: number): PlatformClock | undefined {
  const local = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?$/.exec(date.trim());
  if (!local) {
    const at = Date.parse(date);
    return Number.isNaN(at) ? undefined : { ahead: at - now, utc: false };
  }
  const written = Date.parse(
    `${local.slice(1, 4).join('-')}T${local.slice(4, 7).join(':')}.${(local[7] ?? '0').padEnd(3, '0')}Z`,
  );
  if (Number.isNaN(written)) return undefined;
  const zone = utcOffsetMin * 60_000;
  const ahead = written - zone - now;
  const utc = zone !== 0 && Math.abs(ahead + zone) < zoneSlackMs;
  return { ahead: utc ? ahead + zone : ahead, utc };
}
