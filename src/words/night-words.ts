/**
 * What a simulated night says: what befalls the machine and its surroundings, and what its simulated drivers, disk, channels
 * and InfluxDB answer, what the log book adds to the sentences of facts, and what the
 * checkers promise. Only the simulation and its log book read these; the gateway's own sentences stand elsewhere.
 */
import type { ArmMode, ProcedureStep, Value } from '../core/types.ts';
import { modes } from './trade-words.ts';
import { untranslated, type Words } from './words.ts';

// Devices and lines.

export const requestRefused: Words = { zh: '设备拒绝了请求', en: 'the device refused the request' };
export const noAnswer = (device: string): Words => ({ zh: `设备 ${device} 没有应答`, en: `${device} did not answer` });
export const doesNotAnswer = (device: string): Words => ({ zh: `${device} 没有应答`, en: `${device} does not answer` });
export const deviceAnswers: Words = { zh: '设备应答', en: 'the device answers' };
export const lineUnreachable = (line: string): Words => ({ zh: `${line} 连不上`, en: `${line} cannot be reached` });
export const brokerReady: Words = { zh: '代理已监听', en: 'the broker listens' };
export const deviceConnected = (device: string): Words => ({ zh: `${device} 已连入`, en: `${device} connected` });
export const connectionLost = (device: string): Words => ({
  zh: `${device} 的连接中断`,
  en: `the connection of ${device} broke`,
});
export const noCamera = (line: string): Words => ({ zh: `${line} 没有摄像机`, en: `${line} has no camera` });
export const cameraSilent = (camera: string): Words => ({
  zh: `摄像机 ${camera} 没有应答`,
  en: `camera ${camera} did not answer`,
});

// Channels, disk and InfluxDB.

export const simulatedOffice: Words = { zh: '值班室转发', en: 'Duty office' };
export const simulatedGuards: Words = { zh: '保安公司', en: 'Guard company' };
export const simulatedPhone: Words = { zh: '安保主任手机', en: 'Head’s telephone' };
export const channelRefused = (channel: string): Words => ({
  zh: `通道 ${channel} 拒绝了消息`,
  en: `channel ${channel} refused the message`,
});
export const diskFull: Words = { zh: '磁盘已满', en: 'the disk is full' };
export const diskBroken: Words = { zh: '磁盘读写错误', en: 'input/output error' };
export const journalAway: Words = { zh: '日志已不在原处', en: 'the journal is not in its place any more' };
export const eventsMisplaced: Words = { zh: '事件序号不连续', en: 'the events do not follow the last' };
export const influxAway: Words = { zh: '无法连接 InfluxDB', en: 'InfluxDB cannot be reached' };
export const influxSilent: Words = { zh: 'InfluxDB 没有应答', en: 'InfluxDB did not answer' };
export const influxOverloaded: Words = { zh: 'InfluxDB 过载', en: 'InfluxDB is overloaded' };
export const influxUnprepared: Words = { zh: 'InfluxDB 里没有数据库', en: 'there is no database in InfluxDB' };

// What befalls the machine.

export const powerLost: Words = { zh: '网关主机断电', en: 'the gateway’s machine loses its power' };
export const startedAgain: Words = { zh: '网关重新启动', en: 'the gateway is started again' };
export const diskFills: Words = { zh: '磁盘写满', en: 'the disk is full' };
export const diskHasRoom: Words = { zh: '磁盘腾出空间', en: 'there is room on the disk again' };
export const journalLost: Words = { zh: '日志文件被移走', en: 'the journal is taken out of its folder' };
export const journalBack: Words = { zh: '日志文件放回原处', en: 'the journal is put back' };
export const diskFailsOnce: Words = { zh: '磁盘写入出错一次', en: 'the disk fails once' };
export const diskSlow = (seconds: string): Words => ({
  zh: `磁盘一次写入用了 ${seconds} 秒`,
  en: `the disk takes ${seconds} s for one commit`,
});
export const machineStood = (seconds: number): Words => ({
  zh: `网关主机停顿 ${seconds} 秒`,
  en: `the gateway’s machine stood still for ${seconds} s`,
});
export const clockSet = (ahead: boolean, minutes: number): Words => ({
  zh: `网关主机的时钟被拨${ahead ? '快' : '慢'} ${minutes} 分钟`,
  en: `the machine’s clock is set ${ahead ? 'ahead' : 'back'} by ${minutes} min`,
});
export const devicesVexed: Words = { zh: '设备不听指挥', en: 'devices do badly what they are asked to do' };
export const devicesWell: Words = { zh: '设备恢复听指挥', en: 'devices do again what they are asked to do' };
export const channelsVexed: Words = { zh: '消息通道不正常', en: 'channels for messages work badly' };
export const channelsWell: Words = { zh: '消息通道恢复', en: 'channels for messages work again' };
export const wallDark: Words = { zh: '大屏黑屏', en: 'the wall goes dark' };
export const wallLit: Words = { zh: '大屏恢复', en: 'the wall shows again' };
export const influxStops: Words = { zh: 'InfluxDB 停机', en: 'InfluxDB is away' };
export const influxReturns: Words = { zh: 'InfluxDB 恢复', en: 'InfluxDB is back' };
export const influxVexed: Words = { zh: 'InfluxDB 应答不正常', en: 'InfluxDB answers badly' };
export const influxWell: Words = { zh: 'InfluxDB 应答正常', en: 'InfluxDB answers well again' };
export const influxConfused = (field: string): Words => ({
  zh: `InfluxDB 里 ${field} 的类型不对`,
  en: `InfluxDB knows ${field} with another type`,
});
export const influxRighted = (field: string): Words => ({
  zh: `InfluxDB 里 ${field} 的类型已改正`,
  en: `the type of ${field} in InfluxDB is right again`,
});

