/**
 * Why a command was refused, in words: one sentence for each reason, and where the reason can be more exact, the thing by its
 * name and the longest time there is. It words what the core has decided and must never decide anything itself.
 */
import type { Point, Refusal, Zone } from '../core/types.ts';
import { orderCommandRefusals } from './bureau/order-words.ts';
import { listRefusals } from './canteen/list-words.ts';
import { rectifyRefusals } from './canteen/rectify-words.ts';
import { drillRefusals } from './drill/drill-words.ts';
import { dutyFirsts, dutyRefusals } from './duty/duty-words.ts';
import { roundFirsts, roundRefusals } from './screens/round-words.ts';
import type { Words } from './words.ts';

/** Why a command was refused, where nothing more exact is known. */
export const refusals: Readonly<Record<Refusal, Words>> = {
  'no-right': { zh: '您的账号没有这项权限。', en: 'Your account does not have the right to do this.' },
  'wrong-pin': { zh: '撤防密码不正确。', en: 'The code is not right.' },
  'unknown-alarm': {
    zh: '没有这条报警，可能已被关闭。',
    en: 'There is no such alarm; it may have been closed already.',
  },
  'already-acknowledged': { zh: '该报警已有人确认。', en: 'Somebody has acknowledged this alarm already.' },
  'not-acknowledged': { zh: '请先确认报警，再关闭。', en: 'Acknowledge the alarm before closing it.' },
  'still-standing': {
    zh: '报警条件仍然存在，恢复后才能关闭。',
    en: 'The condition still stands; it can be closed once it is over.',
  },
  'unknown-reason': { zh: '没有这个原因代码。', en: 'There is no such reason code.' },
  'reason-missing': { zh: '请填写原因。', en: 'A reason is needed.' },
  'needs-countersign': {
    zh: '这个原因需要保卫负责人复核后关闭，已可先提交处置结果。',
    en: 'This reason needs the head of security to countersign; submit it as a finding first.',
  },
  'not-looked': {
    zh: '一级报警按误报或干扰关闭前，须先看过画面或派人到现场。',
    en: 'Before an urgent alarm is closed as nothing, look at its picture or send somebody.',
  },
  'nobody-there': {
    zh: '没有人登记到场，不能按“到场查无异常”处置。',
    en: 'Nobody is recorded as having been there, so “checked, nothing found” cannot stand.',
  },
  'no-walk-test': {
    zh: '这段时间该处没有行走测试，不能按“行走测试”处置。',
    en: 'There was no walk test at this place and time, so “walk test” cannot stand.',
  },
  'unknown-police-line': { zh: '没有这条一键报警线路。', en: 'There is no such police line.' },
  'already-announced': { zh: '测试已经预告，正在等按下。', en: 'A test is announced already and waits for the press.' },
  'not-police': { zh: '这不是一键报警。', en: 'This alarm is no call to the police.' },
  'already-said': { zh: '已经登记过了。', en: 'This was noted already.' },
  'unknown-channel': { zh: '没有这个通道。', en: 'There is no such channel.' },
  'needs-person': { zh: '这个通道只发给个人，请选一个人。', en: 'This channel sends to single persons; name one.' },
  'no-way': {
    zh: '这个人没有登记该通道需要的号码或账号。',
    en: 'This person has no number or id that the channel needs.',
  },
  'test-runs': { zh: '测试消息正在发送，请稍候。', en: 'A test message is on its way; wait for it.' },
  'no-canary': { zh: '没有配置链路自检（tell.canary）。', en: 'No canary is configured (tell.canary).' },
  'canary-runs': { zh: '链路自检正在进行，请稍候。', en: 'A canary is on its way; wait for it.' },
  'not-unsubscribed': { zh: '他没有退订这个通道。', en: 'He gets messages by this channel already.' },
  'not-tested': { zh: '还没有发出测试消息。', en: 'No test message has been sent yet.' },
  'raised-since': {
    zh: '您点了以后，该报警又触发过，这次没有受理。请再看一遍报警。',
    en: 'The alarm was triggered again after you had said this, so it was not taken. Look at the alarm once more.',
  },
  'unknown-person': { zh: '没有这个人员。', en: 'There is no such person.' },
  'not-dispatched': { zh: '该报警还没有派单。', en: 'Nobody has been sent to this alarm yet.' },
  'already-accepted': { zh: '已有人接单。', en: 'Somebody has accepted this already.' },
  'already-arrived': { zh: '已有人到场。', en: 'Somebody has arrived already.' },
  'nothing-owed': { zh: '该报警现在没有要守的时限。', en: 'Nothing is owed for this alarm by a time just now.' },
  'no-more-time': {
    zh: '时限已经延长过规定的次数；请派人、到场或报处置结果，同时继续通知其他人。',
    en: 'The time was given anew as often as may be; send somebody, arrive or say what was found. Others go on being told.',
  },
  'already-shelved': { zh: '该报警已被搁置。', en: 'This alarm is shelved already.' },
  'not-shelvable': {
    zh: '一级报警不能搁置；布防中防区的失联、拆动、松弛等报警也不能搁置，以免掩盖入侵。确需停用请旁路该防区，并写明原因。',
    en: 'An urgent alarm cannot be shelved, nor can one that may hide a break-in: a lost, opened or slack fence in an armed zone. Inhibit the zone with a reason if it has to be left out.',
  },
  'already-imported': {
    zh: '这个文件已经导入过，没有新的记录。',
    en: 'This file was imported already; there is nothing new in it.',
  },
  'unknown-import': {
    zh: '没有这次导入，或已撤销，或已超过五周。',
    en: 'There is no such import; it was undone, or is more than five weeks old.',
  },
  'unknown-exception': {
    zh: '没有这条巡更例外，或已超过保留期。请刷新页面。',
    en: 'There is no such patrol exception, or it is no longer kept. Load the page again.',
  },
  'not-held': {
    zh: '这个事件没有被留存，或已解除。请刷新页面。',
    en: 'This incident is not held, or was released already. Load the page again.',
  },
  'unknown-checkpoint': {
    zh: '没有这个巡更点，请刷新页面重选。',
    en: 'There is no such checkpoint. Load the page again and choose another.',
  },
  'in-future': { zh: '时间不能晚于现在。', en: 'The time must not be later than now.' },
  'too-old': {
    zh: '超过五周的打点不再补录，也不再改判。',
    en: 'What is older than five weeks is not written down any more, and changes no verdict.',
  },
  'already-touched': {
    zh: '此人这一分钟在该点已有打点记录，不用再补。',
    en: 'There is a touch of this person at this point in this minute already.',
  },
  'unknown-touch': {
    zh: '没有这条手工补录，或已撤销，或已超过五周。',
    en: 'There is no such touch written by hand; it was withdrawn, or is more than five weeks old.',
  },
  'kept-too-long': {
    zh: '手机里存了超过 12 小时的打点不再受理；确有其事请值班员手工补录。',
    en: 'A touch that waited in a phone for more than twelve hours is not taken. If it was so, an operator can write it down by hand.',
  },
  'unknown-item': {
    zh: '该巡更点没有这个检查项，请刷新页面。',
    en: 'This checkpoint has no such item. Load the page again.',
  },
  'no-person': {
    zh: '您的账号没有对应的巡更人员，不能填写。请管理员把账号名与人员对上。',
    en: 'No person of the site goes by your account, so this cannot be yours. An administrator has to make the names the same.',
  },
  'not-touched': {
    zh: '请先在该点打点，30 分钟内填写；不能替别人填写。',
    en: 'Touch this point first and answer within 30 minutes; nobody answers for another.',
  },
  'clock-not-asked': {
    zh: '当前没有需要确认的时钟问题。',
    en: 'Nobody asks which clock is right just now.',
  },
  'not-shelved': { zh: '该报警没有被搁置。', en: 'This alarm is not shelved.' },
  'too-long': { zh: '时间超过允许的最长时间。', en: 'This is longer than is allowed.' },
  'end-missing': { zh: '请填写结束时间，且须晚于现在。', en: 'An end is needed, and it must be later than now.' },
  'unknown-step': {
    zh: '预案里没有这一步，或还没有轮到它。',
    en: 'The procedure has no such step, or it is not its turn yet.',
  },
  'already-answered': { zh: '这一步已经有人填写。', en: 'This step has been answered already.' },
  'wrong-answer': { zh: '填写的内容不符合这一步的要求。', en: 'The answer is not of the kind this step asks for.' },
  'text-missing': { zh: '请填写内容。', en: 'A text is needed.' },
  'nothing-to-silence': { zh: '现在没有在响的报警。', en: 'No alarm is sounding now.' },
  'silenced-enough': {
    zh: '这些报警已消音三次，不能再消音；确认报警即停声，随后请派人。',
    en: 'These alarms were silenced three times already; acknowledging stops the sound, then send somebody.',
  },
  'unknown-area': { zh: '没有这个区域。', en: 'There is no such area.' },
  'zone-open': {
    zh: '有防区未复位，不能布防；请先处理或旁路。',
    en: 'Zones are open, so the area cannot be armed; see to them or inhibit them first.',
  },
  'always-armed': {
    zh: '24 小时防区不能撤防，只能旁路或停用。',
    en: 'A 24-hour zone cannot be disarmed, only inhibited or taken out of service.',
  },
  'no-wires': { zh: '该防区没有张力线。', en: 'This zone has no tension wires.' },
  'walk-running': { zh: '已有行走测试在进行。', en: 'A walk test is running already.' },
  'no-walk': { zh: '现在没有行走测试。', en: 'No walk test is running.' },
  'wrong-limits': {
    zh: '阈值不合理，请检查上下限。',
    en: 'These limits contradict each other; check upper and lower.',
  },
  'blind-limits': {
    zh: '这样的阈值可能看不到攀爬或断线，不能启用。',
    en: 'With these limits a climb or a cut may not be seen, so they cannot be enabled.',
  },
  'loose-limits': {
    zh: '这样的阈值会漏掉一部分入侵：只能限期试运行，长期使用须由另一人复核。',
    en: 'These limits hide a part of what ought to be told: only for a trial, or with a second person who stands for them.',
  },
  'nothing-to-vouch': {
    zh: '该防区现用的阈值没有需要复核的，或者刚被改动，请重新查看。',
    en: 'The limits in force in this zone need nobody to stand for them, or they were just changed; look again.',
  },
  'not-second': {
    zh: '阈值是您本人改的，须由另一人复核。',
    en: 'You changed these limits yourself; somebody else has to stand for them.',
  },
  'unknown-zone': { zh: '没有这个防区。', en: 'There is no such zone.' },
  'unknown-point': { zh: '没有这个设备或点位。', en: 'There is no such device or point.' },
  'not-writable': { zh: '该点位不可写。', en: 'This point cannot be written.' },
  ...roundRefusals,
  ...rectifyRefusals,
  ...listRefusals,
  ...drillRefusals,
  ...orderCommandRefusals,
  ...dutyRefusals,
};

