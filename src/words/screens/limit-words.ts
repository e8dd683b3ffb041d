/**
 * Limits that hide what a fence ought to tell: what is lost beyond each bound, and what is said of zones judged by such limits. It
 * words what the core has decided and must never decide anything itself.
 */
import type { BoundedLimit } from '../../core/site/limit-bounds.ts';
import type { Words } from '../words.ts';
import { commission } from './commission-words.ts';

const titles: Readonly<Record<BoundedLimit, Words>> = {
  upN: commission.limitUpN,
  patientN: commission.limitPatientN,
  downN: commission.limitDownN,
  slackShare: commission.limitSlackShare,
  climbN: commission.limitClimbN,
  dwellMs: commission.limitDwellMs,
  cutN: commission.limitCutN,
  cutDwellMs: commission.limitCutDwellMs,
  floorN: commission.limitFloorN,
  fullScaleN: commission.limitFullScaleN,
  driftNPerHour: commission.limitDriftNPerHour,
  stuckN: commission.limitStuckN,
  weatherNPerS: commission.limitWeatherNPerS,
};

const units: Readonly<Partial<Record<BoundedLimit, readonly [unit: string, per: number]>>> = {
  dwellMs: [' s', 1_000],
  cutDwellMs: [' s', 1_000],
  slackShare: ['%', 0.01],
  driftNPerHour: [' N/h', 1],
  weatherNPerS: [' N/s', 1],
};

/** A value of a limit as people write it, `10 N`. */
export function limitValue(name: BoundedLimit, value: number): string {
  const [unit, per] = units[name] ?? [' N', 1];
  return `${Math.round((value / per) * 100) / 100}${unit}`;
}

/** What some limits are called, one after the other. */
export const limitNames = (names: readonly BoundedLimit[]): Words => ({
  zh: names.map((name) => titles[name].zh).join('、'),
  en: names.map((name) => titles[name].en).join(', '),
});

/** What is not seen any more when this limit goes too far. */
export const limitHides: Readonly<Record<BoundedLimit, Words>> = {
  upN: {
    zh: '再大则一根线推开 75 mm（GA/T 1032）、两线被撑开都不报',
    en: 'beyond it neither 75 mm of one wire (GA/T 1032) nor two wires spread apart is told',
  },
  patientN: {
    zh: '再大则慢慢撑开两线、在线上停留的人都不报',
    en: 'beyond it two wires spread slowly, or a person who stays on one, are not told',
  },
  downN: {
    zh: '再大则线松到快断才报',
    en: 'beyond it a wire is told as slack only when it is all but cut',
  },
  slackShare: {
    zh: '再小则张力剩不到三分之一仍不报松弛（GA/T 1032）',
    en: 'below it a wire with less than a third of its tension is not told as slack (GA/T 1032)',
  },
  climbN: {
    zh: '再大则体重轻的人在立柱旁攀爬，传到传感器的力可能不到限值',
    en: 'beyond it what a light climber near a post brings to the sensor may stay below the limit',
  },
  dwellMs: {
    zh: '再长则熟练的人约 4 秒已翻过去；GA/T 1032 要求 3 秒内报警',
    en: 'beyond it a skilled climber, who needs about 4 s, is over before it is told; GA/T 1032 asks for 3 s',
  },
  cutN: {
    zh: '再小则剪断后线上残余的张力仍高于限值，断线不报',
    en: 'below it what a cut wire still shows at the sensor is above the limit, and the cut is not told',
  },
  cutDwellMs: {
    zh: '再长则断线报警超过 GA/T 1032 的 3 秒',
    en: 'beyond it a cut is told later than the 3 s of GA/T 1032',
  },
  floorN: {
    zh: '过大则看不出靠近立柱的剪断，过小则松弛的线不报',
    en: 'too high it hides a cut near a post, too low it hides wires that hang',
  },
  fullScaleN: {
    zh: '比传感器真实量程大时，拉满量程的攀爬会被看小',
    en: 'above what the sensor really measures, a climber who drives it to its end is taken for less than he is',
  },
  driftNPerHour: {
    zh: '再大则基线跟着慢慢撑线的人走，撑开不报',
    en: 'beyond it the base follows somebody who spreads wires slowly, and nothing is told',
  },
  stuckN: {
    zh: '过大则卡死、冻结的传感器一天也发现不了，过小则好的传感器被当作卡死而不判',
    en: 'too high a sensor that stands still is not noticed within a day, too low a good one is taken for stuck and left out',
  },
  weatherNPerS: {
    zh: '再大则整侧被人拉动会被当作天气',
    en: 'beyond it wires that somebody moves together are taken for weather',
  },
};

