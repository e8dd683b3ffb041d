/**
 * The facts of an alarm's life as sentences: one for each kind, without the alarm's own name, which whoever shows the sentence
 * has at hand. Screens and the log book of a simulated night both read them here, so that no fact is ever told in two ways.
 */

import type { Fact, Joining, NobodyReason, PledgeStage, ProcedureStep, Time, Value } from '../core/types.ts';
import { done } from './reach/done-sentences.ts';
import { tellingWords } from './reach/message-sentences.ts';
import { phoneSent } from './reach/phone-sentences.ts';
import { reasonOf, roles } from './trade-words.ts';
import type { Words } from './words.ts';

/** A fact of this kind. */
export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/**
 * How the place calls its things; whoever wants sentences fills it in. A page that shows one language may give the same text
 * for both.
 */
export interface FactNames {
  /** Who did it: a person by name, an account or `schedule` as it is called. */
  who(by: string): Words;
  alarm(id: number): Words;
  zone(id: string): Words;
  area(id: string): Words;
  device(id: string): Words;
  route(id: string): Words;
  /** A way beyond the screens. */
  channel(id: string): Words;
  /** A shift of the duty roster. */
  shift(id: string): Words;
  checkpoint(id: string): Words;
  /** Who said so, and what: a point of a device, or the gateway's own detection. `device` undefined: that of the alarm. */
  cause(cause: string, device: string | undefined, alarm?: number): Words;
  /** A page an alarm was shown on. */
  page(page: string): Words;
  step(procedure: string, step: number): ProcedureStep | undefined;
  /** An answer of a procedure as a person says it. */
  answer(value: Value | undefined, asked: ProcedureStep['answer']): Words;
  time(at: Time): string;
  /** With its day. */
  moment(at: Time): string;
}

/** Why alarms are one incident. */
export const joinings: Readonly<Record<Joining, Words>> = {
  neighbour: { zh: '邻区 10 秒内相继触发', en: 'neighbouring zones within 10 s' },
  weather: { zh: '疑似大风或温差：多个防区同向变化', en: 'probably weather: many zones the same way' },
  'same-place': { zh: '同一地点、同一时间', en: 'same place, same time' },
  'same-line': { zh: '同一条线路', en: 'same line' },
  network: { zh: '多条线路同时失联：疑似网络或电源故障', en: 'several lines lost at once: probably network or power' },
  apart: { zh: '有线被剪断，不当作天气，单独处置', en: 'a wire was cut: not weather, stands by itself' },
};

/** Why others were told. */
export const escalations: Readonly<Record<FactOf<'escalated'>['why'], Words>> = {
  unacknowledged: { zh: '无人确认', en: 'nobody acknowledged' },
  'not-displayed': { zh: '大屏没有显示', en: 'no wall showed it' },
  'no-screen': { zh: '没有任何屏幕显示', en: 'no screen showed it' },
  'not-sent': { zh: '确认后没有派人', en: 'taken, and nobody was sent' },
  'not-accepted': { zh: '派单后没有人接单', en: 'sent, and nobody said that he goes' },
  'not-arrived': { zh: '接单后没有到场', en: 'accepted, and nobody arrived' },
  'not-found': { zh: '到场后没有报处置结果', en: 'there, and nothing was reported' },
  'not-reviewed': { zh: '处置结果没有复核', en: 'the finding was not countersigned' },
};

/** Of these, the ones that say that nobody had taken it yet: so only while nobody has. */
export const forWaiting: ReadonlySet<FactOf<'escalated'>['why']> = new Set([
  'unacknowledged',
  'not-displayed',
  'no-screen',
]);

/** Why a step of a chain reaches nobody. */
export const nobodyReasons: Readonly<Record<NobodyReason, Words>> = {
  'no-account': { zh: '没有可以登录的账号', en: 'no account of its roles may log in' },
  'may-not-act': { zh: '所列角色不能处置报警', en: 'its roles may not act' },
  'channel-down': { zh: '通知发不出去，也没有别的人', en: 'its messages do not get through, and there is nobody else' },
  'nobody-there': { zh: '相关人员都没有在看屏幕', en: 'none of its people has it on a screen' },
};

/** Steps that reach nobody, and what came of the last resort; undefined when every step reached somebody. */
export function nobodyWords({ nobody = [], lastResort }: Pick<FactOf<'escalated'>, 'nobody' | 'lastResort'>) {
  const steps = nobody.map(({ level, why }) => ({
    zh: `第 ${level} 级没有人：${nobodyReasons[why].zh}`,
    en: `level ${level} reaches nobody: ${nobodyReasons[why].en}`,
  }));
  if (lastResort === 'told') steps.push({ zh: '已通知最后联系人', en: 'the last resort is told' });
  if (lastResort === 'nobody') steps.push({ zh: '最后联系人也没有人', en: 'the last resort reaches nobody either' });
  if (steps.length === 0) return undefined;
  return { zh: steps.map(({ zh }) => zh).join('；'), en: steps.map(({ en }) => en).join('; ') };
}

