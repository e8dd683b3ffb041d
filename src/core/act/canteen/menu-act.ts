/**
 * Sets the menu of today for the public screen, and takes the last change of it back. The day ends by itself at midnight, and the line of the
 * configuration stands again. Each change is kept with who made it.
 */
import { refuse } from '../../alarm/authorize.ts';
import { menuKey, menuLine } from '../../canteen/menu.ts';
import { localDay } from '../../site/calendar.ts';
import type { MenuLine } from '../../types.ts';
import type { Act } from '../act.ts';

const written = (text: string | undefined): string | undefined => text?.trim() || undefined;

function cleaned({ zh, en }: MenuLine): MenuLine {
  const [chinese, english] = [written(zh), written(en)];
  return { ...(chinese !== undefined && { zh: chinese }), ...(english !== undefined && { en: english }) };
}

export const setMenu: Act<'set-menu'> = {
  words: { zh: '设置今日菜单', en: 'Set the menu of today on the public screen; with neither language, take it down' },
  rule: (draft, by, command) => {
    const { site, state, now } = draft;
    if (!site.kitchen) return refuse(draft, by, command, 'no-public-screen');
    const day = localDay(now, site.utcOffsetMin);
    const line = cleaned(command);
    const stands = state.menus.get(menuKey(day))?.line ?? {};
    if (stands.zh === line.zh && stands.en === line.en) return;
    draft.add({ kind: 'menu-set', day, ...line, by: by.name });
  },
};

export const undoMenu: Act<'undo-menu'> = {
  words: { zh: '撤回菜单的修改', en: 'Take the last change of today’s menu back' },
  rule: (draft, by, command) => {
    const { site, state, now } = draft;
    if (!site.kitchen) return refuse(draft, by, command, 'no-public-screen');
    const day = localDay(now, site.utcOffsetMin);
    const before = state.menus.get(menuKey(day))?.before;
    if (!before) return refuse(draft, by, command, 'menu-not-changed');
    draft.add({ kind: 'menu-set', day, ...menuLine(before), undone: true, by: by.name });
  },
};
