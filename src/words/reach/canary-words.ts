/**
 * What is said of the canary (链路自检): its facts, its message, where its way broke, and what the page of channels shows. Whoever reads
 * the message must see at once that nothing has happened.
 */
import type { CanaryHop, Fact } from '../../core/types.ts';
import type { Words } from '../words.ts';

/** The parts of its way, by what may be broken there. */
export const canaryHops: Readonly<Record<CanaryHop, Words>> = {
  wire: { zh: '设备接入', en: 'device to gateway' },
  chain: { zh: '通知顺序', en: 'ladder' },
  channel: { zh: '通知通道', en: 'channel' },
  back: { zh: '回复', en: 'answer' },
};

/** The address of the test device is no person’s who can be told. */
export const canaryNobody = (person: string): Words => ({
  zh: `自检联系人 ${person} 没有可用的通知顺序；请在 people 里给他写 ladder 和号码`,
  en: `the test person ${person} has no rung that can be used; give him a ladder and its address under people`,
});
export const canaryNotHeard = (device: string): Words => ({
  zh: `接入服务收下了 ${device} 的自检事件，但没有进入判断；请检查该设备是否在配置里、主题是否一致`,
  en: `the broker took the event of ${device}, but it reached no rule; look whether the device is configured, under that topic`,
});
export const canaryLate = (seconds: number): Words => ({
  zh: `${seconds} 秒内没有下文`,
  en: `nothing came of it within ${seconds} s`,
});
export const canaryInterrupted: Words = {
  zh: '自检途中网关重启，不知是否发出；不再重发',
  en: 'the gateway was started anew meanwhile; it may have gone out, and is not sent again',
};

/** Why the test device could not say anything. */
export const canaryNoLine = (device: string): Words => ({
  zh: `自检设备 ${device} 不在内置 MQTT 服务上`,
  en: `the test device ${device} is on no embedded broker`,
});
export const canaryRefused = (device: string, code: string): Words => ({
  zh: `内置 MQTT 服务拒绝自检设备 ${device} 登录（${code}）；请检查它的密码`,
  en: `the embedded broker refused the log-in of the test device ${device} (${code}); look at its password`,
});
export const canaryUnreachable = (device: string, code: string): Words => ({
  zh: `自检设备 ${device} 连不上内置 MQTT 服务（${code}）；真实设备也会连不上`,
  en: `the test device ${device} cannot reach the embedded broker (${code}); no other device can either`,
});
export const canarySilent = (device: string, seconds: number): Words => ({
  zh: `内置 MQTT 服务 ${seconds} 秒内没有收下自检设备 ${device} 的事件`,
  en: `the embedded broker did not take the event of the test device ${device} within ${seconds} s`,
});

/** The message of a canary; it stays apart from every alarm at the first glance. */
export const canaryTitle = (school: Words): Words => ({
  zh: `【链路自检】${school.zh} 没有发生任何事`,
  en: `[SELF-CHECK] ${school.en}: nothing has happened`,
});
export const canaryRest = (channel: Words, time: string): Words => ({
  zh: `${time} 从设备到「${channel.zh}」的每日自检，无须处理。`,
  en: `at ${time}: the daily check of the way from a device to “${channel.en}”; nothing to do.`,
});
/** That it failed, by another channel. */
export const canaryAlertTitle = (school: Words, hop: CanaryHop): Words => ({
  zh: `【链路自检失败】${school.zh}：${canaryHops[hop].zh}`,
  en: `[SELF-CHECK FAILED] ${school.en}: ${canaryHops[hop].en}`,
});
export const canaryAlertRest = (why: Words, time: string): Words => ({
  zh: `${time} ${why.zh}。真实报警可能也发不出去，请尽快查看“设置 → 通知”。`,
  en: `at ${time}: ${why.en}. Real alarms may not get through either; look at Setup, Channels.`,
});

/** What stands among the troubles. */
export const canaryTrouble = (hop: CanaryHop, why: Words): Words => ({
  zh: `链路自检失败（${canaryHops[hop].zh}）：${why.zh}`,
  en: `the canary failed (${canaryHops[hop].en}): ${why.en}`,
});

type CanarySaid = Extract<Fact, { kind: 'canary' }>;
/** How people and channels are called. */
interface CanaryNames {
  who(name: string): Words;
  channel(id: string): Words;
}

