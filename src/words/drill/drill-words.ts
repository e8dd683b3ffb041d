/** Drills in words: refusals, and their facts as sentences. */
import type { DrillFact, DrillRefusal } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';
import { announcedWords, drillEnds, drillKinds, drillSignals } from './drill-terms.ts';

export const drillRefusals: Readonly<Record<DrillRefusal, Words>> = {
  'no-drill-plan': {
    zh: '配置里没有演练（drill）：先写上集合点和班级。',
    en: 'The configuration has no drill part: name the assembly point and the classes first.',
  },
  'unknown-drill': { zh: '没有这次演练。', en: 'There is no such drill.' },
  'drill-runs': { zh: '已有演练在进行，先结束它。', en: 'A drill is running; end it first.' },
  'alarm-waits': {
    zh: '有一级报警没有确认，不能开始演练。',
    en: 'An urgent alarm waits for an acknowledgement; no drill is begun before.',
  },
  'no-drill-siren': {
    zh: '没有配置演练警号，请改用广播开始。',
    en: 'No siren is configured for drills; begin it by loudspeaker.',
  },
  'drill-over': { zh: '这次演练已结束。', en: 'This drill is over.' },
  'unknown-class': { zh: '没有这个班级。', en: 'There is no such class.' },
  'count-wrong': {
    zh: '人数不对：实到不能多于应到，应到不能比名单多出 30 人以上。',
    en: 'The number will not do: no more can be there than are due, and no more due than thirty above the list.',
  },
  'counted-enough': {
    zh: '这个班级已报了 40 次人数，请由值班室处理。',
    en: 'This class has given forty numbers already; let the control room see to it.',
  },
  'not-counted': { zh: '这个班级还没有报人数。', en: 'This class has given no number.' },
};

type DrillSentences = {
  readonly [K in DrillFact['kind']]: (fact: FactOf<K>, names: FactNames) => Words;
};

const noted = (note: string | undefined): Words =>
  note === undefined ? { zh: '', en: '' } : { zh: `，${note}`, en: `, ${note}` };

export const drillSentences: DrillSentences = {
  'drill-started': ({ exercise, announced, signal, place, classes, by }, names) => {
    const [who, what, told] = [names.who(by), drillKinds[exercise], announcedWords(announced)];
    const way = drillSignals[signal];
    return {
      zh: `演练开始：${what.zh}（${told.zh}），${who.zh} 用${way.zh}发出，${classes.length} 个班级到${place.zh}集合`,
      en: `drill: ${what.en} (${told.en}), begun by ${who.en}, ${way.en.toLowerCase()}; ${classes.length} classes to ${place.en}`,
    };
  },
  'drill-counted': ({ class: id, present, due, by }, names) => {
    const who = by === undefined ? { zh: '扫码上报', en: 'by its code' } : names.who(by);
    const full = present >= due ? { zh: ' 到齐', en: ' all there,' } : { zh: '', en: '' };
    return {
      zh: `演练：班级 ${id}${full.zh} ${present}/${due}（${who.zh}）`,
      en: `drill: class ${id}${full.en} ${present} of ${due} (${who.en})`,
    };
  },
  'drill-uncounted': ({ class: id, by }, names) => ({
    zh: `演练：${names.who(by).zh} 撤回班级 ${id} 的人数`,
    en: `drill: ${names.who(by).en} took the number of class ${id} back`,
  }),
  'drill-ended': ({ how, by, note, because }, names) => {
    const who = by === undefined ? undefined : names.who(by);
    const [end, more] = [drillEnds[how], noted(note)];
    const why = because && { zh: `：${because.title.zh}`, en: `: ${because.title.en}` };
    return {
      zh: `演练结束：${end.zh}${why?.zh ?? ''}${who ? `（${who.zh}）` : ''}${more.zh}`,
      en: `drill over: ${end.en.toLowerCase()}${why?.en ?? ''}${who ? ` (${who.en})` : ''}${more.en}`,
    };
  },
};

/** What was asked, where it was refused. */
export const drillCommands = {
  'start-drill': { zh: '开始演练', en: 'to begin a drill' },
  'count-class': { zh: '代报班级人数', en: 'to give the number of a class' },
  'uncount-class': { zh: '撤回班级人数', en: 'to take the number of a class back' },
  'end-drill': { zh: '结束演练', en: 'to end a drill' },
} as const satisfies Record<string, Words>;
