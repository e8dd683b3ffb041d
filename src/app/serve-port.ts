/**
 * The gateway as the server may see it: questions answered from gateway, stores and lines, and commands handed to the
 * gateway. It adds nothing of its own but two seconds of memory for pictures and what pages said they painted.
 */
import { publicRoot } from '../authority/authority-folder.ts';
import { isCanary } from '../core/tell/canary.ts';
import type { Durable, Site, State, Time } from '../core/types.ts';
import { openAlarms } from '../core/view/view.ts';
import type { Pictures } from '../perform/pictures.ts';
import type { GatewayPort } from '../server/gateway-port.ts';
import type { VideoPort } from '../server/video/video-port.ts';
import type { Checkpoints } from '../store/checkpoint-keeping.ts';
import type { Influx } from '../store/influx/influx.ts';
import { verifyJournal } from '../store/journal/verify.ts';
import { rehearseSeries, type SeriesLook } from '../store/series/series-look.ts';
import { signedLines } from '../store/signed-lines.ts';
import type { Journal, Series } from '../store/store-types.ts';
import type { Uplink } from '../uplink/uplink.ts';
import type { World } from '../world/world.ts';
import type { PictureWatch } from './cameras/picture-watch.ts';
import { dutyCounts } from './duty/duty-troubles.ts';
import type { Gateway } from './gateway.ts';
import type { Lines } from './lines.ts';
import type { ChatCallbacks } from './outside/chat-callbacks.ts';
import type { ClipKeeping } from './outside/clip-keeping.ts';
import { mqttDescription } from './record/mqtt-description.ts';
import type { Troubles } from './troubles.ts';
import type { WallWatch } from './wall-watch.ts';

/** A picture this old is still the present. */
const freshMs = 2_000;
/** A page that last reported longer ago is shown to nobody. */
const pageAliveMs = 30_000;
const noBooks = { received: 0, stored: 0, judged: 0, dropped: {} };

export interface PortParts {
  readonly version: string;
  readonly world: World;
  readonly gateway: Gateway;
  readonly lines: Lines;
  readonly journal: Journal;
  readonly series: Series;
  readonly look: SeriesLook;
  readonly pictures: Pictures;
  readonly clips: Pick<ClipKeeping, 'read'>;
  readonly troubles: Troubles;
  readonly dir: string;
  /** Folder of the school's own certificates. */
  readonly authority: string | undefined;
  readonly influx: Influx | undefined;
  readonly walls: WallWatch;
  readonly cameras: Pick<PictureWatch, 'shown'>;
  readonly video: VideoPort;
  /** Below which a broker of the school's is told, where one is. */
  readonly outwardTopic?: string | undefined;
  readonly checkpoints: Pick<Checkpoints, 'newest' | 'publish'>;
  readonly callbacks: Pick<ChatCallbacks, 'take'>;
  /** Who brings the district what it may have. */
  readonly district?: Pick<Uplink, 'status'> | undefined;
}

interface EventPage {
  readonly at: Time;
  readonly alarms: ReadonlySet<number>;
}

type Pages = ReadonlyMap<string, EventPage>;

const alive = (pages: Pages, now: Time) => [...pages.values()].filter((page) => now - page.at < pageAliveMs);

/** Devices that ought to be heard all the time: the canary's is not. */
const heardDevices = (site: Site): string[] => Object.keys(site.devices).filter((id) => !isCanary(site, id));

/** What State says in numbers. */
function countsOf({ gateway }: PortParts, state: Durable<State>, pages: Pages, now: Time) {
  const unacked = openAlarms(state).filter((alarm) => !alarm.acked);
  const shown = alive(pages, now);
  return {
    devices_up: heardDevices(gateway.site).filter((id) => state.devices.get(id)?.up === true).length,
    alarms_open: openAlarms(state).length,
    alarms_unacknowledged: unacked.length,
    alarms_unpainted: unacked.filter((alarm) => !shown.some((page) => page.alarms.has(alarm.id))).length,
    ...dutyCounts(gateway.site, state, gateway.now),
  };
}

/** What the process says in numbers, whether the journal follows or not. */
function gaugesOf({ gateway, influx, journal, district }: PortParts, pages: Pages, now: Time) {
  const status = influx?.status();
  const behind = district?.status().behind;
  return {
    journal_seq: journal.head().seq,
    journal_keeping: gateway.keeping ? 1 : 0,
    inbox_depth: gateway.depth,
    devices_total: heardDevices(gateway.site).length,
    pages_alive: alive(pages, now).length,
    ...(behind !== undefined && { district_behind: behind }),
    ...(status && { influx_behind: status.behind, influx_rejected: status.rejected }),
  };
}

