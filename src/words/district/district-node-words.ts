/** What the district's service says at its start and of itself. */
import type { Words } from '../words.ts';

/** The key that signs is not the one schools know. */
export const witnessKeyOther = (path: string): Words => ({
  zh: `签名密钥 ${path} 不是各学校已认识的那一把（或已丢失）。请从备份或另一个节点复制该文件；各节点必须使用同一把密钥。`,
  en: `The key ${path} is not the one schools know, or it is lost. Copy the file from a backup or from another node; all nodes use one key.`,
});

export const districtServing = (url: string): Words => ({
  zh: `区级服务已启动：${url}`,
  en: `The district answers at ${url}`,
});

/** The district's database does not answer; what is shown stands still. */
export const boardStands = (since: string): Words => ({
  zh: `区级数据库连不上，画面停在 ${since}。学校照常工作，恢复后自动补传。`,
  en: `The district's database cannot be reached; what is shown is as of ${since}. Schools work on and send what is missing later.`,
});

/** A node's clock is not that of the database. */
export const nodeClockOff = (seconds: number): Words => ({
  zh: `本节点的时钟与数据库相差 ${seconds} 秒，“失联”会判断错误。请在各台机器上配置时间同步（NTP）。`,
  en: `The clock of this node differs from the database's by ${seconds} s, and lost schools are misjudged. Set up NTP on all machines.`,
});
