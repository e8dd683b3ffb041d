/**
 * Why a link, a line, an alarm or a duty stands as it does: what the core and the supervisor of lines write into facts and
 * say of themselves, whatever a line speaks. Pages never import this file: they show the sentence that came with the fact.
 */
import type { ArmMode } from '../core/types.ts';
import { modes } from './trade-words.ts';
import type { Words } from './words.ts';

/** A device that was not reachable has spoken. */
export const dataReceived: Words = { zh: '收到数据', en: 'data received' };

/** The device has been silent for longer than its profile allows. */
export const nothingHeard = (seconds: number): Words => ({
  zh: `${seconds} 秒没有数据`,
  en: `nothing heard for ${seconds} s`,
});

/** A condition ended because nobody watches the zone any more; `by` armed it otherwise. */
export const notWatched = (mode: ArmMode, by: string): Words => ({
  zh: `防区${modes[mode].zh}：${by}`,
  en: `zone ${modes[mode].en}: ${by}`,
});

/** Zones that people took out of watch: several at a time, or at night against the plan. */
export function unwatchedWords(zones: readonly number[], people: readonly string[], many: boolean): Words {
  const shown = zones.slice(0, 6);
  const [zh, en] = [
    `${shown.join('、')}${zones.length > 6 ? '等' : ''}`,
    `${shown.join(', ')}${zones.length > 6 ? ' …' : ''}`,
  ];
  return many
    ? {
        zh: `${zones.length} 个防区旁路或停用：${zh}区，${people.join('、')}`,
        en: `${zones.length} zones left out: ${en}; by ${people.join(', ')}`,
      }
    : {
        zh: `夜间撤防：${zh}区，${people.join('、')}`,
        en: `watch taken away at night: zones ${en}; by ${people.join(', ')}`,
      };
}

export const removedFromSite: Words = { zh: '已从配置中移除', en: 'removed from the configuration' };

/** A write a person asked for long before the restart. */
export const tooOldToWrite: Words = {
  zh: '网关重启前的操作，不再执行',
  en: 'asked for before the restart; not done',
};

/** Where somebody gave the code under force, when that place is not of the site. */
export const unknownPlace: Words = { zh: '未知位置', en: 'an unknown place' };

export const codeUnderForce = (by: string, place: Words): Words => ({
  zh: `${by} 对“${place.zh}”输入了胁迫密码`,
  en: `${by} gave the code under force for ${place.en}`,
});

/** What it does, for the description of the interface. */
export const callsHelp: Words = { zh: '用手机求助', en: 'Call for help from a phone' };
export const sendsByPhone: Words = { zh: '手机按编号提交', en: 'Send from a phone, by a key' };

/** How old a call is that waited in the phone; `doubt`: the phone's clock cannot be believed. */
export interface CallAge {
  readonly minutes: number;
  readonly doubt?: boolean;
}

function ageWords({ minutes, doubt }: CallAge): Words {
  if (doubt)
    return {
      zh: '（在手机里存过，手机时钟存疑，不知道是什么时候发的）',
      en: ' (it waited in the phone, whose clock is in doubt: when it was made, nobody knows)',
    };
  return { zh: `（${minutes} 分钟前发的）`, en: ` (made ${minutes} min ago)` };
}

/** `last`: the point touched last, and how long ago. `age`: of a call that comes late. */
export function helpCalled(
  by: string,
  last?: { readonly title: Words; readonly minutes: number },
  age?: CallAge,
): Words {
  const late = age ? ageWords(age) : { zh: '', en: '' };
  return {
    zh: `${by} 用手机求助${late.zh}，${last ? `最后打点：${last.title.zh}（${last.minutes} 分钟前）` : '不知道人在哪里'}`,
    en: `${by} calls for help by phone${late.en}; ${last ? `last touched: ${last.title.en}, ${last.minutes} min ago` : 'where, nobody knows'}`,
  };
}

// What a line says of itself.

export const lineStarting: Words = { zh: '正在启动', en: 'starting' };
export const lineEnded: Words = { zh: '线路自行结束', en: 'the line ended by itself' };

export const lineStopped = (line: string): Words => ({ zh: `线路 ${line} 已停止`, en: `line ${line} has stopped` });

export const lineUnable = (line: string, why: Words): Words => ({
  zh: `线路 ${line} 现在做不到：${why.zh}`,
  en: `line ${line} cannot do this now: ${why.en}`,
});

/** A trouble with the name of the line before it. */
export const ofLine = (line: string, why: Words): Words => ({
  zh: `线路 ${line}：${why.zh}`,
  en: `Line ${line}: ${why.en}`,
});

export const noLine = (device: string): Words => ({
  zh: `设备 ${device} 没有线路`,
  en: `device ${device} has no line`,
});

export const notOfLine = (device: string, line: string): Words => ({
  zh: `${device} 不是线路 ${line} 的设备`,
  en: `${device} is not a device of line ${line}`,
});

export const notWritable = (device: string, point: string): Words => ({
  zh: `${device} 没有可写的点 ${point}，请查看型号文件`,
  en: `${device} has no point ${point} that can be written; see its profile`,
});

/** The device speaks, though what it says holds no point. */
export const deviceReports = (device: string): Words => ({ zh: `${device} 有报文`, en: `${device} reports` });

/** Why a missed point is no longer an alarm. `when`: local time of the touch. */
export const reachedAfterAll = (when: string): Words => ({
  zh: `事后补传：该点已于 ${when} 到达`,
  en: `uploaded later: the point was reached at ${when}`,
});
