/**
 * A month of patrols told fact by fact, and what it comes to, counted a second time in another way: from what was meant to
 * happen, never from a record. Nothing here is decided by the core.
 */
import type { Event, Fact, PatrolVerdict, Post, PostResult, Route, Site, Time } from '../../src/core/types.ts';
import { minute, school } from '../core/school.ts';

export const dayMs = 86_400_000;
/** Sunday 2026-11-01, 00:00 in China. */
export const november: Time = Date.parse('2026-11-01T00:00:00+08:00');

/** The longest the leg to the second checkpoint of a route may take. */
const legMostMs = 3.5 * minute;

/** One checkpoint of one round, as it was meant. */
export interface Meant {
  readonly day: number;
  readonly route: string;
  readonly start: Time;
  readonly point: string;
  readonly plan: Time;
  readonly verdict: PatrolVerdict;
  readonly at?: Time;
  readonly person: string;
  /** When the gateway knows of it. */
  readonly learned: Time;
}

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const routeOf = (id: string, title: string, points: number): Route => ({
  id,
  title: { zh: title, en: `Route ${id}` },
  ordered: true,
  checkpoints: Array.from({ length: points }, (_, i) => ({
    id: `${id}${i + 1}`,
    title: { zh: `${title}${i + 1}号点`, en: `Point ${id}${i + 1}` },
    reader: 'r1',
    afterMs: (i + 1) * 3 * minute,
    earlyMs: 2 * minute,
    lateMs: 3 * minute,
    missMs: 8 * minute,
    // The second leg is long when whoever walks it loses half a minute.
    ...(i === 1 && { mostMs: legMostMs }),
  })),
  rounds: [],
});

/** One post of one day, as it was meant. */
export interface PostMeant {
  readonly post: string;
  readonly start: Time;
  readonly result: PostResult;
  readonly shortMs: number;
  /** When the gateway knows of it. */
  readonly learned: Time;
}

const postOf = (id: string, title: string, hour: number): Post => ({
  ...{ id, title: { zh: title, en: `Post ${id}` }, reader: 'r1', persons: 2, earlyMs: 600_000, graceMs: 60_000 },
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: hour * 60, until: hour * 60 + 30 })),
});
/** When each post begins, hours after midnight. */
const POSTS = { arrival: 7, dismissal: 16 } as const;
const postsOfMonth = { arrival: postOf('arrival', '大门上学岗', 7), dismissal: postOf('dismissal', '大门放学岗', 16) };

/** The posts of the month: the facts, and what was meant by them. Some are put right a day later by what is uploaded. */
function postMonth(days: number, seed: number): { told: { at: Time; fact: Fact }[]; posts: PostMeant[] } {
  const chance = chanceOf(seed);
  const told: { at: Time; fact: Fact }[] = [];
  const posts: PostMeant[] = [];
  const results: readonly PostResult[] = ['manned', 'manned', 'manned', 'short-handed', 'unmanned', 'unheard'];
  for (let day = 0; day < days; day++)
    for (const [post, hour] of Object.entries(POSTS)) {
      const start = november + day * dayMs + hour * 60 * minute;
      const until = start + 30 * minute;
      const watch = `${post}@2026-11-${String(day + 1).padStart(2, '0')}`;
      const plan = { reader: 'r1', from: start, until, persons: 2, earlyMs: 600_000, graceMs: 60_000 };
      told.push({ at: start, fact: { kind: 'post-opened', watch, post, ...plan } });
      const said = (result: PostResult, at: Time, before?: PostResult) => {
        const lacking = result === 'short-handed' || result === 'unmanned';
        const shortMs = lacking ? Math.round(chance() * 20) * minute : 0;
        const outcome = { result, fewest: lacking ? 0 : 2, shortMs, people: lacking ? [] : ['li', 'ji'] };
        told.push({ at, fact: { kind: 'post-completed', watch, ...outcome, ...(before && { before }) } });
        posts.push({ post, start, result, shortMs, learned: at });
      };
      const result = results[Math.floor(chance() * results.length)]!;
      said(result, until);
      if (result === 'short-handed' && chance() < 0.5) said('manned', until + dayMs, result);
    }
  return { told, posts };
}

/** What the posts came to as far as was known at a time: the last word on each. */
export function postFigures(all: readonly PostMeant[], now: Time) {
  const last = new Map<string, PostMeant>();
  for (const one of all.filter(({ learned }) => learned < now)) last.set(`${one.post} ${one.start}`, one);
  const count = (list: readonly PostMeant[]) => {
    const of = (result: PostResult) => list.filter((one) => one.result === result).length;
    const short = { short: of('short-handed'), unmanned: of('unmanned') };
    const due = of('manned') + short.short + short.unmanned;
    const shortMs = list.reduce((sum, one) => sum + one.shortMs, 0);
    return { due, manned: of('manned'), ...short, unheard: of('unheard'), shortMs };
  };
  const known = [...last.values()];
  return { all: count(known), byPost: Object.keys(POSTS).map((id) => count(known.filter((one) => one.post === id))) };
}

