/**
 * The table of the bureau's pages: where each is, what it is called, the right without which it has nothing to show, and whether the bar
 * leads to it. The server serves by it and the pages lead by it. It must never know how a page looks.
 */
import { districtTitles } from '../../words/district/district-titles.ts';
import type { Words } from '../../words/words.ts';
import { type DistrictRight, type DistrictRole, mayDistrict } from './district-rights.ts';

/** What is known of a page before anybody sees it. */
export interface DistrictPageEntry {
  /** `:school` is the name of a school, `:alarm` the number of an alarm. */
  readonly path: string;
  readonly title: Words;
  /** A page that names none is for people who are not logged in. */
  readonly right?: DistrictRight;
  /** The bar leads to it. */
  readonly bar: boolean;
}

/** Every page there is, in the order of the bar. */
export const districtPages = {
  wall: { path: '/district', title: districtTitles.wall, right: 'board', bar: true },
  map: { path: '/district/map', title: districtTitles.map, right: 'board', bar: true },
  alarms: { path: '/district/alarms', title: districtTitles.alarms, right: 'alarms', bar: true },
  orders: { path: '/district/orders', title: districtTitles.orders, right: 'orders', bar: true },
  patrol: { path: '/district/patrol', title: districtTitles.patrol, right: 'figures', bar: true },
  canteen: { path: '/district/canteen', title: districtTitles.canteen, right: 'figures', bar: true },
  values: { path: '/district/values', title: districtTitles.values, right: 'look', bar: true },
  drills: { path: '/district/drills', title: districtTitles.drills, right: 'figures', bar: true },
  ledger: { path: '/district/ledger', title: districtTitles.ledger, right: 'ledger', bar: true },
  assessment: { path: '/district/assessment', title: districtTitles.assessment, right: 'assessment', bar: true },
  accountability: {
    path: '/district/accountability',
    title: districtTitles.accountability,
    right: 'accountability',
    bar: true,
  },
  schools: { path: '/district/schools', title: districtTitles.schools, right: 'schools', bar: true },
  people: { path: '/district/people', title: districtTitles.people, right: 'people', bar: true },
  trail: { path: '/district/trail', title: districtTitles.trail, right: 'trail', bar: true },
  records: { path: '/district/records', title: districtTitles.records, right: 'retention', bar: true },
  schoolWall: { path: '/district/s/:school/wall', title: districtTitles.schoolWall, right: 'look', bar: false },
  schoolConsole: {
    path: '/district/s/:school/console',
    title: districtTitles.schoolConsole,
    right: 'look',
    bar: false,
  },
  schoolPatrol: { path: '/district/s/:school/patrol', title: districtTitles.schoolPatrol, right: 'look', bar: false },
  schoolAlarms: { path: '/district/s/:school/alarms', title: districtTitles.schoolAlarms, right: 'look', bar: false },
  schoolAlarm: {
    path: '/district/s/:school/alarms/:alarm',
    title: districtTitles.schoolAlarms,
    right: 'look',
    bar: false,
  },
  account: { path: '/district/account', title: districtTitles.account, right: 'self', bar: false },
  login: { path: '/login', title: districtTitles.login, bar: false },
} as const satisfies Readonly<Record<string, DistrictPageEntry>>;

export type DistrictPageId = keyof typeof districtPages;
/** A page of one school, out of the district's copy. */
export type CopyPageId = 'schoolWall' | 'schoolConsole' | 'schoolPatrol' | 'schoolAlarms' | 'schoolAlarm';
export type OwnPageId = Exclude<DistrictPageId, CopyPageId>;
export type DistrictPage = DistrictPageEntry & { readonly id: DistrictPageId };

/** The table with its keys, in order. */
export const districtPageList: readonly DistrictPage[] = (Object.keys(districtPages) as DistrictPageId[]).map((id) => ({
  ...districtPages[id],
  id,
}));

/** The pages the bar leads an officer of this role to. */
export const districtWays = (role: DistrictRole): readonly DistrictPage[] =>
  districtPageList.filter(({ bar, right }) => bar && right !== undefined && mayDistrict(role, right));

/** The page an officer of this role begins with. */
export const firstDistrictPage = (role: DistrictRole): DistrictPageId => (role === 'admin' ? 'schools' : 'wall');

const isSchool = (part: string | undefined) =>
  part !== undefined && /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(part);

/** The page at an address, and the school whose it is; undefined where there is none. */
export function districtPageAt(
  address: string,
):
  | { readonly id: OwnPageId; readonly school?: never }
  | { readonly id: CopyPageId; readonly school: string }
  | undefined {
  const parts = address.split('/');
  for (const { id, path } of districtPageList) {
    const asked = path.split('/');
    const fits = (part: string, i: number) => {
      if (part === ':alarm') return /^\d{1,15}$/.test(parts[i] ?? '');
      return part.startsWith(':') ? isSchool(parts[i]) : part === parts[i];
    };
    if (asked.length !== parts.length || !asked.every(fits)) continue;
    const school = parts[asked.indexOf(':school')];
    return school === undefined ? { id: id as OwnPageId } : { id: id as CopyPageId, school };
  }
  return undefined;
}
