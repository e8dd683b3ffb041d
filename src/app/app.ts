/**
 * Puts the application together: stores, gateway, lines, performers, follower and server, in the order in which they need each
 * other, and takes it apart in the reverse. All wiring is here and nothing is decided here.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CertificateKeeper } from '../authority/keep-certificate.ts';
import type { DoorFact, Ledger, Time, Words } from '../core/types.ts';
import type { LineConsumer } from '../drivers/supervise.ts';
import { Channels } from '../perform/channels.ts';
import { perform } from '../perform/perform.ts';
import { openPictures, type Pictures } from '../perform/pictures.ts';
import type { GatewayPort } from '../server/gateway-port.ts';
import type { Config } from '../site/load-site.ts';
import { certificateTrouble, inspectCertificate } from '../site/parts/certificates.ts';
import { Checkpoints, putCheckpointsAside, schoolLog, witnessHeads } from '../store/checkpoint-keeping.ts';
import { startInflux } from '../store/influx/influx.ts';
import { openJournal } from '../store/journal/journal.ts';
import { openSeries } from '../store/series/series.ts';
import { openSeriesLook } from '../store/series/series-look.ts';
import type { Journal } from '../store/store-types.ts';
import type { World } from '../world/world.ts';
import { PictureWatch } from './cameras/picture-watch.ts';
import { RateWatch } from './cameras/rate-watch.ts';
import { DutyWatch } from './duty/duty-watch.ts';
import { Gateway } from './gateway.ts';
import { housekeep } from './housekeeping.ts';
import { askKnownHeads, doubtSayer, gapSayer, headNoter, lossSayer } from './journal-heads.ts';
import { startKnowing } from './known-config.ts';
import { Lines } from './lines.ts';
import { canaryWire } from './outside/canary-wire.ts';
import { chatCallbacksOf } from './outside/chat-callbacks.ts';
import type { ClipKeeping } from './outside/clip-keeping.ts';
import { heartbeatOf } from './outside/heartbeat-start.ts';
import { followersOf, type JournalFollowers } from './outside/journal-followers.ts';
import { openLiveVideo } from './outside/live-video.ts';
import { OrderedDelivery } from './outside/ordered-delivery.ts';
import { smsRepliesOf } from './outside/sms-replies.ts';
import { SourcePictures } from './outside/source-pictures.ts';
import { Changes } from './reconfigure.ts';
import { BatonFolder, type BatonFolderOptions } from './record/baton-folder.ts';
import { Retention, type RetentionOptions } from './record/retention.ts';
import { StateSnapshots } from './record/snapshot-keeping.ts';
import { TouchStills, touchStillBounds } from './record/touch-stills.ts';
import { makeGatewayPort, type PortParts } from './serve-port.ts';
import { Serving } from './serving.ts';
import { Troubles } from './troubles.ts';
import { WallWatch } from './wall-watch.ts';

export interface AppOptions {
  readonly version: string;
  /** Folder of the built pages. */
  readonly ui: string;
  readonly world: World;
  /** A person said to go on with the journal as it stands, whatever is known of it elsewhere. */
  readonly acceptJournal?: boolean;
  /** The pages can be opened at this address. */
  readonly onServing?: (url: string) => void;
}

/** A running application. */
export interface RunningApp {
  readonly port: GatewayPort;
  /** Starts anew the lines whose part of the configuration changed; nothing else is touched. */
  reconfigure(config: Config, by: string): Promise<void>;
  /** Says that a changed configuration is wrong and why; the one before stays in force. */
  refuse(why: Words): void;
  /** Resolves with what ended the gateway's loop, when something did: stop the application, and start the process anew. */
  readonly broken: Promise<unknown>;
  /** Everything received is kept, then every part lets go. Resolves with the final ledgers, by line. */
  stop(): Promise<ReadonlyMap<string, Ledger>>;
}

