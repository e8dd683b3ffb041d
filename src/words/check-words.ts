/**
 * What the checkers of a simulated night find when a promise was broken. Only the log book and the
 * summary of a simulation say it.
 */
import type { Words } from './words.ts';

/** A name, a number or a list of names in a sentence. */
type Part = string | number | readonly string[] | undefined;

// Alarms

export const notTold = (cause: Part): Words => ({ zh: `${cause} 未报`, en: `${cause} was true and nobody was told` });
export const cardLost = (reader: Part): Words => ({
  zh: `${reader} 的刷卡丢失`,
  en: `a card at ${reader} is not in the journal`,
});
export const alarmedForNothing = (cause: Part): Words => ({
  zh: `${cause} 报警没有原因`,
  en: `${cause} alarmed without a cause`,
});
export const alarmedUnarmed = (zone: Part, cause: Part): Words => ({
  zh: `${zone} 未布防却报了 ${cause}`,
  en: `${zone} was not armed and ${cause} alarmed`,
});
export const overTooSoon = (cause: Part): Words => ({
  zh: `${cause} 未结束却报恢复`,
  en: `${cause} stands and was said to be over`,
});
export const overUntold = (cause: Part): Words => ({
  zh: `${cause} 已结束，未报恢复`,
  en: `${cause} is over and nobody was told`,
});
export const offlineUntold = (device: Part): Words => ({
  zh: `${device} 没有声音，未报失联`,
  en: `${device} could not be heard and nobody was told`,
});

export const silenceLost = (device: Part): Words => ({
  zh: `${device} 曾失联，日志中没有`,
  en: `a silence of ${device} is not in the journal`,
});

// The journal's place

export const lossUntold: Words = {
  zh: '日志不在原处却没有说',
  en: 'the journal was not in its place and nobody was told',
};
export const returnUntold: Words = {
  zh: '日志已放回原处，却仍说不在',
  en: 'the journal was back in its place and nobody was told',
};

// Areas

export const armedAfterDisarm = (area: Part, armed: Part): Words => ({
  zh: `${area} 撤防后 ${armed} 仍布防`,
  en: `${area} was disarmed and ${armed} is armed`,
});
export const wrongExitTime = (area: Part): Words => ({
  zh: `${area} 的离开时间不对`,
  en: `the time to leave ${area} is wrong`,
});
export const armedWithoutExit = (area: Part): Words => ({
  zh: `${area} 没有给离开时间就布防`,
  en: `${area} was armed before people could leave`,
});
export const disarmedAfterArm = (area: Part, open: Part): Words => ({
  zh: `${area} 布防后 ${open} 仍撤防`,
  en: `${area} is armed and ${open} is not`,
});
export const zoneArmedEarly = (zone: Part): Words => ({
  zh: `${zone} 提前布防`,
  en: `${zone} was armed before people had left`,
});
export const notArmedAfterExit = (area: Part): Words => ({
  zh: `${area} 离开时间已过，仍未布防`,
  en: `everybody has left ${area}, and it is not armed`,
});
export const countedUnwalked = (zone: Part): Words => ({
  zh: `${zone} 没有走测却计了数`,
  en: `${zone} is not walked, and a touch was counted`,
});
export const raisedWhileWalked = (zone: Part): Words => ({
  zh: `${zone} 走测时报警`,
  en: `${zone} is walked, and an alarm was raised`,
});
export const touchNotCounted = (cause: Part): Words => ({
  zh: `${cause} 走测时没有计数`,
  en: `${cause} was touched in a walk test and not counted`,
});

// Arming

export const inhibitDidNotEnd = (zone: Part): Words => ({
  zh: `${zone} 的旁路没有到期结束`,
  en: `${zone} is inhibited beyond its time`,
});
export const clockUnsaid = (seconds: number): Words => ({
  zh: `时钟被改动 ${seconds} 秒而没有记录`,
  en: `the clock was set by ${seconds} s and no fact says so`,
});
export const clockUntold = (seconds: number): Words => ({
  zh: `时钟被改动 ${seconds} 秒而没有提示`,
  en: `the clock was set by ${seconds} s and no screen says so`,
});
export const disarmedByNewClock = (zone: Part): Words => ({
  zh: `时钟改动后十分钟内 ${zone} 被计划撤防`,
  en: `${zone} was disarmed by its schedule within ten minutes of the clock being set`,
});

export const deafNotUrgent = (device: Part): Words => ({
  zh: `${device} 所守防区已布防而主机失联，却没有一级报警`,
  en: `${device} cannot be heard while its zone is armed, and no urgent alarm says so`,
});

