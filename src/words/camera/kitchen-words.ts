/** What analytics sees in a kitchen, as a canteen manager says it. */
import type { Words } from '../words.ts';

export const kitchenPointTitles = {
  no_hat: { zh: '未戴厨师帽', en: 'No hat' },
  no_mask: { zh: '未戴口罩', en: 'No mask' },
  no_uniform: { zh: '未穿工作服', en: 'No work clothes' },
  smoking: { zh: '抽烟', en: 'Smoking' },
  phone_in_hand: { zh: '操作时玩手机', en: 'Phone in hand at work' },
  rodent: { zh: '发现老鼠', en: 'Rodent seen' },
  open_flame_unattended: { zh: '动火离人', en: 'Open flame unattended' },
  stranger: { zh: '陌生人进入后厨', en: 'Stranger in the kitchen' },
  off_hours_entry: { zh: '非工作时间进入后厨', en: 'Kitchen entered off hours' },
  bin_full: { zh: '垃圾桶满溢或未加盖', en: 'Bin full or open' },
} as const satisfies Record<string, Words>;
