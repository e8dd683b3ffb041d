/**
 * What is said of the gateway's door: what became of accounts, how the walls are, and where a chain would lead to nobody: by the check of a
 * configuration, on the set-up page and over every desk, before the night in which it matters.
 */
import type { EmptyOfChain, WallAccount } from '../core/alarm/reach.ts';
import type { AccountChange, WallCondition } from '../core/types.ts';
import { nobodyReasons } from './alarm-sentences.ts';
import type { Words } from './words.ts';

export const accountChanges: Readonly<Record<AccountChange, Words>> = {
  found: { zh: '首次登记', en: 'is there, as first written down' },
  added: { zh: '新建', en: 'was added' },
  changed: { zh: '的角色或类型已更改', en: 'has another role or kind' },
  password: { zh: '的密码已更改', en: 'has another password' },
  disabled: { zh: '已停用', en: 'was disabled' },
  enabled: { zh: '已恢复使用', en: 'was enabled again' },
  removed: { zh: '已删除', en: 'was removed' },
};

export const wallConditions: Readonly<Record<WallCondition, Words>> = {
  well: { zh: '正常', en: 'is well' },
  dead: { zh: '没有响应', en: 'does not answer' },
  hidden: { zh: '页面被遮住或切走', en: 'shows something else' },
  deaf: { zh: '收不到更新', en: 'hears nothing new' },
  silent: { zh: '没有声音', en: 'makes no sound' },
};

/** What every page says while walls are not well. */
export function wallsTrouble(walls: readonly { readonly title: Words; readonly is: Words }[]): Words {
  return {
    zh: `${walls.map(({ title, is }) => `大屏“${title.zh}”${is.zh}`).join('，')}，请到现场查看。`,
    en: `${walls.map(({ title, is }) => `wall "${title.en}" ${is.en}`).join(', ')}; go and look at it.`,
  };
}

/** More than these say nothing new over a desk. */
const namedMax = 2;

const chains: Readonly<Record<Exclude<EmptyOfChain['chain'], 'lastResort' | 'rule'>, Words>> = {
  1: { zh: '一级报警', en: 'priority 1' },
  2: { zh: '二级报警', en: 'priority 2' },
  3: { zh: '三级报警', en: 'priority 3' },
  quiet: { zh: '静默求助', en: 'silent calls for help' },
};

const ruleChain = (title: Words = { zh: '', en: '' }): Words => ({
  zh: `规则「${title.zh}」`,
  en: `the rule “${title.en}”`,
});

/** One step, and why it reaches nobody. */
export function emptyStepWords({ chain, rule, level, why }: EmptyOfChain): Words {
  const reason = nobodyReasons[why];
  if (chain === 'lastResort')
    return { zh: `最后联系人没有人：${reason.zh}`, en: `the last resort reaches nobody: ${reason.en}` };
  const of = chain === 'rule' ? ruleChain(rule) : chains[chain];
  return {
    zh: `${of.zh}升级第 ${level} 级没有人：${reason.zh}`,
    en: `${of.en}, level ${level} reaches nobody: ${reason.en}`,
  };
}

/** What every desk says while steps reach nobody; undefined when all of them reach somebody. */
export function emptyStepsTrouble(steps: readonly EmptyOfChain[]): Words | undefined {
  if (steps.length === 0) return undefined;
  // Where the last resort is empty too, that is the worst of it.
  const worstFirst = steps.toSorted((a, b) => Number(b.chain === 'lastResort') - Number(a.chain === 'lastResort'));
  const named = worstFirst.slice(0, namedMax).map(emptyStepWords);
  const more = steps.length > namedMax;
  return {
    zh: `${named.map(({ zh }) => zh).join('；')}${more ? `；共 ${steps.length} 处` : ''}。请检查账号和 escalation 配置，全部见“设备与健康”页。`,
    en: `${named.map(({ en }) => en).join('; ')}${more ? `; ${steps.length} in all` : ''}. Check the accounts and escalation in the configuration; the page “Health” has them all.`,
  };
}

/** The account of a wall, where it is not as it has to be. */
export const wallAccountProblems: Readonly<Record<Exclude<WallAccount, 'well'>, Words>> = {
  missing: { zh: '没有这个账号', en: 'there is no such account' },
  disabled: { zh: '账号已停用', en: 'the account is disabled' },
  'no-kiosk': { zh: '不是大屏账号', en: 'it is no kiosk account' },
};

export function wallAccountWrong(user: string, is: Exclude<WallAccount, 'well'>): Words {
  const { zh, en } = wallAccountProblems[is];
  const remedy = `npm run user -- ${is === 'disabled' ? `enable ${user}` : `add ${user} --role operator --kiosk`}`;
  return { zh: `大屏 ${user}：${zh}。请运行 ${remedy}`, en: `wall ${user}: ${en}; run ${remedy}` };
}
export const wallUnlisted = (user: string): Words => ({
  zh: `大屏账号 ${user} 不在配置的 walls 里，黑屏、无声都不会有人提醒`,
  en: `kiosk account ${user} is not under walls in the configuration: nobody is told when it is dark or mute`,
});
