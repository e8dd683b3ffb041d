/** What the bureau says around its copy of a school: whose it is, as of when, why it cannot be believed; and why nothing can be done there. */
import type { Words } from '../words.ts';

export const copyReadOnly: Words = {
  zh: '这里是教育局的副本，只能查看，不能操作学校的设备和警情。需要学校处理的，请下督办。',
  en: "this is the bureau's copy: it can be read and nothing at the school can be done from here; ask the school by an order",
};

export const copyLacks: Words = {
  zh: '教育局的副本里没有这项内容，它只留在学校。需要画面的，请在督办页面向学校调取。',
  en: "the bureau's copy does not hold this, it stays at the school; ask the school for a picture by an order",
};

/** Where the school's pages would speak of their gateway. */
export const copyAnswers = {
  gatewayAt: { zh: '区平台 {host}', en: 'District {host}' },
  linkMute: { zh: '区平台在线，学校没有新数据', en: 'the district answers, the school has sent nothing new' },
  notLive: { zh: '以下不是实时状态 · 请打学校值班电话', en: 'Not live · call the school' },
  evidenceWait: { zh: '取证画面留在学校', en: 'Evidence stays at the school' },
  consoleKeys: {
    zh: 'u 督办 · j / k 或 ↑ ↓ 选择 · 1–7 切换列表',
    en: 'u order · j / k or ↑ ↓ choose · 1–7 lists',
  },
  noPicture: { zh: '画面留在学校，可下督办调取', en: 'Pictures stay at the school; ask by an order' },
} as const satisfies Readonly<Record<string, Words>>;

export const copyWords = {
  title: { zh: '教育局副本 · 只读', en: "Bureau's copy · read only" },
  asOf: { zh: '数据截至 {time}', en: 'as of {time}' },
  never: { zh: '学校还没有上报过数据', en: 'the school has not sent anything yet' },
  lost: { zh: '学校失联 {age} · 以下是失联前的状态', en: 'School lost {age} · what you see is from before' },
  held: {
    zh: '学校记录与区平台不一致，已停收 · 以下是 {age} 前的状态',
    en: 'Journal does not agree, held · what you see is {age} old',
  },
  late: {
    zh: '数据晚到 {age} · 还有 {n} 条未到 · 新警情请看警情列表',
    en: 'Data late by {age} · {n} lines to come · for new alarms see the list',
  },
  cut: { zh: '区平台没有应答 · 以下不是最新状态', en: 'The district does not answer · what you see is old' },
  behind: { zh: '还有 {n} 条在路上', en: '{n} lines on their way' },
  ahead: { zh: '先到的报警 · 不在下面的记录里', en: 'Came ahead · not in what you see below' },
  aheadChip: { zh: '另有 {n} 条先到 · 见上方', en: '{n} CAME AHEAD' },
  aheadEmpty: {
    zh: '副本里暂时没有；先到的报警列在页面上方，点开可看已知内容。',
    en: 'None in the copy yet; alarms that came ahead stand above, each opens what is known of it.',
  },
  beyond: {
    zh: '这条报警先到了，学校的其余记录还在路上，副本里还没有它。下面是目前知道的；记录一到，这里自动显示全部。',
    en: 'This alarm came ahead of the lines before it, and the copy does not hold it yet. What is known stands below; all of it shows here by itself once it has come.',
  },
  beyondRaised: { zh: '{time} 报警', en: 'raised {time}' },
  beyondAcked: { zh: '{time} {name} 确认', en: 'acknowledged {time} by {name}' },
  beyondWaits: { zh: '尚未得知有人确认', en: 'not known to be acknowledged' },
  beyondClosed: { zh: '{time} {name} 关闭', en: 'closed {time} by {name}' },
  aheadList: { zh: '在报警列表中查看', en: 'In the list of alarms' },
  back: { zh: '返回区总览', en: 'Back to the district' },
  order: { zh: '督办 / 调画面', en: 'Order / ask for a picture' },
  broken: {
    zh: '学校上报的内容无法显示，请打学校值班电话，并告知平台管理员。',
    en: 'What the school sent cannot be shown. Call the school, and tell the administrator of the district.',
  },
  loading: { zh: '正在读取教育局的副本…', en: "reading the bureau's copy…" },
} as const satisfies Readonly<Record<string, Words>>;