// What the log book adds to the sentences of facts, and its own head and foot.

export const alarmNumber = (id: number): Words => ({ zh: `${id} 号报警`, en: `alarm ${id}` });

/** What happened to something, with its name before it. */
export const withName = (name: Words, words: Words): Words => ({
  zh: `${name.zh}：${words.zh}`,
  en: `${name.en}: ${words.en}`,
});

/** With why it raises nothing: how the zone is armed. */
export const whileMode = (words: Words, mode: ArmMode): Words => ({
  zh: `${words.zh}，防区${modes[mode].zh}`,
  en: `${words.en}, the zone is ${modes[mode].en}`,
});

export const ofZones = (numbers: readonly (number | string)[]): Words => ({
  zh: `${numbers.join('、')}区`,
  en: `${numbers.length > 1 ? 'zones' : 'zone'} ${numbers.join(', ')}`,
});

export const pageNames: Readonly<Record<string, Words>> = {
  'wall-view': { zh: '大屏页面', en: 'the wall as a page' },
  wall: { zh: '大屏', en: 'the wall' },
  console: { zh: '报警台', en: 'the console' },
  m: { zh: '手机', en: 'a phone' },
};

/** An answer of a procedure as a person says it. */
export function answerWords(value: Value | undefined, asked: ProcedureStep['answer']): Words {
  if (value === undefined || asked === 'done') return { zh: '已做', en: 'done' };
  if (asked !== 'yes-no') return untranslated(String(value));
  return value === true || value === 'yes' ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
}

export const weekdays = ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'] as const;

/** Whether a line tells what was true, what befell the machine, or what the gateway told. */
export const marks = {
  true: '实 true   ',
  machine: '机 machine',
  told: '报 told   ',
} as const;

export const gatewayEnded = (why: string): Words => ({ zh: `网关停机：${why}`, en: `the gateway ended: ${why}` });

/** Head of the summary: which night, how long, how much. */
export const summaryHead = (title: string, seed: string, hours: string, events: number, lives: number): string =>
  `${title} · 种子 seed ${seed} · ${hours} h · ${events} 条 events · 进程 processes ${lives}`;
export const summaryJournal = (hash: string): string => `日志 journal ${hash}`;
export const summaryChecked = '核对 checked';

/** Why a simulated operator leaves a zone out. */
export const repairReason = '检修';
export const looserReason: Words = { zh: '树枝碰线，调松些', en: 'branches touch it, so a little looser' };

