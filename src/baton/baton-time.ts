/**
 * Reads the times of an export: as text in the ways Chinese and English programs write them, or as the serial number a
 * spreadsheet keeps. All are local times of the school. It must never guess: 10/1/2026 is two days, so it is none.
 */
import type { Time } from '../core/types.ts';
import { afternoon, clockPattern, dayPattern } from '../words/baton/baton-spellings.ts';
import type { BatonCell } from './baton-types.ts';

const dayMs = 86_400_000;
/** Serial number of 1970-01-01 where days are counted from 1899-12-30, as spreadsheets do. */
const epochSerial = 25_569;
/** Days between the two ways to count them. */
const from1904Days = 1_462;
/** No baton is older, and no export from the future: ours. */
const years = { first: 2000, last: 2099 } as const;

const RUN_TOGETHER = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/;

/** Local days since 1970; undefined when there is no such day. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const is = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return is && year >= years.first && year <= years.last ? at.getTime() / dayMs : undefined;
}

/** Seconds after midnight; undefined when no clock shows that. */
function clockOf(text: string): number | undefined {
  const [, before, hours, minutes, seconds = '0', after] = clockPattern.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const half = (before ?? after)?.toLowerCase();
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (afternoon.has(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return hour * 3_600 + Number(minutes) * 60 + Number(seconds);
}

/** A serial number as local seconds since 1970. Rounded, for 22:00:37 is kept as a fraction of a day. */
function bySerial(serial: number, from1904: boolean): number | undefined {
  const seconds = Math.round((serial + (from1904 ? from1904Days : 0) - epochSerial) * 86_400);
  const year = new Date(seconds * 1_000).getUTCFullYear();
  return year >= years.first && year <= years.last ? seconds : undefined;
}

function byText(text: string): number | undefined {
  const together = RUN_TOGETHER.exec(text);
  if (together) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = together
      .slice(1)
      .map((n) => Number(n ?? 0));
    const found = dayOf(year, month, day);
    if (found === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
    return found * 86_400 + hour * 3_600 + minute * 60 + second;
  }
  const [date, year, month, day] = dayPattern.exec(text) ?? [];
  if (date === undefined) return undefined;
  const found = dayOf(Number(year), Number(month), Number(day));
  const clock = clockOf(text.slice(date.length).replace(/^\s*T?\s*/, ''));
  return found === undefined || clock === undefined ? undefined : found * 86_400 + clock;
}

const isNumber = (text: string): boolean => /^\d{5}(\.\d+)?$/.test(text);

/** A day alone, as local days since 1970. */
function dayAlone(cell: BatonCell, from1904: boolean): number | undefined {
  if (typeof cell === 'number' || (cell !== undefined && isNumber(cell))) {
    const seconds = bySerial(Math.floor(Number(cell)), from1904);
    return seconds === undefined ? undefined : seconds / 86_400;
  }
  const [whole, year, month, day] = dayPattern.exec(cell ?? '') ?? [];
  // What follows the day is midnight, if anything: a spreadsheet that writes a day as a time does so.
  if (whole === undefined || !/^(\s*0{1,2}:00(:00)?)?$/.test((cell ?? '').slice(whole.length))) return undefined;
  return dayOf(Number(year), Number(month), Number(day));
}

/** A clock alone, as seconds after midnight. */
function clockAlone(cell: BatonCell): number | undefined {
  if (typeof cell !== 'number') return clockOf(cell ?? '');
  return cell >= 0 && cell < 1 ? Math.min(86_399, Math.round(cell * 86_400)) : undefined;
}

/**
 * The time a row tells, to the second; undefined when it tells none. `date` is the cell of a column of its own, where the
 * time's column holds only the clock.
 */
export function timeIn(time: BatonCell, date: BatonCell, utcOffsetMin: number, from1904 = false): Time | undefined {
  let seconds: number | undefined;
  if (typeof time === 'number') seconds = bySerial(time, from1904);
  else if (time !== undefined) seconds = isNumber(time) ? bySerial(Number(time), from1904) : byText(time);
  if (seconds === undefined && date !== undefined) {
    const day = dayAlone(date, from1904);
    const clock = clockAlone(time);
    seconds = day === undefined || clock === undefined ? undefined : day * 86_400 + clock;
  }
  return seconds === undefined ? undefined : (seconds - utcOffsetMin * 60) * 1_000;
}