/** What the first person did, where somebody else was first. */
const firsts: Readonly<Partial<Record<Refusal, Words>>> = {
  'unknown-alarm': { zh: '关闭了这条报警', en: 'closed this alarm' },
  'already-acknowledged': { zh: '确认', en: 'acknowledged this alarm' },
  'already-accepted': { zh: '接单', en: 'accepted this alarm' },
  'already-arrived': { zh: '到场', en: 'arrived' },
  'already-shelved': { zh: '搁置', en: 'shelved this alarm' },
  'already-answered': { zh: '填写了这一步', en: 'answered this step' },
  'needs-countersign': {
    zh: '提交了处置结果，等待保卫负责人复核',
    en: 'submitted this finding; it waits for the head of security',
  },
  ...roundFirsts,
  ...dutyFirsts,
};

/** Who was faster, and when; undefined where being first is not why it was refused. */
export function somebodyWasFirst(why: Refusal, who: string, time: string): Words | undefined {
  const did = firsts[why];
  return did && { zh: `${who} 已于 ${time} ${did.zh}。`, en: `${who} ${did.en} at ${time}.` };
}

/** More names than this make no sentence. */
const namesMax = 8;
const shown = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
const more = (names: readonly unknown[]) => (names.length > namesMax ? ' …' : '');
const zh = (names: readonly string[]) =>
  names
    .slice(0, namesMax)
    .map((name) => `“${shown(name)}”`)
    .join('、') + more(names);
