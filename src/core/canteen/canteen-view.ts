/**
 * The canteen as its page shows it: areas with their cameras and sensors as they stand, what has to be put right, and the lists of today.
 * Composed by the gateway from State for people who have no feed; it must never hold anything of fences, patrol, or calls for help.
 */
import { concernsCanteen, countersignBar } from '../rectify/countersign.ts';
import { isOver } from '../rectify/evolve-rectify.ts';
import { localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type {
  AreaUse,
  Device,
  ListAnswer,
  ListItem,
  MenuLine,
  PictureSign,
  ReadOnly,
  Rectification,
  RectifyPerson,
  Refusal,
  Site,
  State,
  Time,
  User,
  Value,
  Words,
} from '../types.ts';
import { listKey, listsOn } from './lists.ts';
import { menuKey } from './menu.ts';

/** Of those that are over the page shows a week. */
const overShownMs = 7 * 86_400_000;
const shownMax = 300;

interface ShownDevice {
  readonly id: string;
  readonly title: Words;
  /** undefined: not heard since the gateway began. */
  readonly up?: boolean;
  readonly since: Time;
  readonly why?: Words;
}
/** A camera: whether it is there, and what its pictures show of it. */
export interface CanteenCamera extends ShownDevice {
  readonly signs: readonly PictureSign[];
}
/** A sensor with what it said last. */
export interface CanteenSensor extends ShownDevice {
  readonly values: readonly { readonly key: string; readonly title: Words; readonly value: Value; readonly at: Time }[];
}
export interface ShownArea {
  readonly id: string;
  readonly title: Words;
  readonly use: AreaUse;
  readonly cameras: readonly CanteenCamera[];
  readonly sensors: readonly CanteenSensor[];
}
/** A list of today. */
export interface ShownList {
  readonly id: string;
  readonly title: Words;
  readonly from: Time;
  readonly until: Time;
  readonly items: readonly ListItem[];
  readonly answers: readonly ListAnswer[];
  readonly missedAt?: Time;
}
/** `bar`: why whoever looks may not countersign it. */
export interface ShownRectification extends Rectification {
  readonly bar?: Refusal;
}
/** The menu somebody set for today, and what stands where nobody did. */
export interface ShownMenu {
  readonly line: MenuLine;
  readonly by?: string;
  readonly at?: Time;
  /** Its last change can be taken back. */
  readonly undo: boolean;
  readonly configured?: Words;
}
export interface CanteenView {
  readonly school: Words;
  readonly utcOffsetMin: number;
  readonly user: User;
  readonly areas: readonly ShownArea[];
  readonly rectifications: readonly ShownRectification[];
  readonly lists: readonly ShownList[];
  readonly people: readonly RectifyPerson[];
  readonly dueDays: number;
  readonly leastOnline: number;
  /** Today's menu on the public screen; undefined where the school has no such screen. */
  readonly menu?: ShownMenu;
}

type CanteenLook = Pick<ReadOnly<State>, 'devices' | 'cameras' | 'rectifications' | 'listDays' | 'menus'>;

function shown({ id, title }: Device, state: CanteenLook): ShownDevice {
  const known = state.devices.get(id);
  return {
    ...{ id, title, since: known?.since ?? 0 },
    ...(known?.up !== undefined && { up: known.up }),
    ...(known?.why && { why: known.why }),
  };
}

function sensor(device: Device, state: CanteenLook): CanteenSensor {
  const values = Object.entries(state.devices.get(device.id)?.values ?? {}).flatMap(([key, { value, at }]) => {
    const point = lookup(device.points, key);
    return point ? [{ key, title: point.title, value, at }] : [];
  });
  return { ...shown(device, state), values };
}

function areasOf(site: Site, state: CanteenLook): ShownArea[] {
  const of = (ids: readonly string[]) => ids.flatMap((id) => lookup(site.devices, id) ?? []);
  return Object.values(site.canteen?.areas ?? {}).map(({ id, title, use, cameras, sensors }) => ({
    ...{ id, title, use },
    cameras: of(cameras).map((one) => ({
      ...shown(one, state),
      signs: Object.keys(state.cameras.get(one.id)?.signs ?? {}) as PictureSign[],
    })),
    sensors: of(sensors).map((one) => sensor(one, state)),
  }));
}

/** Overdue ones first, then by date; what is over last. */
function inOrder(a: Rectification, b: Rectification): number {
  const rank = ({ stage, overdueSince }: Rectification) => {
    if (overdueSince !== undefined) return 0;
    return stage === 'proposed' ? 1 : isOver(stage) ? 3 : 2;
  };
  return rank(a) - rank(b) || (a.due ?? a.foundAt) - (b.due ?? b.foundAt) || a.id - b.id;
}

function menuShown({ kitchen }: Site, state: CanteenLook, day: number): ShownMenu | undefined {
  if (!kitchen) return undefined;
  const set = state.menus.get(menuKey(day));
  return {
    ...{ line: set?.line ?? {}, undo: set?.before !== undefined },
    ...(set && { by: set.by, at: set.at }),
    ...(kitchen.menu && { configured: kitchen.menu }),
  };
}

/** Everything its page shows for this person, at `now`. */
export function canteenView(site: Site, state: CanteenLook, user: User, now: Time): CanteenView {
  const day = localDay(now, site.utcOffsetMin);
  const own = Object.values(site.canteen?.people ?? {});
  const menu = menuShown(site, state, day);
  // Who guards the school is for those who see it as a whole.
  const others = user.role === 'canteen' ? [] : Object.values(site.people);
  return {
    ...{ school: site.name, utcOffsetMin: site.utcOffsetMin, user, areas: areasOf(site, state) },
    rectifications: [...state.rectifications.values()]
      .filter(({ over }) => !over || over.at > now - overShownMs)
      .filter((one) => user.role !== 'canteen' || concernsCanteen(site, one as Rectification, user))
      .sort(inOrder)
      .slice(0, shownMax)
      .map((one) => {
        const bar = countersignBar(site, one as Rectification, user);
        return { ...(one as Rectification), ...(bar && { bar }) };
      }),
    lists: listsOn(site, day).map(({ list: { id, title, items }, from, until }) => {
      const done = state.listDays.get(listKey(id, day));
      const answers = (done?.answers ?? []) as readonly ListAnswer[];
      return { id, title, from, until, items, answers, ...(done?.missedAt && { missedAt: done.missedAt }) };
    }),
    people: [...own, ...others].map(({ id, name, account }) => ({
      ...{ id, name },
      ...(account !== undefined && { account }),
    })),
    dueDays: site.canteen?.dueDays ?? 3,
    leastOnline: site.canteen?.leastOnline ?? 95,
    ...(menu && { menu }),
  };
}
