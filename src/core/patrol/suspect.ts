/**
 * Looks at the touches that State holds whenever a round is over and whenever a file was read in, and asks about what the rules
 * find: each thing once, also after a restart, since what was asked stands in State. It judges no round and raises no alarm.
 */
import type { Draft } from '../draft.ts';
import { usualLimits } from '../exception/exception-limits.ts';
import type { DutySpan, ReaderOutage, WatchedRound, WatchedTouch } from '../exception/exception-types.ts';
import { exceptionsOf } from '../exception/exceptions.ts';
import { RoundCourse } from '../round/round-course.ts';
import { localDay } from '../site/calendar.ts';
import { postsOn, roundId, roundsOn } from '../site/round-plan.ts';
import type { ExceptionLimits, KeptTouch, Site, State, Time, TouchEvidence } from '../types.ts';
import { touchKey } from './touches.ts';

const minuteMs = 60_000;
/** A guard is on duty this long before and after what he is planned to walk; ours, beside the grace of the rule. */
const aroundMs = 30 * minuteMs;
/** Until a reader that is back has told what it kept; ours. */
const flushMs = 5 * minuteMs;

/** The limits in force: the usual ones, but for what the school wants otherwise. */
export function limitsOf(site: Pick<Site, 'exceptions'>): ExceptionLimits {
  const said = site.exceptions ?? {};
  return Object.fromEntries(
    Object.entries(usualLimits).flatMap(([rule, usual]) => {
      const own = said[rule as keyof typeof said];
      return own === 'off' ? [] : [[rule, { ...usual, ...own }]];
    }),
  );
}

/** The rounds that the plan has between two times, as they stand with all that was changed of them. */
function plannedRounds(site: Site, { changedRounds }: State, first: Time, last: Time): WatchedRound[] {
  const { routes, utcOffsetMin } = site;
  const rounds: WatchedRound[] = [];
  for (const route of Object.values(routes)) {
    const points = route.checkpoints.map(({ reader, afterMs, at, leastMs }) => ({
      ...{ reader, afterMs, ...(at && { at }) },
      ...(leastMs !== undefined && { leastMs }),
    }));
    for (let day = localDay(first, utcOffsetMin) - 1; day <= localDay(last, utcOffsetMin); day++) {
      for (const planned of roundsOn(site, route, day)) {
        const id = roundId(route.id, planned.start, utcOffsetMin);
        const course = new RoundCourse(route, planned, changedRounds.get(id)?.changes);
        const covers = course.changes.map(({ person }) => person);
        const people = [planned.person, planned.second, ...covers].filter((one) => one !== undefined);
        rounds.push({ id, route: route.id, from: course.opens, to: course.last, points, people });
      }
    }
  }
  return rounds;
}

/** Who was planned, and when. A round that anybody may walk has everybody on duty. */
function dutyOf(site: Site, rounds: readonly WatchedRound[]): DutySpan[] {
  const everybody = Object.keys(site.people);
  return rounds.flatMap(({ from, to, people }) =>
    (people.length > 0 ? people : everybody).map((person) => ({ person, from: from - aroundMs, to: to + aroundMs })),
  );
}

/**
 * When a reader may have been away: for all that is known, between a touch and its late telling. Known is that it was there when it has
 * been up since before, or told another touch at once meanwhile.
 */
function outagesOf(state: State, touches: readonly WatchedTouch[]): ReaderOutage[] {
  const live = touches.filter(({ source }) => source === 'online');
  return touches
    .filter(({ source }) => source === 'upload')
    .filter(({ reader, taken, at }) => {
      const device = state.devices.get(reader);
      if (device?.up && device.since <= taken) return false;
      return !live.some((one) => one.reader === reader && one.taken > taken && one.at < at - flushMs);
    })
    .map(({ reader, taken, at }) => ({ reader, from: taken, to: at }));
}

/** A touch as the rules look at it; one whose time nobody knows is not looked at. */
function watched(touch: KeptTouch): WatchedTouch[] {
  const { reader, card, person, source, batch, learned, sourceTime, countedAs, doubt, from } = touch;
  if (doubt && countedAs === undefined) return [];
  const who = { card, ...(person !== undefined && { person }) };
  const address = from === undefined ? {} : { address: from };
  const told = { source, at: learned, ...(batch !== undefined && { batch }), ...address };
  return [{ id: touchKey(touch), reader, taken: countedAs ?? sourceTime, ...who, ...told }];
}

/**
 * Whether a touch was made at a post: people who stand at one reader for half an hour touch it again, and together. Whoever walks a round
 * past it touches it for the round.
 */
function standing(site: Site, rounds: readonly WatchedRound[], first: Time, last: Time) {
  const { utcOffsetMin } = site;
  const days: ReturnType<typeof postsOn> = [];
  if (site.posts)
    for (let day = localDay(first, utcOffsetMin); day <= localDay(last, utcOffsetMin); day++)
      days.push(...postsOn(site, day));
  return ({ reader, taken, person }: WatchedTouch): boolean => {
    const posted = days.some(
      ({ plan }) => plan.reader === reader && taken >= plan.from - plan.earlyMs && taken <= plan.until,
    );
    if (!posted) return false;
    return !rounds.some(
      ({ from, to, points, people }) =>
        from <= taken &&
        taken <= to &&
        points.some((point) => point.reader === reader) &&
        people.includes(person ?? ''),
    );
  };
}

/** A touch as the fact names it: whether there can be a still of it is known by how it came. */
const evidenceOf = ({ reader, card, sourceTime, id, source, learned, picture }: KeptTouch): TouchEvidence => ({
  ...{ reader, card, sourceTime, touch: id, source, learned },
  ...(picture !== undefined && { photo: picture }),
});

/** What the rules find in the touches of the last five weeks that nobody was asked about yet. */
export function suspect(draft: Draft): void {
  const { site, state } = draft;
  const kept = new Map(state.touches);
  for (const event of draft.events)
    if (event.kind === 'touched') kept.set(touchKey(event), { ...event, id: event.seq, learned: event.at });
  const touches = [...kept.values()].flatMap(watched);
  if (touches.length === 0) return;
  const first = touches.reduce((least, { taken }) => Math.min(least, taken), draft.now);
  const rounds = plannedRounds(site, state, first, draft.now);
  const posted = standing(site, rounds, first, draft.now);
  const walked = touches.filter((touch) => !posted(touch));
  const span = { touches: walked, rounds, duty: dutyOf(site, rounds), outages: outagesOf(state, touches) };
  const asked = new Set([...state.suspicions.values()].map(({ key }) => key));
  for (const event of draft.events) if (event.kind === 'suspected') asked.add(event.key);
  for (const one of exceptionsOf({ ...span, utcOffsetMin: site.utcOffsetMin }, limitsOf(site))) {
    if (asked.has(one.key)) continue;
    const { at: from, touches: ids, ...rest } = one;
    const evidence = ids.flatMap((id) => {
      const touch = kept.get(id);
      return touch ? [evidenceOf(touch)] : [];
    });
    draft.add({ kind: 'suspected', ...rest, from, touches: evidence });
  }
}

/** Whether something has happened in this step after which it is worth looking. */
export const worthLooking = (draft: Draft): boolean =>
  draft.events.some(({ kind }) => kind === 'completed' || kind === 'imported');
