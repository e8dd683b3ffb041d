/**
 * The server: puts the application, the authorization hook, the routes and the feed together and listens. To somebody who is
 * not logged in it must never answer anything but the empty pages with their files, the log-in, `/healthz`, the root
 * certificate that phones shall trust, and, to whoever brings the secret for it, one class of a drill, one person's
 * calendar, the pairing of a phone and the call of a chat.
 */
import type { AddressInfo, Socket } from 'node:net';
import { personOf } from '../core/site/naming.ts';
import type { Trouble } from '../core/types.ts';
import { listenFailed, originWrong, portForbidden, portTaken, secretShort } from '../words/server-words.ts';
import type { World } from '../world/world.ts';
import type { Users } from './auth/accounts.ts';
import { authorizeRoutes, sessionOf } from './auth/authorization.ts';
import { openDoorFacts, recallDoor, rememberDoor } from './auth/door-facts.ts';
import { openKeptLogouts } from './auth/kept-logouts.ts';
import { loginRoutes } from './auth/login.ts';
import { openPairedPhones, type PairedPhones, type PhoneParts } from './auth/paired-phones.ts';
import { pairingRoutes } from './auth/pairing-routes.ts';
import { openPins } from './auth/pins.ts';
import { openSessions, type UserSession } from './auth/session.ts';
import { openStandby, type Standby } from './auth/standby.ts';
import { canteenRoutes } from './canteen/canteen-routes.ts';
import { kitchenRoutes } from './canteen/kitchen-routes.ts';
import { sensorRoutes } from './canteen/sensor-routes.ts';
import { drillRoutes } from './drill/drill-routes.ts';
import { Feed } from './feed/feed.ts';
import type { GatewayPort } from './gateway-port.ts';
import { type App, makeApp, type TlsPair } from './http/http-app.ts';
import { openPlainPort, usualPorts } from './http/plain-door.ts';
import { problems, ServerError } from './http/problem.ts';
import { pointCodeRoutes } from './point/point-code-routes.ts';
import { auditRoutes } from './report/audit-routes.ts';
import { caseRoutes } from './report/case-routes.ts';
import { exportRoutes } from './report/export.ts';
import { kpiRoutes } from './report/kpi-routes.ts';
import { onlineRoutes } from './report/online-routes.ts';
import { recordRoutes } from './report/record-routes.ts';
import { commandRoute, descriptionRoutes, healthRoutes, verifyRoute } from './routes/api.ts';
import { authorityRoutes } from './routes/authority-routes.ts';
import { callbackRoutes } from './routes/callback-routes.ts';
import { commissionRoutes } from './routes/commission-routes.ts';
import { dutyRoutes } from './routes/duty-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { openMetrics } from './routes/metrics.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { phoneRoutes } from './routes/phone-routes.ts';
import { openPictures, pictureRoutes } from './routes/picture-routes.ts';
import { pointRoutes } from './routes/point-routes.ts';
import { shellRoutes } from './routes/shell-routes.ts';
import { clipRoutes } from './video/clip-routes.ts';
import { videoRoutes } from './video/video-routes.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** PEM texts. */
  readonly tls?: TlsPair;
  /** Origins allowed beside the host a request is sent to, for a reverse proxy: `https://wall.school.example`. */
  readonly origins?: readonly string[];
  /** Reverse proxies whose word on a client's address and encryption counts: addresses or networks. */
  readonly trustedProxies?: readonly string[];
  readonly users: Users;
  /** HMAC key of the session cookies, at least 32 bytes; the same after a restart, or every session ends. */
  readonly secret: Uint8Array;
  /** The file of the phones that are paired; without it they are forgotten when the server ends. */
  readonly phones?: string;
  /** The file of log-outs that the journal cannot take for now; without it whoever leaves meanwhile is told that a restart forgets it. */
  readonly logouts?: string;
  /** Folder of the built pages. */
  readonly ui?: string;
  /** Lets a machine read /metrics with `Authorization: Bearer …`. */
  readonly metricsToken?: string;
  /** Path of the font that reports are printed with; without it the one of Debian's fonts-noto-cjk. */
  readonly reportFont?: string;
}

