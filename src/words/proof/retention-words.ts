/**
 * What is said of records that are cut when they have been kept long enough, and of those that are held back. It must never call gone what
 * only may be gone.
 */
import type { CutClass } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

/** What the records of a class are of. */
export const classWords: Readonly<Record<CutClass, Words>> = {
  alarm: { zh: '报警、布防与设备记录', en: 'records of alarms, arming and devices' },
  patrol: { zh: '巡更与护学岗记录', en: 'records of patrol and posts' },
  access: { zh: '登录、查看与导出记录', en: 'records of log-ins, viewing and exports' },
};

/** Where the least is said that a class is kept. */
export const ruleWords: Readonly<Record<CutClass, Words>> = {
  alarm: { zh: '北京地标 DB11/T 2552-2026、国标 GB 55029', en: 'DB11/T 2552-2026, GB 55029' },
  patrol: { zh: '北京地标 DB11/T 2552-2026', en: 'DB11/T 2552-2026' },
  access: {
    zh: '北京地标 DB11/T 2552-2026；《网络安全法》第二十一条',
    en: 'DB11/T 2552-2026; Cybersecurity Law, article 21',
  },
};

/** Beside whatever is shown of days that records were cut of; `day`: the first that is whole, as it is written. */
export const cutNotice = (of: CutClass, day: string, days: number): Words => ({
  zh: `${day} 之前的${classWords[of].zh}已满 ${days} 天，按留存设置清除（被留存的事件除外）：这段时间没有或很少记录，不等于没有发生。`,
  en: `${classWords[of].en} before ${day} were kept for ${days} days and are cut by the settings for retention (but for incidents that are held): few or no records of that time do not mean that nothing happened.`,
});

export const cutHead: Words = { zh: '留存', en: 'Retention' };

/** Facts as sentences. */
export const retentionSentences = {
  pruned: ({ class: of, day, days, lines, from, to }: FactOf<'pruned'>): Words => ({
    zh: `${day} 的${classWords[of].zh}已满 ${days} 天，按留存设置清除内容：第 ${from} 至 ${to} 条中的 ${lines} 条，哈希保留`,
    en: `${classWords[of].en} of ${day} were kept for ${days} days; by the settings the content of ${lines} of the events ${from} to ${to} is cut, their hashes stay`,
  }),
  held: ({ incident, by }: FactOf<'held'>, names: FactNames): Words => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 取走事件 #${incident} 的档案，该事件的记录在解除留存之前不会清除`,
      en: `${who.en} took the file of incident #${incident}; its records are not cut until somebody releases it`,
    };
  },
  released: ({ incident, by, reason }: FactOf<'released'>, names: FactNames): Words => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 解除事件 #${incident} 的留存：${reason}`,
      en: `${who.en} released incident #${incident}: ${reason}`,
    };
  },
};

/** For `verify` and the daily check. */
export const cutUnnamed = (seq: number): Words => ({
  zh: `第 ${seq} 条的内容已不在，但没有清除记录与它相符：不是按留存设置清除的，而是被改动或删除。`,
  en: `The content of event ${seq} is gone, and no fact of cutting agrees with it: it was not cut by the settings, but altered or removed.`,
});
export const baseFalse: Words = {
  zh: '部分记录已按留存设置清除，但清除时留下的状态缺失、损坏或被改动，无法推算现在的状态。请用备份恢复数据文件夹，并查明原因。',
  en: 'Records were cut by the settings for retention, but the State that was kept for that is missing, damaged or changed, so what is so now cannot be made. Restore the data folder from a backup, and find out why.',
};
export const cutNeedsBase = (path: string): Words => ({
  zh: `日志 ${path} 的部分记录已按留存设置清除，不能从第一条推算状态。请用备份恢复数据文件夹。`,
  en: `Records were cut out of the journal ${path} by the settings for retention, so State cannot be folded from the first of them. Restore the data folder from a backup.`,
});
/** Why nothing was cut, for the log and the screens. */
export const cutRefused = (fact: number): Words => ({
  zh: `第 ${fact} 条清除记录与日志不符，什么也没有清除。请运行 npm run verify。`,
  en: `The fact of cutting ${fact} does not agree with the journal; nothing was cut. Run npm run verify.`,
});
export const retentionFailed = ({ zh, en }: Words): Words => ({
  zh: `到期记录这次没有清除，一小时后再试：${zh}`,
  en: `Records that were kept long enough were not cut this time; it is tried again in an hour: ${en}`,
});
