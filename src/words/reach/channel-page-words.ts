/**
 * What the page of channels says: each channel with its test of today, who is reached by what, and what to write first where there is
 * no channel yet.
 */
import type { DailyTest } from '../../core/view/view-channels.ts';
import type { Words } from '../words.ts';

export const channelPage = {
  channels: { zh: '通知通道', en: 'Channels' },
  works: { zh: '可用', en: 'works' },
  needs: { zh: '需要', en: 'Needs' },
  sendsTo: { zh: '发给', en: 'Goes to' },
  toReaders: { zh: '看这个通道的所有人', en: 'whoever reads it' },
  instead: { zh: '发不出去时改用', en: 'Gives way to' },
  insteadNone: { zh: '没有：发不出去就没有别的通道接替', en: 'none: nothing takes over when it fails' },
  alarmsOnly: { zh: '只发报警，不发“已接手”', en: 'alarms only, no news of them' },
  test: { zh: '最近测试', en: 'Last test' },
  testNone: { zh: '从未测试', en: 'never tested' },
  notToday: { zh: '今日未测试', en: 'not tested today' },
  sendTest: { zh: '发测试', en: 'Send a test' },
  testPerson: { zh: '发给谁', en: 'To whom' },
  choosePerson: { zh: '选一个人', en: 'choose a person' },
  nobodyHasWay: { zh: '没有人有这种联系方式', en: 'nobody has the address it needs' },
  personsHidden: {
    zh: '人员名单不对集成商显示，逐人的通道请学校测试',
    en: 'Persons are not shown to an integrator; the school tests what goes to single persons',
  },
  people: { zh: '谁能收到', en: 'Who is reached' },
  peopleNote: {
    zh: '“送达”只说明对方服务器收下了；手机上真看到了，请点“收到了吗？”登记。换手机、换号码后请重新测试。',
    en: '“Taken” means that the other side has it. That it was seen on the phone a person says by “Received?”. Test again after a new phone or number.',
  },
  noPeople: {
    zh: '配置里没有人员（people）：报警只发给看通道的人',
    en: 'The configuration names no people: messages go to whoever reads a channel',
  },
  person: { zh: '人员', en: 'Person' },
  ladder: { zh: '通知顺序', en: 'Told in this order' },
  screensOnly: { zh: '只能在屏幕上看到', en: 'only on the screens' },
  untested: { zh: '未验证', en: 'unproven' },
  proven: { zh: '已验证', en: 'proven' },
  off: { zh: '已退订，不再发给他', en: 'unsubscribed: gets nothing by it' },
  offBack: { zh: '恢复发送…', en: 'Send again…' },
  consent: { zh: '本人怎样同意的（如：当面、电话）', en: 'How he agreed (in person, by telephone)' },
  consentGiven: { zh: '本人同意，恢复', en: 'He agrees: send again' },
  noWay: { zh: '缺{way}', en: 'no {way}' },
  notNamed: { zh: '群里不点名（缺{way}）', en: 'not named in the group (no {way})' },
  received: { zh: '收到了吗？', en: 'Received?' },
  receivedYes: { zh: '登记为已收到', en: 'Yes, received' },
  sheet: { zh: '打印须知', en: 'Print sheet' },
  running: { zh: '正在发送…', en: 'on its way…' },
  taken: { zh: '送达', en: 'taken' },
  confirmed: { zh: '本人收到', en: 'received' },
  failed: { zh: '失败', en: 'failed' },
  unheard: { zh: '没有回音', en: 'nothing was heard of it' },
  interrupted: { zh: '发送时网关停了，不知是否发出', en: 'the gateway stopped meanwhile; it may have gone out' },
  firstTitle: { zh: '还没有通知通道：十分钟配好第一个', en: 'No channel yet: the first one in ten minutes' },
  firstWhy: {
    zh: '现在报警只显示在打开的页面上。没人看屏幕时，谁也不会知道。',
    en: 'Alarms are on open pages alone. While nobody looks at a screen, nobody learns of them.',
  },
  firstRobot: {
    zh: '在企业微信值班群里：群设置 → 消息推送（群机器人）→ 添加，复制它的 Webhook 地址。',
    en: 'In the WeCom group of those on duty: settings, message push (group robot), add one, and copy its webhook address.',
  },
  firstSecret: {
    zh: '在配置文件旁的 secrets.env（权限 0600）里写一行，等号后面是复制的地址：',
    en: 'In secrets.env beside the configuration file (mode 0600) write one line, the address after the equals sign:',
  },
  firstFile: {
    zh: '在配置文件里加上这几行（escalation 已有的话，合并进去）：',
    en: 'Add these lines to the configuration file (into escalation, where there is one already):',
  },
  firstCheck: {
    zh: '运行 npm run check-config -- --config 配置文件，再 npm run reload -- --config 配置文件；本页就会出现这个通道，点“发测试”，群里应立刻收到。',
    en: 'Run npm run check-config -- --config FILE, then npm run reload -- --config FILE: the channel appears here; press “Send a test”, and the group should have it at once.',
  },
  firstMore: {
    zh: '其他通道和逐人通知见 README.zh-CN.md“第一个通知通道”一节和 config/campus.yaml 里的例子。',
    en: 'Other channels, and telling single persons: README.md, “The first channel”, and the examples in config/campus.yaml.',
  },
  stale: { zh: '数据中断，通道状态未知', en: 'Data lost: how channels stand is unknown' },
} as const satisfies Record<string, Words>;

