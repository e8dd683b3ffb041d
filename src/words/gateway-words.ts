/**
 * What the gateway says of itself and its machine: what it waits for, what it lacks, why it cannot take or do something, and the message
 * about an alarm that leaves it.
 */
import type { AlarmKind, PledgeStage, Priority } from '../core/types.ts';
import { kinds } from './trade-words.ts';
import type { Words } from './words.ts';

export const gatewayStopped: Words = { zh: '网关已停止', en: 'the gateway has stopped' };

export const inboxFull: Words = {
  zh: '收件箱已满：日志写不过来或无法写入',
  en: 'the inbox is full: the journal cannot keep up or refuses to write',
};

export const tooManyReaders: Words = {
  zh: '等待日志写入的查询过多，请稍后再试。',
  en: 'Too many questions wait for the journal to be written; please try again in a moment.',
};

export const writingSlowly: Words = {
  zh: '日志写入太慢，暂时无法查询；请检查磁盘健康状况和主机负载。',
  en: 'The journal takes too long to write, so this cannot be told now; check the health of the disk and the load of the machine.',
};

export const loopEnded: Words = {
  zh: '网关的处理循环已中止，正在重新启动，请稍后再试。',
  en: 'The loop of the gateway has ended and is being started anew; please try again in a moment.',
};

export const stoodStill = (seconds: number): Words => ({
  zh: `网关主机停顿了 ${seconds} 秒，请检查主机负载和磁盘。`,
  en: `The gateway's machine stood still for ${seconds} s; check its load and its disk.`,
});

/** `seconds`: for how long; `more`: how many lines are not named. */
export const notListened = (seconds: number, lines: readonly string[], more: number): Words => ({
  zh: `磁盘 ${seconds} 秒写不进，期间线路 ${lines.join('、')}${more > 0 ? ` 等 ${lines.length + more} 条` : ''} 可能收不到数据：这段时间设备是否失联过，无从得知。请检查磁盘。`,
  en: `For ${seconds} s the disk took nothing, so what came by ${lines.join(', ')}${more > 0 ? ` and ${more} more lines` : ''} may not have been heard: nobody knows whether a device there was lost in that time. Check the disk.`,
});

/** `was`, `is`: local date and time. */
export const clockStepped = (was: string, is: string): Words => ({
  zh: `主机时钟被改动：${was} 改为 ${is}。十分钟内计划不会自动撤防，请核对主机时间。`,
  en: `The machine's clock was set: ${was} became ${is}. For ten minutes no schedule disarms; check the time of the machine.`,
});

export const clockAsked = (last: string, machine: string): Words => ({
  zh: `主机时钟为 ${machine}，而最后一条记录在它之后：${last}。哪个正确？主机正确请点「主机时钟正确」，否则请校正主机时间。在此之前照常记录和报警，计划不会自动撤防。`,
  en: `The machine's clock says ${machine}, and the last record is later: ${last}. Which is right? If the machine is, press “The machine’s clock is right”; if not, set the machine right. Until then all is recorded and alarms sound, and no schedule disarms.`,
});

export const clockLeapt = (last: string, machine: string): Words => ({
  zh: `启动时主机时钟为 ${machine}，距最后一条记录（${last}）很久。十分钟内计划不会自动撤防，请核对主机时间。`,
  en: `At the start the machine's clock said ${machine}, long after the last record (${last}). For ten minutes no schedule disarms; check the time of the machine.`,
});

export const freeSpaceUnknown = (dir: string, code: string): Words => ({
  zh: `读不到数据目录 ${dir} 的剩余空间（${code}），请检查磁盘是否还在。`,
  en: `The free space of the data folder ${dir} cannot be read (${code}); check that its disk is still there.`,
});

