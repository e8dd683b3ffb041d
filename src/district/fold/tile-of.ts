/** What State says of a school on its tile. Silent calls for help are no part of it: everybody at the bureau sees tiles. */
import { zoneMode } from '../../core/site/watched.ts';
import type { Alarm, Site, State } from '../../core/types.ts';
import { inOrder } from '../../core/view/view.ts';
import type { TileAlarms } from '../board/board-types.ts';
import { alarmRow } from './alarm-book.ts';
import type { TileFigures } from './tile-figures.ts';

/** What waits first stands on the tile: before what is seen to, and the most pressing first. */
const before = (a: Pressing, b: Pressing): boolean => (a.waits === b.waits ? a.priority < b.priority : a.waits);

interface Pressing {
  readonly priority: number;
  readonly waits: boolean;
}

/** One pass and no rows of alarms: a school may have thousands of them. */
function alarmsOf(site: Site, state: State): TileAlarms {
  const waiting: [number, number, number] = [0, 0, 0];
  let firstP1At: number | undefined;
  let open = 0;
  let top: Alarm | undefined;
  for (const alarm of state.alarms.values()) {
    if (alarm.covert || alarm.priority >= 4 || state.shelves.has(alarm.key)) continue;
    open++;
    if (!top || onTop(alarm, top)) top = alarm;
    if (alarm.acked) continue;
    // What a school wrote there may be anything.
    if (alarm.priority === 1 || alarm.priority === 2 || alarm.priority === 3) waiting[alarm.priority - 1]!++;
    if (alarm.priority === 1) firstP1At = Math.min(firstP1At ?? alarm.raisedAt, alarm.raisedAt);
  }
  const row = top && alarmRow(site, top, undefined, 0);
  return {
    waiting,
    ...(firstP1At !== undefined && { firstP1At }),
    open,
    ...(top && row && { top: { ...topOf(top.priority, row), at: top.raisedAt } }),
  };
}

const topOf = (priority: number, { kind, place_zh: zh, place_en: en }: ReturnType<typeof alarmRow>) => ({
  ...{ kind, priority, place: { zh, en } },
});

/** The first of both as the school's own wall has them. */
const onTop = (a: Alarm, b: Alarm): boolean => inOrder([b, a])[0] === a;

/** An alarm that overtook the backlog, as its row has it. */
export interface AheadOnTile extends Pressing {
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
  readonly at: number;
}

/** The alarms of a tile together with those that overtook the backlog; the most pressing of these first. */
export function withAhead(alarms: TileAlarms, ahead: readonly AheadOnTile[]): TileAlarms {
  const [first] = ahead;
  if (!first) return alarms;
  const count = (priority: number) => ahead.filter((one) => one.waits && one.priority === priority).length;
  const urgent = ahead.filter(({ waits, priority }) => waits && priority === 1).map(({ at }) => at);
  if (alarms.firstP1At !== undefined) urgent.push(alarms.firstP1At);
  const { kind, priority, zh, en, at } = first;
  const own = alarms.top && { priority: alarms.top.priority, waits: alarms.waiting.some((waits) => waits > 0) };
  return {
    ...alarms,
    waiting: [alarms.waiting[0] + count(1), alarms.waiting[1] + count(2), alarms.waiting[2] + count(3)],
    ...(urgent.length > 0 && { firstP1At: Math.min(...urgent) }),
    open: alarms.open + ahead.length,
    ...((!own || before(first, own)) && { top: { kind, priority, place: { zh, en }, at, ahead: true as const } }),
  };
}

/** Cameras of the canteen. */
export function kitchenCameras(site: Site): string[] {
  const areas = Object.values(site.canteen?.areas ?? {});
  return [...new Set(areas.flatMap(({ cameras }) => cameras ?? []))];
}

/** The figures of a tile. Throws where the site is not what a site is. */
export function tileFigures(site: Site, state: State): TileFigures {
  const kitchen = kitchenCameras(site);
  const up = (camera: string) =>
    state.devices.get(camera)?.up === true && state.cameras.get(camera)?.seen?.seen !== false;
  const modes = Object.keys(site.zones).map((zone) => zoneMode(state, zone));
  const drill = [...state.drills.values()].findLast(({ over }) => !over);
  return {
    alarms: alarmsOf(site, state),
    kitchen: { of: kitchen.length, good: kitchen.filter(up).length },
    fence: {
      zones: modes.length,
      armed: modes.filter((mode) => mode === 'armed').length,
      out: modes.filter((mode) => mode === 'inhibited' || mode === 'out-of-service').length,
    },
    ...(drill && { drillSince: drill.at }),
  };
}
