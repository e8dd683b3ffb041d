/**
 * What is owed for a drill: the siren that begins it, and stills of the place where all gather. Derived from State alone; it must never owe a
 * still while something real happens.
 */
import type { Drill, DrillMoment, Duty, Site, State, Time } from '../types.ts';
import { stillDuty } from './evolve-drill.ts';

/** A still that comes later shows another moment. */
const stillWithinMs = 60_000;

/** The one that runs. */
export function runningDrill({ drills }: { readonly drills: ReadonlyMap<number, Drill> }): Drill | undefined {
  for (const drill of drills.values()) if (!drill.over) return drill;
  return undefined;
}

/** The siren a drill wants to sound at `now`. */
export function drillSiren(state: Pick<State, 'drills'>, now: Time): { device: string; point: string } | undefined {
  const drill = runningDrill(state);
  if (drill?.signal !== 'siren' || !drill.siren || now >= drill.at + drill.siren.ms) return undefined;
  return { device: drill.siren.device, point: drill.siren.point };
}

/** The stills of the place that are owed at `now`. `ready`: whether a duty may be tried again. */
export function drillStills(
  { devices }: Pick<Site, 'devices'>,
  { drills }: Pick<State, 'drills'>,
  now: Time,
  ready: (id: string) => boolean,
): Duty[] {
  const duties: Duty[] = [];
  for (const { id, at, targetMs, camera, stills, over } of drills.values()) {
    if (camera === undefined || devices[camera]?.family !== 'camera') continue;
    const owe = (moment: DrillMoment, from: Time) => {
      const duty = stillDuty(id, moment);
      if (stills[moment] || now < from || now > from + stillWithinMs || !ready(duty)) return;
      duties.push({ id: duty, do: 'drill-still', camera, drill: id, moment });
    };
    // Where something real happens, the camera has other things to show.
    if (over?.how === 'broken-off' || over?.how === 'void') continue;
    owe('start', at);
    if (!over || over.at > at + targetMs) owe('target', at + targetMs);
    if (over) owe('end', over.at);
  }
  return duties;
}
