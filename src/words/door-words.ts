/**
 * What is said of the gateway's door: what became of accounts, and how the walls are.
 */
import type { AccountChange, WallCondition } from '../core/types.ts';
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
