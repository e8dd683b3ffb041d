/**
 * Ties the live board to this node's own: what it knows of all schools, who may come in, how long his session stands. It must never show a
 * board before the district has read one, since a district that cannot be read looks like one without schools.
 */
import type { App } from '../../server/http/http-app.ts';
import { needs, officerSessionOf } from '../access/district-door.ts';
import { mayDistrict } from '../board/district-rights.ts';
import type { DistrictContext } from '../service/district-context.ts';
import { LiveBoard } from './live-board.ts';
import { liveRoute } from './live-route.ts';

/** Schools that left are noticed within this, ms. */
const LOOK_MS = 1_000;
/** The parts in trouble while nothing can be read of schools. */
const unread = ['board', 'database'];

type LiveGround = Pick<DistrictContext, 'access' | 'board' | 'signal' | 'version' | 'world'>;

export function registerLive(app: App, { access, board: source, signal, version, world }: LiveGround): void {
  const { district, utcOffsetMin, outline } = source.board();
  const troubles = () => source.troubles();
  const live = new LiveBoard({ world, version, troubles, about: { district, utcOffsetMin, outline } });
  let read = false;

  function look(): void {
    const { tiles } = source.board();
    if (read) {
      const there = new Set(tiles.map(({ school }) => school));
      return live.drop(live.schools().filter((school) => !there.has(school)));
    }
    if (troubles().some(({ part }) => unread.includes(part))) return;
    read = true;
    live.reset(tiles);
  }

  async function keepLooking(): Promise<void> {
    while (!signal.aborted) {
      look();
      await world.sleep(LOOK_MS, signal).catch(() => undefined);
    }
  }

  const forget = source.changed((tiles) => (read ? live.change(tiles) : look()));
  void keepLooking();
  app.addHook('preClose', async () => {
    forget();
    await live.close();
  });
  liveRoute(app, live, needs('board'), (request) => {
    const session = officerSessionOf(request);
    const { name, shown, role, streets } = session.officer;
    const you = { shown, streets, looksIn: mayDistrict(role, 'look'), schools: mayDistrict(role, 'schools') };
    return { name, you, lives: access.sessions.watch(session) };
  });
}
