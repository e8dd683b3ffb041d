/**
 * The table of pages: where each is, what it is called, the right without which it has nothing to show, and which ways lead to
 * it. The server serves by it and the screens lead and name themselves by it, so that no address leads nowhere and nobody is
 * led to what his role cannot use. It stands beside the rights, where both may read it; it must never know how a page looks.
 */
import { pageTitles } from '../../words/page-titles.ts';
import type { Role, Words } from '../types.ts';
import { isBureau, mayAsk, type Request } from './rights.ts';

/** Where the way to a page stands: in the bar of every desk page, among the tabs of commissioning, or on the patrol board. */
export const wayKinds = ['bar', 'setup', 'patrol'] as const;
export type Way = (typeof wayKinds)[number];

/** What is known of a page before anybody sees it. */
export interface PageEntry {
  readonly path: string;
  /** Addresses of one thing on the page, which links from outside lead to; the part `:code` is a code of 22 letters, another that begins with `:` a number. */
  readonly things?: readonly string[];
  readonly title: Words;
  /** Without this right there is nothing to see; a page that names none is for people who are not logged in. */
  readonly ask?: Request;
  readonly ways: readonly Way[];
  /** It asks a route of its own, and follows no feed: for people who see one part of the school. */
  readonly alone?: true;
  /** The district shows it of its copy of the school. */
  readonly copied?: true;
}

/** Every page there is, in the order in which the ways to them stand. */
export const pageTable = {
  console: { path: '/console', title: pageTitles.console, ask: 'events', ways: ['bar'], copied: true },
  history: {
    path: '/alarms',
    things: ['/alarms/:alarm'],
    title: pageTitles.history,
    ask: 'events',
    ways: ['bar'],
    copied: true,
  },
  patrol: { path: '/patrol', title: pageTitles.patrol, ask: 'rounds', ways: ['bar'], copied: true },
  week: { path: '/patrol/week', title: pageTitles.week, ask: 'rounds', ways: ['patrol'] },
  duty: { path: '/duty', title: pageTitles.duty, ask: 'rounds', ways: ['bar'] },
  imports: { path: '/batons', title: pageTitles.imports, ask: 'import', ways: ['bar'] },
  audit: { path: '/patrol/audit', title: pageTitles.audit, ask: 'export', ways: ['bar'] },
  kpi: { path: '/kpi', title: pageTitles.kpi, ask: 'export', ways: ['bar'] },
  canteen: { path: '/canteen', title: pageTitles.canteen, ask: 'canteen', ways: ['bar'], alone: true },
  drill: { path: '/drill', title: pageTitles.drill, ask: 'drill', ways: ['bar'] },
  wall: { path: '/wall', title: pageTitles.wall, ask: 'picture', ways: ['bar'], copied: true },
  phone: {
    path: '/m',
    things: ['/m/a/:alarm'],
    title: pageTitles.phone,
    ask: 'alarms',
    ways: ['bar'],
  },
  point: { path: '/m/point', title: pageTitles.point, ask: 'point', ways: ['bar'] },
  setup: { path: '/setup', title: pageTitles.setup, ask: 'samples', ways: ['bar', 'setup'] },
  limits: { path: '/setup/threshold', title: pageTitles.limits, ask: 'samples', ways: ['setup'] },
  cameras: { path: '/setup/cameras', title: pageTitles.cameras, ask: 'samples', ways: ['setup'] },
  channels: { path: '/setup/channels', title: pageTitles.channels, ask: 'events', ways: ['setup'] },
  walk: { path: '/setup/walk', title: pageTitles.walk, ask: 'events', ways: ['setup'] },
  certificates: { path: '/certificates', title: pageTitles.certificates, ways: [] },
  phones: { path: '/phones', title: pageTitles.phones, ask: 'phones', ways: ['bar'] },
  sensors: { path: '/sensors', title: pageTitles.sensors, ask: 'canteen', ways: ['bar'], alone: true },
  // For the dining hall: whoever sets it up finds it among the tabs of set-up, and it leads nowhere.
  kitchen: { path: '/kitchen', title: pageTitles.kitchen, ask: 'kitchen', ways: ['setup'], alone: true },
  // For the phone of a class that has read its code.
  tap: { path: '/d', things: ['/d/:code'], title: pageTitles.tap, ways: [] },
  // For a phone that has read a code at the desk.
  pair: { path: '/pair', title: pageTitles.pair, ways: [] },
  login: { path: '/login', title: pageTitles.login, ways: [] },
} as const satisfies Readonly<Record<string, PageEntry>>;

export type PageId = keyof typeof pageTable;

/** What pages call themselves when they say what they show: the first word of their address. */
export const pageNames: ReadonlySet<string> = new Set(
  Object.values(pageTable).map(({ path }) => path.split('/')[1] ?? ''),
);

/** What the page of the wall is called where no wall of the school shows it. */
export const wallView = 'wall-view';

/** The table with its keys, in order. */
export const pageEntries: readonly (PageEntry & { readonly id: PageId })[] = (Object.keys(pageTable) as PageId[]).map(
  (id) => ({ ...pageTable[id], id }),
);

/** The pages a way of this kind leads a person of this role to. */
export function pagesOn(way: Way, role: Role): readonly (PageEntry & { readonly id: PageId })[] {
  return pageEntries.filter(
    ({ ways, ask, copied }) =>
      ways.includes(way) && ask !== undefined && (isBureau(role) ? copied === true : mayAsk(role, ask)),
  );
}

/** The page a person of this role begins with. */
export function firstPage(role: Role): PageId {
  if (role === 'canteen') return 'canteen';
  if (role === 'kitchen') return 'kitchen';
  return role === 'guard' ? 'phone' : 'console';
}

/** What stands at such a part of an address, as the router and the pages ask. */
export const thingPart = (part: string): string => (part === ':code' ? '^[\\w-]{22}$' : '^\\d+$');

/** The page at an address; undefined where there is none. */
export function pageAt(address: string): PageId | undefined {
  const parts = address.split('/');
  const fits = (pattern: string) => {
    const asked = pattern.split('/');
    return (
      asked.length === parts.length &&
      asked.every((part, i) =>
        part.startsWith(':') ? new RegExp(thingPart(part)).test(parts[i] ?? '') : part === parts[i],
      )
    );
  };
  return pageEntries.find(({ path, things = [] }) => [path, ...things].some(fits))?.id;
}
