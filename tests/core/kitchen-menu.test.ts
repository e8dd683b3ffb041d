/** The menu of the public screen: set by whoever answers for the canteen, for one day, in one language or both, and taken back. */
import { describe, expect, test } from 'vitest';
import { menuMax } from '../../src/core/canteen/menu.ts';
import { kitchenView } from '../../src/core/kitchen/kitchen-view.ts';
import type { Command, KitchenScreen, Live, Site } from '../../src/core/types.ts';
import { REQUEST } from '../../src/server/routes/command-schema.ts';
import { chief, cook, kitchen } from './kitchen.ts';
import { minute, monday, operator, Story } from './school.ts';

const hour = 60 * minute;
const screen: KitchenScreen = {
  cameras: [{ camera: 'cam', area: { zh: '烹饪区', en: 'Cooking' } }],
  sensors: [],
  menu: { zh: '每日菜单见窗口', en: 'See the counter' },
  everyMs: 2_000,
};
const site: Site = { ...kitchen, routes: {}, kitchen: screen };
const noLive = { gauges: new Map(), heard: new Map() } as unknown as Live;

function story(of: Site = site): Story {
  const one = new Story(monday + 9 * hour);
  one.site = of;
  return one;
}
const shown = (one: Story, now = one.now) => kitchenView(one.site, one.state, noLive, now)?.menu;
const why = (one: Story) => one.only('refused').map((fact) => fact.why);
const set = (line: object): Command => ({ do: 'set-menu', ...line });

describe('the menu', () => {
  test('stands for the day on which it was set, with who set it, and is gone by itself the day after', () => {
    const one = story();
    expect(shown(one)).toEqual(screen.menu);
    one.asks(cook, set({ zh: ' 番茄炒蛋 ', en: 'Eggs with tomatoes' }));
    expect(one.only('menu-set')).toMatchObject([{ zh: '番茄炒蛋', en: 'Eggs with tomatoes', by: 'zhou' }]);
    expect(shown(one)).toEqual({ zh: '番茄炒蛋', en: 'Eggs with tomatoes' });
    expect(shown(one, monday + 24 * hour - 1)).toEqual(shown(one));
    expect(shown(one, one.now + 24 * hour)).toEqual(screen.menu);
  });

  test('written in one language stands for both, and with neither it is taken down', () => {
    const one = story();
    one.asks(cook, set({ zh: '红烧肉' }));
    expect(shown(one)).toEqual({ zh: '红烧肉', en: '红烧肉' });
    one.asks(chief, set({ zh: '  ', en: '' }));
    expect(shown(one)).toEqual(screen.menu);
  });

  test('has its last change taken back, once, and the record keeps all of it', () => {
    const one = story();
    one.asks(cook, set({ zh: '红烧肉' }));
    one.asks(cook, set({ zh: '鱼香肉丝' }));
    one.asks(chief, { do: 'undo-menu' });
    expect(shown(one)).toEqual({ zh: '红烧肉', en: '红烧肉' });
    one.asks(chief, { do: 'undo-menu' });
    expect(why(one)).toEqual(['menu-not-changed']);
    expect(one.only('menu-set')).toMatchObject([
      { zh: '红烧肉', by: 'zhou' },
      { zh: '鱼香肉丝', by: 'zhou' },
      { zh: '红烧肉', undone: true, by: 'sun' },
    ]);
  });

  test('set twice alike is set once, and the first of a day is taken back to what is configured', () => {
    const one = story();
    one.asks(cook, set({ zh: '红烧肉' }));
    one.asks(cook, set({ zh: '红烧肉' }));
    expect(one.only('menu-set')).toHaveLength(1);
    one.asks(cook, { do: 'undo-menu' });
    expect(shown(one)).toEqual(screen.menu);
  });

  test('is not for the desk to set, nor where there is no screen', () => {
    const one = story();
    one.asks(operator, set({ zh: '红烧肉' }));
    const none = story(kitchen);
    none.asks(chief, set({ zh: '红烧肉' }));
    expect([why(one), why(none)]).toEqual([['no-right'], ['no-public-screen']]);
    expect([...one.only('menu-set'), ...none.only('menu-set')]).toEqual([]);
  });

  test('is one line of a bounded length', () => {
    const fits = (line: object) => REQUEST.safeParse(set(line)).success;
    expect(fits({ zh: '菜'.repeat(menuMax.zh) })).toBe(true);
    expect(fits({ en: 'a'.repeat(menuMax.en) })).toBe(true);
    expect(fits({ zh: '菜'.repeat(menuMax.zh + 1) })).toBe(false);
    expect(fits({ en: 'a'.repeat(menuMax.en + 1) })).toBe(false);
    expect(fits({ zh: '菜\n单' })).toBe(false);
  });

  test('is not told while nothing of State is', () => {
    const one = story();
    one.asks(cook, set({ zh: '红烧肉' }));
    expect(kitchenView(one.site, undefined, noLive, one.now)).not.toHaveProperty('menu');
  });
});