export const networkApart = (alarms: string): Words => ({
  zh: `多条线路同时失联，却不是同一事件：${alarms}`,
  en: `several lines were lost at once and are not one incident: ${alarms}`,
});

export const notAsScheduled = (zone: Part): Words => ({
  zh: `${zone} 未按计划布防`,
  en: `${zone} is not as its schedule says`,
});

// Detection

// Duties

export const sirenStoppedEarly = (device: Part): Words => ({
  zh: `${device} 的警号没有一直响`,
  en: `the siren of ${device} did not sound until it might stop`,
});
export const sirenForNothing = (device: Part): Words => ({
  zh: `${device} 的警号无故响起`,
  en: `the siren of ${device} sounded for nothing`,
});
export const sirenWouldNotStop = (device: Part): Words => ({
  zh: `${device} 的警号停不下来`,
  en: `the siren of ${device} did not fall silent`,
});
export const pictureNotAsked = (seq: Part): Words => ({
  zh: `${seq} 号报警没有取照片`,
  en: `no picture was asked for alarm ${seq}`,
});

// Escalation

export const notEscalated = (alarm: Part, n: Part): Words => ({
  zh: `${alarm} 号无人确认，未升到第 ${n} 级`,
  en: `nobody acknowledged ${alarm}, and it did not go up to level ${n}`,
});
export const notToldAgain = (alarm: Part): Words => ({
  zh: `${alarm} 号没有再次通知`,
  en: `nobody was told of ${alarm} again`,
});
export const unshownNotEscalated = (alarm: Part): Words => ({
  zh: `${alarm} 号没有屏幕显示，未升级`,
  en: `no wall painted ${alarm}, and nobody else was told`,
});
export const escalatedAfterAck = (alarm: Part): Words => ({
  zh: `${alarm} 号确认后仍升级`,
  en: `${alarm} went up after it was acknowledged`,
});
export const escalatedTooSoon = (alarm: Part): Words => ({
  zh: `${alarm} 号升级过早或多余`,
  en: `${alarm} went up too soon, or for nothing`,
});

// Handling

export const openTwice = (key: Part, twin: Part, seq: Part): Words => ({
  zh: `${key} 已有 ${twin} 号，又开 ${seq} 号`,
  en: `${key} is open as ${twin} and was raised again as ${seq}`,
});
export const alarmVanished = (id: Part): Words => ({ zh: `${id} 号报警不见了`, en: `alarm ${id} has vanished` });
export const ackUnasked = (alarm: Part): Words => ({
  zh: `${alarm} 号无人确认`,
  en: `nobody asked to acknowledge ${alarm}, or it was already`,
});
export const closedUnhandled = (alarm: Part): Words => ({
  zh: `${alarm} 号未经处置就关闭`,
  en: `${alarm} was closed unasked, unacknowledged or while it stood`,
});

// Incidents

export const samePlaceApart = (other: Part, id: Part): Words => ({
  zh: `${other} 号和 ${id} 号同一处却不成一起`,
  en: `${other} and ${id} are in one place and not one incident`,
});
export const cutAmongUnheard = (id: Part): Words => ({
  zh: `${id} 号事件把断线或攀爬混在失联里`,
  en: `incident ${id} has a cut or a climb among devices that nobody hears`,
});
export const alarmLostInGroup: Words = {
  zh: '有报警在编组中丢失或重复',
  en: 'an alarm was lost by grouping, or shown twice',
};
export const triggersMissing = (alarm: Part): Words => ({
  zh: `${alarm} 号的触发记录不全`,
  en: `alarm ${alarm} has not kept its own triggers`,
});
export const floodWrong = (many: Part, edge: Part): Words => ({
  zh: `十分钟内 ${many} 起，洪泛报错`,
  en: `${many} in ten minutes, and a flood was said to ${edge}`,
});
export const floodUntold = (many: Part): Words => ({
  zh: `十分钟内 ${many} 起，没有说洪泛`,
  en: `${many} alarms in ten minutes, and no flood was told`,
});
export const floodEndUntold: Words = { zh: '洪泛结束了没有说', en: 'a flood is over and nobody was told' };

// Influx

