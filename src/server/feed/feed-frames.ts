/**
 * Frames made into bytes, each once for all who may see the same: the cost of a hundred pages is a hundred sends, not a
 * hundred encodings. It must never let out what the tables of sight in `core/site` withhold.
 */
import {
  type BeatFrame,
  type CopyWord,
  type EventsFrame,
  encodeState,
  type GaugeRow,
  gaugeRows,
} from '../../core/site/feed-codec.ts';
import { type RecordSight, sight } from '../../core/site/rights.ts';
import { maySee, redact } from '../../core/site/sight-facts.ts';
import { redactSite, redactTroubles } from '../../core/site/sight-records.ts';
import { redactState } from '../../core/site/sight-state.ts';
import type { Durable, Gauge, Role, State, Trouble } from '../../core/types.ts';
import { linesOf } from '../../core/view/event-lines.ts';
import type { EventBatch, GatewayPort } from '../gateway-port.ts';

/** The school whose feed it is: the gateway itself, or a district's copy of it, which says how far it can be believed. */
export interface FedSchool
  extends Pick<GatewayPort, 'version' | 'site' | 'read' | 'live' | 'now' | 'head' | 'listen' | 'displayed'> {
  copy?(role: Role): CopyWord;
}

/** A gauge that only was measured again, without another value, is told this often. */
const SAME_AGAIN_MS = 5_000;

/** Makes something at most once for each sight. */
export function bySight<T>(make: (role: Role) => T): (role: Role) => T {
  const made = new Map<RecordSight, T>();
  return (role) => {
    const key = sight(role);
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(role);
    made.set(key, fresh);
    return fresh;
  };
}

export function eventsFrame(gateway: FedSchool, batch: EventBatch, role: Role): Buffer {
  const site = gateway.site();
  const lines = linesOf(batch.events);
  const shown: string[] = [];
  for (const [n, event] of batch.events.entries()) {
    if (!maySee(role, event)) continue;
    const told = redact(role, site, event);
    // What nothing was taken from was made into text for the journal already.
    shown.push(told === event ? lines[n]! : JSON.stringify(told));
  }
  const head: Omit<EventsFrame, 'events'> = { t: 'events', after: batch.after, seq: batch.seq };
  return Buffer.from(`${JSON.stringify(head).slice(0, -1)},"events":[${shown.join(',')}]}`);
}

const copyWord = (school: FedSchool, role: Role): { copy?: CopyWord } =>
  school.copy ? { copy: school.copy(role) } : {};

/** All of a snapshot but its beginning, which names the viewer; see `snapshotHead`. */
export function snapshotBody(gateway: FedSchool, state: Durable<State>, role: Role): Buffer {
  const site = gateway.site();
  const rest = {
    version: gateway.version,
    site: redactSite(role, site),
    state: redactState(role, site, encodeState(state)),
    gauges: gaugeRows(gateway.live().gauges),
  };
  return Buffer.from(JSON.stringify(rest).slice(1));
}

/** The beginning that `snapshotBody` continues. Sent as two parts of one message, so that the body is never copied. */
export function snapshotHead(gateway: FedSchool, you: { name: string; role: Role }): Buffer {
  const told = { at: gateway.now(), ...copyWord(gateway, you.role) };
  const head = JSON.stringify({ t: 'snapshot', you: { name: you.name, role: you.role }, ...told });
  return Buffer.from(`${head.slice(0, -1)},`);
}

/** A beat for one connection after another: all but `n` is encoded once. */
export function beatFrame(gateway: FedSchool, all: readonly Trouble[], role: Role): (n: number) => string {
  const { seq, hash } = gateway.head();
  const troubles = redactTroubles(role, all);
  const rest: Omit<BeatFrame, 't' | 'n'> = {
    seq,
    at: gateway.now(),
    ...copyWord(gateway, role),
    troubles,
    chain: { head: hash.slice(0, 8), ok: !troubles.some((t) => t.part === 'journal') },
  };
  const tail = JSON.stringify(rest).slice(1);
  return (n) => `{"t":"beat","n":${n},${tail}`;
}

export function gaugesFrame(gauges: readonly GaugeRow[]): Buffer {
  return Buffer.from(JSON.stringify({ t: 'gauges', gauges }));
}

/** Remembers what was told of each gauge, and gives what is worth telling now. */
export function gaugeChanges(): (gauges: ReadonlyMap<string, ReadonlyMap<string, Gauge>>) => GaugeRow[] {
  const told = new Map<string, Map<string, Gauge>>();
  return (gauges) => {
    const rows: GaugeRow[] = [];
    for (const device of told.keys()) if (!gauges.has(device)) told.delete(device);
    for (const [device, points] of gauges) {
      const known = told.get(device) ?? new Map<string, Gauge>();
      told.set(device, known);
      for (const point of known.keys()) if (!points.has(point)) known.delete(point);
      for (const [point, now] of points) {
        const was = known.get(point);
        if (was && was.value === now.value && Math.abs(now.at - was.at) < SAME_AGAIN_MS) continue;
        known.set(point, { value: now.value, at: now.at });
        rows.push([device, point, now.value, now.at]);
      }
    }
    return rows;
  };
}
