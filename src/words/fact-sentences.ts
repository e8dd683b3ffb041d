/**
 * Every fact the journal can hold as a sentence, Chinese first. A kind of fact without a sentence does not compile; what only
 * repeats a reading says nothing, and its type says so. Pages that show alarms alone read `alarm-sentences`, which is smaller.
 */
import type { Command, Fact } from '../core/types.ts';
import { alarmSentences, type FactNames, type FactOf } from './alarm-sentences.ts';
import { bureauSentences, officer, orderCommands } from './bureau/order-words.ts';
import { pictureSentences } from './camera/picture-words.ts';
import { listCommands, listSentences } from './canteen/list-words.ts';
import { rectifyCommands, rectifySentences } from './canteen/rectify-words.ts';
import { drops } from './device/drop-words.ts';
import { deviceSentences } from './device/identity-words.ts';
import { accountChanges, wallConditions } from './door-words.ts';
import { drillCommands, drillSentences } from './drill/drill-words.ts';
import { dutyCommands, dutySentences } from './duty/duty-words.ts';
import { itemSentences } from './patrol/item-words.ts';
import { roundSentences, touchSentences } from './patrol/patrol-sentences.ts';
import { postSentences } from './post/post-words.ts';
import { retentionSentences } from './proof/retention-words.ts';
import { recordDoubted } from './proof/snapshot-words.ts';
import { canarySentences } from './reach/canary-words.ts';
import { messageSentences } from './reach/message-sentences.ts';
import { pairingFacts } from './reach/pairing-words.ts';
import { policeSentences } from './reach/police-words.ts';
import { refusals } from './refusal-words.ts';
import { comingSentences } from './screens/coming-sentences.ts';
import { configDifference } from './screens/config-words.ts';
import { exceptionSentences } from './screens/exception-words.ts';
import { roundChangeSentences, roundCommands } from './screens/round-words.ts';
import { sensorSentences } from './sensor/sensor-words.ts';
import { gapWords } from './store-words.ts';
import { areaModes, kinds, lookupWords, modes, roles, signs, touchSources, verdicts } from './trade-words.ts';
import { pictureViewed, videoViewed } from './video/video-view-words.ts';
import type { Words } from './words.ts';

/** Kinds that say nothing a person would read: the value stands where the device is shown. */
type Silent = 'read';

type Sentences = {
  readonly [K in Fact['kind']]: (fact: FactOf<K>, names: FactNames) => K extends Silent ? undefined : Words;
};

const newton = (value: number) => `${Math.round(value)} N`;

/** The gateway's own detection: what it feels, on which wire, how much. */
function detected(
  { zone, detection, active, wire, value, limit, foundSo }: FactOf<'detected'>,
  names: FactNames,
): Words {
  const [place, what] = [names.zone(zone), signs[detection]];
  const [onZh, onEn] = wire === undefined ? ['', ''] : [` 第 ${wire + 1} 线`, ` on wire ${wire + 1}`];
  const figures = active && value !== undefined && limit !== undefined;
  const [muchZh, muchEn] = figures
    ? [`，${newton(value)}（限值 ${newton(limit)}）`, `, ${newton(value)} (limit ${newton(limit)})`]
    : ['', ''];
  const [foundZh, foundEn] = foundSo ? ['（恢复读数时已如此）', ' (found so when readings came back)'] : ['', ''];
  return {
    zh: `${place.zh} 网关检测：${what.zh}${onZh}${active ? muchZh : '结束'}${foundZh}`,
    en: `${place.en} by the gateway’s own detection: ${what.en}${onEn}${active ? muchEn : ' is over'}${foundEn}`,
  };
}

/** `按计划`, or by whom. */
function byWhom(by: string, names: FactNames): Words {
  if (by === 'schedule') return { zh: '按计划', en: 'by schedule' };
  const who = names.who(by);
  return { zh: `由 ${who.zh} `, en: `by ${who.en}` };
}

