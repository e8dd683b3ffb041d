/**
 * The school the screens are tested with: seven fence zones around four buildings, kitchen cameras, three patrol routes.
 * It has what a real wall has to find room for, with titles as long as the length budgets allow.
 */
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Device, Point, Procedure, Route, Site, Time } from '../../src/core/types.ts';

export const minute = 60_000;
/** Monday 2026-11-23, 14:32:07 in China. */
export const afternoon: Time = Date.parse('2026-11-23T14:32:07+08:00');

const everyDay = [0, 1, 2, 3, 4, 5, 6];

const zoneSpots: readonly (readonly [zh: string, en: string, path: readonly (readonly [number, number])[]])[] = [
  [
    '北围栏西段',
    'N fence W',
    [
      [0, 0],
      [350, 0],
    ],
  ],
  [
    '北围栏中段',
    'N fence mid',
    [
      [360, 0],
      [710, 0],
    ],
  ],
  [
    '东北角',
    'NE corner',
    [
      [720, 0],
      [1010, 0],
      [1010, 180],
    ],
  ],
  [
    '东围栏',
    'E fence',
    [
      [1010, 190],
      [1010, 490],
      [690, 490],
    ],
  ],
  [
    '南围栏',
    'S fence',
    [
      [680, 490],
      [350, 490],
    ],
  ],
  [
    '西南角',
    'SW corner',
    [
      [340, 490],
      [0, 490],
      [0, 260],
    ],
  ],
  [
    '西围栏',
    'W fence',
    [
      [0, 250],
      [0, 10],
    ],
  ],
];

const zones = Object.fromEntries(
  zoneSpots.map(([zh, en, path], i) => {
    const id = `z${i + 1}`;
    const camera = i === 3 ? 'cam-east' : 'cam-gate';
    // The wires of zone four are watched by the gateway itself as well; by zone five one comes in.
    const more = { ...(i === 3 && { signal: defaultLimits }), ...(i === 4 && { entry: true }) };
    return [id, { id, number: i + 1, title: { zh, en }, path, camera, ...more }];
  }),
);

function device(id: string, zh: string, en: string, points: Point[], more: Partial<Device>): Device {
  return {
    id,
    title: { zh, en },
    family: 'fence',
    profile: 'tension-host-modbus',
    line: 'bus',
    staleMs: 5_000,
    commsPriority: 2,
    points: Object.fromEntries(points.map((p) => [p.key, p])),
    zones: [],
    ...more,
  };
}

function tension(n: number): Point {
  const alarm = { kind: 'climb', priority: 1, when: { above: 25 } } as const;
  return {
    key: `tension_${n}`,
    title: { zh: '张力', en: 'Tension' },
    keep: 'gauge',
    quantity: 'tension',
    type: 'number',
    unit: '%',
    zone: `z${n}`,
    alarm,
  };
}

const masked: Point = {
  key: 'masked',
  title: { zh: '遮挡', en: 'Covered' },
  keep: 'state',
  type: 'boolean',
  alarm: { kind: 'masked', priority: 3, when: { is: true }, always: true },
};
const scan: Point = {
  key: 'scan',
  title: { zh: '刷卡', en: 'Card' },
  keep: 'pulse',
  type: 'string',
  scan: true,
};

const cameras: readonly (readonly [id: string, zh: string, en: string, x: number, y: number, facing: number])[] = [
  ['cam-cut', '食堂切配间', 'Cutting', 630, 66, 0],
  ['cam-stove', '灶台', 'Stove', 560, 150, 90],
  ['cam-keep', '留样', 'Samples', 610, 190, 180],
  ['cam-east', '东围栏', 'E fence', 890, 410, 0],
  ['cam-gate', '大门', 'Gate', 310, 250, 180],
];
const points: readonly (readonly [number, number])[] = [
  [410, 55],
  [830, 230],
  [70, 230],
  [410, 450],
  [900, 60],
  [600, 300],
  [250, 260],
  [120, 420],
];

const devices = [
  device('fence', '围栏主机', 'Fence host', [1, 2, 3, 4, 5, 6, 7].map(tension), { zones: Object.keys(zones) }),
  ...cameras.map(([id, zh, en, x, y, facing]) =>
    device(id, zh, en, [masked], { family: 'camera', profile: 'camera-onvif', line: id, at: [x, y], facing }),
  ),
  ...points.map((_, i) =>
    device(`r${i + 1}`, `${i + 1}号读卡器`, `Reader ${i + 1}`, [scan], { family: 'reader', line: 'mqtt' }),
  ),
];

function route(id: string, zh: string, en: string, count: number, starts: readonly number[], person?: string): Route {
  return {
    id,
    title: { zh, en },
    ordered: false,
    checkpoints: points.slice(0, count).map((at, i) => ({
      id: `${id}-${i + 1}`,
      title: { zh: `${i + 1}号点`, en: `P${i + 1}` },
      reader: `r${i + 1}`,
      at,
      afterMs: i * 5 * minute,
      earlyMs: 2 * minute,
      lateMs: 3 * minute,
      missMs: 8 * minute,
    })),
    rounds: starts.map((start) => ({ days: everyDay, start, ...(person ? { person } : {}) })),
  };
}

