/**
 * "What would these limits have done": the same detector over stored samples, for whoever chooses limits. A stored series is
 * thinned: a value stands until the next one, so it is held here and looked at as often as the detector would have.
 */
import { sense } from './signal.ts';
import { awaited, waiting } from './signal-sense.ts';
import type { DetectorMemory, Finding, Lasting, Rehearsed, SignalZone, ZoneMemory } from './signal-types.ts';

/** How often a held value is looked at while something waits or holds, and while all is quiet, ms. */
const busyMs = 250;
const quietMs = 5_000;
/** A thinned value is told again at least once a minute; one that is older than this is not known any more, ms. */
const heldMs = 150_000;

/** Samples of a zone's wires at a moment, N, lowest first; undefined: no new sample of that wire. */
export interface ZoneSamples {
  readonly at: number;
  readonly wires: readonly (number | undefined)[];
}

type SignFinding = Finding & { kind: 'detection' };

interface OpenRehearsed {
  readonly finding: SignFinding;
  readonly from: number;
  readonly baseN: number;
  peakN: number;
}

/**
 * Plays stored samples, in order of time, to the detector with the limits of `zone`, and returns every sign they would have
 * raised, in the order of their beginnings. A zone plays alone: what its side did is not in its samples. `watch` sees the
 * detector's mind after each look.
 */
export function rehearse(
  { id, limits }: SignalZone,
  samples: Iterable<ZoneSamples>,
  watch?: (at: number, zone: ZoneMemory) => void,
): Rehearsed[] {
  const senses: DetectorMemory = { zones: new Map(), sides: new Map() };
  const alone: SignalZone = { id, limits };
  const held: (number | undefined)[] = [];
  const heldAt: number[] = [];
  const open = new Map<string, OpenRehearsed>();
  const done: Rehearsed[] = [];
  let now = Number.NaN;

  const lookAt = (at: number) => {
    now = at;
    const values = held.map((value, index) => (at - heldAt[index]! <= heldMs ? value : undefined));
    const found = sense(senses, alone, values, at);
    const zone = senses.zones.get(id);
    for (const one of found) if (one.kind === 'detection') note(open, done, one, zone, at);
    for (const one of open.values()) reach(one, zone);
    if (zone) watch?.(at, zone);
  };
  const after = () => now + (busy(senses.zones.get(id)) ? busyMs : quietMs);
  for (const { at, wires } of samples) {
    if (!Number.isFinite(at) || at < now) continue;
    const until = Math.min(at, now + heldMs);
    for (let next = after(); next < until; next = after()) lookAt(next);
    for (const [index, value] of wires.entries()) {
      if (value === undefined) continue;
      held[index] = value;
      heldAt[index] = at;
    }
    lookAt(at);
  }
  for (const one of open.values()) done.push(rehearsed(one, now));
  return done.sort((a, b) => a.from - b.from);
}

/** Whether anything of the zone waits or holds that a held value may decide soon. */
function busy(zone: ZoneMemory | undefined): boolean {
  if (!zone) return false;
  return waiting(zone.force) || zone.wires.some((wire) => awaited(wire).some(pending));
}
const pending = ({ since, holds, calmSince }: Lasting) => !(Number.isNaN(since) || (holds && Number.isNaN(calmSince)));

function note(
  open: Map<string, OpenRehearsed>,
  done: Rehearsed[],
  finding: SignFinding,
  zone: ZoneMemory | undefined,
  at: number,
) {
  const key = `${finding.detection}/${finding.wire ?? ''}`;
  const before = open.get(key);
  if (before) done.push(rehearsed(before, at));
  open.delete(key);
  if (!finding.active) return;
  const wire = finding.wire === undefined ? undefined : zone?.wires[finding.wire];
  open.set(key, {
    finding,
    from: at - (finding.sinceMs ?? 0),
    baseN: wire?.baseN ?? Number.NaN,
    peakN: finding.valueN ?? 0,
  });
}

function reach(one: OpenRehearsed, zone: ZoneMemory | undefined): void {
  if (one.finding.wire === undefined) return;
  const valueN = zone?.wires[one.finding.wire]?.lastN ?? one.peakN;
  if (Math.abs(valueN - one.baseN) > Math.abs(one.peakN - one.baseN)) one.peakN = valueN;
}

function rehearsed({ finding: { detection, wire }, from, peakN }: OpenRehearsed, to: number): Rehearsed {
  return { detection, ...(wire !== undefined && { wire, peakN }), from, to };
}
