/**
 * Areas that people set and unset: unset at once, and set when the time to leave is over and not before. And the walk test:
 * what its zones would have raised is counted, nothing of it is an alarm, and all others raise as ever.
 */
import type { Event, Time } from '../../core/types.ts';
import {
  armedAfterDisarm,
  armedWithoutExit,
  countedUnwalked,
  disarmedAfterArm,
  notArmedAfterExit,
  raisedWhileWalked,
  touchNotCounted,
  wrongExitTime,
  zoneArmedEarly,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';
import { type Evidence, type TimeSpan, touchKinds } from './evidence.ts';

/** A tick and a commit. */
const settleMs = 3_000;

type Set = Extract<Event, { kind: 'area-armed' }>;

/** People are on their way out, since then by true time and until then by the gateway's own. */
interface Leaving {
  readonly from: Time;
  readonly until: Time;
  readonly by: string;
}

/** The zones of an area that stand in this mode. */
function zonesIn({ site, state }: Evidence, area: string, mode: 'armed' | 'disarmed'): string[] {
  const zones = site.areas[area]?.zones ?? [];
  return zones.filter((zone) => (state.zones.get(zone)?.mode ?? 'armed') === mode && !site.zones[zone]?.always);
}

export const areasKept = checker(() => {
  const leaving = new Map<string, Leaving>();
  const modes = new Map<string, Set['mode']>();
  const unset = ({ area }: Set, at: Time, { evidence, test }: Desk) => {
    const armed = zonesIn(evidence, area, 'armed');
    test(armed.length === 0, at, armedAfterDisarm(area, armed));
  };
  const set = (event: Set, at: Time, { evidence, test }: Desk) => {
    const { area, by, exitUntil } = event;
    const before = leaving.get(area);
    leaving.delete(area);
    const exitMs = evidence.site.areas[area]?.exitMs ?? 0;
    if (exitUntil !== undefined) {
      const until = exitUntil - event.at + evidence.ran(event);
      const again = before?.until === until;
      const right = again || exitUntil === event.at + exitMs;
      test(right, at, wrongExitTime(area));
      leaving.set(area, again ? before : { from: at, until, by });
      return;
    }
    const left = exitMs === 0 || (before ? evidence.ran(event) >= before.until : modes.get(area) === 'away');
    test(left, at, armedWithoutExit(area));
    const open = zonesIn(evidence, area, 'disarmed');
    test(open.length === 0, at, disarmedAfterArm(area, open));
  };
  const kept = (event: Event, at: Time, desk: Desk) => {
    if (event.kind === 'zone-armed' && event.mode === 'armed') {
      for (const [area, { by, until }] of leaving) {
        if (event.by !== by || !desk.evidence.site.areas[area]?.zones.includes(event.zone)) continue;
        desk.test(desk.evidence.ran(event) >= until, at, zoneArmedEarly(event.zone));
      }
    }
    if (event.kind !== 'area-armed') return;
    if (event.by === 'schedule') leaving.delete(event.area);
    else if (event.mode === 'disarmed') unset(event, at, desk);
    else if (event.mode === 'away') set(event, at, desk);
    if (event.mode !== 'away') leaving.delete(event.area);
    modes.set(event.area, event.mode);
  };
  const moment = (at: Time, { evidence, test }: Desk) => {
    for (const [area, { from }] of leaving) {
      if (at < evidence.due(from + (evidence.site.areas[area]?.exitMs ?? 0), settleMs)) continue;
      test(false, at, notArmedAfterExit(area));
    }
  };
  return {
    name: 'areas-kept',
    title: promises.areasKept,
    see(seen, desk) {
      if (seen.what === 'moment') moment(seen.at, desk);
      if (seen.what === 'kept') for (const event of seen.events) kept(event, seen.at, desk);
    },
  };
});

export const walkCounts = checker(() => ({
  name: 'walk-counts',
  title: promises.walkCounts,
  end(desk) {
    const { evidence, test } = desk;
    for (const { event, at } of evidence.kept) {
      if (event.kind === 'zone-tested') {
        const walked = touches(evidence.walks(event.zone), at, at);
        test(walked && touchKinds.has(event.alarm), at, countedUnwalked(event.zone));
      }
      if (event.kind !== 'raised' || event.zone === undefined || !touchKinds.has(event.alarm)) continue;
      // What stands when the test ends is an alarm from then on.
      const during = evidence.walks(event.zone).some(({ from, to }) => from < at && at < to - settleMs);
      if (isAlways(evidence, event.cause)) continue;
      test(!during, at, raisedWhileWalked(event.zone));
    }
    counted(desk);
  },
}));

/** What a device told of a touch in a walked zone is counted in time. */
function counted({ evidence, test }: Desk): void {
  const hits = evidence.facts('zone-tested');
  for (const { device, point, from, to = evidence.endedAt } of evidence.truth.conditions) {
    const cause = `${device}/${point}`;
    const known = evidence.pointOf(cause);
    if (!known?.alarm || known.zone === undefined || known.alarm.always || !touchKinds.has(known.alarm.kind)) continue;
    const walk = evidence.walks(known.zone).find((span) => span.from < from && from < span.to);
    const due = evidence.due(from, settleMs, device);
    if (!walk || due > walk.to || due > to) continue;
    const told = hits.some(({ event, at }) => event.cause === cause && at >= from && at <= due);
    test(told, from, touchNotCounted(cause));
  }
}

const touches = (spans: readonly TimeSpan[], from: Time, to: Time): boolean =>
  spans.some((span) => span.from <= to && span.to >= from);

const isAlways = (evidence: Evidence, cause: string): boolean => evidence.pointOf(cause)?.alarm?.always === true;