const commands: Readonly<Record<Command['do'], Words>> = {
  acknowledge: { zh: '确认', en: 'to acknowledge' },
  silence: { zh: '静音', en: 'to silence' },
  'announce-police-test': { zh: '预告一键报警测试', en: 'to announce a test of the police alarm' },
  'police-step': { zh: '登记报警进展', en: 'to note how far the police are' },
  'test-channel': { zh: '发送测试消息', en: 'to send a test message' },
  'confirm-test': { zh: '确认收到测试消息', en: 'to confirm a test message' },
  'start-canary': { zh: '开始链路自检', en: 'to send a canary' },
  resubscribe: { zh: '恢复接收通知', en: 'to send somebody messages again' },
  dispatch: { zh: '派单', en: 'to send somebody' },
  accept: { zh: '接单', en: 'to accept' },
  arrive: { zh: '登记到场', en: 'to record an arrival' },
  renew: { zh: '延长时限', en: 'for more time' },
  look: { zh: '登记看过画面', en: 'to note that the pictures were seen' },
  dispose: { zh: '提交处置结果', en: 'to submit a finding' },
  close: { zh: '关闭报警', en: 'to close' },
  note: { zh: '备注', en: 'to note' },
  'call-help': { zh: '用手机求助', en: 'to call for help by phone' },
  'by-phone': { zh: '用手机提交', en: 'to send by phone' },
  shelve: { zh: '搁置', en: 'to shelve' },
  unshelve: { zh: '取消搁置', en: 'to unshelve' },
  answer: { zh: '填写预案', en: 'to answer a step' },
  'arm-zone': { zh: '改变防区布防', en: 'to arm a zone otherwise' },
  'arm-area': { zh: '改变区域布防', en: 'to arm an area otherwise' },
  walk: { zh: '开始行走测试', en: 'to begin a walk test' },
  'end-walk': { zh: '结束行走测试', en: 'to end a walk test' },
  tune: { zh: '改阈值', en: 'to change limits' },
  vouch: { zh: '复核放宽的阈值', en: 'to stand for loosened limits' },
  'confirm-base': { zh: '确认新基准', en: 'to confirm new bases' },
  'dismiss-picture': { zh: '重新学习基准画面', en: 'to have reference pictures learned anew' },
  'import-touches': { zh: '导入巡更记录', en: 'to import touches' },
  'undo-import': { zh: '撤销导入', en: 'to undo what was imported' },
  'write-touch': { zh: '手工补录打点', en: 'to write a touch down by hand' },
  'withdraw-touch': { zh: '撤销手工补录', en: 'to withdraw a touch written by hand' },
  'touch-by-phone': { zh: '手机打点', en: 'to touch by phone' },
  'check-item': { zh: '填写检查项', en: 'to answer an item' },
  ...roundCommands,
  ...rectifyCommands,
  ...listCommands,
  ...drillCommands,
  ...orderCommands,
  ...dutyCommands,
  'dispose-exception': { zh: '处理巡更例外', en: 'to dispose of a patrol exception' },
  'release-case': { zh: '解除事件档案的留存', en: 'to release an incident that is held' },
  'trust-clock': { zh: '确认主机时钟', en: 'to say which clock is right' },
  write: { zh: '操作设备', en: 'to write to a device' },
};

