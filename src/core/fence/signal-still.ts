/**
 * Readings that are no measurement. A host that froze shows the same numbers for ever while its side goes on; one that is fed
 * from a record follows nothing, or shows again what it showed before. Such a zone looks calm, and nobody could be seen on it.
 * It judges whole zones and no wire, and keeps a frozen zone from being asked what the weather did.
 */
import { current } from './signal-follow.ts';
import { middle, share } from './signal-sense.ts';
import type { DetectorMemory, Finding, SideShare, SignalLimits, StillMemory, ZoneMemory } from './signal-types.ts';

/** What a zone does is looked at in slots of this length, ms, and what is usual is a mean of that one. */
const slotMs = 10_000;
const knownSlots = 30;
const usualMs = 3_600_000;
/** A zone that changes in most slots is noisy enough to be missed when it stops … */
const noisy = 0.5;
/** … and says nothing of the weather after this long, ms … */
const doubtMs = 60_000;
/** … and is frozen after this long, ms, when its side changed in so many of the slots. */
const frozenMs = 480_000;
const sideBusy = 0.8;
/** One that always changed is frozen after this long, whatever its side does, ms. */
const aloneMs = 1_800_000;
const always = 0.9;
/** … or as soon as one of a side that moves, when so many of the zones of other sides changed meanwhile: one host may have a side
 *  to itself. */
const elsewhereMost = 0.5;
/** A zone that went less than this while its side went that far does not follow it, N and share: with springs it does by a third. */
const goesN = 2;
const sideGoesN = 15;
const followShare = 0.15;
/** More than this within a slot is no weather but a zone of the side that finds its place again, N. */
const jumpN = 3;
/** So many changes in a row are compared with earlier ones … */
const gram = 64;
/** … when among them are so many different readings and turns: those of noise, not of a slow day. */
const differentLeast = 12;
const turnsLeast = 16;
/** One in this many places is remembered, chosen by what is there, so that the same record is remembered at the same places … */
const oneIn = 128;
/** … for more than a day of four readings a second. */
const rememberedMax = 4_096;
/** So many places in a row that were there before are a record; so many new ones are none. */
const againLeast = 3;
const factor = 0x01000193;
/** `factor` to the power of `gram`, in 32 bits: what leaves the window. */
const leaving = Array.from({ length: gram }).reduce<number>((power) => Math.imul(power, factor), 1);

/** Takes in whether the zone's readings changed, and how: `digest` of all its wires, and whether a wire turned back. */
export function change(still: StillMemory, digest: number, turned: boolean, at: number): void {
  still.changedAt = at;
  still.window.push({ digest, turned });
  still.hash = (Math.imul(still.hash, factor) + digest) | 0;
  if (still.window.length <= gram) return;
  still.hash = (still.hash - Math.imul(still.window.shift()!.digest, leaving)) | 0;
  const mixed = Math.imul(still.hash ^ (still.hash >>> 15), 0x2c1b3c6d) >>> 0;
  if (mixed % oneIn === 0) compare(still);
}

function compare(still: StillMemory): void {
  const turns = still.window.filter(({ turned }) => turned).length;
  if (turns < turnsLeast || new Set(still.window.map(({ digest }) => digest)).size < differentLeast) return;
  const { seen, hash } = still;
  if (seen.has(hash)) {
    still.again += 1;
    still.anew = 0;
    return;
  }
  still.anew += 1;
  if (still.anew >= againLeast || !still.replayed) still.again = 0;
  if (seen.size >= rememberedMax) for (const oldest of seen) if (seen.delete(oldest)) break;
  seen.add(hash);
}

/** Whether the zone stands so still that it cannot be asked what the weather does. */
export function mute(zone: ZoneMemory, at: number): boolean {
  const { frozen, changedAt, usualThen } = zone.still;
  return frozen !== undefined || (at - changedAt >= doubtMs && usualThen >= noisy);
}

/** Tells a frozen or replayed zone, and its end. Returns how long it had been frozen when it moves again, ms. */
export function judgeStill(
  found: Finding[],
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
): number | undefined {
  const { still } = zone;
  if (Number.isNaN(still.slotAt)) begin(senses, id, zone, at);
  const thawed = still.frozen?.why === 'still' && still.changedAt === at ? at - still.frozen.since : undefined;
  if (thawed !== undefined) {
    still.frozen = undefined;
    // While it stood still it showed nothing of what is usual: a host that hangs once will hang again.
    still.usual = still.usualThen;
    begin(senses, id, zone, at);
    found.push({ kind: 'detection', detection: 'frozen', active: false });
  }
  if (at - still.slotAt >= slotMs) slot(found, senses, id, zone, limits, at);
  if (still.replayed !== still.again >= againLeast) {
    still.replayed = !still.replayed;
    found.push({ kind: 'detection', detection: 'replayed', active: still.replayed });
  }
  return thawed;
}

