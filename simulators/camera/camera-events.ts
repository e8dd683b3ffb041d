/**
 * The event service inside a simulated camera: properties that have a value, subscriptions that hold messages until they
 * are pulled, and forget them when nobody comes. It must never deliver a message twice or invent one.
 */
import type { CameraFaults } from './camera-faults.ts';
import { type Items, notification, type Operation } from './camera-soap.ts';

interface Property {
  readonly topic: string;
  readonly source: Items;
  readonly data: Items;
}

interface Subscription {
  readonly id: number;
  queue: string[];
  expiresAt: number;
  wake: (() => void) | undefined;
}

/** More than this and the oldest message goes, as in real firmware. */
const QUEUE_MAX = 1000;

export class CameraEvents {
  private readonly properties = new Map<string, Property>();
  private readonly subscriptions = new Map<number, Subscription>();
  private nextId = 0;
  private readonly faults: CameraFaults;
  private readonly clock: () => number;

  constructor(faults: CameraFaults, clock: () => number) {
    this.faults = faults;
    this.clock = clock;
  }

  get size(): number {
    this.expire();
    return this.subscriptions.size;
  }

  /** The id of a new subscription, or undefined when every slot is taken. */
  create(lifeMs: number): number | undefined {
    if (this.size >= this.faults.slots) return undefined;
    const one: Subscription = { id: this.nextId++, queue: [], expiresAt: performance.now() + lifeMs, wake: undefined };
    this.subscriptions.set(one.id, one);
    this.initialize(one);
    return one.id;
  }

  /** Says anew how everything stands. False when there is no such subscription. */
  synchronize(id: number): boolean {
    const one = this.find(id);
    if (one) this.initialize(one);
    return one !== undefined;
  }

  renew(id: number, lifeMs: number): boolean {
    const one = this.find(id);
    if (one) one.expiresAt = performance.now() + lifeMs;
    return one !== undefined;
  }

  drop(id: number): void {
    const one = this.subscriptions.get(id);
    this.subscriptions.delete(id);
    one?.wake?.();
  }

  /** As after a reboot: every subscription is gone, and who is waiting gets a fault. */
  forget(): void {
    for (const id of [...this.subscriptions.keys()]) this.drop(id);
  }

  /** Messages of a subscription, waiting up to `waitMs` for the first; undefined when it is unknown or gone. */
  async pull(id: number, waitMs: number, limit: number, gone: AbortSignal): Promise<string[] | undefined> {
    const one = this.find(id);
    if (!one) return undefined;
    if ((one.queue.length === 0 || this.faults.mute) && waitMs > 0) await this.wait(one, waitMs, gone);
    if (!this.subscriptions.has(id)) return undefined;
    // Nobody is there to take them: they must wait for the next pull.
    if (this.faults.mute || gone.aborted) return [];
    return one.queue.splice(0, limit);
  }

  /** Sends a message that leaves no state behind. */
  emit(topic: string, source: Items, data: Items, operation: Operation): void {
    this.post(notification(topic + this.faults.topicTail, this.clock(), operation, source, data));
  }

  /** Changes a state: subscribers are told, and later ones get it as Initialized. */
  setProperty(topic: string, source: Items, data: Items): void {
    this.properties.set(`${topic}|${JSON.stringify(source)}`, { topic, source, data });
    this.emit(topic, source, data, 'Changed');
  }

  post(xml: string): void {
    for (const one of this.subscriptions.values()) {
      one.queue.push(xml);
      if (one.queue.length > QUEUE_MAX) one.queue.shift();
      if (!this.faults.mute) one.wake?.();
    }
  }

  private initialize(one: Subscription): void {
    if (this.faults.noInitialized) return;
    for (const { topic, source, data } of this.properties.values())
      one.queue.push(notification(topic + this.faults.topicTail, this.clock(), 'Initialized', source, data));
    one.wake?.();
  }

  private find(id: number): Subscription | undefined {
    this.expire();
    return this.subscriptions.get(id);
  }

  private expire(): void {
    for (const one of [...this.subscriptions.values()]) if (one.expiresAt <= performance.now()) this.drop(one.id);
  }

  private wait(one: Subscription, waitMs: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', done);
        one.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, waitMs);
      gone.addEventListener('abort', done, { once: true });
      one.wake = done;
    });
  }
}