/** What the gateway itself does, and what people set about zones and areas. */
const armingSentences = {
  'zone-armed': ({ zone, mode, by }, names) => {
    const [place, who, what] = [names.zone(zone), byWhom(by, names), modes[mode]];
    return { zh: `${place.zh} ${who.zh}${what.zh}`, en: `${place.en} ${what.en} ${who.en}` };
  },
  'area-armed': ({ area, mode, by }, names) => {
    const [place, who, what] = [names.area(area), byWhom(by, names), areaModes[mode]];
    return { zh: `${place.zh} ${who.zh}${what.zh}`, en: `${place.en} ${what.en} ${who.en}` };
  },
  'entry-started': ({ area, until }, names) => {
    const place = names.area(area);
    return {
      zh: `${place.zh} 有人进入，${names.time(until)} 前撤防，否则报警`,
      en: `${place.en}: somebody came in; disarm by ${names.time(until)}, or it alarms`,
    };
  },
  'entry-expired': ({ area }, names) => {
    const place = names.area(area);
    return { zh: `${place.zh} 进入延时内没有人撤防`, en: `${place.en}: nobody disarmed it in time` };
  },
  'walk-started': ({ by }, names) => {
    const who = names.who(by);
    return { zh: `${who.zh} 开始行走测试`, en: `walk test begun by ${who.en}` };
  },
  'zone-tested': ({ zone, alarm }, names) => {
    const place = names.zone(zone);
    return {
      zh: `行走测试：${place.zh} ${kinds[alarm].zh}`,
      en: `walk test: ${place.en} ${kinds[alarm].en.toLowerCase()}`,
    };
  },
  'zone-restored': ({ cause }, names) => {
    const what = names.cause(cause, undefined);
    return { zh: `行走测试：恢复 ${what.zh}`, en: `walk test: over, ${what.en}` };
  },
  'walk-ended': ({ by }, names) => {
    const who = names.who(by);
    return { zh: `${who.zh} 结束行走测试`, en: `walk test ended by ${who.en}` };
  },
  tuned: ({ zone, by, reason, until, looseSince }, names) => {
    const [place, who] = [names.zone(zone), names.who(by)];
    const [wideZh, wideEn] = looseSince === undefined ? ['改阈值', 'limits changed'] : ['放宽阈值', 'limits loosened'];
    const [toZh, toEn] =
      until === undefined ? ['', ''] : [`（至 ${names.moment(until)}）`, ` until ${names.moment(until)}`];
    return {
      zh: `${place.zh} ${who.zh} ${wideZh}${toZh}：${reason}`,
      en: `${place.en}: ${wideEn} by ${who.en}${toEn}: ${reason}`,
    };
  },
  vouched: ({ zone, by, reason }, names) => {
    const [place, who] = [names.zone(zone), names.who(by)];
    return {
      zh: `${place.zh} ${who.zh} 复核放宽的阈值，长期有效：${reason}`,
      en: `${place.en}: ${who.en} stands for the loosened limits, which stay: ${reason}`,
    };
  },
  'limits-dated': ({ zone, until }, names) => {
    const place = names.zone(zone);
    return {
      zh: `${place.zh} 旧的宽阈值没有期限，网关定为 ${names.moment(until)} 到期`,
      en: `${place.en}: loose limits from before had no end; they now end ${names.moment(until)}`,
    };
  },
  'base-confirmed': ({ zone, by, reason }, names) => {
    const [place, who] = [names.zone(zone), names.who(by)];
    return {
      zh: `${place.zh} ${who.zh} 确认以现在的张力为新基准：${reason}`,
      en: `${place.en}: ${who.en} confirmed that the wires may stand as they do: ${reason}`,
    };
  },
  untuned: ({ zone, why }, names) => {
    const place = names.zone(zone);
    return why === 'trial-over'
      ? { zh: `${place.zh} 阈值试用结束`, en: `${place.en}: the trial of limits is over` }
      : { zh: `${place.zh} 按新配置的阈值`, en: `${place.en}: the configured limits count` };
  },
} satisfies Partial<Sentences>;