const unshelvings: Readonly<Record<Exclude<FactOf<'unshelved'>['why'], 'hand'>, Words>> = {
  time: { zh: '搁置到时，回到列表', en: 'shelf time is up' },
  'returned-to-normal': { zh: '现场恢复，搁置结束', en: 'over; no longer shelved' },
  worse: { zh: '变严重，搁置结束', en: 'worse; no longer shelved' },
  armed: { zh: '防区已布防，搁置结束', en: 'zone armed; no longer shelved' },
  closed: { zh: '报警关闭，搁置结束', en: 'closed; no longer shelved' },
};

const withNote = ({ zh, en }: Words, note: string | undefined): Words =>
  note === undefined ? { zh, en } : { zh: `${zh}（${note}）`, en: `${en} (${note})` };

function answered(fact: FactOf<'answered'>, names: FactNames): Words {
  const by = names.who(fact.by);
  const step = names.step(fact.procedure, fact.step);
  const [n, ask] = [fact.step + 1, step?.ask ?? { zh: '', en: '' }];
  if (fact.skip !== undefined)
    return {
      zh: `${by.zh} 跳过预案第 ${n} 步「${ask.zh}」：${fact.skip}`,
      en: `${by.en} passed over step ${n} “${ask.en}”: ${fact.skip}`,
    };
  const answer = names.answer(fact.value, step?.answer ?? 'done');
  return {
    zh: `${by.zh} 预案第 ${n} 步「${ask.zh}」：${answer.zh}`,
    en: `${by.en} step ${n} “${ask.en}”: ${answer.en}`,
  };
}

function escalated(fact: FactOf<'escalated'>, names: FactNames): Words {
  const { level, roles: told, channels, why, again, takenBy } = fact;
  const persons = (fact.tell ?? []).map((one) => tellingWords(one, names));
  const to = (half: keyof Words) =>
    [
      ...told.map((role) => roles[role][half]),
      ...channels.map((id) => names.channel(id)[half]),
      ...persons.map((one) => one[half]),
    ].join(half === 'zh' ? '、' : ', ');
  const who = takenBy === undefined ? undefined : names.who(takenBy);
  const [twoZh, twoEn] = fact.needs ? ['，须两人应答', '; two must answer'] : ['', ''];
  const cause = {
    zh: `${escalations[why].zh}${who ? `，确认人 ${who.zh}` : ''}${twoZh}`,
    en: `${escalations[why].en}${who ? `; acknowledged by ${who.en}` : ''}${twoEn}`,
  };
  const nobody = nobodyWords(fact);
  const [emptyZh, emptyEn] = nobody ? [`。${nobody.zh}`, `. ${nobody.en}`] : ['', ''];
  if (again !== undefined)
    return {
      zh: `第 ${level} 级已再次通知 ${again} 次（${cause.zh}）：${to('zh')}${emptyZh}`,
      en: `level ${level} told again, ${again} times so far (${cause.en}): ${to('en')}${emptyEn}`,
    };
  return {
    zh: `升级到第 ${level} 级（${cause.zh}）：${to('zh')}${emptyZh}`,
    en: `escalated to level ${level} (${cause.en}): ${to('en')}${emptyEn}`,
  };
}

const owed: Readonly<Record<PledgeStage, (time: string) => Words>> = {
  send: (time) => ({ zh: `须在 ${time} 前派人`, en: `somebody must be sent by ${time}` }),
  accept: (time) => ({ zh: `被派的人须在 ${time} 前接单`, en: `whoever was sent must answer by ${time}` }),
  arrive: (time) => ({ zh: `须在 ${time} 前到场`, en: `must be there by ${time}` }),
  find: (time) => ({ zh: `须在 ${time} 前报处置结果`, en: `must say by ${time} what was found` }),
  review: (time) => ({ zh: `保卫负责人须在 ${time} 前复核`, en: `a head of security must countersign by ${time}` }),
};

function shelved({ by, once, until, reason }: FactOf<'shelved'>, names: FactNames): Words {
  const who = names.who(by);
  const [zh, en] = once ? ['恢复', 'over'] : [names.time(until), names.time(until)];
  return { zh: `${who.zh} 搁置到${once ? '' : ' '}${zh}：${reason}`, en: `${who.en} shelved until ${en}: ${reason}` };
}

/** As the timeline of the incident's first alarm tells that another joined it. */
export function joinedBySentence({ alarm, why }: FactOf<'joined'>, names: FactNames): Words {
  const title = names.alarm(alarm);
  return {
    zh: `「${title.zh}」并入本事件（${joinings[why].zh}）`,
    en: `“${title.en}” joined this (${joinings[why].en})`,
  };
}

