/**
 * Tiles of made-up schools for the tests of the district's wall: names as a district has them, and the states a school can be in. Nothing
 * here decides anything.
 */
import type { SchoolTile } from '../../src/district/board/board-types.ts';

/** 2026-11-30 14:32:07 in Shanghai. */
export const districtNow = Date.UTC(2026, 10, 30, 6, 32, 7);
export const utcOffsetMin = 480;

const names = [
  ['实验小学东校', 'Shiyan Pri. East'],
  ['第三中学', 'No. 3 Middle'],
  ['第二小学', 'No. 2 Primary'],
  ['育才中学', 'Yucai Middle'],
  ['阳光幼儿园', 'Sunshine KG'],
  ['江湾实验学校', 'Jiangwan Exp.'],
  ['外国语附小', 'Foreign Lang Pri.'],
  ['五角场小学', 'Wujiaochang Pri.'],
] as const;

const streets = ['五角场街道', '江湾街道', '殷行街道'];

/** A school that is well; `n` from 0. */
export function well(n: number, with_: Partial<SchoolTile> = {}): SchoolTile {
  const [zh, en] = n < names.length ? names[n]! : [`第${n + 1}小学`, `No. ${n + 1} Primary`];
  return {
    school: `school-${n + 1}`,
    name: { zh: `新江湾区${zh}`, en: `${en}, Xin Jiangwan District` },
    short: { zh, en },
    street: streets[n % streets.length]!,
    kind: zh.includes('幼儿园') ? 'kindergarten' : 'school',
    place: { x: 90 + ((n * 137) % 820), y: 90 + ((n * 211) % 820) },
    toldAt: districtNow - 4_000,
    seenAt: districtNow - 2_000,
    behind: 0,
    alarms: { waiting: [0, 0, 0], open: 0 },
    patrol: { of: 24, good: 24 - (n % 5 === 3 ? 2 : 0) },
    kitchen: { of: 6, good: n % 7 === 5 ? 5 : 6 },
    fence: { zones: 7, armed: 7, out: n % 9 === 8 ? 1 : 0 },
    rectifications: { open: n % 4, overdue: n % 11 === 10 ? 2 : 0 },
    urged: n % 13 === 12 ? 1 : 0,
    ...with_,
  };
}

/** A school whose alarm of a priority waits since so many seconds. */
export function alarmed(n: number, priority: 1 | 2 | 3, ageS: number, kind = 'climb', count = 1): SchoolTile {
  const at = districtNow - ageS * 1_000;
  const waiting = [0, 0, 0].map((none, i) => (i === priority - 1 ? count : none)) as [number, number, number];
  return well(n, {
    alarms: {
      waiting,
      open: count,
      ...(priority === 1 && { firstP1At: at }),
      top: { kind, priority, place: { zh: '东围栏', en: 'East fence' }, at },
    },
  });
}

/** A school that has not spoken for so many seconds. */
export const lostFor = (n: number, seconds: number, with_: Partial<SchoolTile> = {}): SchoolTile =>
  well(n, {
    seenAt: districtNow - seconds * 1_000,
    toldAt: districtNow - seconds * 1_000 - 3_000,
    doubt: 'lost',
    ...with_,
  });

/** So many schools that are well. */
export const wellSchools = (count: number): SchoolTile[] => Array.from({ length: count }, (_, n) => well(n));
