/**
 * The gateway's own detection beside the journal: hands each reading of a zone's wires to the detector, and makes inputs of
 * what it finds, and of wires nobody has heard from. It begins anew at every start, from the bases that were learned; what
 * it held before and does not find again is over. It never judges what a finding means.
 */

import { emptySenses, relearn, remember, sense } from '../core/fence/signal.ts';
import { detectionKey } from '../core/site/detection-keys.ts';
import { wiresOf } from '../core/site/layout.ts';
import { limitsOf } from '../core/site/zone-limits.ts';
import type { Event, Finding, Input, SignalZone, Site, State, Zone } from '../core/types.ts';

type WireReading = Extract<Input, { kind: 'reading' }>;
type Sensed = Extract<Input, { kind: 'detected' }>;

/** Long enough for every dwell of the detector: what held before a restart would have been found again by then. */
const findAgainMs = 20_000;

/** The wires of one zone at one device. */
interface WireGroup {
  readonly zone: Zone;
  readonly device: string;
  readonly staleMs: number;
  /** Index of each wire, by point. */
  readonly wires: ReadonlyMap<string, number>;
}

/** What is known of a group in this run. */
interface Fed {
  /** Monotonic, ms, by wire. */
  readonly at: number[];
  readonly since: number;
  /** Signs this run has found and not ended. */
  readonly held: Set<string>;
  /** What the journal held from the run before has been looked through. */
  foundAgain: boolean;
}

const groupsOf = new WeakMap<Site, ReadonlyMap<string, readonly WireGroup[]>>();

/** The wireGroups of each device; a site never changes. */
function wireGroups(site: Site): ReadonlyMap<string, readonly WireGroup[]> {
  const known = groupsOf.get(site);
  if (known) return known;
  const table = new Map<string, readonly WireGroup[]>();
  for (const { id, staleMs, zones, points } of Object.values(site.devices)) {
    const list = zones.flatMap((name): WireGroup[] => {
      const zone = site.zones[name];
      const wires = zone?.signal ? wiresOf({ points }, name) : [];
      if (!zone || wires.length === 0) return [];
      return [{ zone, device: id, staleMs, wires: new Map(wires.map(({ key }, index) => [key, index])) }];
    });
    if (list.length > 0) table.set(id, list);
  }
  groupsOf.set(site, table);
  return table;
}

/** The wires that are silent at `elapsed`. */
function silent({ staleMs }: WireGroup, { at }: Fed, elapsed: number, listeningSince: number): number[] {
  return [...at.keys()].filter((wire) => elapsed - Math.max(at[wire] ?? 0, listeningSince) > staleMs);
}

/** The wires that were silent and are in this reading neither; a reading makes none silent, for others may be on their way. */
function stillSilent({ at, held }: Fed, tensions: readonly (number | undefined)[]): number[] {
  const whole = held.has(detectionKey('no-data', undefined));
  return [...at.keys()].filter(
    (wire) => tensions[wire] === undefined && (whole || held.has(detectionKey('no-data', wire))),
  );
}

export class ZoneDetection {
  readonly #senses = emptySenses();
  readonly #fed = new Map<string, Fed>();