/** Something a person did: `王建国 接单`. */
const act =
  <F extends { readonly by: string }>(zh: string, en: string) =>
  ({ by }: F, names: FactNames): Words => {
    const who = names.who(by);
    return { zh: zh.replace('{by}', who.zh), en: en.replace('{by}', who.en) };
  };

const triggered: Words = { zh: '触发', en: 'raised' };
/** Nobody saw it begin: the device told it as how things stand. */
const found: Words = {
  zh: '联系上时已是如此，开始时间不详',
  en: 'found so when the device was heard; when it began is not known',
};

/** How sure the source is, 0 to 1, where it says so. */
const sureWords = (certainty: number | undefined): Words => {
  const percent = Math.round((certainty ?? 0) * 100);
  return certainty === undefined
    ? { zh: '', en: '' }
    : { zh: `，识别把握 ${percent}%`, en: `; its source is ${percent} % sure` };
};

/** One sentence for each kind of fact about an alarm. */
export const alarmSentences = {
  raised: ({ priority, cause, device, foundSo, certainty }, names) => {
    const what = names.cause(cause, device);
    const how = foundSo ? found : triggered;
    const { zh, en } = sureWords(certainty);
    return { zh: `${how.zh}（${priority} 级）：${what.zh}${zh}`, en: `${how.en} (P${priority}): ${what.en}${en}` };
  },
  repeated: ({ cause, device, alarm, foundSo }, names) => {
    const what = names.cause(cause, device, alarm);
    return foundSo
      ? { zh: `再次联系上时已是如此：${what.zh}`, en: `found so again when it was heard again: ${what.en}` }
      : { zh: `再次触发：${what.zh}`, en: `triggered again: ${what.en}` };
  },
  'returned-to-normal': ({ cause, alarm }, names) => {
    const what = names.cause(cause, undefined, alarm);
    return { zh: `恢复：${what.zh}`, en: `over: ${what.en}` };
  },
  acknowledged: act('{by} 确认', 'acknowledged by {by}'),
  silenced: ({ by, until }, names) => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 静音到 ${names.time(until)}`,
      en: `${who.en} silenced until ${names.time(until)}`,
    };
  },
  dispatched: ({ by, to }, names) => {
    const [who, whom] = [names.who(by), names.who(to)];
    return { zh: `${who.zh} 派单给 ${whom.zh}`, en: `${who.en} sent ${whom.en}` };
  },
  accepted: act('{by} 接单', '{by} is going'),
  arrived: (fact, names) =>
    fact.how === 'scan'
      ? act('{by} 到场（刷卡）', '{by} arrived (card)')(fact, names)
      : act('{by} 到场', '{by} arrived')(fact, names),
  pledged: ({ stage, until }, names) => owed[stage](names.time(until)),
  'part-acknowledged': act('{by} 应答，还须一人', 'answered by {by}; another must answer, too'),
  renewed: act('{by} 说正在处理，时限延长', '{by} says that it is being seen to, and has more time'),
  looked: act('{by} 看过画面', '{by} looked at the pictures'),
  disposed: ({ by, reason, note }, names) => {
    const [who, what] = [names.who(by), reasonOf(reason)];
    return withNote({ zh: `${who.zh} 处置：${what.zh}`, en: `${who.en} found: ${what.en}` }, note);
  },
  closed: ({ by, reason, note }, names) => {
    const why = reasonOf(reason);
    if (by === 'gateway') return { zh: `原因已消失，自动关闭：${why.zh}`, en: `over, and closed by itself: ${why.en}` };
    const [who, what] = [names.who(by), reasonOf(reason)];
    return withNote({ zh: `${who.zh} 关闭：${what.zh}`, en: `closed by ${who.en}: ${what.en}` }, note);
  },
  noted: ({ by, text }, names) => {
    const who = names.who(by);
    return { zh: `${who.zh} 备注：${text}`, en: `${who.en} noted: ${text}` };
  },
  'phone-sent': phoneSent,
  answered,
  displayed: ({ by, page }, names) => {
    const [who, where] = [names.who(by), names.page(page)];
    return { zh: `${who.zh} 在${where.zh}看到`, en: `seen by ${who.en}: ${where.en}` };
  },
  escalated,
  shelved,
  unshelved: (fact, names) =>
    fact.why === 'hand' ? act('{by} 取消搁置', '{by} unshelved')(fact, names) : unshelvings[fact.why],
  joined: ({ incident, why }, names) => {
    if (why === 'apart') return joinings[why];
    const title = names.alarm(incident);
    return {
      zh: `并入事件「${title.zh}」（${joinings[why].zh}）`,
      en: `joined “${title.en}” (${joinings[why].en})`,
    };
  },
  done,
} satisfies { readonly [K in Fact['kind']]?: (fact: FactOf<K>, names: FactNames) => Words };
