/** What the district says when its database does not do what is asked: the thing, and the remedy. A code alone must never reach a person. */
import type { Words } from '../words.ts';

/** What the district can tell apart when its database fails. */
export type DatabaseFault = 'away' | 'full' | 'clash' | 'slow' | 'unstorable' | 'newer' | 'taken' | 'other';

/** `where`: the database, without its password; `text`: what it said, where that is all there is. */
export function databaseFailed(fault: DatabaseFault, where: string, text: string): Words {
  switch (fault) {
    case 'away':
      return {
        zh: `连不上区级数据库 ${where}（${text}）。请检查 PostgreSQL 是否在运行、网络是否通。学校照常工作，恢复后自动补传。`,
        en: `The district's database ${where} cannot be reached (${text}). Check that PostgreSQL runs, and the network. Schools work on and send what is missing later.`,
      };
    case 'full':
      return {
        zh: `区级数据库 ${where} 的磁盘已满。请清理或扩容；恢复后学校自动补传。`,
        en: `The disk of the district's database ${where} is full. Free some space or add some; schools then send what is missing.`,
      };
    case 'clash':
      return {
        zh: `区级数据库 ${where} 中两项写入互相等待，已放弃一项，会自动再试。`,
        en: `Two writes to the district's database ${where} waited for each other; one was given up and is tried again.`,
      };
    case 'slow':
      return {
        zh: `区级数据库 ${where} 应答太慢，操作已中止。请检查其负载和磁盘。`,
        en: `The district's database ${where} took too long and the work was given up. Look at its load and its disk.`,
      };
    case 'unstorable':
      return {
        zh: `区级数据库 ${where} 不接受这项内容（${text}）。`,
        en: `The district's database ${where} does not take this content (${text}).`,
      };
    case 'newer':
      return {
        zh: `区级数据库 ${where} 由更新版本建立（${text}），本版本不能使用，未作任何改动。请安装该版本或更新的版本。`,
        en: `The district's database ${where} was made by a newer version (${text}); this one cannot use it and has changed nothing. Install that version or a newer one.`,
      };
    case 'taken':
      return {
        zh: `区级数据目录 ${where} 正被另一个进程使用。请先停止它，或改用 PostgreSQL 以运行多个节点。`,
        en: `Another process is using the district's data folder ${where}. Stop it first, or use PostgreSQL to run several nodes.`,
      };
    case 'other':
      return {
        zh: `区级数据库 ${where} 出现意外错误：${text}。若再次出现，请联系维护人员。`,
        en: `The district's database ${where} failed unexpectedly: ${text}. If it happens again, call maintenance.`,
      };
  }
}
