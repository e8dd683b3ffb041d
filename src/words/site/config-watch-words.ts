/**
 * In what areas, schedules and the calendar of a configuration disagree, and posts with their bells. `found` is what stands in the file, as
 * the check words it. It must never judge what is right.
 */
import type { Words } from '../words.ts';

const weekdays: readonly (readonly [zh: string, en: string])[] = [
  ['周日', 'sun'],
  ['周一', 'mon'],
  ['周二', 'tue'],
  ['周三', 'wed'],
  ['周四', 'thu'],
  ['周五', 'fri'],
  ['周六', 'sat'],
];
/** 0 is Sunday. */
export const weekdayName = (day: number): Words => {
  const [zh, en] = weekdays[day] ?? ['', ''];
  return { zh, en };
};

export const zoneOfArea: Words = { zh: '该区域的防区', en: 'one of the zones of this area' };

export const nobodyComesIn = (found: Words): Words => ({
  zh: `此处为 ${found.zh}，但没有人从它的防区进出；请在进出口的防区写“entry: true”`,
  en: `found ${found.en}, but nobody comes in by any of its zones; write "entry: true" at the one on the way in`,
});

export const scheduleOfArea: Words = {
  zh: '该防区属于一个区域，以区域的时间表为准；请移到那里或删去',
  en: 'the zone belongs to an area, whose schedule counts; move it there or remove it',
};

export const zoneOnItsOwn = (found: Words): Words => ({
  zh: `防区 ${found.zh} 不在任何区域，也没有时间表：不会随其他防区一起布防`,
  en: `zone ${found.en} is in no area and follows no schedule: nobody sets it with the others`,
});

export const entryWords = {
  always: {
    zh: '24 小时防区不等任何人；请删去 entry 或 always',
    en: 'a 24-hour zone waits for nobody; remove entry or always',
  },
  noArea: {
    zh: '该防区不在任何区域，没有进入延时可等',
    en: 'the zone is in no area, so there is no entry delay to wait for',
  },
  noDelay: {
    zh: '该防区所在区域没有 entrySec，没有进入延时可等',
    en: 'the area of the zone has no entrySec, so there is no entry delay to wait for',
  },
} as const satisfies Readonly<Record<string, Words>>;

export const noWires: Words = {
  zh: '没有设备以 N 为单位读取该防区的张力线，无从判定',
  en: 'no device reads tension wires of this zone in N, so there is nothing to judge',
};

export const limitsContradict = (names: readonly string[]): Words => ({
  zh: `这些限值互相矛盾，其中有的用了默认值：${names.join('、')}`,
  en: `these limits contradict each other, some as usual: ${names.join(', ')}`,
});

export const endsAsItBegins = (found: Words): Words => ({
  zh: `此处为 ${found.zh}，与开始时间相同；全天请写 "00:00" 到 "24:00"`,
  en: `found ${found.en}, when it begins as well; for a whole day write from "00:00" to "24:00"`,
});

export const stayNeedsArea: Words = {
  zh: '没有区域用这张时间表，而只有区域能留守布防；请删去 mode',
  en: 'no area follows this schedule, and only an area can be set to stay; remove mode',
};

/** `nth` from 1. */
export const exceptionTwice = (found: Words, nth: number): Words => ({
  zh: `${found.zh} 已是例外日（第 ${nth} 项）`,
  en: `${found.en} is an exception already, by entry ${nth}`,
});

export const beforeItBegins = (found: Words): Words => ({
  zh: `此处为 ${found.zh}，早于开始`,
  en: `found ${found.en}, which is before it begins`,
});

/** `nth` from 1. */
export const daysTwice = (nth: number): Words => ({
  zh: `其中有些日子已在第 ${nth} 项里；每天只应写一次`,
  en: `some of these days are in entry ${nth} already; expected each day once`,
});

// Posts and bells.

export const ringsAlready = (day: number): Words => ({
  zh: `${weekdayName(day).zh}已经响过；一个铃一天只响一次，另一个时间是另一个铃`,
  en: `it rings on ${weekdayName(day).en} already; a bell rings once a day; what rings at another time is another bell`,
});

export const postNeedsPlace: Words = {
  zh: '应写 checkpoint 或 reader 之一：它说明岗在哪里',
  en: 'expected either checkpoint or reader: it says where the post is',
};

export const checkpointId: Words = { zh: '已有点位的编号', en: 'the id of a checkpoint' };

export const checkpointInPlaces = (found: Words): Words => ({
  zh: `${found.zh} 在几条路线上代表不同的地方；请改写读卡器`,
  en: `found ${found.en}: on several routes it stands for different places; name the reader instead`,
});

export const chipNeedsUpload = (found: Words): Words => ({
  zh: `${found.zh} 没有读卡器：芯片要等巡更棒读出才有记录；请写读出的最晚时间，例如 uploadBy: "18:00"`,
  en: `found ${found.en}, which has no reader: a chip tells nothing until the baton is read out; write by when that is done, such as uploadBy: "18:00"`,
});

export const morePeopleThanKnown = (found: Words, known: number): Words => ({
  zh: `此处为 ${found.zh}，至多 ${known}：people 里只有这么多人`,
  en: `found ${found.en}, expected at most ${known}: so many are known under people`,
});

export const beforeOrAfter: Words = {
  zh: '应写 beforeMin 或 afterMin 之一',
  en: 'expected either beforeMin or afterMin',
};

export const bellSilent = (found: Words, day: number, other: 'from' | 'until'): Words => ({
  zh: `铃 ${found.zh} ${weekdayName(day).zh}不响，而 ${other} 的铃响`,
  en: `the bell ${found.en} does not ring on ${weekdayName(day).en}, on which that of ${other} does`,
});

const span = (day: number, from: string, until: string): Words => ({
  zh: `${weekdayName(day).zh}将从 ${from} 到 ${until}`,
  en: `on ${weekdayName(day).en} it would last from ${from} to ${until}`,
});

export const noTimeAtAll = (day: number, from: string, until: string): Words => ({
  zh: `${span(day, from, until).zh}，根本没有时间`,
  en: `${span(day, from, until).en}, which is no time at all`,
});

export const postBeyondDay = (day: number, from: string, until: string): Words => ({
  zh: `${span(day, from, until).zh}；一个岗在一天之内起止`,
  en: `${span(day, from, until).en}; a post begins and ends on one day`,
});

export const neverAgain = (longest: number): Words => ({
  zh: `没有人需要再刷卡：这个岗最长 ${longest} 分钟；请写小一些，或不写 everyMin`,
  en: `nobody has to touch again: the post lasts ${longest} min at most; write less, or leave everyMin out`,
});

export const postsOverlap = (day: number, found: Words): Words => ({
  zh: `${weekdayName(day).zh}与同一地点的岗 ${found.zh} 重叠；请合写成一个岗，人数相加，或让一个在另一个开始时结束`,
  en: `on ${weekdayName(day).en} it overlaps with post ${found.en} at the same place; write one post with the persons of both, or let one end when the other begins`,
});
