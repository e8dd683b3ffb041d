/**
 * The loop: inbox → step → journal → feed, followers, duties. The only owner of State.
 * One batch at a time: what arrives while the journal is writing forms the next batch, so commits group themselves.
 * Nothing is told, acknowledged or performed before the batch it rests on is durable: whoever asks about State waits for that.
 */

import { followUps, mayOwe, owed } from '../core/alarm/duties.ts';
import { assert } from '../core/assert.ts';
import type { ClassifiedReading } from '../core/condition/classify.ts';
import { commsLosses, endedSilence } from '../core/condition/comms-loss.ts';
import { evolve } from '../core/evolve.ts';
import { SensorWatch } from '../core/sensor/sensor-watch.ts';
import { emptyState } from '../core/state.ts';
import { step } from '../core/step.ts';
import type {
  Command,
  ConfigDifference,
  DropReason,
  Durable,
  Event,
  Input,
  Ledger,
  Live,
  ReadOnly,
  Site,
  State,
  Time,
  User,
  View,
} from '../core/types.ts';
import { gatewayStopped, inboxFull } from '../words/gateway-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { Clock } from '../world/gateway-clock.ts';
import { type Batch, newBatch, type Waiting } from './gateway-batch.ts';
import { ZoneDetection } from './gateway-detection.ts';
import { Duties } from './gateway-duties.ts';
import { Intake } from './gateway-intake.ts';
import { Keeping } from './gateway-keeping.ts';
import { troublesOf } from './gateway-limits.ts';
import type { CommitListener, GatewayParts } from './gateway-parts.ts';
import { Pulse } from './gateway-standstill.ts';
import { Telling } from './gateway-telling.ts';
import { doubtOf } from './gateway-timekeeping.ts';
import { ConservationLedger } from './ledger.ts';

/** At most this many inputs wait; beyond, senders are told no and keep what they have. */
const inboxMax = 50_000;
/** At most this many inputs are judged for one commit, so that no commit grows without bound. */
const batchMax = 5_000;
const tickMs = 1_000;

export class Gateway {
  readonly #parts: GatewayParts;
  readonly #ledger = new ConservationLedger();
  readonly #intake: Intake;
  readonly #detection = new ZoneDetection();
  readonly #sensors = new SensorWatch();
  readonly #clock: Clock;
  readonly #listeners = new Set<CommitListener>();
  readonly #duties: Duties;
  readonly #broken = Promise.withResolvers<unknown>();
  readonly #state: State;
  readonly #telling: Telling;
  readonly #keeping: Keeping;
  readonly #pulse: Pulse;
  readonly #stop = new AbortController();
  #site: Site;
  #next: Batch = newBatch();
  #pumping: Promise<void> | undefined;
  /** Why nothing more is taken. */
  #ended: Error | undefined;

