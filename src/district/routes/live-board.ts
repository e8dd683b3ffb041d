/**
 * The live board: every page gets all tiles of its streets, then what changed of them, at most once a second, and a beat every two. Each
 * frame is encoded once for all who may see the same. It must never tell a page of a school outside its streets, and never wait for a page.
 */
import type { World } from '../../world/world.ts';
import type { DistrictBoard, DistrictTrouble, SchoolTile } from '../board/board-types.ts';
import { LiveScreen, type LiveSession, type LiveSocket } from './live-screen.ts';

export const LIVE_BEAT_MS = 2_000;
/** Changes are told no more often, ms. */
export const LIVE_CHANGE_MS = 1_000;
/** An urgent alarm that nobody has acknowledged is told no later, ms; five frames a second are the most there are. */
export const LIVE_URGENT_MS = 200;
const SOCKETS_MAX = 1_000;
const SOCKETS_A_PERSON = 20;

/** What the board says besides its tiles, and what it is told of the district. */
export interface LiveBoardParts {
  readonly world: World;
  readonly version: string;
  readonly about: Pick<DistrictBoard, 'district' | 'utcOffsetMin' | 'outline'>;
  /** Asked at every beat. */
  readonly troubles: () => readonly DistrictTrouble[];
}

/** A tile as it is sent: its text, and the same without its last sign of life, by which it is told what really changed. */
interface SentTile {
  readonly street: string;
  readonly text: string;
  readonly rest: string;
  readonly seenAt: number | undefined;
  /** Urgent alarms that wait. */
  readonly urgent: number;
}

/** Encoded once: the last sign of life is put before the rest. */
function sent({ seenAt, ...tile }: SchoolTile): SentTile {
  const rest = JSON.stringify(tile);
  const text = seenAt === undefined ? rest : `{"seenAt":${JSON.stringify(seenAt)},${rest.slice(1)}`;
  return { street: tile.street, text, rest, seenAt, urgent: tile.alarms.waiting[0] };
}

/** Makes something at most once for each set of streets. */
function byStreets<T>(make: (sees: (street: string) => boolean) => T): (session: LiveSession) => T {
  const made = new Map<string, T>();
  return ({ you: { streets } }) => {
    const key = JSON.stringify(streets);
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make((street) => streets.length === 0 || streets.includes(street));
    made.set(key, fresh);
    return fresh;
  };
}

export class LiveBoard {
  readonly #parts: LiveBoardParts;
  readonly #screens = new Set<LiveScreen>();
  readonly #stopped = new AbortController();
  /** Undefined until the district has read its tiles. */
  #tiles: Map<string, SentTile> | undefined;
  #changed = new Map<string, 'all' | 'seen'>();
  /** Schools that left since the last frame, with the streets they were seen in. */
  #gone = new Map<string, string>();
  #bodies = this.#bodiesAnew();
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(parts: LiveBoardParts) {
    this.#parts = parts;
    void this.#repeat(LIVE_CHANGE_MS / 2, () => this.#tellGathered());
    void this.#repeat(LIVE_BEAT_MS, () => this.#beat());
  }