const moreFiles = {
  zh: '请在 systemd 单元中加 LimitNOFILE=65536（或 ulimit -n 65536）后重启网关，并检查是否有设备反复重连。',
  en: 'Set LimitNOFILE=65536 in the systemd unit (or ulimit -n 65536) and start the gateway anew; see whether devices connect again and again.',
};
export const filesNearlyOut = (open: number, most: number): Words => ({
  zh: `打开的文件和连接已有 ${open} 个，上限 ${most}；满了以后设备和网页都连不进来。${moreFiles.zh}`,
  en: `${open} of ${most} files and connections are open; when they are used up no device and no page gets in. ${moreFiles.en}`,
});
export const filesOut = (code: string): Words => ({
  zh: `打开的文件和连接已到上限（${code}），设备和网页连不进来。${moreFiles.zh}`,
  en: `All files and connections that may be open are (${code}): no device and no page gets in. ${moreFiles.en}`,
});

export const diskNearlyFull = (dir: string, mb: number): Words => ({
  zh: `磁盘只剩 ${mb} MB（${dir}），请清理或更换更大的磁盘。`,
  en: `Only ${mb} MB are left on the disk of ${dir}; free some room or use a larger disk.`,
});

export const needsRestart = (parts: string): Words => ({
  zh: `配置中的 ${parts} 已修改，重启网关后才生效；其余修改已经生效。`,
  en: `The parts ${parts} of the configuration were changed and need a restart of the gateway; the rest is in force.`,
});

export const tlsUnreadable = (path: string, code: string): Words => ({
  zh: `读不出 TLS 证书或私钥 ${path}（${code}），请检查路径和读取权限。`,
  en: `The TLS certificate or key ${path} cannot be read (${code}); check its path and who may read it.`,
});

export const usersUnusable = (dir: string, code: string | undefined): Words => ({
  zh: `数据目录 ${dir} 里的用户文件或会话密钥无法读写（${code}），请检查磁盘空间和权限。`,
  en: `The users file or session key in ${dir} cannot be read or written (${code}); check free space and permissions.`,
});

// What it carries out.

/** Nobody and nothing had asked for a picture of this camera just before. */
export const noEarlierStill: Words = {
  zh: '报警前没有取过该摄像机的画面',
  en: 'no picture of this camera had been taken just before the alarm',
};

export const noTouchStill: Words = {
  zh: '打点时没有取到该点摄像机的画面',
  en: 'no picture of the camera there was taken when the point was touched, or it is gone',
};

export const noResult = (seconds: number): Words => ({
  zh: `${seconds} 秒内没有结果，请检查设备`,
  en: `no result within ${seconds} s; check the device`,
});

export const pictureNotKept = (dir: string, code: string): Words => ({
  zh: `照片存不进 ${dir}（${code}），请检查磁盘空间和权限`,
  en: `the picture cannot be kept in ${dir} (${code}); check free space and permissions`,
});

// The message about an alarm that leaves the gateway.

const priorities: Readonly<Record<Priority, Words>> = {
  1: { zh: '紧急', en: 'URGENT' },
  2: { zh: '重要', en: 'IMPORTANT' },
  3: { zh: '一般', en: 'ORDINARY' },
  4: { zh: '维护', en: 'MAINTENANCE' },
};

export const nobodySent: Words = { zh: '还没有派人', en: 'nobody was sent yet' };
export const isThere = (name: string, time: string): Words => ({
  zh: `已派 ${name}，${time} 到场`,
  en: `${name} is there`,
});
export const isOnTheWay = (name: string, sentAt: string): Words => ({
  zh: `已派 ${name}（${sentAt}），已接单`,
  en: `${name} is on the way (sent ${sentAt})`,
});
export const hasNotAnswered = (name: string, sentAt: string): Words => ({
  zh: `已派 ${name}（${sentAt}），未接单`,
  en: `${name} was sent at ${sentAt} and has not answered`,
});

export const noScreen: Words = { zh: '没有任何屏幕显示这条报警', en: 'no screen has shown it' };
export const notShown: Words = { zh: '大屏没有显示这条报警', en: 'no wall has shown it' };

export function notAcknowledgedFor(seconds: number): Words {
  const [zh, en] =
    seconds < 120
      ? [`${seconds} 秒`, `${seconds} s`]
      : [`${Math.round(seconds / 60)} 分钟`, `${Math.round(seconds / 60)} min`];
  return { zh: `已 ${zh}无人确认`, en: `not acknowledged for ${en}` };
}