/** What each checker promises. */
export const promises = {
  raisedInTime: { zh: '真实情况按时报警', en: 'what is true is raised in time' },
  journalLossTold: { zh: '日志不在原处要说', en: 'a journal that is taken away is told, and so is its return' },
  keptEventsTold: { zh: '设备存下的事件补报', en: 'what a device kept for us is told afterwards' },
  noAlarmWithoutCause: { zh: '没有无缘无故的报警', en: 'no alarm without a cause' },
  armedOnly: { zh: '撤防的防区不报入侵', en: 'a zone that is not armed does not raise' },
  overWhenOver: { zh: '没有结束的不说恢复', en: 'nothing is said to be over while it stands' },
  overInTime: { zh: '结束了就说恢复', en: 'what is over is said to be over' },
  silenceIsAlarm: { zh: '设备没有声音就报警', en: 'a device that cannot be heard is an alarm' },
  eachSilenceTold: { zh: '每次失联都有记录', en: 'each silence of a device is a fact of its own' },
  areasKept: {
    zh: '区域撤防立即生效，离开时间过后布防',
    en: 'areas are disarmed at once, and armed when people have left',
  },
  walkCounts: { zh: '走测只计数不报警', en: 'a walk test counts its touches, and raises none of them' },
  deafIsUrgent: { zh: '布防中的围栏失联是一级报警', en: 'an armed fence that cannot be heard is urgent' },
  clockSaid: { zh: '时钟改动有记录，且不使防区撤防', en: 'a clock that is set is said, and disarms nothing' },
  schedulesKept: { zh: '按时布防撤防', en: 'zones are armed as the schedule says' },
  feltInTime: { zh: '翻越和断线由网关自己测出', en: 'the gateway itself feels a climb and a cut wire' },
  feltRaises: { zh: '布防的防区测出就报警', en: 'what is felt in an armed zone is an alarm' },
  heldStays: { zh: '线还被撑开就不说恢复', en: 'wires that are held apart are not said to be back' },
  stillHostTold: { zh: '读数停住的主机十分钟内提示', en: 'a host whose readings stand still is told in ten minutes' },
  sirenSounds: { zh: '警号该响就响，该停就停', en: 'the siren sounds while it must, and then is silent' },
  picturesBrought: { zh: '报警有照片', en: 'an alarm has its picture' },
  escalatedInTime: {
    zh: '无人确认就按级、按时升级',
    en: 'what nobody acknowledges goes up its chain in time, again and again',
  },
  unpaintedTold: { zh: '没有大屏显示的报警自动升级', en: 'an alarm no wall has painted is told to others' },
  nobodySaid: {
    zh: '没有人的一级立即跳过并说明，最后联系人真的通知到',
    en: 'a step that reaches nobody is passed and said, and the last resort is told',
  },
  escalatedRightly: {
    zh: '确认后不再升级，不提前，不越级重复',
    en: 'nothing goes up after its acknowledgement, or before its time',
  },
  closedAsClaimed: {
    zh: '一级报警看过或派过人才能按无事关闭',
    en: 'an urgent alarm is closed as nothing only after somebody looked or was sent',
  },
  silenceEnds: { zh: '同一报警最多消音三次', en: 'an alarm is silenced three times at most' },
  limitsBounded: {
    zh: '宽阈值到期恢复，或经第二人复核',
    en: 'limits that hide something end, or a second person stands for them',
  },
  pledgesKept: {
    zh: '确认后没人管的报警继续通知别人',
    en: 'what was taken and not seen to is told to others, whoever gives his word',
  },
  noTwins: { zh: '同一报警不重复开', en: 'one open alarm of a key' },
  latched: { zh: '报警须有人确认并关闭', en: 'an alarm stays until people acknowledged and closed it' },
  incidentsWhole: { zh: '编组不丢报警，同一处算一起', en: 'grouping loses no alarm, and one place is one incident' },
  floodsSaid: {
    zh: '十分钟超过十起报洪泛，少于五起结束',
    en: 'a flood is said above ten alarms in ten minutes, and over below five',
  },
  influxHasSamples: { zh: 'InfluxDB 里的采样一条不缺、一条不多', en: 'every sample is in InfluxDB, once' },
  influxHasFacts: {
    zh: '该进 InfluxDB 的事件都在，静默求助不在',
    en: 'every fact is in InfluxDB once, and no silent call',
  },
  influxHasMinutes: { zh: '每分钟数据与采样一致', en: 'the figures of each minute are those of its samples' },
  chainWhole: { zh: '日志链完整', en: 'the chain is whole' },
  timeForward: { zh: '时间和编号只向前', en: 'time and numbers only go forward' },
  accountsBalance: { zh: '台账平衡', en: 'every value received is accounted for' },
  neverEnded: { zh: '外界不能使网关停机', en: 'nothing from outside ends the gateway' },
  keptBeforeTold: { zh: '先存后告诉屏幕', en: 'no screen is told what is not kept' },
  keptBeforeAnswered: { zh: '先存后应答设备和人员', en: 'no device and no person is answered before it is kept' },
  keptBeforeDone: { zh: '先存后动作', en: 'nothing is carried out before its reason is kept' },
  oneMessageOneFact: { zh: '重复报文只算一次', en: 'a message sent twice counts once' },
  messagesSent: { zh: '该发的消息发到为止，确认后不再发', en: 'messages are sent until they arrive, and none after' },
  verdictsTrue: { zh: '巡更判定与实走一致', en: 'verdicts are those of the true walk' },
  withdrawnRightly: { zh: '到过的点撤回漏巡', en: 'a missed checkpoint that was reached is taken back' },
  drawerAsked: { zh: '一处刷完各点会被问', en: 'points touched in one place are asked about' },
  suspectedOnce: { zh: '异常只提一次', en: 'an exception is asked about once' },
  postsTrue: { zh: '护学岗结论与实到一致', en: 'what came of a post is what was really so' },
  shortInTime: { zh: '缺岗按时报', en: 'a post that is short-handed is told in time' },
  missedInTime: { zh: '漏巡按时报', en: 'a missed checkpoint is told when its time is over' },
} as const satisfies Record<string, Words>;
