/**
 * A page without a screen: follows the feed of a gateway and folds it with the core that the real pages use. A feed that
 * does not join is an error here, as it is there.
 */
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { evolve, pass } from '../../src/core/evolve.ts';
import { type BeatFrame, decodeState, type GaugeRow, type ServerFrame } from '../../src/core/site/feed-codec.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Alarm, Event, Site, State } from '../../src/core/types.ts';
import { patiently } from '../patience.ts';

export class Feed {
  state: State = emptyState();
  site: Site | undefined;
  beat: BeatFrame | undefined;
  /** Events told since the page was opened. */
  readonly events: Event[] = [];
  readonly #gauges = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  readonly #socket: WebSocket;
  #failed: Error | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      try {
        this.#take(JSON.parse(String(data)) as ServerFrame);
      } catch (error) {
        this.#failed = error as Error;
      }
      for (const look of this.#waiting) look();
    });
    socket.on('close', (code) => {
      this.#failed ??= new Error(`the feed was closed with ${code}`);
      for (const look of this.#waiting) look();
    });
    socket.on('error', (error) => {
      this.#failed ??= error;
    });
  }

  gauge(device: string, point: string): number | undefined {
    return this.#gauges.get(`${device}/${point}`);
  }

  /** Open alarms by key, `zone/kind` or `device/kind`. */
  alarm(key: string): Alarm | undefined {
    const id = this.state.keys.get(key);
    return id === undefined ? undefined : this.state.alarms.get(id);
  }

  /** Resolves with the first answer that is neither undefined nor false, now or after a frame. */
  until<T>(what: string, look: (feed: this) => T | undefined | false): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const again = () => {
      const found = look(this);
      if (found !== undefined && found !== false) resolve(found);
      else if (this.#failed) reject(this.#failed);
    };
    const late = () => {
      const alarms = [...this.state.keys.keys()].join(' ');
      const troubles = this.beat?.troubles.map(({ part, why }) => `${part}: ${why.en}`).join('\n');
      return `the feed did not show ${what}; alarms: ${alarms}; troubles: ${troubles}`;
    };
    this.#waiting.add(again);
    again();
    return patiently(promise, late).finally(() => this.#waiting.delete(again));
  }

  /** An open alarm of this key. */
  raised(key: string): Promise<Alarm> {
    return this.until(`the alarm ${key}`, () => this.alarm(key));
  }

  /** A trouble whose part begins so; resolves with its English sentence. */
  trouble(part: string): Promise<string> {
    const find = () => this.beat?.troubles.find((trouble) => trouble.part.startsWith(part))?.why.en;
    return this.until(`a trouble of ${part}`, find);
  }

  close(): void {
    this.#socket.terminate();
  }

  #take(frame: ServerFrame): void {
    if (frame.t === 'snapshot') {
      this.state = decodeState(frame.state);
      this.site = frame.site;
      this.#measure(frame.gauges);
    } else if (frame.t === 'events') {
      if (frame.after !== this.state.seq)
        throw new Error(`events after ${frame.after} do not follow ${this.state.seq}`);
      for (const event of frame.events) {
        pass(this.state, event.seq - 1);
        evolve(this.state, event);
        this.events.push(event);
      }
      pass(this.state, frame.seq);
    } else if (frame.t === 'gauges') this.#measure(frame.gauges);
    else if (frame.t === 'beat') this.beat = frame;
  }

  #measure(rows: readonly GaugeRow[]): void {
    for (const [device, point, value] of rows) this.#gauges.set(`${device}/${point}`, value);
  }
}

/** Opens the feed and resolves when the first snapshot is folded. It is closed when the test ends. */
export async function openFeed(url: string, cookie: string): Promise<Feed> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/feed`, { headers: { cookie, origin: url } });
  onTestFinished(() => socket.terminate());
  const feed = new Feed(socket);
  await feed.until('a snapshot', ({ site }) => site);
  return feed;
}
