/** What the preview says: who would be told, step by step, of an alarm that somebody supposes. */
import type { Words } from '../words.ts';

export const preview = {
  title: { zh: '会通知谁（预演）', en: 'Who would be told' },
  note: {
    zh: '和真报警走同一段程序，但什么也不发。账号和通道按现在的状态，时间、值班和安静时段按所选时间，假定一直没人确认。',
    en: 'By the same code as a real alarm, and nothing is sent. Accounts and channels as they are now; time, duty and quiet hours as chosen; nobody acknowledges.',
  },
  hidden: {
    zh: '人员名单不对集成商显示，预演请学校来看。',
    en: 'Persons are not shown to an integrator: the school looks at this itself.',
  },
  zone: { zh: '防区', en: 'Zone' },
  noZone: { zh: '不在防区（设备）', en: 'outside zones (a device)' },
  kind: { zh: '类型', en: 'Kind' },
  priority: { zh: '级别', en: 'Priority' },
  when: { zh: '时间', en: 'Time' },
  now: { zh: '现在', en: 'now' },
  sunday: { zh: '周日 03:00', en: 'Sunday 03:00' },
  step: { zh: '级', en: 'Step' },
  after: { zh: '报警后', en: 'After' },
  screens: { zh: '屏幕上', en: 'On screens' },
  channels: { zh: '通道', en: 'Channels' },
  persons: { zh: '逐人', en: 'Persons' },
  lastResort: { zh: '最后联系人', en: 'last resort' },
  onlyIfNobody: { zh: '前面都没有人时', en: 'when no step is left' },
  needsTwo: { zh: '从这一级起须两人应答', en: 'from here on two must answer' },
  nobodyAtAll: { zh: '维护提示：不通知任何人', en: 'maintenance: nobody is told' },
  quietChain: { zh: '静默求助：走 escalation.quiet', en: 'silent call for help: by escalation.quiet' },
} as const satisfies Record<string, Words>;

export const supposed = (place: Words, kind: Words, when: Words): Words => ({
  zh: `如果 ${when.zh}，${place.zh} ${kind.zh}`,
  en: `If ${place.en}: ${kind.en}, ${when.en}`,
});
export const byRule = (title: Words): Words => ({ zh: `按规则「${title.zh}」`, en: `by the rule “${title.en}”` });
export const byPriority = (priority: number): Words => ({
  zh: `没有合适的规则，按 ${priority} 级的升级步骤`,
  en: `no rule fits: by the chain of priority ${priority}`,
});
export const repeats = (seconds: number): Words => ({
  zh: `一直没人确认，最后一级每 ${seconds} 秒再来一遍`,
  en: `the last step again every ${seconds} s until somebody acknowledges`,
});
export const stepNobody = (why: Words): Words => ({ zh: `没有人：${why.zh}`, en: `reaches nobody: ${why.en}` });
export const personRests = (name: string): Words => ({
  zh: `${name}：安静时段，不打扰`,
  en: `${name}: quiet hours, left in peace`,
});
export const personNoWay = (name: string): Words => ({
  zh: `${name}：没有可用的联系方式，只能在屏幕上看到`,
  en: `${name}: no way to reach that may be used, only on the screens`,
});
/** Persons told by a channel, so many seconds after the alarm. */
export const toldAfter = (seconds: number, channel: Words, names: string): Words => ({
  zh: `${seconds} 秒 ${channel.zh}：${names}`,
  en: `${seconds} s ${channel.en}: ${names}`,
});
