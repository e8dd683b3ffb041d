/**
 * The wires of the school: one physical fence for each zone that has them, all under one sky. What bears on them is true
 * whatever any host makes of it; it must never be told what the gateway detects.
 */
import type { Device, Site, Time } from '../../src/core/types.ts';
import { type Act, type ActDetail, Fence } from '../fence/fence.ts';
import { Weather } from '../fence/weather.ts';
import type { Chance } from './chance.ts';

/** The wires of one zone at one device. */
export interface Loom {
  readonly zone: string;
  readonly device: string;
  /** Points of the wires, lowest first. */
  readonly keys: readonly string[];
  readonly fence: Fence;
  /** Something bears on it until then, true time. */
  busyUntil: Time;
  /** Its host has hung itself up: it tells this for ever. Undefined: it tells what is so. */
  frozen: (number | undefined)[] | undefined;
}

/** A common fence: 36 m in bays of 4 m with springs, 20 kgf sensors, tensioned between what both families of hosts want. */
const fence = {
  lengthM: 36,
  bayM: 4,
  springs: true,
  restN: 125,
  frictionPerSupport: 0.02,
  fullScaleN: 196,
  stepN: 0.293,
};
/** Wires are still moving for so long after an act. */
const calmMs = 20_000;
/** What lasts until it is mended is soon how things stand. */
const lastingMs = 120_000;

export class Looms {
  readonly all: readonly Loom[];

  constructor(site: Site, chance: Chance) {
    const seed = () => Math.floor(chance.between(0, 2 ** 31));
    const weather = new Weather({ season: 'autumn', seed: seed(), utcOffsetMin: site.utcOffsetMin });
    this.all = Object.values(site.devices).flatMap((device) =>
      device.zones.flatMap((zone): Loom[] => {
        const keys = wires(device, zone);
        if (keys.length === 0) return [];
        const side = site.zones[zone]?.side ?? 'north';
        const spec = { ...fence, zone, side, wires: keys.length, seed: seed() };
        return [{ zone, device: device.id, keys, fence: new Fence(spec, weather), busyUntil: 0, frozen: undefined }];
      }),
    );
  }

  /** Begins an act at every fence of a zone. */
  begin(zone: string, act: Act, at: Time, detail: ActDetail): Loom[] {
    const found = this.all.filter((loom) => loom.zone === zone);
    for (const loom of found) {
      const { to } = loom.fence.begin(act, at, detail);
      loom.busyUntil = Math.max(loom.busyUntil, Math.min(to, at + lastingMs) + calmMs);
    }
    return found;
  }

  /** The fences of a zone are as they were commissioned. */
  mend(zone: string, at: Time): Loom[] {
    const found = this.all.filter((loom) => loom.zone === zone);
    for (const loom of found) {
      loom.fence.mend(at);
      loom.busyUntil = Math.max(loom.busyUntil, at + calmMs);
    }
    return found;
  }

  /** The readings of a device stand still, or go on. */
  freeze(device: string, frozen: boolean, at: Time): void {
    for (const loom of this.all) {
      if (loom.device === device) loom.frozen = frozen ? (loom.frozen ?? loom.fence.read(at)) : undefined;
    }
  }

  /** What the sensors of a device read; a sensor that cannot be read is left out. Time must not go back. */
  read(device: string, at: Time): [string, number][] {
    return this.all.flatMap((loom) => {
      if (loom.device !== device) return [];
      const tensions = loom.frozen ?? loom.fence.read(at);
      return loom.keys.flatMap((key, wire): [string, number][] => {
        const tension = tensions[wire];
        return tension === undefined ? [] : [[key, tension]];
      });
    });
  }

  /** Whether something bears on the wires of a device. */
  busy(device: string, at: Time): boolean {
    return this.all.some((loom) => loom.device === device && loom.busyUntil > at);
  }
}

function wires({ points }: Device, zone: string): string[] {
  const found = Object.values(points).filter((point) => point.quantity === 'tension' && point.zone === zone);
  return found.map(({ key }) => key);
}