/** A run of sameness, or of going nowhere, begins. */
function begin(senses: DetectorMemory, id: string, zone: ZoneMemory, at: number): void {
  const { still } = zone;
  still.slotAt = at;
  still.lowN = zone.pathN;
  still.highN = zone.pathN;
  still.sideLowN = 0;
  still.sideHighN = 0;
  still.paths.clear();
  still.sideN = 0;
  for (const [other, part] of others(senses, id, zone, at)) still.paths.set(other, part.pathN);
}

const others = (senses: DetectorMemory, id: string, { side }: ZoneMemory, at: number) =>
  [...((side !== undefined && senses.sides.get(side)?.zones) || [])].filter(
    ([other, part]) => other !== id && current(part, at),
  );

/** How far the side went since what is noted in `paths`, N; a zone that is not noted is from now on. */
function gone(paths: Map<string, number>, side: readonly (readonly [string, SideShare])[]): number {
  const steps: number[] = [];
  for (const [other, { pathN }] of side) {
    const from = paths.get(other);
    if (from === undefined) paths.set(other, pathN);
    else steps.push(pathN - from);
  }
  return middle(steps);
}

/** Whether most zones of other sides changed since then. */
function busyElsewhere(senses: DetectorMemory, { side }: ZoneMemory, since: number, at: number): boolean {
  let count = 0;
  let busy = 0;
  for (const [other, { zones }] of senses.sides) {
    if (other === side) continue;
    for (const part of zones.values()) {
      if (!current(part, at)) continue;
      count += 1;
      if (part.changedAt >= since) busy += 1;
    }
  }
  return busy > elsewhereMost * count;
}

function slot(
  found: Finding[],
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
): void {
  const { still } = zone;
  const ms = at - still.slotAt;
  const side = others(senses, id, zone, at);
  const active = still.changedAt >= still.slotAt;
  still.slotsSeen += 1;
  // Before an hour is over, what is usual is the mean of what there was.
  still.usual += ((active ? 1 : 0) - still.usual) * Math.max(share(ms, usualMs), 1 / still.slotsSeen);
  if (active) {
    still.usualThen = still.slotsSeen >= knownSlots ? still.usual : 0;
    still.slots = 0;
    still.busySlots = 0;
    still.busyElsewhere = 0;
    still.restPaths.clear();
  } else {
    still.slots += 1;
    if (side.some(([, part]) => part.changedAt >= still.slotAt)) still.busySlots += 1;
    if (busyElsewhere(senses, zone, still.slotAt, at)) still.busyElsewhere += 1;
  }
  still.slotAt = at;
  const sideN = gone(still.paths, side);
  const jumped = Math.abs(sideN - still.sideN) > jumpN;
  still.sideN = sideN;
  if (jumped) {
    still.restPaths.clear();
    still.sideMovedN = 0;
    begin(senses, id, zone, at);
    return;
  }
  still.sideMovedN = Math.max(active ? 0 : still.sideMovedN, Math.abs(gone(still.restPaths, side)));
  still.lowN = Math.min(still.lowN, zone.pathN);
  still.highN = Math.max(still.highN, zone.pathN);
  still.sideLowN = Math.min(still.sideLowN, sideN);
  still.sideHighN = Math.max(still.sideHighN, sideN);
  judgeFrozen(found, senses, id, zone, limits, at);
}

function judgeFrozen(
  found: Finding[],
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
): void {
  const { still } = zone;
  const wentN = still.highN - still.lowN;
  const sideWentN = still.sideHighN - still.sideLowN;
  if (wentN >= goesN) {
    begin(senses, id, zone, at);
    if (still.frozen?.why !== 'apart') return;
    still.frozen = undefined;
    found.push({ kind: 'detection', detection: 'frozen', active: false });
    return;
  }
  if (still.frozen) return;
  const stillMs = at - still.changedAt;
  const missed = still.usualThen >= noisy && stillMs >= frozenMs && still.busySlots >= sideBusy * still.slots;
  const elsewhere = stillMs >= frozenMs && still.busyElsewhere >= sideBusy * still.slots;
  const alone = still.usualThen >= always && (stillMs >= aloneMs || elsewhere);
  const moved = stillMs >= doubtMs && still.sideMovedN >= limits.stuckN;
  const apart = sideWentN >= sideGoesN && wentN < followShare * sideWentN;
  if (!(missed || alone || moved || apart)) return;
  const same = missed || alone || moved;
  still.frozen = { why: same ? 'still' : 'apart', since: same ? still.changedAt : at };
  const figures = moved ? { valueN: still.sideMovedN, limitN: limits.stuckN } : {};
  found.push({
    kind: 'detection',
    detection: 'frozen',
    active: true,
    ...figures,
    ...(same && { sinceMs: stillMs }),
  });
}