/** What is done about a climb, with a branch and an answer of every kind. */
const climbed: Procedure = {
  id: 'climb',
  title: { zh: '围栏攀爬', en: 'Fence climbed' },
  kinds: ['climb', 'pull'],
  steps: [
    {
      ask: { zh: '看画面：有人吗？', en: 'Look at the picture: anybody there?' },
      answer: 'yes-no',
      must: true,
      next: { no: 4 },
    },
    { ask: { zh: '几个人？', en: 'How many?' }, answer: 'number' },
    { ask: { zh: '派谁去？两人同行', en: 'Who goes? Two together' }, answer: 'person', must: true },
    { ask: { zh: '打电话给保卫负责人', en: 'Call the head of security' }, answer: 'done' },
    { ask: { zh: '检查围栏有没有损坏', en: 'Check the fence for damage' }, answer: 'done' },
  ],
};

export const campus: Site = {
  name: { zh: '实验小学（东校区）', en: 'Shiyan School (East)' },
  short: '实验小学',
  utcOffsetMin: 480,
  map: {
    width: 1010,
    height: 490,
    buildings: [
      { title: { zh: '教学楼', en: 'Classes' }, x: 100, y: 80, width: 270, height: 120 },
      { title: { zh: '食堂', en: 'Canteen' }, x: 450, y: 80, width: 220, height: 120 },
      { title: { zh: '宿舍', en: 'Dorm' }, x: 100, y: 290, width: 200, height: 120 },
      { title: { zh: '操场', en: 'Field' }, x: 450, y: 270, width: 330, height: 150, round: 70 },
    ],
  },
  zones,
  devices: Object.fromEntries(devices.map((d) => [d.id, d])),
  areas: {
    ground: {
      id: 'ground',
      title: { zh: '校园', en: 'Grounds' },
      zones: ['z1', 'z2', 'z3', 'z5', 'z6'],
      stay: ['z1', 'z2', 'z3'],
      schedule: 'nights',
      entryMs: 45_000,
      exitMs: 60_000,
    },
    east: { id: 'east', title: { zh: '东侧', en: 'East side' }, zones: ['z4'], stay: ['z4'], entryMs: 0, exitMs: 0 },
  },
  schedules: { nights: { id: 'nights', armed: [{ days: everyDay, from: 18 * 60, to: 7 * 60 }] } },
  calendar: {
    terms: [],
    // Thursday, three days from the day of the pictures.
    holidays: [{ from: 20_783, to: 20_783, title: { zh: '校庆', en: 'Founding day' } }],
    exceptions: [],
  },
  procedures: { climb: climbed },
  escalation: {
    1: { steps: [], repeatMs: 60_000 },
    2: { steps: [], repeatMs: 60_000 },
    3: { steps: [], repeatMs: 60_000 },
    quiet: { steps: [], repeatMs: 60_000 },
  },
  pledges: {
    1: { withinMs: { send: 90_000, accept: 60_000, arrive: 300_000, find: 900_000, review: 600_000 }, renewals: 3 },
    2: {
      withinMs: { send: 600_000, accept: 120_000, arrive: 600_000, find: 1_800_000, review: 1_800_000 },
      renewals: 3,
    },
    3: {
      withinMs: { send: 3_600_000, accept: 600_000, arrive: 1_800_000, find: 3_600_000, review: 14_400_000 },
      renewals: 3,
    },
  },
  channels: {},
  routes: Object.fromEntries(
    [
      route('night', '夜巡A线', 'Night A', 8, [6 * 60, 8 * 60, 14 * 60], 'li'),
      route('kitchen', '食堂线', 'Canteen', 5, [10 * 60, 14 * 60 + 5], 'wei'),
      route('dorm', '宿舍线', 'Dorm', 6, [15 * 60]),
    ].map((r) => [r.id, r]),
  ),
  people: { li: { id: 'li', name: '李强' }, wei: { id: 'wei', name: '张伟' } },
  roundsPerDay: 5,
};

const monday = Math.floor((afternoon + 480 * minute) / (24 * 60 * minute));
const turn = (shift: string, order: readonly string[], days = everyDay) => ({
  ...{ shift, days, order: order.map((names) => names.split(' ')), anchor: monday, eachDays: 7 },
});
/** The same school with a duty roster: two shifts round the clock, one at the gate that lacks somebody on Fridays, exams, a term's end. */
export const watched: Site = {
  ...campus,
  people: {
    ...campus.people,
    wang: { id: 'wang', name: '王建国' },
    chen: { id: 'chen', name: '陈刚' },
    zhao: { id: 'zhao', name: '赵敏' },
    qian: { id: 'qian', name: '钱勇' },
  },
  calendar: {
    terms: [{ from: monday - 80, to: monday + 10, title: { zh: '秋季学期', en: 'Autumn' } }],
    holidays: [],
    exceptions: [],
  },
  roster: {
    shifts: {
      day: { id: 'day', title: { zh: '白班', en: 'Day shift' }, days: everyDay, from: 420, until: 1_140, persons: 1 },
      night: {
        id: 'night',
        title: { zh: '夜班', en: 'Night shift' },
        days: everyDay,
        from: 1_140,
        until: 420,
        persons: 1,
      },
      gate: {
        id: 'gate',
        title: { zh: '校门岗', en: 'Gate' },
        days: [1, 2, 3, 4, 5],
        only: 'term',
        from: 430,
        until: 690,
        persons: 2,
      },
    },
    turns: [
      ...[turn('day', ['li', 'wei', 'wang']), turn('night', ['wei', 'wang', 'li'])],
      ...[turn('gate', ['zhao qian'], [1, 2, 3, 4]), turn('gate', ['zhao'], [5])],
    ],
    temporary: [
      {
        ...{ id: 'exams', title: { zh: '期末考试', en: 'Exams' }, from: monday + 8, to: monday + 9 },
        ...{ turns: [turn('night', ['chen'])], otherwise: 'usual' },
      },
    ],
  },
};
