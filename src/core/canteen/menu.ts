/**
 * The menu of a day as the public screen shows it: how it came to stand, and how long a line may be. Whoever sets it and why it may be refused
 * stands with the act.
 */
import type { Event, MenuDay, MenuFact, MenuLine, State } from '../types.ts';

/** Characters of each language. Ours: two lines of the screen beside the temperatures, at which it can still be read across a hall. */
export const menuMax = { zh: 80, en: 160 } as const;
/** As long as the check lists. */
const daysKept = 35;

/** The key of a day in State. */
export const menuKey = (day: number): string => String(day);

/** Whether a fact is one of the menu. */
export const isOfMenu = (event: Event): event is Extract<Event, { readonly kind: MenuFact['kind'] }> =>
  event.kind === 'menu-set';

/** What was written, and nothing beside it. */
export const menuLine = ({ zh, en }: MenuLine): MenuLine => ({
  ...(zh !== undefined && { zh }),
  ...(en !== undefined && { en }),
});

/** Folds a menu into State. */
export function foldMenu(state: State, event: Extract<Event, { readonly kind: MenuFact['kind'] }>): void {
  const { day, undone, by, at } = event;
  const before = state.menus.get(menuKey(day))?.line ?? {};
  const next: MenuDay = { day, line: menuLine(event), by, at, ...(!undone && { before }) };
  state.menus.set(menuKey(day), next);
  for (const [key, old] of state.menus) if (old.day < day - daysKept) state.menus.delete(key);
}
