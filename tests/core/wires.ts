/**
 * Wires under tension for the tests of the detector: a zone that is read at a pace, with a little noise, while something is
 * done to it; and what was told meanwhile. It knows nothing of how the detector works.
 */
import { seeded } from '../../simulators/fence/random.ts';
import { emptySenses, relearn, remember, sense } from '../../src/core/fence/signal.ts';
import {
  type Detection,
  type DetectorMemory,
  defaultLimits,
  type Finding,
  type SignalLimits,
} from '../../src/core/fence/signal-types.ts';

export type Told = Finding & { kind: 'detection' } & { readonly at: number };

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** What the wires show besides their rest, N: by wire and by time since the play began. Undefined: not read. */
export type Shape = (wire: number, ms: number) => number | undefined;
export const still: Shape = () => 0;

export interface ZoneWish {
  readonly id?: string;
  readonly wires?: number;
  readonly restN?: number;
  readonly limits?: Partial<SignalLimits>;
  readonly side?: string;
  readonly senses?: DetectorMemory;
  readonly everyMs?: number;
  /** Half the width of an even noise. */
  readonly noiseN?: number;
  readonly seed?: number;
  readonly from?: number;
}

/** A zone on the bench. */
export class Loom {
  readonly id: string;
  readonly wires: number;
  readonly restN: number;
  readonly limits: SignalLimits;
  readonly side: string | undefined;
  readonly told: Told[] = [];
  readonly learned: (readonly number[])[] = [];
  senses: DetectorMemory;
  at: number;
  everyMs: number;
  readonly #noiseN: number;
  readonly #chance: () => number;

  constructor(wish: ZoneWish = {}) {
    this.id = wish.id ?? 'z1';
    this.wires = wish.wires ?? 6;
    this.restN = wish.restN ?? 150;
    this.limits = { ...defaultLimits, ...wish.limits };
    this.side = wish.side;
    this.senses = wish.senses ?? emptySenses();
    this.everyMs = wish.everyMs ?? 250;
    this.#noiseN = wish.noiseN ?? 0.4;
    this.#chance = seeded(wish.seed ?? 7);
    this.at = wish.from ?? 1_000_000;
  }

  /** Reads the wires at the zone's pace for a while. */
  play(ms: number, shape: Shape = still): this {
    const from = this.at;
    for (const end = from + ms; this.at + this.everyMs <= end; ) this.once(shape, this.at + this.everyMs - from);
    return this;
  }

  /** One reading, `ms` after a play that began `ms` ago; time goes on by the pace. */
  once(shape: Shape, ms: number): readonly Finding[] {
    this.at += this.everyMs;
    return this.read(
      Array.from({ length: this.wires }, (_, wire) => {
        const more = shape(wire, ms);
        return more === undefined ? undefined : this.restN + wire + more + (this.#chance() * 2 - 1) * this.#noiseN;
      }),
    );
  }

  /** Even noise of half that width, N. */
  noise(halfN: number): number {
    return (this.#chance() * 2 - 1) * halfN;
  }

  /** Hands one reading to the detector as it is. */
  read(wires: readonly (number | undefined)[], at = this.at): readonly Finding[] {
    const zone = { id: this.id, limits: this.limits, ...(this.side !== undefined && { side: this.side }) };
    const found = sense(this.senses, zone, wires, at);
    for (const one of found) {
      if (one.kind === 'detection') this.told.push({ ...one, at });
      else this.learned.push(one.basesN);
    }
    return found;
  }

  /** What began so far, as `sign` or `sign wire`; and nothing that came before `since`. */
  began(since = 0): string[] {
    return this.told
      .filter(({ active, at }) => active && at >= since)
      .map(({ detection, wire }) => name(detection, wire));
  }

  /** What holds now. */
  holding(): string[] {
    const held = new Set<string>();
    for (const { detection, wire, active } of this.told) held[active ? 'add' : 'delete'](name(detection, wire));
    return [...held].sort();
  }

  base(wire: number): number {
    return this.senses.zones.get(this.id)!.wires[wire]!.baseN;
  }

  /** The gateway stops and starts again with the bases it was told last. */
  restart(): this {
    const bases = this.learned.at(-1);
    this.senses = emptySenses();
    if (bases) remember(this.senses, this.id, bases);
    return this;
  }

  relearn(): this {
    relearn(this.senses, this.id);
    return this;
  }
}

const name = (sign: Detection, wire: number | undefined) => (wire === undefined ? sign : `${sign} ${wire}`);

/** Something on one wire only. */
export const on =
  (wire: number, shape: (ms: number) => number): Shape =>
  (other, ms) =>
    other === wire ? shape(ms) : 0;
/** Up at once and down at once. */
export const step =
  (newton: number, from: number, to: number) =>
  (ms: number): number =>
    ms > from && ms <= to ? newton : 0;