export interface MonthPlan {
  readonly days: number;
  readonly points: number;
  /** Hours at which rounds of each route begin. */
  readonly hours: readonly number[];
  readonly routes: readonly string[];
}

/** The school of the month: names that are hard to print, and one that a spreadsheet could run. */
export function siteOf({ points, routes }: MonthPlan): Site {
  const person = (id: string, name: string) => ({ id, name, card: `0F00${id}` });
  return {
    ...school,
    name: { zh: '试验小学', en: 'Trial School' },
    roundsPerDay: 4,
    posts: postsOfMonth,
    routes: Object.fromEntries(routes.map((title, i) => [`abc`[i]!, routeOf('abc'[i]!, title, points)])),
    people: { li: person('li', '李强'), ji: person('ji', '张喆𠮷'), odd: person('odd', '=𰻝\u{10ffff}') },
  };
}

const WHO = ['li', 'ji', 'odd'] as const;

type Told = Extract<Fact, { kind: 'round-changed' }>;
/** What people did to rounds, by day, hour and route: so many minutes after the start. */
const DONE: Readonly<Record<string, readonly (readonly [min: number, change: Partial<Told>])[]>> = {
  '2 13 a': [
    [7, { how: 'cancelled', by: 'wang', reason: '=暴雨', review: true }],
    [600, { how: 'reviewed', by: 'chen', reason: '属实' }],
  ],
  '3 9 b': [
    [-600, { how: 'covered', by: 'wang', reason: '请假', person: 'ji' }],
    [1, { how: 'paused', by: 'wang', reason: '校门拥堵', review: true }],
    [1.1, { how: 'resumed', by: 'chen', reason: '已疏散' }],
  ],
  '4 1 b': [[-60, { how: 'extended', by: 'chen', reason: '大雾', minutes: 10 }]],
};
const BROKEN = '6 22 a';
/** The letter of a verdict: there, at the wrong time of the order, missed, called off. */
const letterOf = (verdict: PatrolVerdict): string =>
  ({ missed: 'm', cancelled: 'c', 'wrong-order': 'o' })[verdict as string] ?? 'r';
const broken = /^[ro]+m+$/;

