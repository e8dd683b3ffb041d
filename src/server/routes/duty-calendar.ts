/**
 * A person's shifts as a calendar file (RFC 5545), for the telephone in his pocket. Times are UTC, so no time-zone tables are needed. It
 * holds shifts and nothing else: no other person, no reason, no alarm.
 */
import { rosterDays } from '../../core/duty/duty-ahead.ts';
import { localDay } from '../../core/site/calendar.ts';
import { lookup } from '../../core/site/lookup.ts';
import type { OnDuty, ReadOnly, Site, State, Time } from '../../core/types.ts';
import { calendarTitle, coveredTitle } from '../../words/duty/duty-words.ts';

/** What is past is looked up, what is to come is planned by; both ours. */
const pastDays = 14;
const comingDays = 60;
/** RFC 5545 3.1: octets of a line, without the line break. */
const lineOctets = 75;

/** RFC 5545 3.3.11: TEXT. Control characters have no place in it. */
const text = (said: string): string =>
  said
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r?\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');

/** A content line, folded between characters: the octets of one character are never torn apart. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (octets + size > lineOctets) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += char;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

/** `20261129T110000Z` */
const stamp = (at: Time): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');

interface Dated extends OnDuty {
  readonly day: number;
}

function eventLines(
  site: Site,
  { shift, day, from, until, insteadOf }: Dated,
  mark: string,
  now: Time,
  en: boolean,
): string[] {
  const title = lookup(site.roster?.shifts ?? {}, shift)?.title ?? { zh: shift, en: shift };
  const said = insteadOf === undefined ? title : coveredTitle(title);
  return [
    'BEGIN:VEVENT',
    // The same shift keeps its name when its hours change: a calendar moves it then instead of showing two.
    `UID:${shift}-${day}-${mark}@gatehouse`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(until)}`,
    `SUMMARY:${text(en ? said.en : said.zh)}`,
    'END:VEVENT',
  ];
}

/** The calendar of one person. `mark` tells his events from those of others who subscribe on the same phone. */
export function calendarOf(
  site: Site,
  state: ReadOnly<State>,
  { person, mark, now }: { readonly person: string; readonly mark: string; readonly now: Time },
): string {
  const first = localDay(now, site.utcOffsetMin) - pastDays;
  const own = rosterDays(site, state, first, pastDays + comingDays).flatMap(({ shifts }) =>
    shifts.flatMap(({ day, crew }) => crew.filter((one) => one.person === person).map((one) => ({ ...one, day }))),
  );
  const known = lookup(site.people, person);
  const en = known?.language === 'en';
  const name = calendarTitle(known?.name ?? person);
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Gatehouse//Duty roster//ZH', 'CALSCALE:GREGORIAN'],
    `X-WR-CALNAME:${text(en ? name.en : name.zh)}`,
    // RFC 7986 5.7, and what older programs read instead.
    ...['REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H'],
    ...own.flatMap((one) => eventLines(site, one, mark, now, en)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