function watchOf(gateway: Gateway, journal: Journal, { set }: Troubles, world: World): WallWatch {
  const note = (fact: DoorFact) => gateway.offer({ kind: 'door', fact });
  return new WallWatch({ world, site: () => gateway.site, head: () => journal.head().seq, note, trouble: set });
}

/** Opens the stores, replays, and starts server and lines. Rejects with StoreError when the stores cannot be had. */
export async function openApp(first: Config, options: AppOptions): Promise<RunningApp> {
  const [{ dir }, { authority }, { world }] = [first.store, first.server, options];
  const [troubles, accepted] = [new Troubles(world), options.acceptJournal === true];
  const { journal, series, log, gap, lacks, snapshots, begun } = await openRecord(first, world, accepted, troubles);
  const look = openSeriesLook({ dir, log: world.log });
  const [pictures, lines] = [await openPictures(join(dir, 'pictures')), new Lines(world)];
  const delivery = new OrderedDelivery({ pictures, world, house: () => house });
  const publish = canaryWire(() => changes.config, world);
  const means = {
    ...{ pictures, world, ...lines.means(), deliver: delivery.deliver, publish },
    notify: (duty: Parameters<Channels['send']>[0]) => channels.send(duty),
    touchStill: (touch: number) => touches.of(touch),
    clip: (...owed: Parameters<ClipKeeping['keep']>) => clips.keep(...owed),
  };
  const gateway = new Gateway(first.site, {
    ...{ journal, series, world, begun, trouble: troubles.set, turn: () => setImmediate() },
    perform: (duty) => perform(duty, means),
  });
  const touches = await touchStillsOf(dir, lines, gateway, world);
  const channels = new Channels({ world, site: () => gateway.site, trouble: troubles.set, picture: pictures.read });
  channels.use(first);
  await startKnowing(gateway, options.version, first, world.log);
  const sayGap = gapSayer(gateway, troubles, accepted);
  if (gap) sayGap(gap);
  snapshots.listen(doubtSayer(gateway));
  const checkpoints = await Checkpoints.open(
    { dir, journal, world, witnesses: first.store.witnesses, trouble: troubles.set, site: () => gateway.site },
    log,
  );
  const noteHeads = headNoter({ dir, journal, series, world, checkpoints, snapshots }, lacks);
  const influx = first.influx && startInflux({ ...first.influx, dir, world, lacks: sayGap, lost: lossSayer(gateway) });
  const walls = watchOf(gateway, journal, troubles, world);
  const cameras = pictureWatchOf(dir, lines, gateway, world, troubles);
  const followers = followersOf(first, { ...options, gateway, journal, checkpoints, log, troubles, delivery, look });
  const { videos, port: video, clips } = openLiveVideo(dir, () => changes.config, { lines, gateway, world });
  const stores = { journal, series, look, pictures, dir, influx, checkpoints, snapshots, video, clips, ...followers };
  const door = { authority, walls, cameras, callbacks: chatCallbacksOf(() => changes.config, gateway, world) };
  const house = makeGatewayPort({ ...options, ...stores, ...door, gateway, lines, troubles });
  const stop = new AbortController();
  const serving = new Serving(first, options, house, troubles, stop.signal);
  const keeper = keeperOf(first.server, serving, world);
  const sink = sinkOf({ gateway, lines, troubles, world, pictures });
  const changes = new Changes(first, { gateway, lines, channels, sink, log: world.log, trouble: troubles.set });
  const parts = partsOf({ ...stores, keeper }, () => changes.config, world.now);
  const upkeep = { gateway, world, dir, parts, noteHead: noteHeads, trouble: troubles.set };
  const runs = [
    walls,
    ...[cameras, clips, new RateWatch({ world, house, offer: (input) => gateway.offer(input) })],
    snapshots,
    keeper,
    followers,
    lacks ? undefined : retentionOf(first, { ...stores, gateway, world, trouble: troubles.set }),
    dutyWatchOf(gateway, world, troubles),
    batonFolderOf(first, gateway, world, troubles),
    ...outsideOf(first, () => changes.config, { gateway, world, troubles }),
  ].map((one) => one?.run(stop.signal));
  const housekeeping = Promise.all([housekeep(upkeep, stop.signal), ...runs]);
  return {
    port: house,
    broken: gateway.broken,
    reconfigure: async (next, by) => {
      await Promise.all([changes.apply(next, by), serving.renew(next.server.tls)]);
    },
    refuse: (why) => troubles.set('config', why),
    stop: async () => {
      await changes.end();
      await videos.close();
      await lines.stop();
      stop.abort();
      await housekeeping;
      await close(gateway, () => lastWord(noteHeads, lacks ? undefined : stores), serving, stores);
      return gateway.ledgers;
    },
  };
}