/** What is put into the configuration first. It is tried out by a test, as it stands here. */
export const firstChannel = {
  secret: 'WECOM_HOOK=…',
  file: [
    'channels:',
    '  - id: duty-group',
    '    title: { zh: 值班群, en: Duty group }',
    '    protocol: wecom-robot',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration names a variable so.
    '    hook: ${WECOM_HOOK}',
    'escalation:',
    '  lastResort: { roles: [operator, guard, head, admin], channels: [duty-group] }',
    '  p1:',
    '    steps:',
    '      - { afterSec: 0, roles: [operator, guard], channels: [duty-group] }',
    '      - { afterSec: 60, roles: [operator, guard, head], channels: [duty-group] }',
    '    repeatMin: 2',
  ].join('\n'),
} as const;

export const dailyWords: Readonly<Record<Exclude<DailyTest, 'daily'>, Words>> = {
  'by-hand': {
    zh: '电话、号角一类不自动测试，请每周手动测一次',
    en: 'a call or a horn is never tried by itself; do so weekly',
  },
  nobody: {
    zh: '不自动测试：没有写测试发给谁（tell.testTo）',
    en: 'not tried by itself: the configuration says nobody who gets the test (tell.testTo)',
  },
  off: { zh: '自动测试已关闭（tell.selfTest: off）', en: 'the test of the day is off (tell.selfTest: off)' },
};

/** When a channel is tried by itself. */
export const dailyAt = (time: string, person?: string): Words => ({
  zh: person === undefined ? `每天 ${time} 自动测试` : `每天 ${time} 自动测试，发给${person}`,
  en: person === undefined ? `tried daily at ${time}` : `tried daily at ${time}, with ${person}`,
});

/** Who asked for a test. */
export const testedBy = (name: string | undefined): Words =>
  name === undefined ? { zh: '每日自动', en: 'daily' } : { zh: `${name} 发起`, en: `by ${name}` };

export const failsWords = (n: number, since: string): Words => ({
  zh: `最近连续 ${n} 条没有发出去，自 ${since}`,
  en: `the last ${n} were not taken, since ${since}`,
});
export const downWords = (n: number, since: string): Words => ({
  zh: `不通：连续 ${n} 条没有发出去，自 ${since}`,
  en: `down: the last ${n} were not taken, since ${since}`,
});
export const pausedWords = (until: string): Words => ({
  zh: `对方限速，${until} 前只等不发`,
  en: `told to slow down: waits until ${until}`,
});
export const perMinWords = (n: number): Words => ({
  zh: `每分钟最多 ${n} 条，三分之一留给一级报警，多的合并成一条`,
  en: `${n} a minute at most, a third of it kept for P1; what is more goes out as one`,
});
export const toPersons = (way: Words): Words => ({
  zh: `逐人发送，凭${way.zh}`,
  en: `single persons, by their ${way.en}`,
});
export const toGroup = (way: Words): Words => ({
  zh: `一个群；凭${way.zh}点名`,
  en: `a group; persons are named in it by their ${way.en}`,
});
/** How long after the step a rung is. */
export const rungWords = (seconds: number, channel: Words): Words => ({
  zh: seconds === 0 ? `立即 ${channel.zh}` : `${seconds} 秒 ${channel.zh}`,
  en: seconds === 0 ? `at once ${channel.en}` : `${seconds} s ${channel.en}`,
});