export interface RouteInfo {
  readonly method: string;
  readonly url: string;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  /** Every route, as the application itself told of it; a test walks them all. */
  readonly routes: readonly RouteInfo[];
  /** Another certificate from now on. Throws ServerError when it will not do, and then the one before stays. */
  renew(pair: TlsPair): void;
  close(): Promise<void>;
}

function checkOptions({ secret, origins = [] }: ServerOptions): void {
  if (secret.byteLength < 32) throw new ServerError(secretShort);
  for (const origin of origins) {
    if (!/^https?:\/\/[^/\s]+$/.test(origin) || !URL.canParse(origin)) throw new ServerError(originWrong(origin));
  }
}

async function stop(app: App, feed: Feed): Promise<void> {
  await feed.close();
  await app.close();
}

async function listen(app: App, { host, port }: ServerOptions, feed: Feed): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await stop(app, feed);
    const code = (cause as NodeJS.ErrnoException).code;
    const place = `${host}:${port}`;
    if (code === 'EADDRINUSE') throw new ServerError(portTaken(place), cause);
    if (code === 'EACCES') throw new ServerError(portForbidden(place), cause);
    throw new ServerError(listenFailed(place, code ?? String(cause)), cause);
  }
}

/** The port of plain HTTP beside the usual one of TLS. Never rejects: once a server listens, one that nobody can close would stay. */
const plainBeside = async ({ host, tls }: ServerOptions, port: number, world: World) =>
  tls && port === usualPorts.tls ? await openPlainPort({ host, port: usualPorts.plain, tls: port }, world) : undefined;

/** The troubles of the gateway, that of a users file which cannot be read again, and of steps that reach nobody; asked at every beat, `look` looks then too. */
function withUsers(
  gateway: GatewayPort,
  users: Users,
  standby: Standby,
  phones: PairedPhones,
  world: World,
  look: () => void,
): () => readonly Trouble[] {
  let said = '';
  let own: Trouble | undefined;
  return () => {
    const why = users.trouble();
    look();
    if (!why) own = undefined;
    else if (own?.why.en !== why.en) {
      own = { part: 'users', why, since: world.now() };
      world.log.warn(why.en);
    }
    const nobody = standby.trouble();
    if (nobody && nobody.why.en !== said) world.log.warn(nobody.why.en);
    said = nobody?.why.en ?? '';
    return [...gateway.troubles(), ...phones.troubles(), ...(own ? [own] : []), ...(nobody ? [nobody] : [])];
  };
}

/** Strikes off no phone for so long after the clock was set or in doubt. Ours. */
const CLOCK_REST_MS = 86_400_000;

/** What paired phones go by: the accounts of their persons, and the clock. */
function phoneParts(
  { users, phones }: ServerOptions,
  gateway: GatewayPort,
  world: World,
  signal: AbortSignal,
): PhoneParts {
  return {
    ...{ path: phones, world, site: gateway.site, signal },
    barred: ({ id, name }) =>
      users
        .list()
        .some(({ user, disabled }) => disabled && (user.name === name || personOf(gateway.site(), user)?.id === id)),
    sure: () =>
      gateway
        .read(({ clock }) => !clock || (!clock.asks && Math.abs(gateway.now() - clock.at) > CLOCK_REST_MS))
        .catch(() => false),
  };
}

/** Pictures of cameras, the canteen that is seen by them, and their videos. `font`: the setting `reports.font`. */
async function seeingRoutes(
  font: string | undefined,
  ...[app, gateway, world, sessions]: Parameters<typeof videoRoutes>
): Promise<void> {
  const pictures = openPictures(gateway, world);
  pictureRoutes(app, pictures);
  kitchenRoutes(app, gateway, pictures.camera);
  sensorRoutes(app, gateway);
  await canteenRoutes(app, gateway, world, pictures, font);
  videoRoutes(app, gateway, world, sessions);
  clipRoutes(app, gateway);
}