/** Who takes the stills of touches, in a folder beside that of the evidence. */
async function touchStillsOf(dir: string, lines: Lines, gateway: Gateway, world: World): Promise<TouchStills> {
  const pictures = await openPictures(join(dir, 'touch-stills'), touchStillBounds);
  const [site, snapshot] = [() => gateway.site, lines.snapshot.bind(lines)];
  const stills = new TouchStills({ world, site, pictures, recent: lines.stills, snapshot });
  gateway.listen({ batch: ({ events }) => stills.heed(events), site: () => undefined });
  return stills;
}

/** Who looks at the stills of cameras, where the configuration asks for it. */
function pictureWatchOf(dir: string, lines: Lines, gateway: Gateway, world: World, troubles: Troubles): PictureWatch {
  return new PictureWatch({
    ...{ world, dir, site: () => gateway.site, now: () => gateway.now, trouble: troubles.set },
    read: (look) => gateway.read(look),
    offer: (input) => gateway.offer(input),
    snapshot: lines.snapshot.bind(lines),
    givesStills: lines.givesStills.bind(lines),
  });
}

function dutyWatchOf(gateway: Gateway, world: World, { set: trouble }: Troubles): DutyWatch {
  const [site, now] = [() => gateway.site, () => gateway.now];
  return new DutyWatch({ world, site, now, read: (look) => gateway.read(look), trouble });
}

/** Who tells the world outside that the gateway is well, and who reads what comes back from there. */
function outsideOf(
  first: Config,
  config: () => Config,
  { gateway, world, troubles }: Pick<PortParts, 'gateway' | 'world' | 'troubles'>,
) {
  return [heartbeatOf(first, gateway, world, troubles), smsRepliesOf(config, gateway, world, troubles)];
}

const retentionOf = ({ store, influx }: Config, parts: Omit<RetentionOptions, 'keep' | 'follows'>): Retention =>
  new Retention({ ...parts, keep: store.retention, follows: influx !== undefined });

/** The folder of the batons, where one is configured. */
function batonFolderOf({ batonFolder: folder }: Config, gateway: Gateway, world: World, troubles: Troubles) {
  if (folder === undefined) return undefined;
  const command: BatonFolderOptions['command'] = (by, asked) => gateway.command(by, asked);
  return new BatonFolder({ folder, world, site: () => gateway.site, command, trouble: troubles.set });
}

/** Who renews the certificate of the server, where it is the school's own. */
function keeperOf({ authority, tls }: Config['server'], serving: Serving, world: World): CertificateKeeper | undefined {
  if (authority === undefined || !tls) return undefined;
  const renewed = async () => serving.renew((await inspectCertificate(tls)).pair);
  return new CertificateKeeper({ folder: authority, world, renewed });
}

/** Without the one that is shown to the district: its uplink takes a renewed one by itself, and says when it ends. */
const ownCertificates = ({ certificates, district }: Config) =>
  certificates.filter(({ pair }) => pair.cert !== district?.certificate?.cert);