const en = (names: readonly string[]) =>
  names
    .slice(0, namesMax)
    .map((name) => `"${shown(name)}"`)
    .join(', ') + more(names);

/** Names that are none of the site's zones. */
export function unknownZones(names: readonly string[]): Words {
  return { zh: `没有防区${zh(names)}。`, en: `There is no zone ${en(names)}.` };
}

export const unknownArea = (id: string): Words => ({
  zh: `没有区域${zh([id])}。`,
  en: `There is no area ${en([id])}.`,
});
export const unknownPerson = (id: string): Words => ({
  zh: `没有人员${zh([id])}。`,
  en: `There is no person ${en([id])}.`,
});
export const unknownDevice = (id: string): Words => ({
  zh: `没有设备${zh([id])}。`,
  en: `There is no device ${en([id])}.`,
});

export const pointMissing = (device: string, point: string): Words => ({
  zh: `设备${zh([device])}没有点位${zh([point])}。`,
  en: `Device ${en([device])} has no point ${en([point])}.`,
});

const takes: Readonly<Record<Point['type'], Words>> = {
  boolean: { zh: '开或关', en: 'on or off' },
  number: { zh: '数值', en: 'a number' },
  string: { zh: '文字', en: 'a text' },
};

export const pointTakes = (point: string, type: Point['type']): Words => ({
  zh: `点位${zh([point])}只接受${takes[type].zh}。`,
  en: `Point ${en([point])} takes ${takes[type].en}.`,
});

