/** What is said of the duty roster where something is amiss with it: nobody has signed on, a shift lacks people. */
import type { Words } from '../words.ts';
import { dayText } from './duty-words.ts';

/** A shift, in words. */
export interface NamedShiftDay {
  readonly title: Words;
  readonly day: number;
  /** `19:00` */
  readonly from: string;
}

/** Since when, for whoever reads it today: the time alone, with yesterday, or with the date. Days are local ones since 1970-01-01, `hm` is `08:00`. */
export function sinceDay(day: number, hm: string, today: number): Words {
  if (day === today) return { zh: hm, en: hm };
  const date = day === today - 1 ? { zh: '昨天', en: 'yesterday' } : dayText(day);
  return { zh: `${date.zh} ${hm}`, en: `${date.en} ${hm}` };
}

/** Nobody has said at the desk that he is on duty. `planned`: names, none where nobody is. `today`: the local day now. */
export function nobodySignedOn(
  { title, day, from }: NamedShiftDay,
  planned: readonly string[],
  more: number,
  today: number,
): Words {
  const since = sinceDay(day, from, today);
  const [zhMore, enMore] =
    more > 0 ? [`；另有 ${more} 个班也没有`, `; nor to ${more} more ${more === 1 ? 'shift' : 'shifts'}`] : ['', ''];
  const [zhWho, enWho] =
    planned.length > 0
      ? [`（排班 ${planned.join('、')}）`, ` (planned: ${planned.join(', ')})`]
      : ['（没有排人）', ' (nobody is planned)'];
  return {
    zh: `值班无人签到：${title.zh}${zhWho}，自 ${since.zh} 起${zhMore}。请到岗的人在“值班”页签到。`,
    en: `Nobody has signed on to the ${title.en}${enWho} since ${since.en}${enMore}. Whoever is there signs on at the page Duty.`,
  };
}

/** Shifts within a week that lack people: the first of them, and how many there are. */
export function shiftsLack({ title, day, from }: NamedShiftDay, lacking: number, more: number): Words {
  const date = dayText(day);
  const [zhMore, enMore] = more > 0 ? [`；七天内另有 ${more} 个班缺人`, `; ${more} more within a week`] : ['', ''];
  return {
    zh: `值班缺人：${date.zh} ${from} ${title.zh}缺 ${lacking} 人${zhMore}。请在“值班”页登记顶班，或改值班表。`,
    en: `The ${title.en} of ${date.en}, ${from}, lacks ${lacking}${enMore}. Make a cover at the page Duty, or change the roster.`,
  };
}
