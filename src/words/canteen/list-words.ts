/** The check lists of the kitchen in words: refusals, why one is an alarm, and their facts as sentences. */
import type { AreaUse, ListFact, ListItem, ListRefusal, MenuFact, MenuRefusal } from '../../core/types.ts';
import type { FactOf } from '../alarm-sentences.ts';
import { itemLimits, itemValue } from '../patrol/item-words.ts';
import type { Words } from '../words.ts';

/** Where what belongs to no single area is. */
export const theCanteen: Words = { zh: '食堂', en: 'Canteen' };

/** What the rooms of a kitchen are for. */
export const areaUses: Readonly<Record<AreaUse, Words>> = {
  store: { zh: '食品库房', en: 'Store' },
  rough: { zh: '粗加工', en: 'Rough processing' },
  cutting: { zh: '切配', en: 'Cutting' },
  cooking: { zh: '烹饪', en: 'Cooking' },
  special: { zh: '专间', en: 'Special room' },
  washing: { zh: '清洗消毒', en: 'Washing and disinfection' },
  portioning: { zh: '备餐', en: 'Portioning' },
  samples: { zh: '留样', en: 'Sample retention' },
  dining: { zh: '就餐区', en: 'Dining' },
  other: { zh: '其他', en: 'Other' },
};

/** Why a list that nobody answered in time is an alarm. */
export const listMissed = (title: Words, left: number): Words => ({
  zh: `${title.zh}未按时完成，缺 ${left} 项`,
  en: `${title.en} not done in time, ${left} unanswered`,
});
export const listOffence = (title: Words): Words => ({ zh: `${title.zh}未完成`, en: `${title.en} not done` });

/** An answer that says that something is amiss. */
export function listFinding(item: ListItem, value: boolean | number, note: string | undefined): Words {
  const [said, limits] = [itemValue(item, value), itemLimits(item)];
  const [more, bounds] = [note ? ` ${note}` : '', limits ? ` (${limits})` : ''];
  return { zh: `${item.ask.zh}：${said.zh}${bounds}${more}`, en: `${item.ask.en}: ${said.en}${bounds}${more}` };
}

export const listRefusals: Readonly<Record<ListRefusal | MenuRefusal, Words>> = {
  'unknown-list': { zh: '没有这项检查。', en: 'There is no such check.' },
  'list-not-today': { zh: '现在不是这项检查的时间。', en: 'This check is not due now.' },
  'photo-missing': { zh: '这一项须附照片。', en: 'This item needs a photograph.' },
  'no-public-screen': { zh: '本校没有设置明厨亮灶公示屏。', en: 'This school has no public screen of its kitchen.' },
  'menu-not-changed': { zh: '今日菜单没有可撤回的修改。', en: 'Nothing of today’s menu can be taken back.' },
  'samples-enough': { zh: '今天的留样记录已达 60 条。', en: '60 samples were recorded today already.' },
};

type ListSentences = { readonly [K in (ListFact | MenuFact)['kind']]: (fact: FactOf<K>, names: ListNames) => Words };
interface ListNames {
  who(id: string): Words;
}

export const listSentences: ListSentences = {
  'list-answered': ({ list, item, value, right, late, note, picture, by }, names) => {
    const [who, answer] = [names.who(by), itemValue({}, value)];
    const [saidZh, saidEn] = note ? [`，${note}`, `, ${note}`] : ['', ''];
    const [lateZh, lateEn] = late ? ['，补填', ', late'] : ['', ''];
    const [photoZh, photoEn] = picture ? ['，附照片', ', with a photograph'] : ['', ''];
    return {
      zh: `${who.zh} 填写 ${list} 的 ${item}：${answer.zh}（${right ? '正常' : '异常'}）${saidZh}${lateZh}${photoZh}`,
      en: `${who.en} answered ${item} of ${list}: ${answer.en} (${right ? 'right' : 'amiss'})${saidEn}${lateEn}${photoEn}`,
    };
  },
  'menu-set': ({ zh, en, undone, by }, names) => {
    const who = names.who(by);
    const line = zh ?? en;
    if (undone)
      return line === undefined
        ? { zh: `${who.zh} 撤回了今日菜单`, en: `${who.en} took today’s menu back` }
        : {
            zh: `${who.zh} 撤回菜单的修改，恢复为：${line}`,
            en: `${who.en} took a change of the menu back: ${en ?? line}`,
          };
    return line === undefined
      ? { zh: `${who.zh} 取消了今日菜单`, en: `${who.en} took today’s menu down` }
      : { zh: `${who.zh} 设置今日菜单：${line}`, en: `${who.en} set today’s menu: ${en ?? line}` };
  },
  'list-missed': ({ list, items }) => ({
    zh: `${list} 未按时完成，缺 ${items.length} 项`,
    en: `${list} was not done in time, ${items.length} unanswered`,
  }),
};

export const listCommands = {
  'answer-list': { zh: '填写每日检查', en: 'to answer a daily check' },
  'set-menu': { zh: '设置今日菜单', en: 'to set today’s menu' },
  'undo-menu': { zh: '撤回菜单的修改', en: 'to take back a change of the menu' },
} as const satisfies Record<string, Words>;
