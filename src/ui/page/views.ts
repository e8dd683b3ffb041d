/**
 * The views of State that several screens share, each recomputed per batch and passed on only when something in it changed.
 * Queries themselves live in core; this file only ties them to the feed.
 */
import { computed } from '@preact/signals';
import { may } from '../../core/act/act-roles.ts';
import { shelvable, shelved as shelvesOf } from '../../core/alarm/shelving.ts';
import { localDay, timeOf } from '../../core/site/calendar.ts';
import { personOf } from '../../core/site/naming.ts';
import type { Alarm, ChangedRound, PostWatch, Round, Shelf, State } from '../../core/types.ts';
import { largestGap, patrolTally, type RoundRow, roundsToday } from '../../core/view/round-rows.ts';
import { wallAlarms } from '../../core/view/view.ts';
import { type DeskLists, deskLists } from '../../core/view/view-handling.ts';
import { grouped, type Incident } from '../../core/view/view-incidents.ts';
import { type OrderLists, orderLists } from '../../core/view/view-orders.ts';
import { type PostRow, postsToday } from '../../core/view/view-posts.ts';
import { now } from './page-clock.ts';
import { select, site, you } from './page-feed.ts';

/** Open alarms of the wall, in its order. */
export const alarms = select<readonly Alarm[]>((state) => wallAlarms(state), []);
/** The wall's alarms in the incidents they belong to: one row each. */
export const incidents = select<readonly Incident[]>((state) => grouped(wallAlarms(state)), []);
/** Every open alarm, in no order. */
export const openAlarms = select<readonly Alarm[]>((state) => [...state.alarms.values()], []);
const lists = select<DeskLists>(deskLists, { waiting: [], handled: [], toClose: [], shelved: [], maintenance: [] });
/** What the desk lists, by what it waits for. */
export const deskList = (name: keyof DeskLists) => lists.value[name];
/** Urges of the district that wait, and what else came from there lately. */
export const districtOrders = select<OrderLists>((state) => orderLists(state), { urges: [], lately: [] });
export const mayAnswer = computed(() => you.value !== undefined && may(you.value.role, 'answer-order'));
/** Open maintenance notes (priority 4). */
export const maintenance = computed(() => lists.value.maintenance);
export const shelved = computed(() => lists.value.shelved);
/** What was put aside, by key of the alarm. */
export const shelves = select<readonly Shelf[]>(shelvesOf, []);
const putAside = select<readonly number[]>(
  (state, place) => [...state.alarms.values()].filter((one) => shelvable(place, state, one)).map(({ id }) => id),
  [],
);
/** Whether an alarm may be put aside just now. */
export const mayShelve = ({ id }: Alarm): boolean => putAside.value.includes(id);
export const unacked = computed(() => alarms.value.filter((a) => !a.acked));
export const today = select((state) => state.today, { day: 0, raised: 0, nuisance: 0, acked: 0, ackMs: 0 });
export const closed = select<State['closed']>((state) => state.closed, []);
/** Since when there have been too many alarms for one person, and when alarms were raised lately. */
export const flood = select<State['flood']>((state) => state.flood, undefined);
export const raises = select<State['raises']>((state) => state.raises, []);

const opened = select<readonly Round[]>((state) => [...state.rounds.values()], []);
/** Rounds that were opened, by id. */
export const openedRounds = computed(() => new Map(opened.value.map((r) => [r.id, r])));
const changed = select<Readonly<Record<string, ChangedRound>>>((state) => Object.fromEntries(state.changedRounds), {});
/** What people changed of rounds, by the id of the round. */
export const changedRounds = computed(() => new Map(Object.entries(changed.value)));
/** The gateway's time in whole minutes. */
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);
/** When a round was last changed: what a person has just done shows at once, not with the next minute. */
const changedAt = computed(() =>
  Math.max(0, ...Object.values(changed.value).flatMap(({ changes }) => changes.map(({ at }) => at))),
);
/** Every round of the school's day, opened or planned. */
export const rounds = computed<readonly RoundRow[]>(() => {
  const place = site.value;
  if (!place || minute.value === 0) return [];
  return roundsToday(place, openedRounds.value, Math.max(minute.value, changedAt.value), changedRounds.value);
});
const watches = select<readonly PostWatch[]>((state) => [...state.posts.values()], []);
/** Every post of the school's day, opened or planned. */
export const posts = computed<readonly PostRow[]>(() =>
  site.value && minute.value > 0 ? postsToday(site.value, watches.value, minute.value) : [],
);
const recordsSince = select<State['since']>((state) => state.since, 0);
/** The longest time today in which nobody walked, up to now; what was before the journal began nobody knows. */
export const gap = computed(() => {
  if (rounds.value.length === 0) return undefined;
  const midnight = timeOf(localDay(minute.value, offset.value), 0, offset.value);
  return largestGap(rounds.value, Math.max(midnight, recordsSince.value), minute.value);
});
export const tally = computed(() =>
  site.value ? patrolTally(site.value, rounds.value) : { complete: 0, target: 0, judged: 0, reached: 0, onTime: 0 },
);
/** The person of the site behind this page's account; undefined where the site names nobody so. */
export const me = computed(() => site.value && you.value && personOf(site.value, you.value));
/** Whether this page's person was sent to an alarm and has not dealt with it. */
export const sentHere = (alarm: Alarm) =>
  me.value !== undefined && alarm.dispatched?.to === me.value.id && !alarm.disposed;
/** This person's own call for help from a phone: he needs no sound, and no screen, to tell him. */
export const ownCall = ({ key }: Alarm) => you.value !== undefined && key === `sos/phone/${you.value.name}`;
/** Minutes east of UTC at the school; screens show local time of the school, not of the browser. */
export const offset = computed(() => site.value?.utcOffsetMin ?? 480);

/** Whether this person has answered an alarm that two must answer, by whatever account: he counts once and is not asked again. */
export function answeredHere({ parts = [] }: Pick<Alarm, 'parts'>): boolean {
  const [place, own] = [site.value, me.value?.id];
  return parts.some(
    ({ by }) => by === you.value?.name || (place && own !== undefined && personOf(place, { name: by })?.id === own),
  );
}