  /** All tiles there are, as at the start or after something may have been missed. */
  reset(tiles: readonly SchoolTile[]): void {
    this.#tiles = new Map(tiles.map((tile) => [tile.school, sent(tile)]));
    this.#changed.clear();
    this.#gone.clear();
    this.#bodies = this.#bodiesAnew();
    for (const screen of this.#screens) screen.current = false;
    this.#serve();
  }

  /** Tiles as they stand now; of one that says the same as before nothing is told. Before `reset` nothing is taken. */
  change(tiles: readonly SchoolTile[]): void {
    let urgent = false;
    for (const tile of tiles) {
      const was = this.#tiles?.get(tile.school);
      const is = sent(tile);
      if (!this.#tiles || was?.text === is.text) continue;
      // Whoever sees the new street and not the old one is told a school; whoever sees the old one, that it left.
      if (was && was.street !== is.street) this.#gone.set(tile.school, was.street);
      this.#tiles.set(tile.school, is);
      urgent ||= is.urgent > (was?.urgent ?? 0);
      const all = was?.rest !== is.rest || this.#changed.get(tile.school) === 'all';
      this.#changed.set(tile.school, all ? 'all' : 'seen');
    }
    this.#news();
    if (urgent) void this.#tellSoon();
  }

  /** Schools that are none of the district's any more. */
  drop(schools: readonly string[]): void {
    for (const school of schools) {
      const was = this.#tiles?.get(school);
      if (!was) continue;
      this.#tiles?.delete(school);
      this.#changed.delete(school);
      this.#gone.set(school, was.street);
    }
    this.#news();
  }

  /** Schools that the board holds. */
  schools(): readonly string[] {
    return [...(this.#tiles?.keys() ?? [])];
  }

  /** Whether there is room for one more page of this account. */
  room(name: string): boolean {
    if (this.#screens.size >= SOCKETS_MAX) return false;
    return [...this.#screens].filter(({ session }) => session.name === name).length < SOCKETS_A_PERSON;
  }

  join(socket: LiveSocket, session: LiveSession): void {
    const screen: LiveScreen = new LiveScreen(socket, session, this.#parts.world, () => this.#screens.delete(screen));
    this.#screens.add(screen);
    void screen.gone.then(() => this.#screens.delete(screen));
    this.#serve();
  }

  /** Says goodbye to every page; returns when all are gone or were cut. */
  async close(): Promise<void> {
    this.#stopped.abort();
    const screens = [...this.#screens];
    for (const screen of screens) screen.leave('leaving');
    await Promise.all(screens.map(({ gone }) => gone));
  }

  #bodiesAnew() {
    return byStreets((sees) =>
      [...(this.#tiles ?? [])].flatMap(([, { street, text }]) => (sees(street) ? [text] : [])).join(),
    );
  }

  /** The whole board to whoever lacks it and keeps up. What was gathered is in it; that it is told again in a moment changes nothing. */
  #serve(): void {
    if (!this.#tiles) return;
    const { about, version, world } = this.#parts;
    const waits = [...this.#screens].filter((screen) => !screen.current && !screen.lags);
    for (const screen of waits) {
      const head = JSON.stringify({ ...about, now: world.now() });
      const rest = JSON.stringify({ you: screen.session.you, version });
      screen.sendBoard(`{"board":${head.slice(0, -1)},"tiles":[${this.#bodies(screen.session)}]},${rest.slice(1)}`);
    }
  }

  /** After a quiet second what happens is told at once. */
  #news(): void {
    this.#bodies = this.#bodiesAnew();
    if (this.#parts.world.elapsed() - this.#toldAt >= LIVE_CHANGE_MS) this.#tell();
  }

  async #tellSoon(): Promise<void> {
    const { world } = this.#parts;
    const wait = LIVE_URGENT_MS - (world.elapsed() - this.#toldAt);
    if (wait > 0) await world.sleep(wait, this.#stopped.signal).catch(() => undefined);
    // Others may have waited for the same.
    if (!this.#stopped.signal.aborted && world.elapsed() - this.#toldAt >= LIVE_URGENT_MS) this.#tell();
  }

  #tellGathered(): void {
    if (this.#parts.world.elapsed() - this.#toldAt >= LIVE_CHANGE_MS) this.#tell();
    else this.#serve();
  }

  #tell(): void {
    const [changed, gone] = [this.#changed, this.#gone];
    if (changed.size + gone.size > 0) {
      this.#changed = new Map();
      this.#gone = new Map();
      this.#toldAt = this.#parts.world.elapsed();
      const now = this.#parts.world.now();
      const frame = byStreets((sees) => this.#changes(changed, gone, sees, now));
      for (const screen of this.#screens) {
        const text = screen.current ? frame(screen.session) : '';
        if (text !== '') screen.change(text);
      }
    }
    this.#serve();
  }

  /** Empty where nothing changed of what may be seen. */
  #changes(
    changed: ReadonlyMap<string, 'all' | 'seen'>,
    gone: ReadonlyMap<string, string>,
    sees: (street: string) => boolean,
    now: number,
  ): string {
    const tiles: string[] = [];
    const seen: [string, number][] = [];
    for (const [school, what] of changed) {
      const tile = this.#tiles?.get(school);
      if (!tile || !sees(tile.street)) continue;
      if (what === 'all' || tile.seenAt === undefined) tiles.push(tile.text);
      else seen.push([school, tile.seenAt]);
    }
    const left = [...gone].flatMap(([school, street]) => {
      const now = this.#tiles?.get(school)?.street;
      return sees(street) && !(now !== undefined && sees(now)) ? [school] : [];
    });
    if (tiles.length + seen.length + left.length === 0) return '';
    const rest = JSON.stringify({ now, seen, gone: left });
    return `{"tiles":[${tiles.join()}],${rest.slice(1)}`;
  }

  #beat(): void {
    const { world, troubles } = this.#parts;
    const rest = JSON.stringify({ now: world.now(), troubles: troubles() }).slice(1);
    for (const screen of this.#screens) {
      if (screen.session.lives()) screen.beat(rest);
      else screen.leave('ended');
    }
  }

  async #repeat(ms: number, work: () => void): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      try {
        await this.#parts.world.sleep(ms, signal);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      work();
    }
  }
}
