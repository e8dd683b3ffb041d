/**
 * What `npm run import` says on a terminal of a file of a baton.
 */
import type { Words } from '../words.ts';

const list = (said: readonly string[]): string => said.slice(0, 20).join(', ');

export const fileLooked = (
  rows: number,
  fresh: number,
  places: readonly string[],
  people: readonly string[],
): Words => ({
  zh: `打点记录 ${rows} 条，其中新的 ${fresh} 条。配置里没有的编号：${list(places) || '无'}；没有的人员：${list(people) || '无'}`,
  en: `touches: ${rows}, of them new: ${fresh}. Chips that no checkpoint has: ${list(places) || 'none'}; people nobody knows: ${list(people) || 'none'}`,
});
export const fileKnown: Words = {
  zh: '这些记录都已经有了，没有变化',
  en: 'all of it is known already; nothing was changed',
};
export const fileTakenIn = (taken: number, known: number): Words => ({
  zh: `已导入：新记录 ${taken} 条，已有 ${known} 条。可在“巡更导入”页面撤销`,
  en: `taken in: new ${taken}, known ${known}. It can be undone on the page of baton files`,
});
export const gatewayUnreached = (url: string, why: string): Words => ({
  zh: `在 ${url} 没有网关应答（${why}）。请先启动网关，或用 --url 写出它的地址`,
  en: `no gateway answers at ${url} (${why}). Start it first, or give its address with --url`,
});
export const importAsks: Words = {
  zh: '请写明文件和账号：npm run import -- --user 账号 文件',
  en: 'name the file and the account: npm run import -- --user NAME FILE',
};