/** Parts that can say how they are. */
function partsOf(
  {
    journal,
    look,
    series,
    influx,
    keeper,
    outward,
    standards,
  }: Pick<PortParts, 'journal' | 'look' | 'series' | 'influx'> & {
    readonly keeper: CertificateKeeper | undefined;
    readonly outward: JournalFollowers['outward'];
    readonly standards: JournalFollowers['standards'];
  },
  config: () => Config,
  now: () => Time,
): Readonly<Record<string, () => Words | undefined>> {
  return {
    reading: () => journal.trouble() ?? look.trouble(),
    series: () => series.trouble(),
    ...(influx && { influx: () => influx.status().why }),
    ...(outward && { 'mqtt-out': outward.trouble }),
    ...Object.fromEntries(standards.map(({ part, trouble }) => [part, trouble])),
    certificate: () => keeper?.trouble() ?? certificateTrouble(ownCertificates(config()), now()),
  };
}

/** The places beside the journal are told how far it is; what it holds is signed for, and what it folds to is kept. */
async function lastWord(
  noteHeads: () => Promise<void>,
  proof: { checkpoints: Checkpoints; snapshots: StateSnapshots } | undefined,
): Promise<void> {
  await noteHeads().catch(() => undefined);
  if (!proof) return;
  await proof.checkpoints.publish();
  await proof.snapshots.keepLast(proof.checkpoints.newest());
}

/**
 * Journal and series, with the key that signs for the journal; what other places know of it, asked before anything is added to it; and what
 * it folds to, where a snapshot helps. A person who says to go on with the journal as it stands has all of it folded.
 */
async function openRecord(
  { store: { dir, witnesses, seriesDays }, school }: Config,
  world: World,
  accepted: boolean,
  { set: trouble }: Troubles,
) {
  const journal = await openJournal({ dir, log: world.log, anew: accepted });
  const series = await openSeries({ dir, days: seriesDays, log: world.log });
  const log = await schoolLog(dir, school);
  const gap = await askKnownHeads(dir, journal, series, accepted, await witnessHeads(witnesses, log, world));
  if (gap && accepted) await putCheckpointsAside(dir, world.now());
  const snapshots = new StateSnapshots({ dir, journal, log, world, trouble });
  if (accepted) snapshots.drop();
  const begun = await snapshots.begin();
  return { journal, series, log, gap, lacks: gap !== undefined && !accepted, snapshots, begun };
}

/** The last words of the gateway are signed for; then everything is closed, whatever went wrong before. */
async function close(
  gateway: Gateway,
  sign: () => Promise<void>,
  serving: Serving,
  { influx, look, series, journal }: Pick<PortParts, 'journal' | 'look' | 'series' | 'influx'>,
): Promise<void> {
  try {
    await gateway.stop();
    await sign();
  } finally {
    await serving.close();
    await influx?.stop();
    await look.close();
    await series.close();
    await journal.close();
  }
}

/** Where lines bring what they heard, and what they could not read. */
/** Where the lines' reports go. */
function sinkOf(parts: {
  readonly gateway: Gateway;
  readonly lines: Lines;
  readonly troubles: Troubles;
  readonly world: World;
  readonly pictures: Pictures;
}): LineConsumer {
  const { gateway, lines, troubles, world, pictures } = parts;
  const sent = new SourcePictures({
    ...{ world, keep: pictures.keep },
    offer: (input) => gateway.offer(input),
    read: (look) => gateway.read(look),
  });
  return {
    picture: (device, jpeg, told) =>
      void (told ?? Promise.resolve()).then(
        () => sent.take(device, jpeg),
        // What it belongs to was not kept, and is said of the event.
        () => undefined,
      ),
    offer: gateway.offer.bind(gateway),
    trouble: troubles.set,
    forget: troubles.forget,
    drop: (item) => {
      gateway.drop(item.line, item.reason);
      lines.putInQuarantine(item, world.now());
    },
  };
}
