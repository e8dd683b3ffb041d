/**
 * What is said of a zone whose limits hide what its fence ought to tell: until when, who else stands for them, or that nobody
 * does. The same on every page and on paper.
 */
import { type ZonePicture, zonePicture } from '../../core/view/view.ts';
import { dayTime } from '../page/format.ts';
import { t } from '../page/language.ts';
import { select } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';

/** `限值放宽 至 11-30 18:00`; undefined where the limits are as usual. */
export function looseText(picture: Pick<ZonePicture, 'loose' | 'looseUntil' | 'looseBy'>): string | undefined {
  const { loose, looseUntil, looseBy } = picture;
  const ends = looseUntil === undefined ? undefined : t('looseTrial', { time: dayTime(looseUntil, offset.value) });
  switch (loose) {
    case 'blind':
      return t('looseBlind');
    case 'vouched':
      return t('looseVouched', { name: looseBy ?? '' });
    case 'owed':
      return ends ?? t('looseOwed');
    case 'trial':
      return ends;
    default:
      return undefined;
  }
}

/** More zones than these are counted and not named. */
const namedMax = 3;

/** The zones with loose limits in one line, `4区 限值放宽 至 11-30 18:00`; empty when there are none. */
export const looseLine = select((state, here) => {
  const all = Object.values(here.zones).flatMap((zone) => {
    const text = looseText(zonePicture(here, state, zone));
    return text === undefined ? [] : [`${t('zoneShort', { n: zone.number })} ${text}`];
  });
  const more = all.length > namedMax ? ` +${all.length - namedMax}` : '';
  return `${all.slice(0, namedMax).join(' · ')}${more}`;
}, '');
