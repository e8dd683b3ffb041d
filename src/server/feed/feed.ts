/**
 * The feed: every page gets one snapshot, then every batch of events after it without a gap, gauges as latest-wins, and a
 * beat every two seconds. On any doubt a new snapshot. It must never tell what is not durable, and never wait for a page.
 */
import { gaugeRows } from '../../core/site/feed-codec.ts';
import { type RecordSight, sight } from '../../core/site/rights.ts';
import type { Durable, Role, State, Trouble } from '../../core/types.ts';
import { Untold } from '../../core/untold.ts';
import type { World } from '../../world/world.ts';
import type { Sessions, UserSession } from '../auth/session.ts';
import type { EventBatch } from '../gateway-port.ts';
import type { FeedFigures } from '../routes/metrics.ts';
import {
  beatFrame,
  bySight,
  eventsFrame,
  type FedSchool,
  gaugeChanges,
  gaugesFrame,
  snapshotBody,
  snapshotHead,
} from './feed-frames.ts';
import { FeedListener, type FeedSocket } from './feed-listener.ts';

export const BEAT_MS = 2_000;
const GAUGES_MS = 300;
const SOCKETS_MAX = 1_000;
const SOCKETS_A_PERSON = 200;

export class Feed {
  readonly #gateway: FedSchool;
  readonly #world: World;
  readonly #sessions: Pick<Sessions, 'lives'>;
  readonly #troubles: () => readonly Trouble[];
  readonly #pages = new Set<FeedListener>();
  readonly #stopped = new AbortController();
  readonly #changes = gaugeChanges();
  readonly #forget: () => void;
  /** Encoded snapshots at `#bodiesSeq`, each made when somebody needs one. */
  readonly #bodies = new Map<RecordSight, Buffer>();
  #bodiesSeq = -1;
  /** State is asked for, for all who wait for a snapshot. */
  #asking = false;
  #slow = 0;

  constructor(gateway: FedSchool, world: World, sessions: Pick<Sessions, 'lives'>, troubles: () => readonly Trouble[]) {
    this.#gateway = gateway;
    this.#world = world;
    this.#sessions = sessions;
    this.#troubles = troubles;
    this.#forget = gateway.listen({ batch: (b) => this.#batch(b), site: () => this.#site() });
    void this.#repeat(GAUGES_MS, () => this.#tellGauges());
    void this.#repeat(BEAT_MS, () => this.#beat());
  }

  /** Whether there is room for one more page of this person. */
  room(name: string): boolean {
    if (this.#pages.size >= SOCKETS_MAX) return false;
    let own = 0;
    for (const page of this.#pages) if (page.session.user.name === name) own++;
    return own < SOCKETS_A_PERSON;
  }

  join(socket: FeedSocket, session: UserSession): void {
    const page: FeedListener = new FeedListener(socket, session, this.#world, (why) => {
      this.#pages.delete(page);
      if (why === 'slow') this.#slow++;
    });
    this.#pages.add(page);
    void page.gone.then(() => this.#pages.delete(page));
    page.hear((frame) =>
      // What a hidden page laid out, nobody saw.
      this.#gateway.displayed(session, frame.visible ? frame : { ...frame, displayed: [] }),
    );
    this.#serveWaiting();
  }

  /** Closes the pages of a session that was ended. */
  end(session: UserSession): void {
    for (const page of this.#pages) if (page.session.id === session.id) page.leave('ended');
  }

  /** Closes the pages of a phone that was taken away. */
  endPhone(phone: string): void {
    for (const page of this.#pages) if (page.session.paired?.phone === phone) page.leave('ended');
  }

  figures(): FeedFigures {
    return { clients: this.#pages.size, slow: this.#slow };
  }

  /** Says goodbye to every page; returns when all are gone or were cut. */
  async close(): Promise<void> {
    this.#forget();
    this.#stopped.abort();
    const pages = [...this.#pages];
    for (const page of pages) page.leave('leaving');
    await Promise.all(pages.map((page) => page.gone));
  }

  /** While the journal refuses a page waits; every beat asks again. */
  #serveWaiting(): void {
    if (this.#asking || !this.#someWait()) return;
    this.#asking = true;
    this.#gateway
      .read((state) => this.#snapshots(state))
      .catch((error: Error) => {
        this.#asking = false;
        if (!(error instanceof Untold)) this.#world.log.error('a snapshot could not be made', { error: error.stack });
      });
  }

  #someWait(): boolean {
    for (const page of this.#pages) if (page.seq === undefined) return true;
    return false;
  }

  #snapshots(state: Durable<State>): void {
    const { seq } = state;
    this.#asking = false;
    if (seq !== this.#bodiesSeq) this.#bodies.clear();
    this.#bodiesSeq = seq;
    for (const page of this.#pages) {
      if (page.seq !== undefined) continue;
      const { user } = page.session;
      page.sendSnapshot(seq, snapshotHead(this.#gateway, user), this.#body(state, user.role));
    }
  }

  #body(state: Durable<State>, role: Role): Buffer {
    const body = this.#bodies.get(sight(role)) ?? snapshotBody(this.#gateway, state, role);
    this.#bodies.set(sight(role), body);
    return body;
  }

  #batch(batch: EventBatch): void {
    const frame = bySight((role) => eventsFrame(this.#gateway, batch, role));
    for (const page of this.#pages) {
      if (page.seq === undefined) continue;
      if (page.seq === batch.after) {
        page.seq = batch.seq;
        page.send(frame(page.session.user.role));
      } else page.seq = undefined;
    }
    this.#serveWaiting();
  }

  #site(): void {
    this.#bodies.clear();
    for (const page of this.#pages) page.seq = undefined;
    this.#serveWaiting();
  }

  #tellGauges(): void {
    if (this.#pages.size === 0) return;
    const { gauges } = this.#gateway.live();
    const rows = this.#changes(gauges);
    if (rows.length > 0) this.#bodies.clear();
    const some = rows.length > 0 ? gaugesFrame(rows) : undefined;
    let all: Buffer | undefined;
    for (const page of this.#pages) {
      if (page.seq === undefined) continue;
      if (page.lags) page.missedGauges ||= some !== undefined;
      else if (page.missedGauges) {
        page.missedGauges = false;
        all ??= gaugesFrame(gaugeRows(gauges));
        page.send(all);
      } else if (some) page.send(some);
    }
  }

  #beat(): void {
    this.#serveWaiting();
    const troubles = this.#troubles();
    const frame = bySight((role) => beatFrame(this.#gateway, troubles, role));
    for (const page of this.#pages) {
      if (this.#sessions.lives(page.session)) page.beat(frame(page.session.user.role));
      else page.leave('ended');
    }
  }

  async #repeat(ms: number, work: () => void): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        await this.#world.sleep(ms, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      work();
    }
  }
}
