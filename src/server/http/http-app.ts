/**
 * The bare HTTP application: limits, time-outs, headers and the words of its errors, before any route is there.
 * It must never answer with the inside of an error.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket, Server as TlsServer } from 'node:tls';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance, type FastifyServerFactory } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { pairUnusable } from '../../words/server-words.ts';
import { Strangers } from '../../world/strangers.ts';
import type { World } from '../../world/world.ts';
import { FRAME_MAX } from '../feed/feed-listener.ts';
import { isWithin, networksOf } from './networks.ts';
import { sendPlainOn } from './plain-door.ts';
import { asProblem, type Problem, problems, ServerError, sendProblem } from './problem.ts';
import { isForPerson, sendProblemPage } from './problem-page.ts';

function bare(factory: FastifyServerFactory, trustedProxies: readonly string[]) {
  return fastify({
    serverFactory: factory,
    // Whose word on the address and the encryption of a client counts.
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    logger: false,
    bodyLimit: 65_536,
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
}
export type App = ReturnType<typeof bare>;

/** One address may ask this often in a minute; a wall with its pictures needs about a hundred. */
const REQUESTS_A_MINUTE = 3_000;
const CONNECTIONS_MAX = 2_000;
/**
 * Connections over which nobody has logged in: a browser opens six, and a school's office has one address. They leave three
 * quarters of all to whoever has logged in.
 */
const STRANGERS = { most: 500, mostOfOne: 60 } as const;

/** Limits against peers that send slowly, send much or never end. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
} as const;
/** A connection over which nothing moves; a feed is exempt, because ws clears it and pings by itself. */
const IDLE_MS = 120_000;

/** Behind a proxy nobody named everybody has one address, and one person's slips lock out the school. */
function tellUnknownProxy(app: App, world: World, trustedProxies: readonly string[]): void {
  const proxies = networksOf(trustedProxies);
  let told = false;
  app.addHook('onRequest', async (request) => {
    const peer = request.raw.socket.remoteAddress;
    if (told || request.headers['x-forwarded-for'] === undefined || isWithin(proxies, peer)) return;
    told = true;
    world.log.warn(
      `requests come through a proxy at ${peer}: name it in server.trustedProxies, or all are one address`,
    );
  });
}

/** What the application is opened with. */
export interface DoorOptions {
  readonly tls: TlsPair | undefined;
  /** Addresses or networks of reverse proxies. */
  readonly trustedProxies: readonly string[];
  /** Connections at most, where thousands of peers stay connected: 2 000 when absent. */
  readonly connections?: number;
  /** Of these, such that have not said who they are; 500, and 60 of one address, when absent. */
  readonly strangers?: { readonly most: number; readonly mostOfOne: number };
  /** Errors of whoever opens it, as the asker may see them; undefined for those that are everybody's. */
  readonly problemOf?: (error: unknown) => Problem | undefined;
}

/** PEM texts. */
export interface TlsPair {
  readonly key: string;
  readonly cert: string;
  /** Who vouches for peers: they are asked for a certificate, and whoever shows none, or a wrong one, is let in all the same, for an answer in words. */
  readonly clientAuthority?: string;
}

/** As Node's TLS is told of it. */
const contextOf = ({ key, cert, clientAuthority: ca }: TlsPair) =>
  ({ key, cert, ...(ca !== undefined && { ca }), minVersion: 'TLSv1.2' }) as const;

/** Through a trusted proxy all clients share its connections, and it is for the proxy to bound them. */
function boundStrangers(
  server: ReturnType<typeof createServer>,
  { trustedProxies, strangers: limits = STRANGERS }: DoorOptions,
): Strangers {
  const strangers = new Strangers(limits);
  const proxies = networksOf(trustedProxies);
  server.on('connection', (socket: Socket) => {
    if (!isWithin(proxies, socket.remoteAddress)) strangers.enter(socket);
  });
  return strangers;
}

/**
 * Connections whose peer showed a certificate. They are cut when the authority is another: what it said of them when they began would count for as
 * long as they stay. Whoever is vouched for by the new one comes again.
 */
function vouchedFor(server: ReturnType<typeof createServer>): () => void {
  const shown = new Set<TLSSocket>();
  server.on('secureConnection', (socket: TLSSocket) => {
    if (!socket.getPeerCertificate().fingerprint256) return;
    shown.add(socket);
    socket.on('close', () => shown.delete(socket));
  });
  return () => {
    for (const socket of shown) socket.destroy();
  };
}

