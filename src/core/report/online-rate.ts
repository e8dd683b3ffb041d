/**
 * How much of the time a camera showed something, from facts alone: logged in, a fresh picture, nothing over the lens. Whoever cannot be seen is
 * not there. What the gateway did not watch itself is unknown and in no rate. Every moment of the period counts once for every camera: as
 * seen, unseen, unknown or outside the hours. It takes events as they stream by and keeps sums by day, never the events.
 */

import { openOn } from '../camera/camera-hours.ts';
import { isJudged } from '../camera/picture-signs.ts';
import { localDay, timeOf, weekday } from '../site/calendar.ts';
import type { Event, SeenReason, Site, Time } from '../types.ts';
import type { OnlineCamera, OnlinePart, OnlineReport, OnlineRow, OnlineShare, OnlineStep } from './online-types.ts';

/** The gateway says every ten minutes that it watches; half as much again without a word and it did not. Ours. */
export const silenceMs = 15 * 60_000;
/** Events from this long before a period tell how it began. */
export const onlineLeadMs = silenceMs;
/** The facts it is made of. */
export const onlineKinds: readonly Event['kind'][] = [
  ...(['started', 'clock-stepped', 'camera-seen', 'cameras-watched', 'picture-dismissed'] as const),
];

type OnlineSite = Pick<Site, 'cameras' | 'devices' | 'calendar' | 'utcOffsetMin'>;
interface OnlineCell {
  seenMs: number;
  unseenMs: number;
  unknownMs: number;
  outsideMs: number;
  unseen: Partial<Record<SeenReason, number>>;
}
const empty = (): OnlineCell => ({ seenMs: 0, unseenMs: 0, unknownMs: 0, outsideMs: 0, unseen: {} });

function add(into: OnlineCell, more: OnlineShare | OnlineCell): void {
  into.seenMs += more.seenMs;
  into.unseenMs += more.unseenMs;
  into.unknownMs += more.unknownMs;
  into.outsideMs += more.outsideMs;
  for (const [why, ms] of Object.entries(more.unseen) as [SeenReason, number][])
    into.unseen[why] = (into.unseen[why] ?? 0) + ms;
}

const shareOf = (cell: OnlineCell): OnlineShare => {
  const known = cell.seenMs + cell.unseenMs;
  return { ...cell, rate: known > 0 ? cell.seenMs / known : null };
};

/** The first local day of the step that a day belongs to. */
function stepOf(step: OnlineStep, day: number): number {
  if (step === 'day') return day;
  if (step === 'week') return day - ((weekday(day) + 6) % 7);
  return day - (new Date(day * 86_400_000).getUTCDate() - 1);
}

/** Cameras that are judged, and so can be counted. */
export const countedCameras = (site: OnlineSite): readonly string[] =>
  Object.keys(site.devices).filter((id) => isJudged(site, id));

export class OnlineTally {
  readonly #site: OnlineSite;
  readonly #period: { readonly from: Time; readonly to: Time };
  readonly #cameras: readonly string[];
  readonly #open = new Map<number, readonly { readonly from: Time; readonly to: Time }[]>();
  /** By camera and day. */
  readonly #cells = new Map<string, Map<number, OnlineCell>>();
  /** What the last facts say; a camera that is not here is unknown. */
  #seen = new Map<string, SeenReason>();
  /** Up to where every moment is counted. It never goes back, whatever is done to the clock. */
  #frontier: Time;
  /** When the gateway was last heard to watch. */
  #heard: Time;

  constructor(site: OnlineSite, period: { readonly from: Time; readonly to: Time }) {
    this.#site = site;
    this.#period = { from: period.from, to: Math.max(period.from, period.to) };
    this.#cameras = countedCameras(site);
    this.#frontier = period.from;
    this.#heard = Number.NEGATIVE_INFINITY;
  }

