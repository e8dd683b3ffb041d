/**
 * The feeds of schools that somebody looks at: one a school, opened with the first page and closed soon after the last. It must never hold more
 * schools than it may, nor let an officer go on looking whose session ended or whose streets the school left.
 */
import type { UserSession } from '../../server/auth/session.ts';
import { Feed } from '../../server/feed/feed.ts';
import type { FeedSocket } from '../../server/feed/feed-listener.ts';
import { problems } from '../../server/http/problem.ts';
import type { OfficerSession } from '../access/officer-session.ts';
import { mayStreet } from '../board/district-rights.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { CopiedSchool } from './copied-school.ts';
import { copyRole } from './copy-role.ts';

/** Schools at once on one node; each is some megabytes. Ours. */
const SCHOOLS_MAX = 100;
/** The database is asked so often whether or not anybody told of news, ms. */
const LOOK_MS = 5_000;
/** A school nobody looks at is kept for so long, so that a page that comes back finds it, ms. */
const LINGER_MS = 30_000;
const FULL_S = 10;

interface OpenCopy {
  readonly copied: CopiedSchool;
  readonly feed: Feed;
  /** When somebody was last seen looking, monotonic. */
  usedAt: number;
}

type FeedsGround = Pick<DistrictContext, 'access' | 'board' | 'db' | 'fanout' | 'signal' | 'version' | 'world'>;

export class CopyFeeds {
  readonly #ground: FeedsGround;
  readonly #open = new Map<string, Promise<OpenCopy>>();
  readonly #lives = new WeakMap<UserSession, () => boolean>();
  readonly #forget: () => void;

  constructor(ground: FeedsGround) {
    this.#ground = ground;
    this.#forget = ground.fanout.hear((notice) => {
      if (notice?.kind === 'order') return;
      for (const [school, open] of this.#open)
        if (notice?.school === undefined || notice.school === school)
          open.then(({ copied }) => copied.look()).catch(() => undefined);
    });
    void this.#keep();
  }

  /** The copy of a school, for whom there is room. Rejects with a Problem, or DatabaseError. */
  async open(school: string, officer: string): Promise<OpenCopy> {
    let opening = this.#open.get(school);
    if (!opening) {
      if (this.#open.size >= SCHOOLS_MAX) throw problems.busy(FULL_S);
      opening = this.#begin(school);
      this.#open.set(school, opening);
      opening.catch(() => this.#open.delete(school));
    }
    const open = await opening;
    open.usedAt = this.#ground.world.elapsed();
    if (!open.feed.room(officer)) throw problems.busy(FULL_S);
    return open;
  }

  /** Lets a page in. */
  async join(school: string, socket: FeedSocket, session: OfficerSession): Promise<void> {
    const { feed } = await this.open(school, session.officer.shown);
    const { officer, token } = session;
    const watch = this.#ground.access.sessions.watch(session);
    const user = { name: officer.shown, role: copyRole(officer.role) };
    const { id, issued, expires } = token;
    const viewer: UserSession = { id, user, kiosk: false, issued, expires, version: String(token.version) };
    this.#lives.set(viewer, () => {
      const street = this.#tile(school)?.street;
      return watch() && street !== undefined && mayStreet(officer.streets, street);
    });
    feed.join(socket, viewer);
  }

  /** Says goodbye to every page. */
  async close(): Promise<void> {
    this.#forget();
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(all.map(async (open) => (await open).feed.close()));
  }

  #tile(school: string) {
    return this.#ground.board.board().tiles.find((tile) => tile.school === school);
  }

  async #begin(school: string): Promise<OpenCopy> {
    const { db, version, world } = this.#ground;
    const copied = await CopiedSchool.open({ db, world, version, school, tile: () => this.#tile(school) });
    const lives = (session: UserSession) => this.#lives.get(session)?.() === true;
    const feed = new Feed(copied, world, { lives }, () => []);
    return { copied, feed, usedAt: world.elapsed() };
  }

  async #keep(): Promise<void> {
    const { world, signal } = this.#ground;
    while (!signal.aborted) {
      await world.sleep(LOOK_MS, signal).catch(() => undefined);
      for (const [school, opening] of this.#open) {
        const open = await opening.catch(() => undefined);
        if (!open || signal.aborted) continue;
        if (open.feed.figures().clients > 0) open.usedAt = world.elapsed();
        if (world.elapsed() - open.usedAt > LINGER_MS) {
          this.#open.delete(school);
          void open.feed.close();
        } else void open.copied.look();
      }
    }
  }
}
