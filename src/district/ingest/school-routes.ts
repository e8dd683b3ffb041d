/**
 * The addresses that schools ask: `POST /ingest`, `POST /ahead`, `POST /poll`, `PUT /hours`, `PUT /site`. Each request carries the school's key, or comes with its
 * certificate, which is looked at before anything of the body is. Bodies may be gzipped; what they grow to is bounded. It must never let one school speak for another.
 */
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preParsingHookHandler,
} from 'fastify';
import { z } from 'zod';
import type { App } from '../../server/http/http-app.ts';
import { asProblem, type Problem, sendProblem } from '../../server/http/problem.ts';
import {
  AMISS_HEADER,
  aheadRequest,
  BODY_MAX,
  type HoursRequest,
  hoursRequest,
  ingestRequest,
  POLL_MS,
  pollRequest,
} from '../../uplink/protocol.ts';
import type { Words } from '../../words/words.ts';
import type { World } from '../../world/world.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { type KeyOf, namedBy, showsKey } from './key-of.ts';
import { refusalOf, SchoolRefused, sendRefusal } from './refuse.ts';
import { certificateUnreadAt, openSchoolTroubles } from './school-troubles.ts';
import { type IngestParts, takeAhead, takeBatch, takePoll } from './take-batch.ts';
import { takeSite } from './take-site.ts';
import { openPlaces, openTurns, TURNS } from './turns.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked by schools, who show their key: no officer's session is looked for. */
    school?: true;
  }
}

export interface SchoolDoorParts extends IngestParts {
  readonly world: World;
  readonly fanout: Fanout;
  /** Keeps hourly figures; false where there is no place for them now. Never rejects. */
  readonly takeHours: (school: string, hours: HoursRequest['hours']) => Promise<boolean>;
  /** Told of what the district itself could not do, and with undefined that it can. */
  readonly fault: (why: Words | undefined) => void;
}

/** Takes the gzip off a body. Fastify bounds what comes out by the limit of the route. */
export const gunzipped: preParsingHookHandler = (request, _reply, payload, done) => {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return done(null, payload);
  if (encoding !== 'gzip') return done(new SchoolRefused('malformed', '', 'content-encoding'));
  const plain: Transform & { receivedEncodedLength?: number } = createGunzip();
  plain.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    plain.receivedEncodedLength = (plain.receivedEncodedLength ?? 0) + chunk.length;
  });
  // Whoever reads `plain` hears of the error; nobody else has to.
  pipeline(payload, plain, () => undefined);
  done(null, plain as Parameters<typeof done>[1]);
};

const siteBody = z.record(z.string(), z.unknown());

function shaped<S extends z.ZodType>(schema: S, school: string, body: unknown): z.infer<S> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new SchoolRefused('malformed', school, `${issue?.path.join('.')} ${issue?.code ?? ''}`.slice(0, 100));
}

/** Bodies that are read or worked on at one time: a long one is some megabytes, unzipped. Ours. */
const PLACES = { long: 100, short: 1_000 } as const;
/** Of one school: its batch, its site, and what a broken connection left behind. */
const PLACES_OF_ONE = 8;
/** A batch of so many characters is what happens now, and no backlog: a hundred lines and more. Ours. */
const LIVE_CHARS = 100_000;
/** What gzip makes of lines, at the most. */
const GZIP_GAIN = 20;
/** Longest body of alarms that overtake, bytes. A gateway sends a fifth of it. */
const AHEAD_BODY_MAX = 1_000_000;

/** Longest site, bytes: it stays in memory with the school's State. Ours: a campus of three hundred devices has 80 000. */
const SITE_BODY_MAX = 2_000_000;

/** How long a body is said to be, unzipped. */
function saidLength({ headers }: FastifyRequest): number {
  const said = Number(headers['content-length'] ?? Number.NaN);
  return headers['content-encoding'] === undefined ? said : said * GZIP_GAIN;
}

/** Refuses a body before it is read where too many are, of all schools or of this one: no school takes the places of the others. */
function openBodies(schoolOf: (request: FastifyRequest) => string): onRequestAsyncHookHandler {
  const [long, short] = [openPlaces(PLACES.long, PLACES_OF_ONE), openPlaces(PLACES.short, PLACES_OF_ONE)];
  return async (request, reply) => {
    const leave = (saidLength(request) <= LIVE_CHARS ? short : long)(schoolOf(request));
    if (!leave) throw new SchoolRefused('busy', '');
    reply.raw.once('close', leave);
  };
}

/** Bodies as texts: each is read when its turn has come, and not while others wait. */
function openTexts(inside: FastifyInstance) {
  const parse = inside.getDefaultJsonParser('error', 'error');
  inside.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  const textOf = (request: FastifyRequest) => (typeof request.body === 'string' ? request.body : '');
  const bodyOf = (request: FastifyRequest) =>
    new Promise<unknown>((resolve, reject) => {
      const done = (error: Error | null, body?: unknown) => (error ? reject(error) : resolve(body));
      void parse(request, textOf(request), done);
    });
  return { textOf, bodyOf };
}