function feedRoute(app: App, feed: Feed): void {
  app.get(
    '/feed',
    {
      websocket: true,
      config: { ask: 'feed' },
      preValidation: async (request) => {
        if (!feed.room(sessionOf(request).user.name)) throw problems.busy(10);
      },
    },
    (socket, request) => feed.join(socket, sessionOf(request)),
  );
}

/** Starts to listen. Rejects with ServerError when the options will not do or the port cannot be had. */
export async function startServer(options: ServerOptions, gateway: GatewayPort, world: World): Promise<Server> {
  checkOptions(options);
  const { users, origins = [], trustedProxies = [], metricsToken, ui } = options;
  const tls = options.tls !== undefined;
  const now = () => world.now();
  const closing = new AbortController();
  const phones = await openPairedPhones(phoneParts(options, gateway, world, closing.signal));
  const sessions = openSessions(options.secret, users, now, phones);
  const routes: RouteInfo[] = [];
  const { app, strangers, renew } = await makeApp(world, gateway.version, { tls: options.tls, trustedProxies });
  app.addHook('onRoute', ({ method, url }) => {
    for (const m of [method].flat()) routes.push({ method: m, url });
  });
  const knows = (peer: Socket) => strangers.known(peer);
  authorizeRoutes(app, { knows, origins, metricsToken, sessions, now });
  app.setNotFoundHandler(() => {
    throw problems.unknown();
  });

  const facts = openDoorFacts(app, gateway, world);
  app.addHook('onClose', async () => closing.abort());
  const logouts = await openKeptLogouts(options.logouts, sessions);
  sessions.doubt(true);
  await recallDoor(gateway, world, closing.signal, (memory) => {
    rememberDoor(memory, { sessions, phones, logouts, facts });
    // Before anybody can come in or answer by his phone: whose account is not known yet could not acknowledge.
    facts.accounts(users.list());
  });
  const standby = openStandby(
    gateway,
    () => users.list(),
    now,
    () => phones.list().map(({ name }) => name),
  );
  const troubles = withUsers(gateway, users, standby, phones, world, () => facts.accounts(users.list()));
  const feed = new Feed(gateway, world, sessions, troubles);
  const metrics = openMetrics(gateway, () => feed.figures());
  const school = () => gateway.site().name;
  loginRoutes(app, { users, sessions, world, facts, phones, logouts, school, ended: (s: UserSession) => feed.end(s) });
  pairingRoutes(app, { gateway, world, sessions, phones, facts, ended: (phone) => feed.endPhone(phone) });
  const stands = (area: string) => gateway.read(({ areas }) => areas.get(area)?.mode);
  commandRoute(app, gateway, world, openPins(users, { site: gateway.site, stands }, world));
  recordRoutes(app, gateway);
  commissionRoutes(app, gateway, world);
  exportRoutes(app, gateway);
  for (const routes of [kpiRoutes, onlineRoutes]) routes(app, gateway);
  auditRoutes(app, gateway, world, options.reportFont);
  caseRoutes(app, gateway, world, options.reportFont);
  await importRoutes(app, gateway, world);
  await pointRoutes(app, gateway, world, options.secret);
  pointCodeRoutes(app, gateway, world, options.secret, options.reportFont);
  authorityRoutes(app, gateway);
  callbackRoutes(app, gateway);
  await phoneRoutes(app, gateway, world);
  dutyRoutes(app, gateway, world);
  drillRoutes(app, gateway, world, options);
  await seeingRoutes(options.reportFont, app, gateway, world, sessions);
  healthRoutes(app, gateway, troubles, standby);
  verifyRoute(app, gateway, world);
  descriptionRoutes(app, gateway, metrics);
  feedRoute(app, feed);
  shellRoutes(app, ui);
  await pageRoutes(app, ui);

  await listen(app, options, feed);
  const { port } = app.server.address() as AddressInfo;
  const plain = await plainBeside(options, port, world);
  const close = async () => {
    plain?.close();
    await stop(app, feed);
  };
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `${tls ? 'https' : 'http'}://${name}:${port}`, port, routes, renew, close };
}