/** A bound of a limit: its name, its greatest or least value, and what is hidden beyond. */
export interface HidingLimit {
  readonly name: BoundedLimit;
  /** The bound that was passed. */
  readonly bound: number;
  /** The value is too great, and not too small. */
  readonly high: boolean;
}

const text = ({ name, bound }: HidingLimit) => limitValue(name, bound);
const each = (limits: readonly HidingLimit[]): Words => ({
  zh: limits
    .map((one) => `${titles[one.name].zh}${one.high ? '最大' : '最小'} ${text(one)}（${limitHides[one.name].zh}）`)
    .join('；'),
  en: limits
    .map(
      (one) => `${titles[one.name].en}: ${one.high ? 'at most' : 'at least'} ${text(one)} (${limitHides[one.name].en})`,
    )
    .join('; '),
});

/** Nobody may give these: a climb or a cut might not be seen. */
export function limitsBlind(limits: readonly HidingLimit[]): Words {
  const list = each(limits);
  return {
    zh: `这样的阈值可能看不到攀爬或断线，不能启用。${list.zh}。`,
    en: `With these limits a climb or a cut may not be seen, so they cannot be enabled. ${list.en}.`,
  };
}

/** One person's word is enough for a trial only. */
export function limitsLoose(limits: readonly HidingLimit[], days: number): Words {
  const list = each(limits);
  return {
    zh: `这样的阈值会漏掉一部分入侵：请先试运行（前后合计最长 ${days} 天），并由保卫负责人或管理员（须是另一人）复核后才能长期使用。${list.zh}。`,
    en: `These limits hide a part of what ought to be told: try them (${days} days in all at most), and have a second person, a head of security or an administrator, stand for them before they may stay. ${list.en}.`,
  };
}

/** What every screen says of zones that nobody gave an end and no second person stands for. `blind`: some may not see a climb. */
export function zonesLoose(
  zones: readonly { readonly number: number; readonly limits: Words }[],
  blind: boolean,
): Words {
  const list = {
    zh: zones.map(({ number, limits }) => `${number}区（${limits.zh}）`).join('、'),
    en: zones.map(({ number, limits }) => `Z${number} (${limits.en})`).join(', '),
  };
  return blind
    ? {
        zh: `阈值过宽，可能看不到攀爬或断线：${list.zh}。请立即到“阈值”页改回，或改配置文件。`,
        en: `Limits so wide that a climb or a cut may not be seen: ${list.en}. Mend them on the limits page or in the configuration at once.`,
      }
    : {
        zh: `阈值放宽，没有期限也没有第二人复核：${list.zh}。请到“阈值”页改回或由另一人复核。`,
        en: `Limits loosened, with no end and nobody else standing for them: ${list.en}. Mend them on the limits page, or have a second person stand for them.`,
      };
}

/** What check-config says at the place in the file. */
export const configuredBlind = (limits: readonly HidingLimit[]): Words => ({
  zh: `按这些限值，攀爬或断线可能看不到，各屏幕都会注明。${each(limits).zh}`,
  en: `with these limits a climb or a cut may not be seen, and every screen will say so. ${each(limits).en}`,
});
export const configuredLoose = (limits: readonly HidingLimit[]): Words => ({
  zh: `这些限值会隐去一部分本应报的；防区会被标记，各屏幕一直注明，直到保卫负责人或管理员在阈值页面复核。${each(limits).zh}`,
  en: `these limits hide a part of what ought to be told; the zone is marked, and every screen says so until a head of security or an administrator stands for them on the limits page. ${each(limits).en}`,
});
