/**
 * What the district's wall, list and map say beside their tiles. Chinese first; English as short as a wall needs. While the page hears
 * nothing none of it may reassure.
 */
import type { Words } from '../words.ts';

export const boardSays = {
  title: (district: Words): Words => ({ zh: `${district.zh} 校园安全`, en: `${district.en} schools` }),
  noDistrict: { zh: '校园安全总览', en: 'School safety' },
  connecting: { zh: '正在连接区平台…', en: 'Connecting to the district…' },
  online: { zh: '在线', en: 'Online' },
  lost: { zh: '失联', en: 'Lost' },
  held: { zh: '记录不符', en: 'On hold' },
  never: { zh: '未接入', en: 'Not joined' },
  late: { zh: '数据迟', en: 'Late data' },
  waiting: { zh: '待确认', en: 'Waiting' },
  /** Of the alarms that wait, those of schools that cannot be heard. */
  ofPast: (n: number): Words => ({ zh: `含失联前 ${n}`, en: `${n} last known` }),
  patrol: { zh: '今日到点率', en: 'Patrol' },
  cut: (age: string): Words => ({ zh: `数据中断 ${age}`, en: `Data lost ${age}` }),
  notLive: { zh: '画面不是实时，请打电话核实', en: 'Not live: call the schools' },
  cutBefore: { zh: '中断前', en: 'Before' },
  lastUpdate: (time: string): Words => ({ zh: `最后更新 ${time}`, en: `last ${time}` }),
  noUpdate: { zh: '尚未收到数据', en: 'Nothing received yet' },
  dataAgo: (age: string): Words => ({ zh: `数据 ${age}前`, en: `Data ${age} ago` }),
  legend: {
    zh: '巡 今日到点率　厨 后厨摄像在线　围 围栏布防　整 整改逾期　督 督办超时',
    en: 'P patrol · K kitchen · F fence armed · R overdue · U urged',
  },
  page: (n: number, of: number): Words => ({ zh: `第 ${n}/${of} 页`, en: `Page ${n}/${of}` }),
  /** Schools on other pages that somebody has to look at. */
  elsewhere: (n: number): Words => ({ zh: `他页 ${n} 校待处理`, en: `${n} on other pages` }),
  nextPage: { zh: '下一页', en: 'Next page' },
  previousPage: { zh: '上一页', en: 'Previous page' },
  empty: { zh: '还没有学校', en: 'No schools yet' },
  emptyStreets: { zh: '您负责的街道还没有学校', en: 'No schools in your streets yet' },
  emptyAdd: { zh: '学校接入', en: 'How a school joins' },
  emptyAsk: { zh: '由管理员在“学校”页添加', en: 'An administrator adds them on the page of schools' },
  wall: { zh: '总览', en: 'Wall' },
  map: { zh: '地图', en: 'Map' },
  more: { zh: '进入平台', en: 'More' },
  mapTitle: { zh: '区内学校分布', en: 'Schools of the district' },
  noOutline: { zh: '尚未配置区划轮廓，仅显示学校位置', en: 'No outline configured; only the schools are drawn' },
  noPlace: (n: number): Words => ({ zh: `${n} 所学校未标位置`, en: `${n} schools have no place on the map` }),
  needful: { zh: '需要处理的学校', en: 'Schools that need somebody' },
  moreNeedful: (n: number): Words => ({ zh: `另有 ${n} 校`, en: `${n} more` }),
  noneNeedful: { zh: '没有待处理的学校', en: 'No school needs anybody' },
  unknown: { zh: '状态未知', en: 'State unknown' },
  open: (name: string): Words => ({ zh: `打开${name}`, en: `Open ${name}` }),
} as const;