  /** Begins with the bases that were learned before the restart. */
  begin(state: State): void {
    for (const [zone, bases] of state.bases) remember(this.#senses, zone, bases);
  }

  /** To be told of every event: only a person who saw the fence makes the bases of a zone anew. */
  heed(event: Event): void {
    if (event.kind === 'base-confirmed') relearn(this.#senses, event.zone);
  }

  /** What a reading makes the detector say; `elapsed` is monotonic. */
  take(site: Site, state: State, input: WireReading, elapsed: number): Sensed[] {
    const own = wireGroups(site).get(input.device);
    if (!own || input.initial) return [];
    return own.flatMap((group) => this.#feel(site, state, group, input, elapsed));
  }

  /**
   * Wires that nobody has heard from for longer than their device allows, though the device is there. Time in which the
   * gateway itself stood still does not count: it listens since `listeningSince`, on the scale of `elapsed`.
   */
  unheard(site: Site, state: State, elapsed: number, listeningSince: number): Sensed[] {
    const said: Sensed[] = [];
    for (const [device, own] of wireGroups(site)) {
      for (const group of own) {
        const fed = this.#of(group, elapsed);
        // A device that is down says so itself; its wires are waited for from when it is back.
        if (state.devices.get(device)?.up !== true) fed.at.fill(elapsed);
        else said.push(...this.#mute(group, fed, silent(group, fed, elapsed, listeningSince)));
      }
    }
    return said;
  }

  #of(group: WireGroup, elapsed: number): Fed {
    const known = this.#fed.get(group.zone.id);
    if (known?.at.length === group.wires.size) return known;
    const at = Array.from({ length: group.wires.size }, () => elapsed);
    // With other wires by a change of the configuration, what was found goes on.
    const { since = elapsed, held = new Set<string>(), foundAgain = false } = known ?? {};
    const fed = { at, since, held, foundAgain };
    this.#fed.set(group.zone.id, fed);
    return fed;
  }

  #feel(site: Site, state: State, group: WireGroup, input: WireReading, elapsed: number): Sensed[] {
    const tensions: (number | undefined)[] = Array.from({ length: group.wires.size }, () => undefined);
    const fed = this.#of(group, elapsed);
    let any = false;
    for (const [key, value] of input.values) {
      const index = group.wires.get(key);
      if (index === undefined || typeof value !== 'number') continue;
      any = true;
      tensions[index] = value;
      fed.at[index] = elapsed;
    }
    if (!any) return [];
    const { id, side } = group.zone;
    const limits = limitsOf(site, state, id);
    if (!limits) return [];
    const zone: SignalZone = side === undefined ? { id, limits } : { id, side, limits };
    const said = sense(this.#senses, zone, tensions, elapsed).map((finding) => this.#say(group, fed, finding));
    return [...said, ...this.#mute(group, fed, stillSilent(fed, tensions)), ...this.#over(state, group, fed, elapsed)];
  }

  #say(group: WireGroup, fed: Fed, finding: Finding): Sensed {
    if (finding.kind === 'detection') {
      const key = detectionKey(finding.detection, finding.wire);
      if (finding.active) fed.held.add(key);
      else fed.held.delete(key);
    }
    return { kind: 'detected', zone: group.zone.id, device: group.device, finding };
  }

  /** What changed by now these wires being silent: of a zone with none left, the zone says it once. */
  #mute(group: WireGroup, fed: Fed, wires: readonly number[]): Sensed[] {
    const whole = wires.length === group.wires.size;
    const now = new Set(
      whole ? [detectionKey('no-data', undefined)] : wires.map((wire) => detectionKey('no-data', wire)),
    );
    const said: Sensed[] = [];
    for (const wire of [undefined, ...group.wires.values()]) {
      const key = detectionKey('no-data', wire);
      if (now.has(key) === fed.held.has(key)) continue;
      const which = wire === undefined ? {} : { wire };
      said.push(this.#say(group, fed, { kind: 'detection', detection: 'no-data', active: now.has(key), ...which }));
    }
    return said;
  }

  /** Once after a start: what the journal still holds and the detector has not found again has ended meanwhile. */
  #over(state: State, group: WireGroup, fed: Fed, elapsed: number): Sensed[] {
    if (fed.foundAgain || elapsed - fed.since < findAgainMs) return [];
    fed.foundAgain = true;
    const signs = state.detections.get(group.zone.id)?.active ?? {};
    return Object.entries(signs).flatMap(([key, { detection, wire }]) =>
      fed.held.has(key)
        ? []
        : [this.#say(group, fed, { kind: 'detection', detection, active: false, ...(wire !== undefined && { wire }) })],
    );
  }
}
