/**
 * A small school with a canteen: two areas, a camera that knows hats, two lists and the people who work there. It stands on the small
 * school and says nothing of how anything is judged.
 */
import type { Canteen, Site, User } from '../../src/core/types.ts';
import { school } from './school.ts';

const words = (zh: string, en = zh) => ({ zh, en });

/** Answers for the canteen. */
export const chief: User = { name: 'sun', role: 'canteen' };
/** Cooks there, with an account of the same role. */
export const cook: User = { name: 'zhou', role: 'canteen' };

export const canteen: Canteen = {
  chief: 'sun',
  areas: {
    cooking: { id: 'cooking', title: words('烹饪区', 'Cooking'), use: 'cooking', cameras: ['cam'], sensors: [] },
    store: { id: 'store', title: words('食品库', 'Store'), use: 'store', cameras: [], sensors: ['io'] },
  },
  people: {
    sun: { id: 'sun', name: '孙主管', account: 'sun' },
    zhou: { id: 'zhou', name: '周师傅', account: 'zhou' },
    wu: { id: 'wu', name: '吴阿姨' },
  },
  lists: {
    opening: {
      ...{ id: 'opening', title: words('晨检', 'Opening check'), days: [1, 2, 3, 4, 5], from: 360, until: 480 },
      items: [
        { id: 'health', ask: words('从业人员健康？', 'Everybody healthy?'), answer: 'yes-no' },
        { id: 'cold', ask: words('冷藏温度', 'Fridge'), answer: 'number', min: 0, max: 8, unit: '℃' },
      ],
    },
    samples: {
      ...{ id: 'samples', title: words('午餐留样', 'Lunch samples'), days: [1, 2, 3, 4, 5], from: 660, until: 780 },
      items: [{ id: 'dish', ask: words('留样', 'Sample'), answer: 'sample', min: 125, unit: 'g', photo: true }],
    },
  },
  leastOnline: 95,
  dueDays: 3,
  recordDays: 30,
  recordRule: words('校园规定 30 天', 'campus rule, 30 days'),
};

const { cam } = school.devices;
const hat = {
  ...({ key: 'no_hat', title: words('未戴帽', 'No hat'), keep: 'pulse', type: 'boolean' } as const),
  alarm: { kind: 'hygiene', priority: 3, when: { is: true }, always: true } as const,
};

/** The school with its canteen. */
export const kitchen: Site = {
  ...school,
  canteen,
  devices: { ...school.devices, cam: { ...cam!, points: { ...cam!.points, no_hat: hat } } },
};
