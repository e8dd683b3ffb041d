/** The sentences of the public screen in the dining hall: for parents and pupils, from across the room. */
import type { Words } from '../words.ts';

export const kitchenPage = {
  heading: { zh: '明厨亮灶', en: 'Our kitchen, live' },
  away: { zh: '画面暂时中断', en: 'Picture interrupted' },
  old: { zh: '画面已过期', en: 'Not current' },
  waiting: { zh: '正在取画面', en: 'Getting the picture' },
  cut: { zh: '连接中断，正在重连', en: 'Connection lost, trying again' },
  none: { zh: '本校没有设置公示屏', en: 'This school has set up no such screen' },
  noValue: { zh: '暂无数据', en: 'no data' },
  temperatures: { zh: '冷藏冷冻温度', en: 'Cold stores' },
  cleaned: { zh: '清洁消毒', en: 'Cleaning' },
  menu: { zh: '今日菜单', en: 'Menu today' },
} as const satisfies Record<string, Words>;

/** `12:04:31 · 2 秒前`. */
export const takenAgo = (time: string, seconds: number): Words => ({
  zh: `${time} · ${seconds} 秒前`,
  en: `${time} · ${seconds} s ago`,
});

/** `应 ≤ −15 °C`; of two bounds both. */
export function heldTo(above: string | undefined, below: string | undefined): Words {
  if (above !== undefined && below !== undefined)
    return { zh: `应在 ${below} 到 ${above}`, en: `${below} to ${above}` };
  if (above !== undefined) return { zh: `应不高于 ${above}`, en: `at most ${above}` };
  return below === undefined ? { zh: '', en: '' } : { zh: `应不低于 ${below}`, en: `at least ${below}` };
}
