/**
 * Whether a device behind an outside broker is there, from what is heard of it and from its status topic.
 * It must never take a device that is back for gone because the will of its old connection came late.
 */
import type { Time, Words } from '../../core/types.ts';
import { deviceReports } from '../../words/link-words.ts';
import { saidOffline, saidOnline } from '../../words/mqtt-client-words.ts';
import type { Line } from '../line.ts';

/** A broker publishes the will of a dead connection after up to one and a half keep-alives, of two minutes at most. */
const lateWillMs = 180_000;
/** A device that is up is said so again this often, so that each message need not. */
const sayEveryMs = 1_000;

export interface Presence {
  /** A message came. `alone`: it holds no point, so that only the link can say that the device lives. */
  heard(device: string, alone: boolean): void;
  /** The status topic spoke; `retained` is how it stood when we subscribed. */
  said(device: string, online: boolean, retained: boolean): void;
  /** Believes the goodbyes that silence has borne out. Call it every second or so. */
  sweep(): void;
}

interface KnownPresence {
  heardAt: Time;
  onlineAt: Time;
  saidAt: Time;
  /** It was said to be gone, but may be back already: believed when nothing is heard until then. */
  doubtUntil: Time | undefined;
  up: boolean;
}

export function presence(line: Pick<Line, 'world' | 'devices' | 'link'>): Presence {
  const never = Number.NEGATIVE_INFINITY;
  const known = new Map<string, KnownPresence>();
  const stale = new Map(line.devices.map((d) => [d.id, d.profile.staleMs]));
  for (const { id } of line.devices)
    known.set(id, { heardAt: never, onlineAt: never, saidAt: never, doubtUntil: undefined, up: false });
  const rise = (id: string, it: KnownPresence, why: Words) => {
    const now = line.world.elapsed();
    it.heardAt = now;
    it.doubtUntil = undefined;
    if (it.up && now - it.saidAt < sayEveryMs) return;
    it.up = true;
    it.saidAt = now;
    line.link(id, true, why);
  };
  const fall = (id: string, it: KnownPresence) => {
    it.up = false;
    it.doubtUntil = undefined;
    line.link(id, false, saidOffline(id));
  };
  return {
    heard(id, alone) {
      const it = known.get(id);
      if (!it) return;
      if (alone || !it.up) rise(id, it, deviceReports(id));
      else {
        it.heardAt = line.world.elapsed();
        it.doubtUntil = undefined;
      }
    },
    said(id, online, retained) {
      const it = known.get(id);
      if (!it) return;
      const now = line.world.elapsed();
      if (online) {
        if (!retained) it.onlineAt = now;
        rise(id, it, saidOnline(id));
      } else if (now - it.onlineAt < lateWillMs && now - it.heardAt < stale.get(id)!) {
        it.doubtUntil = it.heardAt + stale.get(id)!;
      } else fall(id, it);
    },
    sweep() {
      const now = line.world.elapsed();
      for (const [id, it] of known) if (it.doubtUntil !== undefined && now >= it.doubtUntil) fall(id, it);
    },
  };
}
