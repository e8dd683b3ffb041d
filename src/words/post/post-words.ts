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
