/**
 * The address at which pages look at live video, and the fact that somebody did: who, at which camera, and why. It must never show
 * a picture that is not told of, and nobody can fill the journal by looking: who begins too often is refused.
 */
import { z } from 'zod';
import type { DoorFact } from '../../core/types.ts';
import { reasonWanted, tooManyVideos, unknownCamera, videosRefused } from '../../words/video/video-view-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { sessionOf } from '../auth/authorization.ts';
import type { Sessions, UserSession } from '../auth/session.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { App } from '../http/http-app.ts';
import { problems } from '../http/problem.ts';
import { type VideoLook, VideoSocket } from './video-socket.ts';

/** Pages that look at once, and those of one person: a wall account may stand on several screens. */
const SOCKETS_MAX = 400;
const SOCKETS_A_PERSON = 150;
/** The same camera looked at by the same person for the same reason is one fact in this time. */
const SAME_MS = 10 * 60_000;
/** Facts of one person in an hour; beyond it he is shown no more until some of it has passed. */
const FACTS_AN_HOUR = 120;
const HOUR_MS = 3_600_000;
const PEOPLE_MAX = 1_000;

type ViewFact = Extract<DoorFact, { kind: 'video-viewed' }>;

interface Viewed {
  /** When each was told last, by camera and reason. */
  readonly last: Map<string, number>;
  /** When facts of this person were told, within an hour. */
  told: number[];
}

/** Tells each look as a fact, once; says false when there were too many. */
export function viewTeller(world: Pick<World, 'elapsed'>, note: (fact: ViewFact) => void): (fact: ViewFact) => boolean {
  const people = new Map<string, Viewed>();
  return (fact) => {
    const now = world.elapsed();
    const { by, camera, alarm, reason } = fact;
    const known = people.get(by) ?? { last: new Map(), told: [] };
    if (!people.has(by) && people.size >= PEOPLE_MAX) people.clear();
    people.set(by, known);
    for (const [key, at] of known.last) if (now - at >= SAME_MS) known.last.delete(key);
    known.told = known.told.filter((at) => now - at < HOUR_MS);
    const key = JSON.stringify([camera, alarm, reason]);
    if (known.last.has(key)) return true;
    if (known.told.length >= FACTS_AN_HOUR) return false;
    known.last.set(key, now);
    known.told.push(now);
    note(fact);
    return true;
  };
}

/** Registers the address. */
export function videoRoutes(app: App, gateway: GatewayPort, world: World, sessions: Sessions): void {
  const open = new Map<VideoSocket, UserSession>();
  const tell = viewTeller(
    world,
    (fact) =>
      void gateway
        .note(fact)
        .catch((error: unknown) => world.log.warn(`not kept: ${fact.kind}`, { error: wordsOf(error).en })),
  );
  const own = (name: string) => [...open.values()].filter(({ user }) => user.name === name).length;

  async function show(socket: VideoSocket, session: UserSession, camera: string, use: 'large' | 'small') {
    const look = await socket.look;
    const { user, kiosk } = session;
    const alarm = await openAlarm(gateway, look);
    if (gateway.video.reasons() && alarm === undefined && look.reason === undefined)
      return socket.refuse('reason', reasonWanted);
    const marks = { ...(kiosk && { wall: true as const }), ...(alarm !== undefined && { alarm }) };
    const reason = look.reason === undefined ? {} : { reason: look.reason };
    if (!tell({ kind: 'video-viewed', by: user.name, camera, what: 'live', ...marks, ...reason }))
      return socket.refuse('often', tooManyVideos);
    try {
      const leave = gateway.video.watch(camera, use, socket);
      void socket.gone.then(leave);
    } catch (error) {
      socket.refuse('full', wordsOf(error));
    }
  }

  app.get(
    '/api/cameras/:id/video',
    {
      websocket: true,
      config: { ask: 'picture' },
      schema: {
        summary: 'Live video of a camera over a WebSocket, as fragmented MP4; `GET /api/feed.md` describes it',
        params: z.strictObject({ id: z.string().regex(/^[\w.-]{1,64}$/) }),
        querystring: z.strictObject({ use: z.enum(['large', 'small']).default('large') }),
      },
      preValidation: async (request) => {
        if (open.size >= SOCKETS_MAX || own(sessionOf(request).user.name) >= SOCKETS_A_PERSON) throw problems.busy(10);
      },
    },
    (wire, request) => {
      const session = sessionOf(request);
      const { id } = request.params as { id: string };
      const { use } = request.query as { use: 'large' | 'small' };
      const socket = new VideoSocket(wire, { world, lives: () => sessions.lives(session) });
      open.set(socket, session);
      void socket.gone.then(() => open.delete(socket));
      const device = Object.hasOwn(gateway.site().devices, id) ? gateway.site().devices[id] : undefined;
      if (device?.family !== 'camera') return socket.refuse('full', unknownCamera);
      show(socket, session, id, use).catch(() => socket.refuse('full', videosRefused));
    },
  );
  keyFrameRoute(app, gateway);
  app.addHook('preClose', async () => {
    const all = [...open.keys()];
    for (const socket of all) socket.leave('leaving');
    await Promise.all(all.map(({ gone }) => gone));
  });
}

/** One measures at a time: each takes two places among the videos. */
function keyFrameRoute(app: App, gateway: GatewayPort): void {
  let running = false;
  app.post(
    '/api/cameras/:id/key-frames',
    {
      config: { ask: 'samples' },
      schema: {
        summary: 'Measure how far apart the key frames of both streams of a camera are; takes up to 25 s',
        params: z.strictObject({ id: z.string().regex(/^[\w.-]{1,64}$/) }),
        body: z.strictObject({}),
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const device = Object.hasOwn(gateway.site().devices, id) ? gateway.site().devices[id] : undefined;
      if (device?.family !== 'camera') throw problems.unknown();
      if (running) throw problems.busy(30);
      running = true;
      try {
        const of = (use: 'large' | 'small') =>
          gateway.video.keyFrames(id, use).catch((error: unknown) => ({ why: wordsOf(error) }));
        const [large, small] = await Promise.all([of('large'), of('small')]);
        reply.header('cache-control', 'no-store, private');
        return { large, small };
      } finally {
        running = false;
      }
    },
  );
}

/** The alarm a page looks for, if it is open; a journal that does not follow keeps nobody from looking. */
async function openAlarm(gateway: GatewayPort, { alarm }: VideoLook): Promise<number | undefined> {
  if (alarm === undefined) return undefined;
  return await gateway.read((state) => (state.alarms.has(alarm) ? alarm : undefined)).catch(() => alarm);
}
