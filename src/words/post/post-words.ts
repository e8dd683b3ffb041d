/** Posts in words: what came of one, how it stands, and its facts as sentences. */
import type { PostFact, PostResult, PostStanding } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** How a post stands, and what came of it. */
export const postStandings: Readonly<Record<PostStanding, Words>> = {
  manned: { zh: '满岗', en: 'manned' },
  'short-handed': { zh: '缺岗', en: 'short-handed' },
  unmanned: { zh: '无人在岗', en: 'unmanned' },
  unheard: { zh: '无法判定', en: 'nobody can say' },
  awaited: { zh: '等待到岗', en: 'awaited' },
};

/** Heads of columns and names of figures. */
export const postHeads = {
  post: { zh: '护学岗', en: 'Post' },
  from: { zh: '开始', en: 'From' },
  until: { zh: '结束', en: 'Until' },
  persons: { zh: '应到人数', en: 'People due' },
  fewest: { zh: '最少在岗', en: 'Fewest there' },
  shortMin: { zh: '缺岗(分)', en: 'Short (min)' },
  due: { zh: '应到岗次', en: 'Posts due' },
  manned: { zh: '满岗', en: 'Manned' },
  rate: { zh: '满岗率', en: 'Manned rate' },
  unheard: { zh: '无法判定', en: 'Nobody can say' },
  open: { zh: '未结束岗次', en: 'Posts not over' },
} as const satisfies Record<string, Words>;

/** What the figures mean; beside the definitions of the patrol report. */
export const postDefinition: Words = {
  zh: '应到岗次 = 已有结论的护学岗：满岗 + 缺岗 + 无人在岗。满岗 = 全程人数够，且按时再刷卡；满岗率 = 满岗 ÷ 应到岗次，向下取到 0.1%。读卡器失联、网关停机等无法判定的不计入，也不算缺岗。',
  en: 'Posts due = those with a verdict: manned, short-handed or unmanned. Manned = enough people all the time, who touched again in time; rate = manned / due, rounded down to 0.1 %. Where the reader or the gateway was off nobody can say: that is not counted, and nobody was lacking.',
};

type PostSentences = {
  readonly [K in PostFact['kind']]: (fact: FactOf<K>, names: FactNames) => Words;
};

const correction = (before: PostResult | undefined): Words =>
  before === undefined
    ? { zh: '', en: '' }
    : { zh: `（更正，原为${postStandings[before].zh}）`, en: ` (corrected; it was ${postStandings[before].en})` };

export const postSentences: PostSentences = {
  'post-opened': ({ watch, persons, until }, names) => ({
    zh: `护学岗 ${watch} 开始，应到 ${persons} 人，到 ${names.time(until)}`,
    en: `post ${watch} begins: ${persons} due until ${names.time(until)}`,
  }),
  'post-unheard': ({ watch, from }, names) => ({
    zh: `护学岗 ${watch}：${names.time(from)} 起读不到卡，不判缺岗`,
    en: `post ${watch}: nothing can be heard there since ${names.time(from)}; nobody is said to be lacking`,
  }),
  'post-heard': ({ watch, until }, names) => ({
    zh: `护学岗 ${watch}：${names.time(until)} 恢复读卡`,
    en: `post ${watch}: heard again at ${names.time(until)}`,
  }),
  'post-counted': ({ watch, standing, people }) => ({
    zh: `护学岗 ${watch}：${postStandings[standing].zh}，在岗 ${people.length} 人`,
    en: `post ${watch}: ${postStandings[standing].en}, ${people.length} there`,
  }),
  'post-completed': ({ watch, result, before }) => {
    const was = correction(before);
    return {
      zh: `护学岗 ${watch} 结束：${postStandings[result].zh}${was.zh}`,
      en: `post ${watch} is over: ${postStandings[result].en}${was.en}`,
    };
  },
};