/** One of the two who must answer has. */
export const oneOfTwo = (name: string): Words => ({
  zh: `须两人应答，${name} 已应答，还差一人`,
  en: `two must answer: ${name} has, another has not`,
});

const owedBy: Readonly<Record<PledgeStage, (who: string, by: string) => Words>> = {
  send: (_who, by) => ({ zh: `${by} 已确认，但没有派人`, en: `${by} took it and sent nobody` }),
  accept: (who, by) => ({
    zh: `${by} 已确认并派 ${who}，但没有接单`,
    en: `${by} took it and sent ${who}, who does not answer`,
  }),
  arrive: (who, by) => ({
    zh: `${by} 已确认，${who} 接单后没有到场`,
    en: `${by} took it; ${who} accepted and has not arrived`,
  }),
  find: (who, by) => ({
    zh: `${by} 已确认，${who} 到场后没有报结果`,
    en: `${by} took it; ${who} is there and reports nothing`,
  }),
  review: (_who, by) => ({
    zh: `${by} 已确认，处置结果没有保卫负责人复核`,
    en: `${by} took it; no head of security has countersigned what was found`,
  }),
};

/** What `by`, who took the alarm, owes and has not done in time; `who` is the one who was sent. */
export const pledgeBroken = (stage: PledgeStage, who: string, by: string): Words => owedBy[stage](who, by);

/** More places than this are counted, not named: a message that nobody reads to its end helps nobody. */
const namedMax = 5;

/** What else belongs to it: `同一事件另有 3 条：5区 南围栏 攀爬、…`; nothing when it stands alone. */
export function othersWords(others: readonly { readonly kind: AlarmKind; readonly place: Words }[]): Words | undefined {
  if (others.length === 0) return undefined;
  const some = others.slice(0, namedMax).map(({ kind, place }) => {
    const title = kinds[kind];
    return { zh: `${place.zh} ${title.zh}`, en: `${place.en} ${title.en}` };
  });
  const more = others.length > some.length;
  return {
    zh: `同一事件另有 ${others.length} 条：${some.map(({ zh }) => zh).join('、')}${more ? '等' : ''}`,
    en: `${others.length} more of the same incident: ${some.map(({ en }) => en).join(', ')}${more ? ' …' : ''}`,
  };
}

/** Said to whoever is told when nobody else is left. */
export const lastResortWords: Words = {
  zh: '其他各级都没有人，您是最后联系人',
  en: 'nobody else can be reached: you are the last resort',
};

export function floodWords(waiting: number): Words {
  return { zh: `报警泛滥，另有 ${waiting} 条待确认`, en: `flood of alarms: ${waiting} more wait` };
}

/** What the text of a message is made of. */
export interface MessageParts {
  readonly school: Words;
  readonly alarm: number;
  readonly priority: Priority;
  readonly place: Words;
  readonly kind: Words;
  readonly count: number;
  /** When it was raised, local to the school. */
  readonly time: string;
  readonly why: Words;
  readonly sent: Words;
  readonly also: readonly Words[];
}

export function messageText({
  school,
  alarm,
  priority,
  place,
  kind,
  count,
  time,
  why,
  sent,
  also,
}: MessageParts): Words {
  const urgency = priorities[priority];
  const times = count > 1 ? ` ×${count}` : '';
  return {
    zh: [
      `【P${priority} ${urgency.zh}】${place.zh} ${kind.zh}${times}`,
      `${time} 触发，${why.zh}`,
      sent.zh,
      ...also.map(({ zh }) => zh),
      `${school.zh} 报警号 ${alarm}`,
    ].join('\n'),
    en: [
      `[P${priority} ${urgency.en}] ${place.en} ${kind.en}${times}`,
      `raised ${time}, ${why.en}`,
      sent.en,
      ...also.map(({ en }) => en),
      `${school.en}, alarm ${alarm}`,
    ].join('\n'),
  };
}
