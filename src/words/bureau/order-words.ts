/** Orders of the district in words: what is asked, what came of it, why not, and their facts as sentences. */
import type { BureauFact, OrderAsk, OrderCommandRefusal, OrderedReport, OrderRefusal } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** What the district asks. */
export const orderAsks: Readonly<Record<OrderAsk, Words>> = {
  urge: { zh: '督办', en: 'Urge' },
  comment: { zh: '意见', en: 'Comment' },
  report: { zh: '调报表', en: 'Report' },
  still: { zh: '调画面', en: 'Picture' },
};

export const orderedReports: Readonly<Record<OrderedReport, Words>> = {
  patrol: { zh: '巡更报表', en: 'patrol report' },
  canteen: { zh: '食堂报表', en: 'canteen report' },
  alarms: { zh: '报警记录', en: 'alarm records' },
};

/** Why nothing came of an order, and what to do. */
export const orderRefusals: Readonly<Record<OrderRefusal, Words>> = {
  'order-expired': {
    zh: '送达时已过期限，请区里重新下达',
    en: 'its date was past when it came; the district may ask again',
  },
  'order-too-far': { zh: '期限太远，请区里改近', en: 'its date is too far off; the district may set a nearer one' },
  'order-empty': { zh: '没有内容，请区里补充', en: 'it says nothing; the district may say what is wanted' },
  'order-no-camera': { zh: '学校没有这个摄像机', en: 'the school has no such camera' },
  'order-wrong-days': {
    zh: '日期不对，或超过 92 天，请区里改日期',
    en: 'its days are wrong or more than 92; the district may choose others',
  },
  'order-no-canteen': { zh: '学校没有配置食堂', en: 'the school has no canteen configured' },
  'order-too-many': { zh: '未办结的太多，请稍后再下达', en: 'too many are open already; the district may ask later' },
  'order-not-done': {
    zh: '期限内没有完成，请区里重新下达',
    en: 'it was not done in time; the district may ask again',
  },
};

export const orderCommandRefusals: Readonly<Record<Exclude<OrderCommandRefusal, 'text-missing'>, Words>> = {
  'unknown-order': { zh: '没有这项督办。', en: 'There is no such urge.' },
  'order-over': { zh: '这项督办已答复。', en: 'This urge is answered already.' },
};

export const orderCommands = {
  'answer-order': { zh: '答复督办', en: 'to answer an urge' },
} as const satisfies Record<string, Words>;

/** Why an urge that nobody answered is an alarm. */
export const urgeOverdue = (from: string, text: string): Words => ({
  zh: `区里督办逾期未答复（${from}）：${text}`,
  en: `an urge of the district was not answered in time (${from}): ${text}`,
});

/** Somebody at the district. */
export const officer = (name: string): Words => ({ zh: `区里 ${name}`, en: `${name} of the district` });

/** Nothing can be sent to a district. */
export const notJoined: Words = {
  zh: '没有接入区级平台，请检查配置中的 district 部分',
  en: 'not joined to a district; see the section district of the configuration',
};
/** What an order asked for is not among the evidence any more. */
export const stillGone = (name: string): Words => ({
  zh: `图片 ${name} 已不在存储中`,
  en: `the picture ${name} is not kept any more`,
});

type BureauSentences = { readonly [K in BureauFact['kind']]: (fact: FactOf<K>, names: FactNames) => Words };

function asked(fact: FactOf<'district-ordered'>, names: FactNames): Words {
  const { kind, by, until, text = '', device, report, from = '', to = '' } = fact.order;
  const who = officer(by);
  switch (kind) {
    case 'urge':
      return {
        zh: `${who.zh} 督办，限 ${names.moment(until)} 前答复：${text}`,
        en: `${who.en} urges, to be answered by ${names.moment(until)}: ${text}`,
      };
    case 'comment':
      return { zh: `${who.zh} 意见：${text}`, en: `${who.en} comments: ${text}` };
    case 'still': {
      const camera = device === undefined ? { zh: '', en: '' } : names.device(device);
      return { zh: `${who.zh} 调看画面：${camera.zh}`, en: `${who.en} asks for a picture of ${camera.en}` };
    }
    case 'report': {
      const what = report ? orderedReports[report] : { zh: '', en: '' };
      return {
        zh: `${who.zh} 调取${what.zh}（${from} 至 ${to}）`,
        en: `${who.en} asks for the ${what.en}, ${from} to ${to}`,
      };
    }
    default:
      return kind satisfies never;
  }
}

export const bureauSentences: BureauSentences = {
  'district-joined': ({ district, leaves }) => ({
    zh: `接入区级平台 ${district}，上报 ${leaves.length} 类记录`,
    en: `joined to the district ${district}; ${leaves.length} kinds of facts leave the school`,
  }),
  'district-ordered': asked,
  'district-answered': ({ how, by, text = '', why, file = '' }, names) => {
    if (how === 'answered')
      return { zh: `${names.who(by).zh} 答复区里督办：${text}`, en: `${names.who(by).en} answered the urge: ${text}` };
    if (how === 'noted') return { zh: '区里意见已记下', en: 'the comment of the district is noted' };
    if (how === 'sent') return { zh: `已发给区里：${file}`, en: `sent to the district: ${file}` };
    const reason = why ? orderRefusals[why] : { zh: '', en: '' };
    return { zh: `区里的要求没有办成：${reason.zh}`, en: `what the district asked was not done: ${reason.en}` };
  },
  'district-overdue': ({ due }, names) => ({
    zh: `区里督办逾期未答复，期限 ${names.moment(due)}`,
    en: `an urge of the district was not answered by ${names.moment(due)}`,
  }),
};