  /** Takes the next event, in the journal's order, beginning `onlineLeadMs` before the period. Kinds it is not made of change nothing. */
  take(event: Event): void {
    switch (event.kind) {
      case 'started':
        // Since its last word it was away, and has seen nothing yet.
        this.#count(event.at, false);
        this.#seen.clear();
        return;
      case 'clock-stepped':
        this.#count(event.from, true);
        // What lies between the two clocks was lived by nobody; what is lived twice is counted once.
        this.#count(event.to, false);
        this.#heard = event.to;
        return;
      case 'camera-seen':
        this.#count(event.at, true);
        this.#seen.set(event.camera, event.why);
        this.#heard = event.at;
        return;
      case 'picture-dismissed':
        // What it shows is not known until it was learned anew.
        this.#count(event.at, true);
        this.#seen.delete(event.camera);
        return;
      case 'cameras-watched':
        this.#count(event.at, true);
        this.#seen = new Map(Object.entries(event.unseen));
        for (const camera of event.seen) this.#seen.set(camera, 'fresh');
        this.#heard = event.at;
        return;
      default:
    }
  }

  /** The rates, with everything up to the end of the period counted. */
  result(step: OnlineStep): OnlineReport {
    const { from, to } = this.#period;
    this.#count(to, to - this.#heard <= silenceMs);
    const row = (cameras: readonly string[]) => this.#row(step, cameras);
    const areas = this.#site.cameras?.areas ?? [];
    const areaOf = (camera: string) => areas.find((area) => area.cameras.includes(camera))?.id;
    return {
      from,
      to,
      step,
      cameras: this.#cameras.map((id): OnlineCamera => {
        const area = areaOf(id);
        return { id, title: this.#site.devices[id]!.title, ...(area !== undefined && { area }), ...row([id]) };
      }),
      areas: areas.map(({ id, title, cameras }): OnlineRow => {
        return { id, title, ...row(cameras.filter((camera) => this.#cameras.includes(camera))) };
      }),
      school: row(this.#cameras),
    };
  }

  #row(step: OnlineStep, cameras: readonly string[]): Omit<OnlineRow, 'id' | 'title'> {
    const whole = empty();
    const parts = new Map<number, OnlineCell>();
    for (const camera of cameras) {
      for (const [day, cell] of this.#cells.get(camera) ?? []) {
        const first = stepOf(step, day);
        const part = parts.get(first) ?? empty();
        parts.set(first, part);
        add(part, cell);
        add(whole, cell);
      }
    }
    const told = [...parts].sort(([a], [b]) => a - b).map(([day, cell]): OnlinePart => ({ day, ...shareOf(cell) }));
    return { whole: shareOf(whole), parts: told };
  }

  /** Counts what lies between the frontier and `until` by what is known. `watched`: the gateway was there, if it was not silent too long. */
  #count(until: Time, watched: boolean): void {
    const [from, to] = [this.#frontier, Math.min(until, this.#period.to)];
    if (to <= from) return;
    this.#frontier = to;
    const there = watched && until - this.#heard <= silenceMs;
    const { utcOffsetMin } = this.#site;
    for (let day = localDay(from, utcOffsetMin); day <= localDay(to - 1, utcOffsetMin); day++) {
      const [begin, end] = [
        Math.max(from, timeOf(day, 0, utcOffsetMin)),
        Math.min(to, timeOf(day + 1, 0, utcOffsetMin)),
      ];
      const inside = this.#openOf(day).reduce(
        (sum, open) => sum + Math.max(0, Math.min(end, open.to) - Math.max(begin, open.from)),
        0,
      );
      for (const camera of this.#cameras) this.#book(camera, day, inside, end - begin - inside, there);
    }
  }

  #openOf(day: number) {
    const known = this.#open.get(day);
    if (known) return known;
    const watch = this.#site.cameras;
    const open = watch ? openOn(watch, this.#site, day) : [];
    this.#open.set(day, open);
    return open;
  }

  #book(camera: string, day: number, inside: number, outside: number, there: boolean): void {
    const days = this.#cells.get(camera) ?? new Map<number, OnlineCell>();
    this.#cells.set(camera, days);
    const cell = days.get(day) ?? empty();
    days.set(day, cell);
    cell.outsideMs += outside;
    if (inside === 0) return;
    const why = there ? this.#seen.get(camera) : undefined;
    if (why === undefined) cell.unknownMs += inside;
    else if (why === 'fresh') cell.seenMs += inside;
    else {
      cell.unseenMs += inside;
      cell.unseen[why] = (cell.unseen[why] ?? 0) + inside;
    }
  }
}