/** Hangs the addresses in. */
export async function registerSchoolDoor(app: App, parts: SchoolDoorParts, keyOf: KeyOf): Promise<void> {
  await app.register(async (inside: FastifyInstance) => {
    const schools = new WeakMap<FastifyRequest, string>();
    const schoolOf = (request: FastifyRequest) => schools.get(request) ?? '';
    inside.addHook('onRequest', async (request) => void schools.set(request, await keyOf(request)));
    inside.addHook('preParsing', gunzipped);
    const texts = openTexts(inside);
    const answerError = errorAnswer(parts);
    inside.setErrorHandler((error, request, reply) => answerError(error, schoolOf(request), request, reply));
    schoolWays(inside, parts, schoolOf, texts, keyOf);
  });
}

function schoolWays(
  inside: FastifyInstance,
  parts: SchoolDoorParts,
  schoolOf: (request: FastifyRequest) => string,
  { textOf, bodyOf }: ReturnType<typeof openTexts>,
  keyOf: KeyOf,
): void {
  const { db, fanout } = parts;
  const config = { school: true, rateLimit: false } as const;
  const turns = openTurns({ ...TURNS, backlogs: Math.max(1, Math.floor(db.width / 3)) });
  const polls = openPolls(parts);
  const unread = certificateUnreadAt(db.urgent);
  const onRequest = openBodies(schoolOf);
  /** What the request says, of the school whose key it shows. */
  const said = async <S extends z.ZodType<{ school: string }>>(request: FastifyRequest, schema: S) => {
    const body = shaped(schema, schoolOf(request), await bodyOf(request));
    if (body.school === schoolOf(request)) return body;
    if (showsKey(request)) throw new SchoolRefused('school-unknown', body.school);
    throw new SchoolRefused('certificate-other', body.school, schoolOf(request));
  };
  inside.post('/ingest', { config, bodyLimit: BODY_MAX, onRequest }, async (request) => {
    const school = schoolOf(request);
    const live = textOf(request).length <= LIVE_CHARS;
    const take = async () => await takeBatch(parts, await said(request, ingestRequest), live ? db.urgent : db);
    const answer = await turns(school, live ? 'live' : 'backlog', take).finally(() =>
      fanout.tell({ kind: 'school', school }),
    );
    parts.fault(undefined);
    return answer;
  });
  inside.post('/ahead', { config, bodyLimit: AHEAD_BODY_MAX, onRequest }, async (request) => {
    const body = await said(request, aheadRequest);
    const answer = await takeAhead(parts, body);
    fanout.tell({ kind: 'school', school: body.school });
    return answer;
  });
  inside.post('/poll', { config }, async (request, reply) => {
    const body = await said(request, pollRequest);
    const answer = await takePoll(parts, body);
    if (request.headers[AMISS_HEADER] === 'certificate-unread') await unread(body.school, parts.world.now());
    if (body.now || answer.orders.length > 0) return answer;
    await polls.wait(body.school, reply);
    // Meanwhile the key may have been withdrawn, or the school have left and begun another journal.
    await keyOf(request, true);
    return await takePoll(parts, { ...body, taken: [] });
  });
  inside.put('/hours', { config, bodyLimit: BODY_MAX, onRequest }, async (request) => {
    const { school, hours } = await said(request, hoursRequest);
    return { kept: await parts.takeHours(school, hours) };
  });
  inside.put('/site', { config, bodyLimit: SITE_BODY_MAX, onRequest }, async (request) => {
    const school = schoolOf(request);
    // The hash over its very letters counts.
    const text = textOf(request);
    const take = async () => await takeSite(parts, school, text, shaped(siteBody, school, await bodyOf(request)));
    const own = await turns(school, 'live', take);
    fanout.tell({ kind: 'school', school });
    return { site: own };
  });
}

/** Answers an error in the protocol's words, and has people at the bureau told of what they have to see to. */
function errorAnswer({ db, world, fault }: SchoolDoorParts) {
  const told = openSchoolTroubles(db);
  return (error: unknown, school: string, request: FastifyRequest, reply: FastifyReply) => {
    const refused = refusedBy(error, school, request, world);
    if (!(refused instanceof SchoolRefused)) return sendProblem(reply, refused);
    if (refused.code === 'disk-full' || refused.code === 'store-away') fault(refused.why);
    // Whose certificate another shows has nothing to see to; the other has.
    const about = refused.code === 'certificate-other' ? refused.school : school === '' ? namedBy(request) : school;
    void told(about, refused, world.now());
    return sendRefusal(reply, refused);
  };
}

function refusedBy(error: unknown, school: string, request: FastifyRequest, world: World): SchoolRefused | Problem {
  const refused = refusalOf(error, school);
  if (refused) return refused;
  const problem = asProblem(error, (message, fields) => world.log.error(message, { ...fields, route: request.url }));
  // What the parser of bodies found: too long, no JSON, half a gzip.
  return problem.status < 500 ? new SchoolRefused('malformed', school, problem.code) : problem;
}

/** Polls that wait for an order: one of each school, the newest; the one before is answered. */
function openPolls({ fanout, world }: SchoolDoorParts) {
  const waiting = new Map<string, () => void>();
  fanout.hear((notice) => {
    if (notice === undefined) for (const go of [...waiting.values()]) go();
    else if (notice.kind === 'order' && notice.school !== undefined) waiting.get(notice.school)?.();
  });
  return {
    async wait(school: string, reply: FastifyReply): Promise<void> {
      waiting.get(school)?.();
      const over = new AbortController();
      const go = () => over.abort();
      waiting.set(school, go);
      reply.raw.once('close', go);
      await world.sleep(POLL_MS, over.signal).catch(() => undefined);
      if (waiting.get(school) === go) waiting.delete(school);
    },
  };
}
