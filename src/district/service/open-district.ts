/**
 * Where the district is put together: database, key, fan-out, board, and the addresses of each of its parts, one line a part. It decides
 * nothing. Any number of these processes run on one database.
 */
import { verifierKey } from '../../proof/signed-note.ts';
import { type App, type HttpDoor, makeApp, type TlsPair } from '../../server/http/http-app.ts';
import { problems, ServerError } from '../../server/http/problem.ts';
import { listenFailed, portTaken } from '../../words/server-words.ts';
import type { Words } from '../../words/words.ts';
import type { World } from '../../world/world.ts';
import { openAccess } from '../access/access.ts';
import { databaseProblem } from '../access/district-door.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { type Fanout, openFanout } from '../fanout/fanout.ts';
import { databaseWire, natsWire } from '../fanout/wires.ts';
import { openFolding } from '../fold/folding.ts';
import { type KeyParts, openKeyOf } from '../ingest/key-of.ts';
import { registerSchoolDoor } from '../ingest/school-routes.ts';
import { listRoutes } from '../lists/list-routes.ts';
import { lookRoutes } from '../look/look-routes.ts';
import { fileDoor } from '../orders/file-door.ts';
import { orderRoutes } from '../orders/order-routes.ts';
import { reportRoutes } from '../report/report-routes.ts';
import { watchRetention } from '../retention/keep-within.ts';
import { retentionRoutes } from '../retention/kept-routes.ts';
import { districtPageRoutes } from '../routes/district-page-routes.ts';
import { registerDrills } from '../routes/register-drills.ts';
import { registerLive } from '../routes/register-live.ts';
import { openHourStore } from '../series/hour-store.ts';
import { openTakeHours } from '../series/take-hours.ts';
import { valueRoutes } from '../series/value-routes.ts';
import { certificateLook, tlsPairOf, watchCertificate, watchRevoked } from './certificate-watch.ts';
import type { BureauConfig } from './district-config.ts';
import type { DistrictContext } from './district-context.ts';
import { openFaults } from './district-faults.ts';
import { registerHealth } from './health-route.ts';
import { openSchoolBoard } from './school-board.ts';
import { witnessKey } from './witness-key.ts';

export interface DistrictOptions {
  readonly world: World;
  readonly version: string;
  /** Folder of the built pages. */
  readonly ui?: string;
  /** Instead of the one that the configuration names; it is closed with the district. */
  readonly db?: Database;
}

export interface RunningDistrict {
  readonly url: string;
  readonly context: DistrictContext;
  readonly app: App;
  close(): Promise<void>;
}

/** Connections over which nobody has shown a key yet: after an outage all schools come at once, many from behind one address. */
const STRANGERS = { most: 2_000, mostOfOne: 500 } as const;

/** Each part of the district hangs its addresses in here; all of them are behind the door. */
async function registerParts(app: App, context: DistrictContext): Promise<void> {
  const { ui, access } = context;
  registerLive(app, context);
  reportRoutes(app, context);
  lookRoutes(app, context);
  listRoutes(app, context);
  registerDrills(app, context);
  await districtPageRoutes(app, ui, access.sessions);
  orderRoutes(app, context);
  await fileDoor(app, context);
}

async function openDoor(
  { server }: BureauConfig,
  { world, version }: DistrictOptions,
  tls: TlsPair | undefined,
): Promise<HttpDoor> {
  const { trustedProxies, connections } = server;
  const limits = { connections, strangers: STRANGERS };
  const problemOf = (error: unknown) => databaseProblem(error, world.log);
  return await makeApp(world, version, { tls, trustedProxies, problemOf, ...limits });
}

/** Whether schools are known by certificates: only where this node itself speaks TLS with them. */
function certificatesOf({ tls }: BureauConfig['server']): KeyParts['certificates'] {
  if (tls?.clientAuthority === undefined) return undefined;
  return tls.clientRequired ? 'required' : 'count';
}

async function listen(app: App, { host, port, tls }: BureauConfig['server']): Promise<string> {
  try {
    const address = new URL(await app.listen({ host, port }));
    return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${address.port || (tls ? 443 : 80)}`;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const place = `${host}:${port}`;
    throw new ServerError(code === 'EADDRINUSE' ? portTaken(place) : listenFailed(place, code), cause);
  }
}

/** What is open so far, closed in the other order. */
function openStack() {
  const open: (() => Promise<void>)[] = [];
  return {
    add: (close: () => Promise<void>) => void open.push(close),
    close: async () => {
      for (const close of open.splice(0).reverse()) await close().catch(() => undefined);
    },
  };
}

/** Rejects with WordedError where it cannot start, and leaves nothing open then. */
export async function openDistrict(config: BureauConfig, options: DistrictOptions): Promise<RunningDistrict> {
  const stack = openStack();
  try {
    return await opened(config, options, stack);
  } catch (error) {
    await stack.close();
    throw error;
  }
}

async function opened(
  config: BureauConfig,
  options: DistrictOptions,
  stack: ReturnType<typeof openStack>,
): Promise<RunningDistrict> {
  const { world, version, ui } = options;
  const db = options.db ?? (await openDatabase(config.database));
  stack.add(() => db.close());
  const signer = await witnessKey(db, config.data, config.district.id);
  const fanout: Fanout = await openFanout(config.nats ? await natsWire(config.nats, world) : databaseWire(db), world);
  stack.add(() => fanout.close());
  const closing = new AbortController();
  stack.add(async () => closing.abort());
  const { signal } = closing;
  const { name, outline } = config.district;
  const head = { district: name, outline, utcOffsetMin: config.utcOffsetMin };
  const faults = openFaults(world);
  const board = await openSchoolBoard({ db, world, fanout, head, faults, signal });
  const { tls } = config.server;
  const pair = tls && (await tlsPairOf(tls));
  const { app, strangers, renew } = await openDoor(config, options, pair);
  stack.add(() => app.close());
  const knows: DistrictContext['knows'] = (request) => strangers.known(request.raw.socket);
  const revoked = await watchRevoked(tls);
  const certificates = certificatesOf(config.server);
  const keyOf = openKeyOf({ db, world, fanout, knows, certificates, revoked: revoked.has });
  const parts = { db, world, config, version, signer, board, fanout, keyOf, knows, ui, signal };
  const context: DistrictContext = { ...parts, access: openAccess(app, parts) };
  app.setNotFoundHandler(() => {
    throw problems.unknown();
  });
  registerHealth(app, context);
  const hours = config.influx && openHourStore({ ...config.influx, keepDays: config.retention.series });
  await registerParts(app, context);
  valueRoutes(app, { db, hours, now: () => world.now() });
  retentionRoutes(app, { db, keep: config.retention });
  const vkey = verifierKey(signer);
  const fault = (why: Words | undefined) => faults.say('ingest', why);
  const bounds = { now: () => world.now(), keepDays: config.retention.series };
  const takeHours = openTakeHours(hours, faults, bounds);
  await registerSchoolDoor(app, { ...parts, vkey, fault, takeHours, folding: openFolding({ version }) }, keyOf);
  void watchRetention({ db, world, faults, signal, trail: context.access.trail, keep: config.retention });
  if (tls && pair) {
    const look = certificateLook(tls, pair, renew, faults, () => world.now());
    const both = async () => {
      await look();
      faults.say('revoked', await revoked.look(world.now()));
    };
    void watchCertificate(both, world, signal);
  }
  const url = await listen(app, config.server);
  return { url, context, app, close: () => stack.close() };
}
