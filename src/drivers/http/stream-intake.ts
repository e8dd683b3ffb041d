/**
 * What the parts of one stream become: reports of points, each for the device whose channel it names, or something dropped with its
 * reason. What lasts is held until the device says that it is over, or, for makers that only repeat what lasts, until it is not
 * told again. It must never judge what a value means, and never let one part cost another.
 */
import type { PointSpec, Value } from '../../core/types.ts';
import type { HttpStreamWire } from '../../profile/profile.ts';
import type { CameraChannel } from '../connection-options.ts';
import { jpegFault } from '../http-access/jpeg-answer.ts';
import type { Line, LineDevice } from '../line.ts';
import type { StreamPart } from './multipart-parts.ts';
import type { Standing } from './standing-question.ts';
import { fieldText, readEvents, type WireEvent } from './stream-event.ts';

/** The same text within this time is the same event told twice. */
const TWICE_MS = 1_000;
/** A state that came as a pulse is over after this long. */
const PULSE_MS = 10_000;
/** A picture that comes later than this after an event is not of it. */
const PICTURE_MS = 10_000;
const SHOWN_CHARS = 2_000;

/** What one run of the driver leaves for the next: what stands, and until when it is believed. */
export interface StreamMemory {
  /** By device, point and event; the time is monotonic, infinite where the device will say that it is over. */
  readonly held: Map<string, { readonly device: string; readonly point: string; until: number }>;
}

export const newStreamMemory = (): StreamMemory => ({ held: new Map() });

const keyOf = (device: string, point: string, event: string): string => `${device} ${point} ${event.toLowerCase()}`;

export class StreamIntake {
  readonly #line: Line<unknown, CameraChannel>;
  readonly #wire: HttpStreamWire;
  readonly #held: StreamMemory['held'];
  /** What was told lately, by its text. */
  readonly #told = new Map<string, number>();
  /** The device of the last event, and when it came. */
  #last: { readonly device: string; readonly at: number } | undefined;
  /** Points the stream told of since the device was asked what stands: what it answers of them may be older. */
  readonly #toldSince = new Set<string>();
  /** States that the stream has not told of since it was attached: they are over when it does not. */
  #silent: { readonly until: number; readonly points: Set<string> } | undefined;

  constructor(line: Line<unknown, CameraChannel>, wire: HttpStreamWire, memory: StreamMemory) {
    this.#line = line;
    this.#wire = wire;
    this.#held = memory.held;
  }

