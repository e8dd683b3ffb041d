/**
 * Keeps lines running: starts a driver, waits for it to break, says so for every device in words a person can read, and
 * starts it again with growing, jittered pauses. One of the two places where errors of the world are caught.
 * It must never know what a protocol is, nor judge what came over it.
 */
import type { Input, Time, Value, Words } from '../core/types.ts';
import { dataReceived, lineEnded, lineStarting, lineStopped, lineUnable, ofLine } from '../words/link-words.ts';
import { noVideoAddress } from '../words/video/live-video-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import type { Driver, DropReason, Line, LineActions, LineDevice, Report, StreamUse, VideoStream } from './line.ts';

const pauseMinMs = 500;
/**
 * The longest pause, before jitter of half of it: whoever is back must be heard within ten seconds, also after a hundred
 * outages in a row, and an attempt that hangs takes five of them.
 */
const pauseMaxMs = 2_000;
/** A line that ran this long was well: its next failure starts with the shortest pause. */
const wellMs = 60_000;
/** A driver that has not let go of its wire this long after it was told to stop is left behind. */
const stopMs = 5_000;

export interface LineSpec {
  readonly id: string;
  readonly protocol: string;
  readonly options: unknown;
  readonly devices: readonly LineDevice[];
}

/** Something unreadable that was put in quarantine. */
export interface QuarantineItem {
  readonly line: string;
  readonly reason: DropReason;
  readonly what: Parameters<Line['drop']>[1];
}

/** Where a supervised line's reports go. */
export interface LineConsumer {
  offer(input: Input, line: string): Promise<void>;
  drop(item: QuarantineItem): void;
  /** A device sent a picture with what it told: `told` settles when that is durable. Never throws. */
  picture(device: string, jpeg: Uint8Array, told: Promise<unknown> | undefined): void;
  trouble(part: string, why: Words | undefined): void;
  /** Whoever told of the part is there no more: what troubled it is over, and need not be well. */
  forget(part: string): void;
}

export interface SupervisedStatus {
  readonly up: boolean;
  readonly why: Words;
  readonly since: Time;
}

/** One line under supervision, from construction until `stop`. */
export class Supervised {
  readonly spec: LineSpec;
  readonly #driver: Driver<unknown, unknown>;
  readonly #sink: LineConsumer;
  readonly #world: World;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  /** Troubles that stand, and in which run of the driver each was said. */
  readonly #troubles = new Map<string, number>();
  #runs = 0;
  #memory: object | undefined;
  #actions: LineActions = {};
  #status: SupervisedStatus;

  constructor(spec: LineSpec, driver: Driver<unknown, unknown>, sink: LineConsumer, world: World) {
    this.spec = spec;
    this.#driver = driver;
    this.#sink = sink;
    this.#world = world;
    this.#status = { up: false, why: lineStarting, since: world.now() };
    this.#running = this.#run();
  }

  get status(): SupervisedStatus {
    return this.#status;
  }