export const sampleMissing = (device: Part, field: Part): Words => ({
  zh: `${device}/${field} 的一个采样不在 InfluxDB 里`,
  en: `a sample of ${device}/${field} is not in InfluxDB`,
});
export const pointTooMany = (point: Part): Words => ({
  zh: `InfluxDB 里多出 ${point}`,
  en: `${point} is in InfluxDB and nowhere else`,
});
export const refusedUntold = (size: Part, told: Part): Words => ({
  zh: `InfluxDB 拒收 ${size} 个点，只说了 ${told} 个`,
  en: `InfluxDB refused ${size} points and ${told} were told of`,
});
export const covertInInflux = (seq: Part): Words => ({
  zh: `第 ${seq} 号静默事件进了 InfluxDB`,
  en: `silent fact ${seq} is in InfluxDB`,
});
export const factWrong = (seq: Part, kind: Part, count: Part): Words => ({
  zh: `第 ${seq} 号事件 ${kind} 在 InfluxDB 里 ${count} 份或不符`,
  en: `fact ${seq}, ${kind}, is ${count} times in InfluxDB, or another`,
});
export const factTooMany: Words = {
  zh: 'InfluxDB 里有日志没有的事件',
  en: 'a fact is in InfluxDB and not in the journal',
};
export const minuteWrong = (name: Part, point: Part): Words => ({
  zh: `InfluxDB 里 ${name} ${point} 的分钟数据不对`,
  en: `the minute ${name} of ${point} in InfluxDB is not that of its samples`,
});
export const minuteTooMany = (name: Part): Words => ({
  zh: `${name} 里多出数据`,
  en: `${name} holds figures of nothing`,
});

// Journal

export const chainBrokenAt = (n: Part): Words => ({ zh: `第 ${n} 号断链`, en: `the chain is broken at ${n}` });
export const numberSkipped = (before: Part, seq: Part): Words => ({
  zh: `第 ${before} 号之后是第 ${seq} 号`,
  en: `${seq} follows ${before}`,
});
export const timeRanBack = (seq: Part): Words => ({ zh: `第 ${seq} 号时间倒退`, en: `time ran back at ${seq}` });
export const timeAhead = (seq: Part): Words => ({
  zh: `第 ${seq} 号的时间在将来`,
  en: `${seq} happened in the future`,
});
export const theyDiffer = (how: Part): Words => ({ zh: `不一致：${how}`, en: `they differ: ${how}` });
export const foldedIsSo: Words = { zh: '重放日志等于现状', en: 'the folded journal is what is so' };
export const shownIsSo: Words = { zh: '屏幕等于网关', en: 'a screen shows what is so' };
export const valuesMissing = (line: Part, missing: Part): Words => ({
  zh: `${line} 有 ${missing} 个值不知去向`,
  en: `${missing} values of ${line} are unaccounted for`,
});
export const bookedWrong = (line: Part, offered: Part, received: Part): Words => ({
  zh: `${line} 送来 ${offered}，记了 ${received}`,
  en: `${line} offered ${offered}, ${received} were booked`,
});
export const gatewayEndedBy = (why: Part): Words => ({ zh: `网关停机：${why}`, en: `the gateway ended: ${why}` });

// Kept

export const toldUnkept = (seq: Part): Words => ({
  zh: `第 ${seq} 号事件未存先告`,
  en: `event ${seq} was told and is not kept`,
});
export const toldOutOfOrder = (told: Part, after: Part): Words => ({
  zh: `屏幕在第 ${told} 号之后收到第 ${after} 号之后的事件`,
  en: `a screen that had ${told} was told what follows ${after}`,
});
export const acknowledgedUnkept = (device: Part, id: Part): Words => ({
  zh: `设备 ${device} 的报文 ${id} 已应答，日志里没有`,
  en: `message ${id} of ${device} was acknowledged and the journal does not know it`,
});
export const commandWithoutFact = (name: Part): Words => ({
  zh: `${name} 的操作没有留下事实`,
  en: `a command of ${name} left no fact`,
});
export const answeredUnkept = (name: Part, seq: Part): Words => ({
  zh: `${name} 得到的第 ${seq} 号未存`,
  en: `${name} was answered with ${seq}, which is not kept`,
});
export const dutyWithoutReason = (duty: Part): Words => ({
  zh: `${duty} 没有已存的依据`,
  en: `${duty} rests on nothing that is kept`,
});
export const countedTwice = (id: Part): Words => ({ zh: `报文 ${id} 记了两次`, en: `message ${id} became two facts` });

// Messages

export const messageNotSent = (alarm: Part, level: Part, channel: Part): Words => ({
  zh: `${alarm} 号第 ${level} 级的消息没有从 ${channel} 发出`,
  en: `the message of level ${level} about ${alarm} did not go out by ${channel}`,
});
export const messageForNothing = (alarm: Part, channel: Part): Words => ({
  zh: `${alarm} 号已确认或已发过，仍从 ${channel} 发消息`,
  en: `a message about ${alarm} went by ${channel} although it was sent, or nobody waits`,
});
export const channelLeftOut = (alarm: Part): Words => ({
  zh: `${alarm} 号漏了通道`,
  en: `a channel was left out for ${alarm}`,
});