  /**
   * The stream begins: a maker that repeats what lasts will soon have told all that stands. Of one that does not, nobody knows any more what
   * was to last until its end was told.
   */
  begin(): void {
    const { holdMs } = this.#wire;
    if (holdMs === undefined) {
      for (const [key, { until }] of this.#held) if (until === Number.POSITIVE_INFINITY) this.#held.delete(key);
      return;
    }
    const until = this.#line.world.elapsed() + holdMs;
    for (const held of this.#held.values()) held.until = until;
    const states = this.#line.devices.flatMap(({ id, profile }) =>
      profile.points.filter((point) => this.#isState(point)).map(({ key }) => `${id} ${key}`),
    );
    this.#silent = { until, points: new Set(states) };
  }

  /** When something is over unless it is told again, monotonic; infinite when nothing is. */
  get nextAt(): number {
    let next = this.#silent?.until ?? Number.POSITIVE_INFINITY;
    for (const { until } of this.#held.values()) next = Math.min(next, until);
    return next;
  }

  /** The device is asked what stands now. The events to ask of: those of every state, or of the points of what is held. */
  asks(which: 'all' | 'held'): readonly string[] {
    this.#toldSince.clear();
    const points = new Set([...this.#held.values()].map(({ point }) => point));
    const states = this.#line.devices.flatMap(({ profile }) => profile.points.filter((one) => this.#isState(one)));
    const asked = states.filter(({ key }) => which === 'all' || points.has(key)).map(({ key }) => key);
    const of = this.#wire.events.filter(({ point, only }) => !only && asked.includes(point));
    return [...new Set(of.map(({ event }) => event))];
  }

  /** Takes what the device answered: found so, on or off. What it did not answer in full stays unknown. */
  async found(standing: Standing): Promise<void> {
    for (const { id, profile, options } of this.#line.devices) {
      const alone = this.#line.devices.length === 1 && options.channel === undefined;
      const here = (channels: ReadonlySet<number> | undefined) =>
        channels !== undefined && (alone ? channels.size > 0 : channels.has(Number(options.channel ?? 1)));
      const values: [string, Value][] = [];
      for (const point of profile.points) {
        if (!this.#isState(point) || this.#toldSince.has(`${id} ${point.key}`)) continue;
        const events = this.#wire.events.filter((one) => one.point === point.key);
        const stands = events.filter(({ event, only }) => !only && here(standing.get(event)));
        const answered = events.length > 0 && events.every(({ event, only }) => !only && standing.has(event));
        if (stands.length === 0 && !answered) continue;
        for (const { event } of events) this.#held.delete(keyOf(id, point.key, event));
        for (const { event } of stands)
          this.#held.set(keyOf(id, point.key, event), {
            device: id,
            point: point.key,
            until: Number.POSITIVE_INFINITY,
          });
        values.push([point.key, stands.length > 0]);
      }
      if (values.length > 0) await this.#line.report({ device: id, values, initial: true });
    }
  }

  /** Takes a part. Rejects when what it says could not be kept. */
  async take(part: StreamPart): Promise<void> {
    if (part.kind === 'spoilt') this.#line.drop(part.reason, { payload: part.shown, why: part.why });
    else if (part.kind === 'picture') await this.#picture(part.bytes);
    else await this.#text(part.text);
  }

  /** Ends what was not told again in time. */
  async settle(): Promise<void> {
    const now = this.#line.world.elapsed();
    for (const [key, { device, point, until }] of this.#held) {
      if (until > now) continue;
      this.#held.delete(key);
      await this.#over(device, point);
    }
    if (!this.#silent || this.#silent.until > now) return;
    const { points } = this.#silent;
    this.#silent = undefined;
    for (const { id, profile } of this.#line.devices) {
      const values = profile.points
        .filter(({ key }) => points.has(`${id} ${key}`))
        .map(({ key }): [string, Value] => [key, false]);
      if (values.length > 0) await this.#line.report({ device: id, values, initial: true });
    }
  }

  async #text(text: string): Promise<void> {
    const read = readEvents(text, this.#wire);
    if (!read.ok) {
      this.#line.drop('bad-payload', { payload: text.slice(0, SHOWN_CHARS), why: read.why });
      return;
    }
    for (const event of read.events) await this.#event(event, text);
  }

  async #event(event: WireEvent, text: string): Promise<void> {
    const is = (name: string) => name.toLowerCase() === event.name.toLowerCase();
    const beat = this.#wire.beats.some(
      ({ event: name, state }) =>
        is(name) && (state === undefined || state.toLowerCase() === event.stateWord.toLowerCase()),
    );
    const device = this.#deviceOf(event);
    const meant = this.#wire.events.filter(
      ({ event: name, only }) => is(name) && (!only || fieldText(event.fields, only.field) === only.is),
    );
    if (beat) {
      // A heartbeat in the words of an end: it is one where something stood.
      if (device && event.state === 'off')
        for (const { point } of meant)
          if (this.#held.has(keyOf(device.id, point, event.name))) await this.#off(device.id, point, event.name);
      return;
    }
    if (this.#wire.ignored.some(is)) return;
    const payload = text.slice(0, SHOWN_CHARS);
    const topic = `${event.name} ${event.stateWord}`.trim();
    if (meant.length === 0) {
      this.#line.drop('unknown-topic', { topic, payload, why: `${event.name} is no event of the model` });
      return;
    }
    if (!device) {
      const why = `channel ${event.channel ?? '-'} is no device of this line`;
      this.#line.drop('unknown-device', { topic, payload, why });
      return;
    }
    if (event.state === undefined) {
      const why = `the model knows no state ${event.stateWord || '-'}`;
      this.#line.drop('bad-payload', { device: device.id, topic, payload, why });
      return;
    }
    this.#last = { device: device.id, at: this.#line.world.elapsed() };
    if (this.#twice(text, event.state)) {
      this.#line.drop('duplicate', { device: device.id, topic, payload, why: 'told twice' });
      return;
    }
    for (const { point: key } of meant) {
      const point = device.profile.points.find((one) => one.key === key);
      if (!point) continue;
      this.#toldSince.add(`${device.id} ${key}`);
      if (event.state === 'off') await this.#off(device.id, key, event.name);
      else await this.#on(device.id, point, event);
    }
  }

  async #on(device: string, point: PointSpec, event: WireEvent): Promise<void> {
    const { holdMs } = this.#wire;
    const key = keyOf(device, point.key, event.name);
    const stood = this.#held.has(key);
    const lastsMs = event.state === 'pulse' ? PULSE_MS : (holdMs ?? Number.POSITIVE_INFINITY);
    this.#silent?.points.delete(`${device} ${point.key}`);
    // A pulse that is repeated while it lasts is one; a pulse that a maker tells as such is one each time.
    const news = point.keep !== 'pulse' || !stood || event.state === 'pulse';
    if (this.#isState(point) || (event.state === 'on' && holdMs !== undefined))
      this.#held.set(key, { device, point: point.key, until: this.#line.world.elapsed() + lastsMs });
    if (!news) return;
    await this.#line.report({
      device,
      values: [[point.key, true]],
      ...(event.certainty !== undefined && { certainty: event.certainty }),
    });
  }

  async #off(device: string, point: string, event: string): Promise<void> {
    const stood = this.#held.delete(keyOf(device, point, event));
    // What stood before the gateway began is over as well, where the maker tells it.
    if (stood || this.#wire.holdMs === undefined) await this.#over(device, point);
  }

  /** Says that a point is off when nothing else holds it. */
  async #over(device: string, key: string): Promise<void> {
    const point = this.#line.devices.find(({ id }) => id === device)?.profile.points.find((one) => one.key === key);
    if (!this.#isState(point)) return;
    for (const held of this.#held.values()) if (held.device === device && held.point === key) return;
    await this.#line.report({ device, values: [[key, false]] });
  }

  async #picture(bytes: Uint8Array): Promise<void> {
    const last = this.#last;
    const fault = jpegFault(bytes);
    if (!last || fault || this.#line.world.elapsed() - last.at > PICTURE_MS) {
      const why = fault ? 'a picture that is no JPEG' : 'a picture that belongs to no event';
      this.#line.drop('bad-payload', { payload: bytes.subarray(0, 64), why, ...(last && { device: last.device }) });
      return;
    }
    await this.#line.report({ device: last.device, values: [], picture: bytes });
  }

  #isState(point: PointSpec | undefined): boolean {
    return point?.keep === 'state' && point.type === 'boolean';
  }

  /** Whether this very text came a moment ago. What lasts may be told as often as it likes. */
  #twice(text: string, state: WireEvent['state']): boolean {
    const now = this.#line.world.elapsed();
    for (const [known, at] of this.#told) if (now - at > TWICE_MS) this.#told.delete(known);
    if (this.#told.has(text)) return state === 'pulse' || this.#wire.holdMs === undefined;
    // Bounded: beyond that one is told twice rather than the gateway grow.
    if (this.#told.size < 100) this.#told.set(text, now);
    return false;
  }

  /** The device of the event's channel; a line of one device without a channel has them all. */
  #deviceOf({ channel }: WireEvent): LineDevice<CameraChannel> | undefined {
    const { devices } = this.#line;
    const only = devices.length === 1 && devices[0]!.options.channel === undefined ? devices[0] : undefined;
    return only ?? devices.find(({ options }) => Number(options.channel ?? 1) === (channel ?? 1));
  }
}