function factoryFor(
  { tls, connections = CONNECTIONS_MAX }: DoorOptions,
  made: (server: ReturnType<typeof createServer>, endPlain: () => void) => void,
): FastifyServerFactory {
  return (handler) => {
    try {
      const asks = tls?.clientAuthority === undefined ? {} : { requestCert: true, rejectUnauthorized: false };
      const secure = tls && createTlsServer({ ...LIMITS, ...contextOf(tls), ...asks }, handler);
      const endPlain = secure ? sendPlainOn(secure) : () => undefined;
      // An https server answers the same events; Fastify's type only knows one of the two at a time.
      const server = secure ? (secure as unknown as ReturnType<typeof createServer>) : createServer(LIMITS, handler);
      server.maxConnections = connections;
      server.timeout = IDLE_MS;
      made(server, endPlain);
      return server;
    } catch (cause) {
      throw new ServerError(pairUnusable, cause);
    }
  };
}

/**
 * Where a page may fetch from: this host alone. The feed is named because old browsers do not count ws as 'self'; behind a
 * proxy that speaks TLS it is wss, and whoever says so without being one only binds himself.
 */
async function addHeaders(app: FastifyInstance, tls: boolean): Promise<void> {
  const feed = ({ headers }: { headers: IncomingHttpHeaders }) => {
    const host = headers.host ?? '';
    const secure = tls || headers['x-forwarded-proto'] === 'https';
    return /^[\w.:[\]-]+$/.test(host) ? `${secure ? 'wss' : 'ws'}://${host}` : "'self'";
  };
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", feed],
        imgSrc: ["'self'", 'data:', 'blob:'],
        // Video is put together in the page.
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // On plain http these two are ignored by browsers, loudly.
    crossOriginOpenerPolicy: tls,
    originAgentCluster: tls,
    strictTransportSecurity: tls ? { maxAge: 180 * 86_400, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** The application, who waits before it, and the way to give it another certificate while it runs. */
export interface HttpDoor {
  readonly app: App;
  readonly strangers: Strangers;
  /** Connections made from now on get it. Throws ServerError, and then the one before stays. */
  renew(pair: TlsPair): void;
}

/** The application with everything but routes. */
export async function makeApp(world: World, version: string, options: DoorOptions): Promise<HttpDoor> {
  const { tls, trustedProxies } = options;
  let strangers = new Strangers(STRANGERS);
  let endPlain: () => void = () => undefined;
  let authority = tls?.clientAuthority;
  let cutVouched: () => void = () => undefined;
  const factory = factoryFor(options, (server, end) => {
    strangers = boundStrangers(server, options);
    cutVouched = vouchedFor(server);
    endPlain = end;
  });
  const app = bare(factory, trustedProxies);
  app.addHook('preClose', async () => endPlain());
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error, request, reply) => {
    const where = { method: request.method, route: request.routeOptions.url };
    const told = (message: string, fields: object) => world.log.error(message, { ...where, ...fields });
    const problem = options.problemOf?.(error) ?? asProblem(error, told);
    return isForPerson(request) ? sendProblemPage(request, reply, problem) : sendProblem(reply, problem);
  });
  await addHeaders(app, tls !== undefined);
  tellUnknownProxy(app, world, trustedProxies);
  await app.register(cookie);
  await app.register(rateLimit, {
    max: REQUESTS_A_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ip,
    errorResponseBuilder: (_request, context) => problems.often(context.ttl / 1_000),
  });
  await app.register(websocket, {
    options: { maxPayload: FRAME_MAX, perMessageDeflate: false },
    errorHandler: (_error, socket) => socket.terminate(),
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gatehouse',
        version,
        description:
          'Every address needs the session cookie of POST /api/login unless it says otherwise. Requests that change something carry an Origin header of this host and application/json. Errors are problem documents (RFC 9457) with `code`, `zh` and `en`. Times are milliseconds since the epoch, UTC. The feed is described at GET /api/feed.md.',
      },
    },
    transform: jsonSchemaTransform,
  });
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  const renew = (pair: TlsPair) => {
    try {
      (app.server as unknown as TlsServer).setSecureContext(contextOf(pair));
    } catch (cause) {
      throw new ServerError(pairUnusable, cause);
    }
    if (pair.clientAuthority !== authority) cutVouched();
    authority = pair.clientAuthority;
  };
  return { app, strangers, renew };
}
