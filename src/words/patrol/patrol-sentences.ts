/**
 * Facts of patrol as sentences of the journal: touches and where they came from, files, rounds and what became of their points. It words
 * what was decided and must never decide.
 */

import type { PatrolVerdict, TouchSource } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** Touches and files. `touchSources`: what each source is called, for this room stands below the words of the trade. */
export const touchSentences = (touchSources: Readonly<Record<TouchSource, Words>>) => ({
  touched: (fact: FactOf<'touched'>, names: FactNames): Words => {
    const { reader, person, sourceTime, source, doubt, by, reason } = fact;
    const [place, how] = [names.device(reader), touchSources[source]];
    if (by !== undefined) {
      const [hand, was] = [names.who(by), person === undefined ? names.who('—') : names.who(person)];
      return {
        zh: `${hand.zh} 手工补录：${was.zh} ${names.moment(sourceTime)} 到过 ${place.zh}，原因：${reason ?? ''}`,
        en: `${hand.en} wrote down by hand that ${was.en} was at ${place.en} at ${names.moment(sourceTime)}: ${reason ?? ''}`,
      };
    }
    const who = person === undefined ? { zh: '未知卡', en: 'an unknown card' } : names.who(person);
    const [doubtZh, doubtEn] = doubt ? ['，设备时钟存疑', ', by a clock in doubt'] : ['', ''];
    return {
      zh: `${who.zh} 在 ${place.zh} 打点 ${names.moment(sourceTime)}（${how.zh}${doubtZh}）`,
      en: `${who.en} touched ${place.en} at ${names.moment(sourceTime)} (${how.en}${doubtEn})`,
    };
  },
  'touch-withdrawn': ({ touch, by, reason }: FactOf<'touch-withdrawn'>, names: FactNames): Words => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 撤销手工补录（记录 ${touch}）：${reason}`,
      en: `${who.en} withdrew the touch written by hand (record ${touch}): ${reason}`,
    };
  },
  imported: ({ file, by, taken, known }: FactOf<'imported'>, names: FactNames): Words => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 导入巡更文件 ${file}：新记录 ${taken} 条，已有 ${known} 条`,
      en: `${who.en} imported ${file}: ${taken} new touches, ${known} known already`,
    };
  },
  'import-undone': ({ batch, by }: FactOf<'import-undone'>, names: FactNames): Words => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 撤销导入批次 ${batch.slice(0, 8)}`,
      en: `${who.en} undid the import ${batch.slice(0, 8)}`,
    };
  },
});

/** Rounds and their points. `verdicts`: what each is called. */
export const roundSentences = (verdicts: Readonly<Record<PatrolVerdict, Words>>) => ({
  opened: ({ route, start }: FactOf<'opened'>, names: FactNames): Words => {
    const title = names.route(route);
    return { zh: `巡更 ${title.zh} ${names.time(start)} 开始`, en: `round ${title.en} of ${names.time(start)} begins` };
  },
  checked: ({ round, checkpoint, verdict, before }: FactOf<'checked'>, names: FactNames): Words => {
    const [place, what] = [names.checkpoint(checkpoint), verdicts[verdict]];
    const was = before && verdicts[before];
    return {
      zh: `巡更 ${round} ${place.zh}：${what.zh}${was ? `（更正，原为${was.zh}）` : ''}`,
      en: `round ${round} ${place.en}: ${what.en}${was ? ` (corrected; it was ${was.en})` : ''}`,
    };
  },
  unchecked: ({ round, checkpoint, before }: FactOf<'unchecked'>, names: FactNames): Words => {
    const [place, was] = [names.checkpoint(checkpoint), verdicts[before]];
    return {
      zh: `巡更 ${round} ${place.zh}：原结果${was.zh}作废，该点待巡`,
      en: `round ${round} ${place.en}: ${was.en} counts no more; the point is open again`,
    };
  },
  completed: ({ round }: FactOf<'completed'>): Words => ({ zh: `巡更 ${round} 结束`, en: `round ${round} is over` }),
});