/** The limits that are out of their bounds or contradict another, each with its bounds. */
export function limitsWrong(limits: readonly { readonly name: string; readonly range: string }[]): Words {
  const list = (open: string, close: string, comma: string) =>
    limits.map(({ name, range }) => `${name}${open}${range}${close}`).join(comma);
  return {
    zh: `这些阈值超出范围或相互矛盾：${list('（', '）', '、')}。`,
    en: `These limits are out of their range or contradict each other: ${list(' (', ')', ', ')}.`,
  };
}

export function zonesOpen(zones: readonly Pick<Zone, 'number' | 'title'>[]): Words {
  const names = zones.slice(0, namesMax);
  return {
    zh: `不能布防，以下防区未复位或失联：${names.map(({ number, title }) => `${number}区 ${title.zh}`).join('、')}${more(zones)}。请先处理或旁路。`,
    en: `It cannot be armed: open or not heard from are ${names.map(({ number, title }) => `Z${number} ${title.en}`).join(', ')}${more(zones)}. See to them or inhibit them first.`,
  };
}

// The longest there is.

export const inhibitedAtMost = (hours: number): Words => ({
  zh: `旁路最长 ${hours} 小时。`,
  en: `A zone is inhibited for ${hours} hours at most.`,
});
export const outOfServiceAtMost = (days: number): Words => ({
  zh: `停用最长 ${days} 天。`,
  en: `A zone is out of service for ${days} days at most.`,
});
export const walkAtMost = (minutes: number): Words => ({
  zh: `行走测试最长 ${minutes} 分钟。`,
  en: `A walk test lasts ${minutes} minutes at most.`,
});
export const trialAtMost = (days: number): Words => ({
  zh: `试运行最长 ${days} 天。`,
  en: `A trial lasts ${days} days at most.`,
});
export const shelvedAtMost = (hours: number): Words => ({
  zh: `搁置最长 ${hours} 小时。`,
  en: `An alarm is shelved for ${hours} hours at most.`,
});