/** The facts of the month in the order in which they are learned, and what was meant by them. */
export function patrolMonth(plan: MonthPlan, seed = 7): { events: Event[]; meant: Meant[]; posts: PostMeant[] } {
  const held = postMonth(plan.days, seed);
  const chance = chanceOf(seed);
  const site = siteOf(plan);
  const told: { at: Time; fact: Fact }[] = [
    { at: november, fact: { kind: 'started', version: 'v', config: 'c', utcOffsetMin: 480 } },
  ];
  const meant: Meant[] = [];
  const pick = (): keyof typeof OFF => {
    const x = chance();
    if (x < 0.82) return 'on-time';
    if (x < 0.87) return 'early';
    if (x < 0.92) return 'late';
    return x < 0.97 ? 'missed' : 'wrong-order';
  };
  const OFF = { 'on-time': 20_000, early: -190_000, late: 300_000, missed: 0, 'wrong-order': 55_000 } as const;
  for (let day = 0; day < plan.days; day++)
    for (const hour of plan.hours)
      for (const route of Object.values(site.routes)) {
        // Nobody walks on the sixth.
        if (day === 5) continue;
        const start = november + day * dayMs + hour * 60 * minute;
        const round = `${route.id}@${new Date(start + 480 * minute).toISOString().slice(0, 16)}`;
        const opened = WHO[Math.floor(chance() * WHO.length)]!;
        const done = DONE[`${day} ${hour} ${route.id}`] ?? [];
        const person = done.find(([, { how }]) => how === 'covered')?.[1].person ?? opened;
        const lag = (done.find(([, { how }]) => how === 'extended')?.[1].minutes ?? 0) * minute;
        const called = done.find(([, { how }]) => how === 'cancelled')?.[0] ?? Number.POSITIVE_INFINITY;
        told.push({ at: start - minute, fact: { kind: 'opened', round, route: route.id, start, person: opened } });
        for (const [min, change] of done) {
          const of = change.how === 'covered' && { of: opened };
          const fact = { kind: 'round-changed', round, route: route.id, start, ...change, ...of } as Told;
          told.push({ at: start + min * minute, fact });
        }
        const known: PatrolVerdict[] = [];
        const completed = (at: Time) => {
          const full: Record<string, number> = { 'on-time': 0, early: 0, late: 0, missed: 0, 'wrong-order': 0 };
          for (const one of known) full[one] = (full[one] ?? 0) + 1;
          const off = broken.test(known.map(letterOf).join(''));
          const brokenAt = off ? { brokenAt: route.checkpoints[known.indexOf('missed')]!.id } : {};
          told.push({ at, fact: { kind: 'completed', round, counts: full, ...brokenAt } as Fact });
        };
        const uploads: { at: Time; place: number; verdict: PatrolVerdict }[] = [];
        for (const [place, point] of route.checkpoints.entries()) {
          const drawn = pick();
          const off = place >= 2 && `${day} ${hour} ${route.id}` === BROKEN;
          const due = start + point.afterMs + lag;
          const late = chance() < 0.1;
          if (due + point.missMs > start + called * minute) {
            const learned = start + called * minute;
            told.push({ at: learned, fact: { kind: 'checked', round, checkpoint: point.id, verdict: 'cancelled' } });
            const verdict = 'cancelled';
            meant.push({ day, route: route.id, start, point: point.id, plan: due, verdict, person, learned });
            known.push(verdict);
            continue;
          }
          const verdict = off ? 'missed' : drawn;
          const planned = person !== opened && { planned: person };
          known.push(late && verdict !== 'missed' ? 'missed' : verdict);
          const about = { kind: 'checked', round, checkpoint: point.id } as const;
          if (verdict === 'missed') {
            const learned = due + point.missMs;
            told.push({ at: learned, fact: { ...about, verdict, ...planned } });
            meant.push({ day, route: route.id, start, point: point.id, plan: due, verdict, person, learned });
            continue;
          }
          const at = due + OFF[verdict];
          const touch = { sourceTime: at, offMs: OFF[verdict], person, card: `0F00${person}` };
          // First missed, and read out of the reader a day later: only the last word counts.
          if (late) told.push({ at: due + point.missMs, fact: { ...about, verdict: 'missed', ...planned } });
          const learned = late ? at + dayMs : at;
          told.push({
            at: learned,
            fact: { ...about, ...touch, ...planned, verdict, ...(late && { uploaded: true }) },
          });
          if (late) uploads.push({ at: learned, place, verdict });
          meant.push({ day, route: route.id, start, point: point.id, plan: due, verdict, at, person, learned });
        }
        completed(start + (plan.points * 3 + 9) * minute + lag);
        for (const { at, place, verdict } of uploads) {
          known[place] = verdict;
          completed(at);
        }
      }
  const events = [...told, ...held.told]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, fact }, i): Event => ({ ...fact, seq: i + 1, at }));
  return { events, meant, posts: held.posts };
}

const reached = ({ verdict }: Meant) => ['on-time', 'early', 'late'].includes(verdict);

/** The figures of what was meant in [from, to), days since November began. */
export function figuresOf(all: readonly Meant[], { days, required }: { days: number; required: number }) {
  const count = (list: readonly Meant[]) => ({
    planned: list.filter(({ verdict }) => verdict !== 'cancelled').length,
    reached: list.filter(reached).length,
    onTime: list.filter(({ verdict }) => verdict === 'on-time').length,
    missed: list.filter(({ verdict }) => verdict === 'missed').length,
    wrongOrder: list.filter(({ verdict }) => verdict === 'wrong-order').length,
  });
  const by = (key: (one: Meant) => string | number) =>
    Object.fromEntries([...Map.groupBy(all, key)].map(([name, list]) => [name, count(list)]));
  const rounds = [...Map.groupBy(all, ({ route, start }) => `${route} ${start}`).values()];
  const letters = rounds.map((list) => list.map(({ verdict }) => letterOf(verdict)).join(''));
  const leg = (list: readonly Meant[]) => {
    const [one, two] = ['1', '2'].map((end) => list.find(({ point }) => point.endsWith(end))?.at);
    return one !== undefined && two !== undefined && two - one > legMostMs;
  };
  const complete = rounds.filter((list) => list.every(reached));
  const perDay = Array.from({ length: days }, (_, day) => complete.filter(([one]) => one?.day === day).length);
  const touches = all.filter(reached).map(({ at }) => at ?? 0);
  return {
    ...count(all),
    rounds: rounds.length,
    cancelled: letters.filter((all) => all.includes('c')).length,
    brokenOff: letters.filter((all) => broken.test(all)).length,
    longLegs: rounds.filter(leg).length,
    complete: complete.length,
    daysMet: perDay.filter((n) => n >= required).length,
    touches: touches.sort((a, b) => a - b),
    byRoute: by(({ route }) => route),
    byPerson: by(({ person }) => person),
    byPoint: by(({ route, point }) => `${route}/${point}`),
    byDay: by(({ day }) => day),
    byShift: by(({ start }) => new Date(start + 480 * minute).toISOString().slice(11, 16)),
  };
}
