/**
 * Times, ages, rates and values as a person reads them, in the school's local time. Pure but for the language; it must
 * never use the browser's own time zone.
 */
import type { Time, Value } from '../../core/types.ts';
import { t } from './language.ts';

const two = (n: number) => String(n).padStart(2, '0');

function local(at: Time, utcOffsetMin: number): Date {
  return new Date(at + utcOffsetMin * 60_000);
}

/** `14:32` */
export function hm(at: Time, utcOffsetMin: number): string {
  const d = local(at, utcOffsetMin);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

/** `14:32:07` */
export function hms(at: Time, utcOffsetMin: number): string {
  return `${hm(at, utcOffsetMin)}:${two(local(at, utcOffsetMin).getUTCSeconds())}`;
}

/** `2026-11-23 14:32:07` */
export function stamp(at: Time, utcOffsetMin: number): string {
  return `${local(at, utcOffsetMin).toISOString().slice(0, 10)} ${hms(at, utcOffsetMin)}`;
}

/** `11-23 14:32`: near enough that nobody asks for the year. */
export function dayTime(at: Time, utcOffsetMin: number): string {
  return stamp(at, utcOffsetMin).slice(5, 16);
}

/** `38 秒`, then `4分41秒`, `22 分`, `3时04分`, `2 天`: never as a clock would say it. Never negative: clocks of devices may run ahead. */
export function span(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return t('seconds', { n: s });
  if (s < 600) return t('minutesSeconds', { m: Math.floor(s / 60), s: two(s % 60) });
  if (s < 3600) return t('wholeMinutes', { n: Math.floor(s / 60) });
  if (s < 86_400) return t('hoursMinutes', { h: Math.floor(s / 3600), m: two(Math.floor(s / 60) % 60) });
  return t('days', { n: Math.floor(s / 86_400) });
}

/** `00:41`, minutes and seconds. */
export function clockSpan(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(s / 60))}:${two(s % 60)}`;
}

/** `96%`, or a dash when nothing was counted yet. */
export function rate(part: number, whole: number): string {
  return whole === 0 ? '—' : `${Math.round((part / whole) * 100)}%`;
}

/** `97.9%`, rounded down, so that 100.0 means that nothing is lacking; a dash when nothing was counted. */
export function rateTenth(part: number, whole: number): string {
  return whole === 0 ? '—' : `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)}%`;
}

/** A value with its unit; numbers keep at most two decimals. */
export function valueText(value: Value, unit?: string): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  // No sensor of a fence is worth more than a tenth of a newton.
  const parts = unit?.startsWith('N') ? 10 : 100;
  const text = typeof value === 'number' ? String(Math.round(value * parts) / parts) : value;
  if (!unit) return text;
  return /^[%°]/.test(unit) ? `${text}${unit}` : `${text} ${unit}`;
}
