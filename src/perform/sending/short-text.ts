/**
 * The shortest text of a message that is still of use by itself: how urgent, where, what, since when, at which school, under which
 * number. It is for what is counted in characters, such as SMS. It must never be longer than it is allowed, nor end in half a character.
 */

import type { Language } from '../../core/types.ts';
import { moreTold } from '../../words/reach/message-words.ts';
import type { Message } from './message.ts';

/**
 * Two SMS joined into one, in UTF-16 units of UCS-2: 140 octets less 6 of the header that joins them, twice
 * (3GPP TS 23.040, 9.2.3.24.1). One alone holds 70.
 */
export const smsUnits = 134;

/** At most so many UTF-16 units, with `…` where something was left out. */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > units - 1) break;
    cut += character;
  }
  return units < 1 ? '' : `${cut}…`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** That other alarms are told of in the same message: a text too short to name them says at least how many. */
function moreWith({ about, others = [] }: Message, language: Language): string {
  if (about !== 'digest' || others.length === 0) return '';
  return moreTold(others.length)[language];
}

/** All that fits, the title first; `units` are UTF-16 units. */
export function shortText(message: Message, language: Language, units = smsUnits): string {
  const title = `${oneLine(message.title[language])}${moreWith(message, language)}`;
  const school = oneLine(message.school[language]);
  if (message.alarm === undefined) {
    const whole = oneLine(message.text[language]);
    return cutText(whole.length <= units ? whole : `${title} ${school}`, units);
  }
  // The number makes a message that came twice harmless, and is what an answer names.
  const end = `${message.time === undefined ? '' : ` ${message.time}`} #${message.alarm}`;
  const room = units - title.length - end.length - 1;
  if (room >= 4) return `${title} ${cutText(school, room)}${end}`;
  return cutText(`${shorterPlace(message, language, title, units - end.length)}${end}`, units);
}

/** The title in so many units: of a long one the place gives way, for what happened stands behind it. */
function shorterPlace(message: Message, language: Language, title: string, units: number): string {
  const place = oneLine(message.place?.[language] ?? '');
  const room = units - (title.length - place.length);
  return place && room > 0 && title.includes(place) ? title.replace(place, () => cutText(place, room)) : title;
}
