/**
 * The part of the alarm figures that tells where: which kind of alarm at which place comes most often, which chatters, and
 * why the alarms of each zone were closed. It keeps one entry for each kind at a place, and one for each zone.
 */
import { timesMax } from '../alarm/evolve-alarm.ts';
import { chatterMs } from '../alarm/flood.ts';
import type { Event, Time } from '../types.ts';
import type { KeyFigures, ZoneFigures } from './kpi-types.ts';

type RaisedAt = Extract<Event, { kind: 'raised' }>;

/** Of less than a week nothing is said per month: nights and weekends are not like other hours. Ours. */
const leastMs = 7 * 86_400_000;
const monthMs = 30 * 86_400_000;

interface KeyCount {
  readonly raised: RaisedAt;
  raises: number;
  triggers: number;
  /** The last triggers, oldest first. */
  times: readonly Time[];
  chattered: boolean;
}

const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function figuresOf(keys: readonly KeyCount[], count: (key: KeyCount) => number): KeyFigures[] {
  return [...keys]
    .sort((a, b) => count(b) - count(a) || byName(a.raised.key, b.raised.key))
    .map((one) => {
      const { key, alarm: kind, device, zone } = one.raised;
      return { key, kind, device, ...(zone !== undefined && { zone }), count: count(one) };
    });
}

/** Kinds of alarm at a place, with how often each came. */
export class Keys {
  readonly #keys = new Map<string, KeyCount>();

  /** An alarm was triggered; `raises`: that raised it. */
  take(raised: RaisedAt, at: Time, raises: boolean): void {
    const key = this.#keys.get(raised.key) ?? { raised, raises: 0, triggers: 0, times: [], chattered: false };
    this.#keys.set(raised.key, key);
    if (raises) key.raises += 1;
    key.triggers += 1;
    key.times = [...key.times, at].slice(-timesMax);
    const [first] = key.times;
    if (key.times.length === timesMax && first !== undefined && at - first <= chatterMs) key.chattered = true;
  }

  /** By how often they were raised, most frequent first. */
  raised(): KeyFigures[] {
    return figuresOf(
      [...this.#keys.values()].filter((key) => key.raises > 0),
      (key) => key.raises,
    );
  }

  /** Those that chattered, by how often they triggered. */
  chattering(): KeyFigures[] {
    return figuresOf(
      [...this.#keys.values()].filter((key) => key.chattered),
      (key) => key.triggers,
    );
  }
}

/** Zones, with what was raised there and why it was closed. */
export class Reasons {
  readonly #zones = new Map<string | undefined, { raised: number; byCode: Record<string, number> }>();

  #zone(id: string | undefined) {
    const zone = this.#zones.get(id) ?? { raised: 0, byCode: {} };
    this.#zones.set(id, zone);
    return zone;
  }

  raised(zone: string | undefined): void {
    this.#zone(zone).raised += 1;
  }

  closed(zone: string | undefined, reason: string): void {
    const { byCode } = this.#zone(zone);
    byCode[reason] = (byCode[reason] ?? 0) + 1;
  }

  /** By id of the zone; those outside every zone come first. */
  result(lengthMs: number): ZoneFigures[] {
    const perMonth = (n: number) => (lengthMs >= leastMs ? (n * monthMs) / lengthMs : null);
    const rows = [...this.#zones].map(([zone, { raised, byCode }]) => {
      const codes = Object.entries(byCode);
      const sum = (letter: string) => codes.reduce((n, [code, times]) => (code.startsWith(letter) ? n + times : n), 0);
      const [nuisance, malfunction] = [sum('B'), sum('C')];
      return {
        ...(zone !== undefined && { zone }),
        raised,
        closed: sum(''),
        byCode,
        nuisance,
        malfunction,
        nuisancePerMonth: perMonth(nuisance),
        malfunctionPerMonth: perMonth(malfunction),
      };
    });
    return rows.sort((a, b) => byName(a.zone ?? '', b.zone ?? ''));
  }
}