function stepWords({ step, by, channel, hop = 'wire', why }: CanarySaid, names: CanaryNames): Words {
  const way = names.channel(channel ?? '');
  const { zh, en } = why ?? { zh: '', en: '' };
  switch (step) {
    case 'begun': {
      const who = by === undefined ? undefined : names.who(by);
      return who
        ? { zh: `开始（${who.zh} 发起）`, en: `begun by ${who.en}` }
        : { zh: '开始（每日）', en: 'begun, as every day' };
    }
    case 'heard':
      return { zh: '网关已收到并判断', en: 'heard and judged' };
    case 'sent':
      return { zh: `发往 ${way.zh}`, en: `sent by ${way.en}` };
    case 'taken':
      return { zh: '对方已收下', en: 'taken' };
    case 'back':
      return { zh: '已收到回复', en: 'answered' };
    case 'gave-way':
      return { zh: '有报警要发，让路', en: 'gave way to messages of alarms' };
    case 'failed':
      return { zh: `失败（${canaryHops[hop].zh}）：${zh}`, en: `failed (${canaryHops[hop].en}): ${en}` };
    case 'told':
      return { zh: `失败已由 ${way.zh} 通知`, en: `its failure was told by ${way.en}` };
    case 'untold':
      return { zh: `失败未能由 ${way.zh} 通知：${zh}`, en: `its failure could not be told by ${way.en}: ${en}` };
    default:
      return step satisfies never;
  }
}

export const canarySentences = {
  canary: (said: CanarySaid, names: CanaryNames): Words => {
    const { zh, en } = stepWords(said, names);
    return { zh: `链路自检：${zh}`, en: `canary: ${en}` };
  },
};

/** The page's own words. */
export const canaryPage = {
  title: { zh: '链路自检', en: 'Canary' },
  note: {
    zh: '每天让一台测试设备经内置 MQTT 服务发一条事件：设备→判断→自检联系人的通知顺序→通道→测试地址。它不是报警，不响铃、不计入统计；哪一段断了，另一个通道会告诉您。升级规则和值班表不经过它（看“会通知谁”），失败换通道、Modbus 和摄像机也不试。',
    en: 'Once a day the event of a test device goes by the embedded broker, the rules of readings, the ladder of a test person and its channel to a test address. It is no alarm, rings nowhere and counts nowhere; where it breaks, another channel says so. Steps, rules of telling and the roster are not tried by it (see “Who would be told”), nor are channels that take over, Modbus and cameras.',
  },
  none: {
    zh: '还没有配置（tell.canary）：哪一段断了，要到真有报警时才知道。',
    en: 'Not configured (tell.canary): what is broken is found out by the next alarm.',
  },
  never: { zh: '还没有做过', en: 'never made' },
  start: { zh: '现在自检', en: 'Send one now' },
  last: { zh: '最近一次', en: 'Last one' },
  running: { zh: '进行中…', en: 'on its way…' },
  passed: { zh: '全程通', en: 'came through' },
  broken: { zh: '断在', en: 'broke at' },
  gaveWay: { zh: '让路：当时有报警要发', en: 'gave way: alarms had messages to send' },
  told: { zh: '失败已由另一通道通知', en: 'its failure was told by another channel' },
  untold: { zh: '失败还没能通知出去', en: 'its failure could not be told yet' },
  stale: { zh: '数据中断，自检状态未知', en: 'Data lost: how it stands is unknown' },
} as const satisfies Readonly<Record<string, Words>>;

/** When it is made by itself, and to whom. */
export const canaryDaily = (time: string, person: string): Words => ({
  zh: `每天 ${time} 自动，发给 ${person}`,
  en: `daily at ${time}, to ${person}`,
});
/** How long one part of the way took. */
export const canaryTook = (hop: CanaryHop, time: string): Words => ({
  zh: `${canaryHops[hop].zh} ${time}`,
  en: `${canaryHops[hop].en} ${time}`,
});

/** What `check-config` says of it. */
export const canaryFaults = {
  device: { zh: '一台型号为 canary-mqtt 的设备', en: 'a device of the model canary-mqtt' },
  line: {
    zh: '自检设备要接在内置 MQTT 服务（mqtt-broker）上',
    en: 'the test device belongs on an embedded broker (mqtt-broker)',
  },
  password: { zh: '自检设备要有自己的密码', en: 'the test device needs a password of its own' },
  unnamed: {
    zh: '这台设备只用于链路自检，请在 tell.canary.device 里写它',
    en: 'this device is for the canary alone; name it under tell.canary.device',
  },
  same: { zh: '另一个通道：失败不能靠同一个通道通知', en: 'another channel: the one that failed cannot tell of it' },
  person: { zh: '逐人发送的通道要写 to', en: 'a channel to single persons needs to' },
  answers: {
    zh: '只有 replies: true 的 sms-modem、dingtalk-app，或带回调的 wecom-app 能收回复',
    en: 'answers come back by an sms-modem or dingtalk-app with replies: true, or a wecom-app with its callback, alone',
  },
  rung: { zh: '自检联系人没有可用的通知顺序', en: 'the test person has no rung that can be used' },
} as const satisfies Readonly<Record<string, Words>>;