  /** Stops the driver and returns when it has let go of its wire, or after five seconds without it. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const done = new AbortController();
    const late = this.#world.sleep(stopMs, done.signal).then(
      () => this.#world.log.warn(`line ${this.spec.id} did not let go of its wire in ${stopMs} ms`),
      () => undefined,
    );
    await Promise.race([this.#running, late]);
    done.abort();
    this.#actions = {};
    for (const part of this.#troubles.keys()) this.#sink.forget(part);
    this.#troubles.clear();
  }

  /** Writes a point; rejects with a sentence when the line cannot. */
  async write(device: string, point: string, value: Value): Promise<void> {
    if (!this.#actions.write) throw this.#unable();
    await this.#actions.write(device, point, value);
  }

  /** A fresh JPEG; rejects with a sentence when the line cannot. */
  async snapshot(device: string): Promise<Uint8Array> {
    if (!this.#actions.snapshot) throw this.#unable();
    return await this.#actions.snapshot(device);
  }

  /** Where the video of a camera is; rejects with a sentence when the line cannot say. */
  async stream(device: string, use: StreamUse): Promise<VideoStream> {
    if (!this.#actions.stream) throw this.#status.up ? new WordedError(noVideoAddress) : this.#unable();
    return await this.#actions.stream(device, use);
  }

  #unable(): WordedError {
    return new WordedError(lineUnable(this.spec.id, this.#status.why));
  }

  async #run(): Promise<void> {
    let pauseMs = pauseMinMs;
    while (!this.#stop.signal.aborted) {
      const started = this.#world.elapsed();
      const why = await this.#once();
      if (this.#stop.signal.aborted) break;
      this.#broken(why);
      if (this.#world.elapsed() - started > wellMs) pauseMs = pauseMinMs;
      await this.#world.sleep(pauseMs * (0.5 + this.#world.random()), this.#stop.signal).catch(this.#unlessStopped);
      pauseMs = Math.min(pauseMs * 2, pauseMaxMs);
    }
  }

  readonly #unlessStopped = (error: unknown): void => {
    if (!this.#stop.signal.aborted) throw error;
  };

  /** Runs the driver once; returns why it ended. */
  async #once(): Promise<Words> {
    this.#runs += 1;
    const ended = new AbortController();
    const stop = () => ended.abort();
    this.#stop.signal.addEventListener('abort', stop, { once: true });
    try {
      await this.#driver(this.#line(ended.signal));
      return lineEnded;
    } catch (error) {
      return wordsOf(error);
    } finally {
      this.#stop.signal.removeEventListener('abort', stop);
      ended.abort();
      this.#actions = {};
    }
  }

  #broken(why: Words): void {
    if (this.#status.up || this.#status.why.en !== why.en) {
      this.#world.log.warn(`line ${this.spec.id}: ${why.en}`);
      this.#status = { up: false, why, since: this.#world.now() };
    }
    this.#say('', ofLine(this.spec.id, why));
    for (const { id } of this.spec.devices) this.#link(id, false, why);
  }

  #say(about: string, why: Words | undefined): void {
    const part = about === '' ? `line:${this.spec.id}` : `line:${this.spec.id}:${about}`;
    if (why) this.#troubles.set(part, this.#runs);
    else if (!this.#troubles.delete(part)) return;
    this.#sink.trouble(part, why);
  }

  #link(device: string, up: boolean, why: Words): void {
    if (up && !this.#status.up) this.#well(why);
    // A line that never came up must not seem to be starting for ever when it knows what is wrong.
    else if (!up && !this.#status.up) this.#status = { ...this.#status, why };
    this.#tell({ kind: 'link', device, up, why });
  }

  /** Hands over what nobody waits for. */
  #tell(input: Input): void {
    this.#sink
      .offer(input, this.spec.id)
      .catch((error) => this.#world.log.warn(`line ${this.spec.id}: ${wordsOf(error).en}`));
  }

  /** What one run of the driver may say. A run that has ended is not heard any more, whatever it left behind. */
  #line(signal: AbortSignal): Line {
    return {
      id: this.spec.id,
      options: this.spec.options,
      devices: this.spec.devices,
      world: this.#world,
      signal,
      report: (report) => {
        if (signal.aborted) return Promise.reject(new WordedError(lineStopped(this.spec.id)));
        if (!this.#status.up) this.#well(dataReceived);
        // Thousands come in a second, and nearly none with a picture: none of them is copied but once.
        if (report.picture === undefined && report.values.length > 0)
          return this.#sink.offer({ ...report, kind: 'reading' }, this.spec.id);
        return this.#illustrated(report);
      },
      link: (device, up, why) => {
        if (!signal.aborted) this.#link(device, up, why);
      },
      drop: (reason, what) => this.#sink.drop({ line: this.spec.id, reason, what }),
      said: (device, said) => {
        if (!signal.aborted) this.#tell({ kind: 'device-said', device, said });
      },
      ready: (why) => {
        if (!signal.aborted && !this.#status.up) this.#well(why);
      },
      offer: (actions) => {
        if (!signal.aborted) this.#actions = actions;
      },
      // The driver is the same for every run, so what it asks for is what it made.
      memory: <T extends object>(make: () => T): T => {
        this.#memory ??= make();
        return this.#memory as T;
      },
      trouble: (about, why) => {
        if (!signal.aborted) this.#say(about, why);
      },
    };
  }

  /** A report with a picture, or with nothing but one. */
  async #illustrated({ picture, ...reading }: Report): Promise<void> {
    // The event goes first: its alarm must stand when its picture is looked at, and waits for none.
    const kept =
      reading.values.length > 0 ? this.#sink.offer({ kind: 'reading', ...reading }, this.spec.id) : undefined;
    if (picture) this.#sink.picture(reading.device, picture, kept);
    await kept;
  }

  /** The line works: what an earlier run complained of is over, for this run would have said it again. */
  #well(why: Words): void {
    this.#status = { up: true, why, since: this.#world.now() };
    this.#say('', undefined);
    for (const [part, run] of this.#troubles) {
      if (run === this.#runs) continue;
      this.#troubles.delete(part);
      this.#sink.trouble(part, undefined);
    }
  }
}