/** One sentence for each kind of fact. */
export const factSentences: Sentences = {
  ...alarmSentences,
  ...armingSentences,
  ...pictureSentences,
  ...deviceSentences,
  read: () => undefined,
  started: ({ version, difference }) => {
    const changed = difference && configDifference(difference);
    return {
      zh: `网关开始工作（${version}）${changed ? `；配置文件在停机期间有变：${changed.zh}` : ''}`,
      en: `the gateway begins its work (${version})${changed ? `; the file was changed meanwhile: ${changed.en}` : ''}`,
    };
  },
  configured: ({ by, difference }, names) => {
    const who = names.who(by);
    const changed = difference && configDifference(difference);
    return {
      zh: `${who.zh} 更换配置${changed ? `：${changed.zh}` : ''}`,
      en: `configuration changed by ${who.en}${changed ? `: ${changed.en}` : ''}`,
    };
  },
  'clock-stepped': ({ from, to, by }, names) => {
    const who = by === undefined ? undefined : names.who(by);
    const [was, is] = [names.moment(from), names.moment(to)];
    return {
      zh: `${who ? `${who.zh} 确认主机时钟正确：` : '主机时钟被改动：'}${was} 改为 ${is}`,
      en: `${who ? `${who.en} says the machine’s clock is right` : 'the machine’s clock was set'}: ${was} became ${is}`,
    };
  },
  'clock-doubted': ({ last, machine }, names) => {
    const [was, is] = [names.moment(last), names.moment(machine)];
    return {
      zh: `启动时主机时钟为 ${is}，而最后一条记录为 ${was}`,
      en: `at the start the machine’s clock said ${is}, and the last record is of ${was}`,
    };
  },
  linked: ({ device, up, why }, names) => {
    const title = names.device(device);
    return {
      zh: `${title.zh} ${up ? '在线' : '失联'}：${why.zh}`,
      en: `${title.en} ${up ? 'is online' : 'is offline'}: ${why.en}`,
    };
  },
  detected,
  learned: ({ zone }, names) => {
    const place = names.zone(zone);
    return { zh: `${place.zh} 记下各线的基准张力`, en: `${place.en}: where each wire rests is kept` };
  },
  flooded: ({ on, count }) =>
    on
      ? { zh: `报警泛滥：十分钟内 ${count} 条`, en: `flood: ${count} alarms in ten minutes` }
      : { zh: '报警泛滥结束', en: 'the flood is over' },
  ...touchSentences(touchSources),
  ...roundSentences(verdicts),
  ...itemSentences,
  ...messageSentences,
  ...canarySentences,
  ...policeSentences,
  ...exceptionSentences,
  ...rectifySentences,
  ...listSentences,
  ...drillSentences,
  ...bureauSentences,
  ...postSentences,
  ...roundChangeSentences,
  ...dutySentences,
  ...sensorSentences,
  ordered: ({ by, device, point }, names) => {
    const [who, title] = [names.who(by), names.device(device)];
    return { zh: `${who.zh} 操作 ${title.zh} ${point}`, en: `${who.en} writes ${point} of ${title.en}` };
  },
  ...comingSentences,
  'phone-paired': ({ by, name, until }, names) => pairingFacts.paired(names.who(by), name, names.moment(until)),
  'phone-revoked': ({ by, name }, names) => pairingFacts.revoked(names.who(by), name),
  'account-changed': ({ name, change, role }) => {
    const [what, as] = [accountChanges[change], roles[role]];
    return { zh: `账号 ${name}（${as.zh}）${what.zh}`, en: `account ${name} (${as.en}) ${what.en}` };
  },
  exported: ({ by, what }, names) => {
    const who = names.who(by);
    return { zh: `${who.zh} 导出 ${what}`, en: `${who.en} exported ${what}` };
  },
  'picture-viewed': ({ by, camera, picture = '', order }, names) =>
    pictureViewed(
      order === undefined ? names.who(by) : officer(by),
      camera === undefined ? { zh: picture, en: picture } : names.device(camera),
    ),
  'video-viewed': ({ by, camera, ...more }, names) => videoViewed(names.who(by), names.device(camera), more),
  'wall-changed': ({ wall, to }) => {
    const is = wallConditions[to];
    return { zh: `大屏 ${wall} ${is.zh}`, en: `wall ${wall} ${is.en}` };
  },
  lost: ({ line, reason, count }) => {
    if (reason === 'overtaken')
      return {
        zh: `InfluxDB 离线太久：${count} 个样本在本地已过保存期，没有送到`,
        en: `InfluxDB was away too long: ${count} samples were forgotten here before they could be sent`,
      };
    const why = lookupWords(drops, reason);
    return { zh: `${line}：${count} 条未采信（${why.zh}）`, en: `${line}: ${count} not kept (${why.en})` };
  },
  'journal-gap': (gap) => gapWords(gap),
  'record-doubted': (doubt) => recordDoubted(doubt),
  ...retentionSentences,
  refused: ({ by, command, why }, names) => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 要${commands[command.do].zh}，被拒绝：${refusals[why].zh}`,
      en: `${who.en} asked ${commands[command.do].en} and was refused: ${refusals[why].en}`,
    };
  },
};

/** A fact as a sentence; undefined where it only repeats a reading. */
export function factSentence<K extends Fact['kind']>(fact: FactOf<K>, names: FactNames): Words | undefined {
  return factSentences[fact.kind as K](fact, names);
}
