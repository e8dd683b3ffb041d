/**
 * Arming: zones follow their schedules by the clock on the wall, and what a hand did holds until the next edge or the end
 * of the bypass.
 */
import type { AreaState, Time, Zone, ZoneState } from '../../core/types.ts';
import { inhibitDidNotEnd, notAsScheduled } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';
import { areaOf, plannedArmed } from './expected-plan.ts';

/** A tick and a commit. */
const settleMs = 3_000;
/** A clock that was set is believed once it has said so twice. */
const believeMs = 5_000;
/** So long after the clock was set no schedule takes watch away. */
const holdMs = 600_000;
const everyMs = 10_000;

interface Look {
  readonly at: Time;
  readonly wall: Time;
  readonly clockSetAt: Time;
  /** When the gateway last said that its clock was set, or in doubt. */
  readonly saidAt: Time;
  readonly zones: readonly (readonly [string, ZoneState])[];
  readonly areas: readonly (readonly [string, AreaState])[];
}

export const schedulesKept = checker(() => {
  const looks: Look[] = [];
  let saidAt: Time = 0;
  return {
    name: 'schedules-kept',
    title: promises.schedulesKept,
    see(seen, { evidence }) {
      if (seen.what === 'kept' && seen.events.some(({ kind }) => kind === 'clock-stepped')) saidAt = seen.at;
      if (seen.what !== 'moment' || seen.at - (looks.at(-1)?.at ?? 0) < everyMs) return;
      const { at, wall } = seen;
      looks.push({
        at,
        wall,
        clockSetAt: evidence.clockSetAt,
        saidAt: evidence.state.clock?.asks ? at : saidAt,
        zones: [...evidence.state.zones],
        areas: [...evidence.state.areas],
      });
    },
    end(desk) {
      for (const look of looks) {
        if (look.at - look.clockSetAt < settleMs + believeMs || desk.evidence.disturbed(look.at - settleMs, look.at))
          continue;
        const known = new Map(look.zones);
        for (const zone of Object.values(desk.evidence.site.zones)) judge(desk, look, zone, known.get(zone.id));
      }
    },
  };
});

function judge({ evidence, test }: Desk, look: Look, zone: Zone, known: ZoneState | undefined): void {
  const { at, wall, areas } = look;
  const { site } = evidence;
  const now = plannedArmed(site, zone, wall);
  if (now !== plannedArmed(site, zone, wall - settleMs)) return;
  const area = areaOf(site, zone.id);
  const set = areas.find(([id]) => id === area?.id)?.[1];
  if (known?.mode === 'inhibited' || known?.mode === 'out-of-service') {
    // While people leave, the end of that sets the zones they leave by.
    if (set?.exitUntil !== undefined && !zone.always) return;
    const over = known.until !== undefined && known.until < wall - settleMs;
    test(!over, at, inhibitDidNotEnd(zone.id));
    return;
  }
  // What a person set holds until the next edge.
  if (![known?.by ?? 'schedule', set?.by ?? 'schedule'].every((by) => by === 'schedule')) return;
  const mode = known?.mode ?? 'armed';
  if (mode === 'armed' && !now && at - Math.max(look.saidAt, look.clockSetAt) < holdMs + believeMs) return;
  const right = mode === (now ? 'armed' : 'disarmed');
  test(right, at, notAsScheduled(zone.id));
}
