/**
 * That nobody has signed on, for the pages of the control room: since when, with the day where that is not today.
 */
import { localDay } from '../../core/site/calendar.ts';
import type { Time, Words } from '../../core/types.ts';
import { nobodySince } from '../../words/duty/duty-page-words.ts';
import { sinceDay } from '../../words/duty/duty-trouble-words.ts';
import { hm } from '../page/format.ts';
import { minute, offset } from '../page/views.ts';

/** `from`: when the shift began. */
export const unsignedSince = (from: Time): Words =>
  nobodySince(sinceDay(localDay(from, offset.value), hm(from, offset.value), localDay(minute.value, offset.value)));