/** Pictures of cameras, each asked for at most once in two seconds. */
function freshPictures({ lines, world }: PortParts): GatewayPort['picture'] {
  const last = new Map<string, { at: Time; asked: number; jpeg: Promise<Uint8Array> }>();
  return async (camera) => {
    let picture = last.get(camera);
    if (!picture || world.elapsed() - picture.asked >= freshMs) {
      picture = { at: world.now(), asked: world.elapsed(), jpeg: lines.snapshot(camera) };
      last.set(camera, picture);
    }
    return { at: picture.at, jpeg: await picture.jpeg };
  };
}

/** Photographs that people took, among the pictures of alarms. A name is a time, so two of one moment are moved apart. */
function keptPhotos({ gateway, pictures }: PortParts): GatewayPort['keepPhoto'] {
  let last: Time = 0;
  return (jpeg) => {
    last = Math.max(gateway.now, last + 1);
    return pictures.keep(0, last, jpeg);
  };
}

/** The port over these parts. */
export function makeGatewayPort(parts: PortParts): GatewayPort {
  const { gateway, lines, journal, series, pictures, troubles, world } = parts;
  const pages = new Map<string, EventPage>();
  return {
    version: parts.version,
    site: () => gateway.site,
    read: (look) => gateway.read(look),
    live: () => gateway.live,
    now: () => gateway.now,
    lines: () =>
      lines.all.map(({ spec, status }) => ({
        id: spec.id,
        protocol: spec.protocol,
        ...status,
        ledger: gateway.ledgers.get(spec.id) ?? noBooks,
      })),
    troubles: () => troubles.all(),
    walls: () => parts.walls.status(),
    head: () => journal.head(),
    checkpoint: () => parts.checkpoints.newest()?.note,
    prove: (seqs) => signedLines(parts.dir, parts.checkpoints, world, seqs),
    district: parts.district && (() => parts.district?.status() ?? {}),
    quarantine: () => lines.quarantine,
    command: (by, command) => gateway.command(by, command),
    listen: (listener) => gateway.listen(listener),
    records: (q) => journal.query(q),
    checksOf: (rounds) => journal.checksOf(rounds),
    pick: (q) => journal.pick(q),
    openAt: (time) => journal.openAt(time),
    samples: (q) => series.query(q),
    curves: (q) => parts.look.curves(q),
    rehearse: (q, progress, signal) => rehearseSeries(parts.dir, q, progress, signal),
    picture: freshPictures(parts),
    cameraLooks: () => parts.cameras.shown(),
    keepPhoto: keptPhotos(parts),
    authority: async () => (parts.authority === undefined ? undefined : publicRoot(parts.authority)),
    evidence: (name) => pictures.read(name),
    clip: (name) => parts.clips.read(name),
    verify: (progress) => verifyJournal(parts.dir, { ...(progress && { progress }) }),
    discover: async () => (await import('../drivers/onvif/onvif-discover.ts')).discover(world, {}),
    asyncapi: () => mqttDescription(parts.version, parts.outwardTopic),
    video: parts.video,
    called: (call) => parts.callbacks.take(call),
    tapped: (tap) => gateway.offer({ kind: 'drill-tapped', ...tap }),
    note: (fact) => gateway.offer({ kind: 'door', fact }),
    displayed: (viewer, report) => {
      const { user } = viewer;
      const { displayed: alarms } = report;
      const page = parts.walls.pageOf(viewer, report.page);
      parts.walls.hear(viewer, report);
      for (const [key, { at }] of pages) if (world.now() - at > pageAliveMs) pages.delete(key);
      pages.set(`${user.name} ${page}`, { at: world.now(), alarms: new Set(alarms) });
      if (alarms.length === 0) return;
      const by = { name: user.name, role: user.role };
      // Without room for it now, the page says the same again in ten seconds.
      gateway.offer({ kind: 'displayed', by, page, alarms }).catch(() => undefined);
    },
    gauges: () => gaugesOf(parts, pages, world.now()),
    counts: (state) => countsOf(parts, state, pages, world.now()),
  };
}
