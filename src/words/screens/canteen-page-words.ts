/**
 * What the canteen's page says: cameras by area, what happened today, what has to be put right, the lists of today. Only that page reads
 * them; one key is one whole sentence.
 */
import type { Words } from '../words.ts';

export const canteenWords = {
  none: {
    zh: '还没有配置食堂。请在配置文件里写明食堂的区域和摄像机（canteen）。',
    en: 'No canteen is configured. Name its areas and cameras in the configuration (canteen).',
  },
  cameras: { zh: '摄像机', en: 'Cameras' },
  noCameras: { zh: '这个区域没有摄像机', en: 'No camera looks at this area' },
  online: { zh: '在线', en: 'online' },
  offline: { zh: '离线', en: 'offline' },
  unheard: { zh: '尚未连接', en: 'not heard yet' },
  fine: { zh: '画面正常', en: 'the picture shows' },
  nothingOn: { zh: '无报警', en: 'no alarm' },
  rateUnknown: { zh: '今日在线率 —', en: 'seen today —' },
  larger: { zh: '放大', en: 'Larger' },
  smaller: { zh: '收起', en: 'Close' },
  noPicture: { zh: '暂无画面', en: 'No picture' },
  today: { zh: '今日事件', en: 'Today' },
  noAlarms: { zh: '今天没有事件', en: 'Nothing happened today' },
  at: { zh: '时间', en: 'Time' },
  what: { zh: '事件', en: 'What' },
  where: { zh: '设备', en: 'Device' },
  count: { zh: '次数', en: 'Times' },
  state: { zh: '状态', en: 'State' },
  stands: { zh: '持续中', en: 'lasts' },
  standsUnknown: { zh: '现状不详', en: 'not known now' },
  over: { zh: '已恢复', en: 'over' },
  closed: { zh: '已关闭', en: 'closed' },
  picture: { zh: '画面', en: 'Picture' },
  rectifications: { zh: '整改', en: 'Rectifications' },
  noRectifications: { zh: '没有需要整改的事项', en: 'Nothing has to be put right' },
  done: { zh: '近七天办结', en: 'Over within seven days' },
  openByHand: { zh: '新建整改', en: 'Open one by hand' },
  source: { zh: '来源', en: 'Found by' },
  hand: { zh: '日常检查', en: 'A look round' },
  drill: { zh: '演练', en: 'A drill' },
  area: { zh: '区域', en: 'Area' },
  elsewhere: { zh: '其他地点', en: 'Another place' },
  place: { zh: '地点', en: 'Place' },
  offence: { zh: '类别', en: 'Kind' },
  found: { zh: '问题', en: 'What is amiss' },
  who: { zh: '责任人', en: 'Who' },
  due: { zh: '期限', en: 'Until' },
  photo: { zh: '拍照', en: 'Photograph' },
  photoThere: { zh: '已拍照', en: 'Photograph taken' },
  send: { zh: '提交', en: 'Send' },
  cancel: { zh: '取消', en: 'Cancel' },
  reason: { zh: '原因', en: 'Reason' },
  take: { zh: '立项', en: 'Take on' },
  dismiss: { zh: '不立项', en: 'Dismiss' },
  move: { zh: '调整', en: 'Move' },
  answer: { zh: '回复整改', en: 'Answer' },
  answerText: { zh: '整改情况', en: 'What was done' },
  countersign: { zh: '复核通过', en: 'Countersign' },
  giveBack: { zh: '退回', en: 'Return' },
  withdraw: { zh: '撤销', en: 'Withdraw' },
  before: { zh: '整改前', en: 'Before' },
  after: { zh: '整改后', en: 'After' },
  noPhoto: { zh: '没有照片', en: 'No photograph' },
  lists: { zh: '今日检查', en: 'Today’s checks' },
  noLists: { zh: '今天没有检查表', en: 'No check list today' },
  listDone: { zh: '已完成', en: 'done' },
  listOpen: { zh: '进行中', en: 'to be done' },
  listLater: { zh: '未到时间', en: 'not yet' },
  listPast: { zh: '时间已过', en: 'its time is over' },
  listMissed: { zh: '未按时完成', en: 'not done in time' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  right: { zh: '正常', en: 'right' },
  amiss: { zh: '异常', en: 'amiss' },
  late: { zh: '补填', en: 'late' },
  remark: { zh: '备注', en: 'Note' },
  dish: { zh: '菜名', en: 'Dish' },
  grams: { zh: '重量（克）', en: 'Weight, g' },
  photoMust: { zh: '拍照（必填）', en: 'Photograph (needed)' },
  menu: { zh: '今日菜单（公示屏）', en: 'Today’s menu (public screen)' },
  noMenu: { zh: '还没有填写', en: 'None is set' },
  menuChinese: { zh: '中文', en: 'In Chinese' },
  menuEnglish: { zh: '英文（可不填）', en: 'In English' },
  menuShow: { zh: '显示到公示屏', en: 'Show it' },
  menuUndo: { zh: '撤回上一次修改', en: 'Take the last change back' },
  reports: { zh: '报告', en: 'Reports' },
  thisDay: { zh: '今天', en: 'Today' },
  sevenDays: { zh: '近七天', en: 'Seven days' },
  thisMonth: { zh: '本月', en: 'This month' },
  printed: { zh: '检查用一页（可打印）', en: 'One page to print' },
  pdf: { zh: 'PDF（可签字）', en: 'PDF to sign' },
  workbook: { zh: 'XLSX 表格', en: 'XLSX' },
  csv: { zh: 'CSV 表格', en: 'CSV' },
  overdue: { zh: '已逾期', en: 'overdue' },
} as const satisfies Record<string, Words>;

/** `今日在线率 98.2%`. */
export const seenToday = (rate: string): Words => ({ zh: `今日在线率 ${rate}`, en: `seen today ${rate}` });
/** Since when. */
export const sinceTime = (time: string): Words => ({ zh: `${time} 起`, en: `since ${time}` });
/** `30 天内第 3 次`. */
export const timesWithin = (times: number): Words => ({
  zh: `30 天内第 ${times} 次`,
  en: `time ${times} within 30 days`,
});
/** When it was found, and by what. */
export const foundAt = (time: string, source: Words): Words => ({
  zh: `${time} 发现 · ${source.zh}`,
  en: `found ${time} · ${source.en}`,
});
export const withUntil = (who: string, due: string): Words => ({
  zh: `责任人 ${who} · 限 ${due}`,
  en: `${who} · until ${due}`,
});
export const answeredBy = (who: string, time: string, text: string): Words => ({
  zh: `${time} ${who} 回复：${text}`,
  en: `${time} ${who} answered: ${text}`,
});
export const returnedBy = (who: string, time: string, reason: string): Words => ({
  zh: `${time} ${who} 退回：${reason}`,
  en: `${time} ${who} returned it: ${reason}`,
});
/** How many are open, and how many of them are overdue. */
export const openCounts = (open: number, overdue: number): Words => ({
  zh: `未完成 ${open}，逾期 ${overdue}`,
  en: `${open} open, ${overdue} overdue`,
});
/** Who set the menu, and when. */
export const menuBy = (who: string, time: string): Words => ({
  zh: `${time} ${who} 填写，明日自动清除`,
  en: `${who} at ${time}; it goes by itself tomorrow`,
});
/** Until when a sample is kept. */
export const keptUntil = (time: string): Words => ({ zh: `留样至 ${time}`, en: `kept until ${time}` });
export const timesOf = (from: string, until: string): Words => ({ zh: `${from}–${until}`, en: `${from}–${until}` });
