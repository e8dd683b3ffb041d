/**
 * The walls that the configuration lists: when each last reported, and what it said of itself. One that does not answer, shows something
 * else, hears nothing new or makes no sound is a fact and is said on every other page, within thirty seconds. A session that is
 * no wall's is never taken for one, whatever its page calls itself.
 */
import type { PageFrame } from '../core/site/feed-codec.ts';
import { wallView } from '../core/site/pages.ts';
import type { DoorFact, Site, WallCondition, Words } from '../core/types.ts';
import type { PageViewer, WallStatus } from '../server/gateway-port.ts';
import { wallConditions, wallsTrouble } from '../words/door-words.ts';
import type { World } from '../world/world.ts';

const lookMs = 2_000;
/** A page reports every ten seconds; after two reports that did not come it is taken for dead. */
const deadMs = 22_000;
/** What a wall says of itself for this long is so: a page that is just being opened has no sound yet. */
const heldMs = 12_000;

export interface WallWatchParts {
  readonly world: World;
  site(): Site;
  /** The number of the newest durable event. */
  head(): number;
  note(fact: DoorFact): Promise<void>;
  trouble(part: string, why: Words | undefined): void;
}

interface WallReport {
  at: number;
  /** What it says of itself, and since when. */
  says: WallCondition;
  since: number;
  seq: number;
  headThen: number;
  sound: PageFrame['sound'];
  visible: boolean;
}

export class WallWatch {
  readonly #parts: WallWatchParts;
  readonly #reports = new Map<string, WallReport>();
  readonly #told = new Map<string, WallCondition>();
  /** Nothing is missed before it could have come. */
  #since: number;

  constructor(parts: WallWatchParts) {
    this.#parts = parts;
    this.#since = parts.world.elapsed();
  }

  /** What a page may call itself: `wall` is for the walls' own accounts. */
  pageOf({ user, kiosk }: PageViewer, page: string): string {
    if (page !== 'wall') return page;
    const walls = this.#parts.site().walls ?? {};
    return kiosk && Object.hasOwn(walls, user.name) ? page : wallView;
  }

  hear(viewer: PageViewer, report: PageFrame): void {
    if (report.page !== 'wall' || this.pageOf(viewer, 'wall') !== 'wall') return;
    const now = this.#parts.world.elapsed();
    const { name } = viewer.user;
    const before = this.#reports.get(name);
    const says = saidBy(report, before);
    const since = before?.says === says ? before.since : now;
    const { seq, sound, visible } = report;
    this.#reports.set(name, { at: now, says, since, seq, headThen: this.#parts.head(), sound, visible });
  }

  /** Every wall of the configuration, for whoever sets up. */
  status(): readonly WallStatus[] {
    return Object.values(this.#parts.site().walls ?? {}).map(({ user, title }) => {
      const is = this.#condition(user);
      const report = this.#reports.get(user);
      const said = report && {
        saidAgoMs: this.#parts.world.elapsed() - report.at,
        sound: report.sound,
        visible: report.visible,
      };
      return { user, title, ...(is && { is }), ...said };
    });
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#look();
      await this.#parts.world.sleep(lookMs, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  #look(): void {
    const walls = Object.values(this.#parts.site().walls ?? {});
    for (const name of this.#told.keys()) if (!walls.some(({ user }) => user === name)) this.#told.delete(name);
    const bad = walls.flatMap(({ user, title }) => {
      const to = this.#condition(user);
      if (to === undefined) return [];
      if (to !== (this.#told.get(user) ?? 'well')) {
        this.#told.set(user, to);
        // With a full inbox the trouble says it as well.
        this.#parts.note({ kind: 'wall-changed', wall: user, to }).catch(() => undefined);
      }
      return to === 'well' ? [] : [{ title, is: wallConditions[to] }];
    });
    this.#parts.trouble('walls', bad.length > 0 ? wallsTrouble(bad) : undefined);
  }

  /** Undefined while it cannot be known yet. */
  #condition(name: string): WallCondition | undefined {
    const now = this.#parts.world.elapsed();
    const report = this.#reports.get(name);
    if (now - (report?.at ?? this.#since) > deadMs) return 'dead';
    if (!report) return undefined;
    return report.says === 'well' || now - report.since > heldMs ? report.says : (this.#told.get(name) ?? 'well');
  }
}

/** What a report says of its wall. It is deaf when what it was told at its last report has still not reached it. */
function saidBy({ visible, sound, seq }: PageFrame, before: WallReport | undefined): WallCondition {
  if (!visible) return 'hidden';
  if (before && seq < before.headThen && seq === before.seq) return 'deaf';
  return sound === 'running' ? 'well' : 'silent';
}