  constructor(site: Site, parts: GatewayParts) {
    this.#site = site;
    this.#parts = parts;
    this.#state = parts.begun ?? emptyState();
    this.#clock = new Clock(parts.world);
    this.#duties = new Duties(parts.perform, (outcome) => this.#internal(outcome));
    this.#intake = new Intake(this.#ledger, parts.series);
    this.#telling = new Telling(this.#state, parts.world);
    this.#pulse = new Pulse(parts.world, this.#intake.live, (part, why) => parts.trouble(part, why));
    this.#keeping = new Keeping({
      ...parts,
      trouble: (why) => parts.trouble('journal', why),
      refuse: (why) => this.#telling.refuse(why),
      signal: this.#stop.signal,
    });
  }

  get site(): Site {
    return this.#site;
  }
  get #view(): View {
    return { state: this.#state, live: this.#intake.live };
  }
  /** What time it is: what events are stamped with, and what waits is measured by. */
  get now(): Time {
    return this.#clock.now();
  }
  /** Gauges and what was heard: never journaled, so they may be told at any time. */
  get live(): ReadOnly<Live> {
    return this.#intake.live;
  }
  /** False while the journal refuses: then nothing new is told, and the screens must say so. */
  get keeping(): boolean {
    return !this.#keeping.stuck;
  }
  /** Inputs waiting for the next batch. */
  get depth(): number {
    return this.#next.inputs.length;
  }
  get ledgers(): ReadonlyMap<string, Ledger> {
    return this.#ledger.lines;
  }

  /** Resolves with what ended the loop, when something did: a journal that is gone, or our own mistake. Start anew then. */
  get broken(): Promise<unknown> {
    return this.#broken.promise;
  }

  /** Folds what the journal holds beyond what is known, says that we have started, and ticks from then on. A full disk does not keep it from starting. */
  async start(version: string, config: string, difference?: ConfigDifference): Promise<void> {
    await this.#parts.journal.replay((event) => evolve(this.#state, event), this.#state.seq);
    this.#detection.begin(this.#state);
    const doubt = doubtOf(this.#state, this.#parts.world.now());
    this.#clock.from(this.#state.at);
    this.#intake.live.listeningSince = this.#parts.world.elapsed();
    void this.#internal({ kind: 'started', version, config, ...(difference && { difference }) });
    if (doubt) void this.#internal(doubt);
    void this.#pulse.beat(this.#stop.signal);
    void this.#tick();
  }

  /** No more ticks; resolves when everything received is decided and kept, rejects when the journal refuses to the end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    try {
      while (this.#pumping) await this.#pumping;
    } finally {
      this.#ended ??= new WordedError(gatewayStopped);
    }
  }

  /** Another site from now on; the change is a fact. */
  async change(site: Site, config: string, by: string, difference?: ConfigDifference): Promise<void> {
    // What is new is waited for from now on, and not since the start.
    const since = this.#parts.world.elapsed();
    for (const id of Object.keys(site.devices)) if (!(id in this.#site.devices)) this.#intake.live.heard.set(id, since);
    this.#site = site;
    await this.offer({ kind: 'configured', config, by, ...(difference && { difference }) });
    for (const listener of this.#listeners) listener.site();
  }

  /**
   * Calls `look` at a moment when State holds nothing that is not durable, and within one turn: at once when no commit is
   * under way, else right after it and before anything else is decided. What it returns must not hold State or a table of it.
   * Rejects with Untold when the journal refuses, does not answer in good time, or will never write again.
   */
  read<T>(look: (state: Durable<State>) => T): Promise<T> {
    return this.#telling.read(look);
  }

  /** Calls back after every durable commit. Returns the way to stop. */
  listen(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Books something a line received and could not use. */
  drop(line: string, reason: DropReason): void {
    this.#ledger.receive(line, 1);
    this.#ledger.drop(line, reason, 1);
  }

  /**
   * Takes an input; resolves when everything it caused is durable. Rejects when there is no room: the sender must keep
   * what it has.
   */
  offer(input: Input, line?: string): Promise<void> {
    return this.#enqueue(input, line);
  }

  /** Takes a person's command; resolves with the events it caused when they are durable. */
  async command(by: User, command: Command): Promise<readonly Event[]> {
    const caused: Event[] = [];
    await this.#enqueue({ kind: 'command', by, command }, undefined, caused);
    return caused;
  }

  #enqueue(input: Input, line: string | undefined, caused?: Event[]): Promise<void> {
    const size = input.kind === 'reading' ? input.values.length : 1;
    if (line !== undefined) this.#ledger.receive(line, size);
    if (this.#ended || this.#next.inputs.length >= inboxMax) {
      if (line !== undefined) this.#ledger.drop(line, this.#ended ? 'stopped' : 'inbox-full', size);
      return Promise.reject(this.#ended ?? new WordedError(inboxFull));
    }
    const heard = this.#parts.world.elapsed();
    this.#pulse.heed(heard);
    this.#next.inputs.push(caused ? { input, line, heard, caused } : { input, line, heard });
    const { kept } = this.#next;
    if (!this.#pumping) {
      this.#pumping = this.#pump();
      this.#pumping.catch((error) => this.#end(error));
    }
    return kept;
  }

  /** The loop cannot go on: State is ahead of the journal, and only a replay makes them agree again. */
  #end(error: unknown): void {
    this.#ended = error instanceof Error ? error : new Error(String(error));
    this.#telling.end(error);
    this.#broken.resolve(error);
  }

  async #pump(): Promise<void> {
    await Promise.resolve();
    while (this.#next.inputs.length > 0) {
      // What arrives in the same turn of the event loop goes into one batch, whichever wire it comes by.
      if (this.#parts.turn) await this.#parts.turn();
      const batch = this.#next;
      this.#next = newBatch();
      let moved = batch.inputs.some(({ input }) => input.kind === 'tick');
      for (let from = 0; from < batch.inputs.length; from += batchMax) {
        const after = this.#state.seq;
        this.#telling.ahead();
        const events = this.#decide(batch.inputs.slice(from, from + batchMax));
        if (events.length > 0 || this.#keeping.proofDue) await this.#keeping.keep(events);
        assert(
          this.#parts.journal.head().seq === this.#state.seq,
          'State and journal are not equally far after a commit',
        );
        this.#pulse.waited(batch.inputs);
        this.#telling.durable();
        if (events.length > 0)
          for (const listener of this.#listeners) listener.batch({ after, seq: this.#state.seq, events });
        this.#telling.serve();
        moved ||= events.some((event) => mayOwe[event.kind]);
      }
      batch.resolve();
      // State holds nothing that is not durable: what is owed now may be carried out.
      if (moved) this.#duties.start(owed(this.#site, this.#view, this.#clock.now()));
    }
    this.#pumping = undefined;
  }

  #decide(inputs: readonly Waiting[]): Event[] {
    const events: Event[] = [];
    let at = this.#clock.now();
    let now = this.#clock.wall();
    const fold = (input: Input | ClassifiedReading, caused?: Event[]) => {
      for (const event of step(this.#site, this.#state, input, now, at)) {
        this.#detection.heed(event);
        evolve(this.#state, event);
        events.push(event);
        if (event.kind === 'clock-stepped') {
          this.#clock.follow(event.to);
          at = event.to;
          now = event.to;
        }
        caused?.push(event);
      }
    };
    for (const { input, line, heard, caused } of inputs) {
      if (input.kind === 'reading' || (input.kind === 'link' && input.up)) {
        for (const silence of endedSilence(this.#site, this.#view, input.device, heard)) fold(silence);
      }
      if (input.kind === 'reading') {
        const worthy = this.#intake.take(this.#site, this.#state, input, line ?? 'inside', now, heard);
        if (worthy) fold(worthy, caused);
        for (const found of this.#detection.take(this.#site, this.#state, input, heard)) fold(found);
        for (const found of this.#sensors.take(this.#site, this.#state, input, heard)) fold(found);
        continue;
      }
      if (input.kind === 'link' && input.up) this.#intake.live.heard.set(input.device, heard);
      // Whoever spoke before this tick has been heard by now, however long his words waited for the disk.
      if (input.kind === 'tick') for (const mute of this.#silences(heard)) fold(mute);
      if (line !== undefined) this.#ledger.judge(line, 1);
      // Its time is read when it is decided, however long it waited for the disk.
      fold(input.kind === 'clock-stepped' ? { ...input, to: this.#parts.world.now() } : input, caused);
    }
    // What came up in this batch is told in the same commit, and not at the next tick.
    for (const { input, after } of followUps) if (after(events)) fold(input);
    return events;
  }

  /** Who has not been heard for too long at `elapsed`: devices, wires, sensors. */
  *#silences(elapsed: number): Generator<Input> {
    yield* commsLosses(this.#site, this.#view, elapsed);
    const { listeningSince } = this.#intake.live;
    yield* this.#detection.unheard(this.#site, this.#state, elapsed, listeningSince);
    yield* this.#sensors.doubts(this.#site, this.#state, elapsed, listeningSince);
  }

  /** One tick drives every deadline in the core. */
  async #tick(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && !this.#ended) {
      try {
        const to = this.#clock.setTo();
        if (to !== undefined) void this.#internal({ kind: 'clock-stepped', to });
        await this.#internal({ kind: 'tick' });
        // While the journal refuses nothing new is said.
        const all = await this.read((state) => troublesOf(this.#site, state, this.#clock.now())).catch(() => ({}));
        for (const [part, why] of Object.entries(all)) this.#parts.trouble(part, why);
        await this.#parts.world.sleep(tickMs, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  /** Inputs of the gateway itself: with a full inbox they can wait for the next tick. */
  async #internal(input: Input): Promise<void> {
    await this.offer(input).catch((error: Error) => this.#parts.world.log.warn(error.message, { input: input.kind }));
  }
}
