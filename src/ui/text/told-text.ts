/**
 * Who was told of an alarm that waits and has not answered, in the one line the wall has for it: the persons, by what, since when. It says
 * nothing once somebody answered; what became of each message stands at the desk.
 */
import { lookup } from '../../core/site/lookup.ts';
import type { Alarm, Site } from '../../core/types.ts';
import { type ShownNotice, toldPeople } from '../../core/view/view-telling.ts';
import { wallTold } from '../../words/reach/told-words.ts';
import { hm } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { whoText } from './handling-text.ts';

/** The line; undefined where nothing was sent beyond the screens, or it is too early to say what became of it. */
export function toldLine(site: Site, alarm: Alarm, notices: readonly ShownNotice[]): string | undefined {
  const titles = (some: readonly ShownNotice[]) => {
    const ways = [...new Set(some.map(({ via }) => via))];
    return ways.map((id) => say(lookup(site.channels, id)?.title ?? { zh: id, en: id })).join(t('listComma'));
  };
  const told = notices.filter(({ taken, sentAt }) => !taken && sentAt !== undefined);
  if (told.length === 0) {
    const failed = notices.filter(({ phase }) => phase === 'failed' || phase === 'given-up' || phase === 'unknown');
    return failed.length > 0 ? say(wallTold.untold(titles(failed))) : undefined;
  }
  const since = hm(Math.min(...told.map(({ sentAt = 0 }) => sentAt)), site.utcOffsetMin);
  const mute = toldPeople(site, alarm).filter(({ answered }) => !answered);
  if (mute.length === 0) return say(wallTold.readers(titles(told), since));
  const who = mute.map(({ person }) => whoText(person)).join(t('listComma'));
  return say(wallTold.mute(who, titles(told), since));
}
