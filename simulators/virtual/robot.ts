/**
 * An MQTT device on virtual time: it keeps what it has to say until that is acknowledged, sends again what was not, and so
 * sends twice what was taken and whose acknowledgement got lost. It must never forget an event while it has power.
 */
import type { Time, Value } from '../../src/core/types.ts';
import { heartbeatMissed } from '../../src/words/mqtt-words.ts';
import { connectionLost } from '../../src/words/night-words.ts';
import type { Words } from '../../src/words/words.ts';
import type { Chance } from './chance.ts';

export interface Timeline {
  /** True time, ms since the epoch. */
  now(): Time;
  after(ms: number, work: () => void): () => void;
}

export interface Message {
  /** Events carry one; beats do not. */
  readonly id?: string;
  readonly values: readonly (readonly [string, Value])[];
  readonly sourceTime?: Time;
}

export interface RobotOptions {
  readonly id: string;
  readonly timeline: Timeline;
  readonly chance: Chance;
  /** Every state as it stands, told anew at each connection. */
  all(): Message['values'];
  /** A connection was made or lost. */
  onConnection(): void;
}

/** The broker's side of a connection. */
export interface Broker {
  connected(device: string): void;
  gone(device: string, why: Words): void;
  /** Resolves at the acknowledgement; rejects when the connection is closed instead. */
  take(device: string, message: Message): Promise<void>;
}

const reconnectMs = [500, 4_000] as const;
const latencyMs = [2, 60] as const;
/** Some acknowledgements take their time, and a connection that breaks meanwhile makes the device send again. */
const slowMs = [300, 6_000] as const;
/** A broker gives up a connection after one and a half keep-alives of 15 s. */
const keepAliveMs = 22_500;
const outboxMax = 2_000;

export class Robot {
  readonly id: string;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #all: () => Message['values'];
  readonly #onConnection: () => void;
  #broker: Broker | undefined;
  /** Counts connections, so that what belongs to an old one is not heard. */
  #connection = 0;
  #connected = false;
  #reachable = true;
  #outbox: Message[] = [];
  #sent = 0;
  #numbers = 0;
  #lastAt = 0;

  constructor({ id, timeline, chance, all, onConnection }: RobotOptions) {
    this.id = id;
    this.#timeline = timeline;
    this.#chance = chance;
    this.#all = all;
    this.#onConnection = onConnection;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** A broker is there, or none. */
  reach(broker: Broker | undefined): void {
    this.#broker = broker;
    this.#disconnect();
    if (broker) this.#connectSoon();
  }

  /** The way to the broker is there or not; without power it also forgets what it had to say. */
  way(open: boolean, powered: boolean): void {
    if (!powered) this.#outbox = [];
    if (open === this.#reachable) return;
    this.#reachable = open;
    if (open) return this.#connectSoon();
    const { id } = this;
    const was = this.#connected ? this.#broker : undefined;
    this.#disconnect();
    // Nobody said goodbye: the broker finds out by its keep-alive, unless the device is back before.
    const mine = this.#connection;
    if (was)
      this.#timeline.after(keepAliveMs, () => {
        if (this.#broker === was && this.#connection === mine && !this.#connected) was.gone(id, heartbeatMissed(id));
      });
  }

  /** The connection breaks and what is under way is lost, acknowledgements as well. */
  breakOff(): void {
    if (!this.#connected) return;
    this.#disconnect();
    this.#broker?.gone(this.id, connectionLost(this.id));
    this.#connectSoon();
  }

  /** An event, kept until it is acknowledged. */
  event(values: Message['values']): void {
    this.#numbers += 1;
    const now = this.#timeline.now();
    if (this.#outbox.length < outboxMax)
      this.#outbox.push({ id: `${this.id}-${now.toString(36)}-${this.#numbers}`, values, sourceTime: now });
    this.#pump();
  }

  /** Something told again and again: sent when connected, never kept. */
  beat(values: Message['values']): void {
    if (this.#connected) this.#send({ values });
  }

  #connectSoon(): void {
    const mine = ++this.#connection;
    this.#timeline.after(this.#chance.between(...reconnectMs), () => {
      if (mine !== this.#connection || !this.#reachable || !this.#broker || this.#connected) return;
      this.#connected = true;
      this.#sent = 0;
      this.#onConnection();
      this.#broker.connected(this.id);
      this.#pump();
      this.event(this.#all());
    });
  }

  #disconnect(): void {
    this.#connection += 1;
    if (!this.#connected) return;
    this.#connected = false;
    this.#onConnection();
  }

  #pump(): void {
    while (this.#connected && this.#sent < this.#outbox.length) {
      const message = this.#outbox[this.#sent]!;
      this.#sent += 1;
      this.#send(message);
    }
  }

  /** One message on its way, never overtaking the one before. */
  #send(message: Message): void {
    const mine = this.#connection;
    const now = this.#timeline.now();
    this.#lastAt = Math.max(this.#lastAt, now + this.#chance.between(...latencyMs));
    this.#timeline.after(this.#lastAt - now, () => {
      if (mine === this.#connection) void this.#deliver(message, mine);
    });
  }

  async #deliver(message: Message, mine: number): Promise<void> {
    try {
      await this.#broker?.take(this.id, message);
    } catch {
      // The broker closes the connection on what it cannot keep; the device comes back with it.
      if (mine === this.#connection) this.breakOff();
      return;
    }
    const pause: readonly [number, number] = this.#chance.happens(0.3) ? slowMs : latencyMs;
    this.#timeline.after(this.#chance.between(...pause), () => {
      if (mine !== this.#connection || message.id === undefined) return;
      const at = this.#outbox.indexOf(message);
      if (at < 0) return;
      this.#outbox.splice(at, 1);
      this.#sent -= 1;
    });
  }
}
