/**
 * What the server says when it cannot do what was asked: problem documents (RFC 9457) with a sentence in Chinese and in
 * English. It must never carry a stack, a path or anything else of the inside.
 */
import type { FastifyError, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { By, Fact, Refusal, Site, Words } from '../../core/types.ts';
import { Untold } from '../../core/untold.ts';
import { refusals, somebodyWasFirst } from '../../words/refusal-words.ts';
import {
  busy,
  foreignOrigin,
  insideError,
  jsonOnly,
  loginFirst,
  noRight,
  noSuchAddress,
  requestMalformed,
  requestTooLarge,
  requestWrong,
  tooOften,
} from '../../words/server-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { localTime } from './localtime.ts';

/** What a refused command is told: why, who was first, which zones are open. */
export type RefusedWhy = Pick<Extract<Fact, { kind: 'refused' }>, 'why' | 'first' | 'open'>;

/** The server cannot start or cannot read its users; `why` names the thing and the remedy. */
export class ServerError extends WordedError {
  constructor(why: Words, cause?: unknown) {
    super(why, cause === undefined ? undefined : { cause });
  }
}

/** Thrown by a handler: ends the request with this status and these words. */
export class Problem extends WordedError {
  readonly status: number;
  readonly code: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;
  /** Of a refused command. */
  readonly refused: RefusedWhy | undefined;
  constructor(status: number, code: string, why: Words, retryAfter?: number, refused?: RefusedWhy) {
    super(why);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.refused = refused;
  }
}

/** The body of a problem document. `type` is `urn:gatehouse:` and the code. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly zh: string;
  readonly en: string;
  readonly why?: Refusal;
  /** Who was faster, and when. */
  readonly first?: By;
  /** Zones that keep an area from being set. */
  readonly open?: readonly string[];
}

function refusedBody(refused: RefusedWhy | undefined): Pick<ProblemBody, 'why' | 'first' | 'open'> {
  if (!refused) return {};
  const { why, first, open } = refused;
  return { why, ...(first && { first: { by: first.by, at: first.at } }), ...(open && { open }) };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const body: ProblemBody = {
    type: `urn:gatehouse:${problem.code}`,
    title: problem.code,
    status: problem.status,
    code: problem.code,
    detail: problem.why.en,
    zh: problem.why.zh,
    en: problem.why.en,
    ...refusedBody(problem.refused),
  };
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(problem.retryAfter)));
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((text: string) => text)
    .send(JSON.stringify(body));
}

export const problems = {
  login: () => new Problem(401, 'login-needed', loginFirst),
  right: () => new Problem(403, 'no-right', noRight),
  origin: () => new Problem(403, 'bad-origin', foreignOrigin),
  unknown: () => new Problem(404, 'not-found', noSuchAddress),
  json: () => new Problem(415, 'json-only', jsonOnly),
  busy: (retryAfter: number) => new Problem(503, 'busy', busy, retryAfter),
  often: (retryAfter: number) => new Problem(429, 'too-often', tooOften, retryAfter),
};

/** The status of HTTP a refused command ends with. */
const STATUS: Readonly<Record<Refusal, number>> = {
  'no-right': 403,
  'wrong-pin': 403,
  'unknown-alarm': 404,
  'already-acknowledged': 409,
  'not-acknowledged': 409,
  'still-standing': 409,
  'unknown-reason': 422,
  'reason-missing': 422,
  'needs-countersign': 403,
  'not-looked': 409,
  'nobody-there': 409,
  'no-walk-test': 409,
  'unknown-police-line': 404,
  'already-announced': 409,
  'not-police': 409,
  'already-said': 409,
  'unknown-channel': 404,
  'needs-person': 422,
  'no-way': 409,
  'test-runs': 409,
  'not-tested': 409,
  'no-canary': 404,
  'canary-runs': 409,
  'not-unsubscribed': 409,
  'unknown-person': 404,
  'not-dispatched': 409,
  'already-accepted': 409,
  'already-arrived': 409,
  'nothing-owed': 409,
  'no-more-time': 409,
  'already-imported': 409,
  'unknown-import': 404,
  'unknown-exception': 404,
  'not-held': 404,
  'unknown-checkpoint': 404,
  'in-future': 422,
  'too-old': 422,
  'already-touched': 409,
  'unknown-touch': 404,
  'raised-since': 409,
  'kept-too-long': 422,
  'unknown-item': 404,
  'no-person': 409,
  'not-touched': 409,
  'already-shelved': 409,
  'not-shelvable': 422,
  'not-shelved': 409,
  'too-long': 422,
  'end-missing': 422,
  'unknown-step': 404,
  'already-answered': 409,
  'wrong-answer': 422,
  'text-missing': 422,
  'nothing-to-silence': 409,
  'silenced-enough': 409,
  'unknown-area': 404,
  'zone-open': 409,
  'always-armed': 422,
  'no-wires': 422,
  'walk-running': 409,
  'no-walk': 409,
  'wrong-limits': 422,
  'blind-limits': 422,
  'loose-limits': 422,
  'nothing-to-vouch': 409,
  'not-second': 403,
  'unknown-zone': 404,
  'unknown-point': 404,
  'not-writable': 422,
  'clock-not-asked': 409,
  'unknown-round': 404,
  'round-over': 409,
  'round-cancelled': 409,
  'round-not-cancelled': 409,
  'round-not-begun': 409,
  'round-paused': 409,
  'round-not-paused': 409,
  'paused-enough': 409,
  'changed-enough': 409,
  'already-planned': 409,
  'not-planned': 422,
  'nothing-to-review': 409,
  'own-change': 403,
  'unknown-shift': 404,
  'shift-over': 409,
  'shift-far': 422,
  'shift-not-near': 409,
  'not-on-shift': 409,
  'already-on-shift': 409,
  'on-other-shift': 409,
  'same-shift': 422,
  'shifts-changed-enough': 409,
  'unknown-shift-change': 404,
  'already-signed-on': 409,
  'not-before': 409,
  'alarms-unread': 409,
  'no-calendar': 404,
  'unknown-rectification': 404,
  'unknown-order': 404,
  'order-over': 409,
  'not-at-this-stage': 409,
  'own-answer': 403,
  'not-countersigner': 403,
  'not-opener': 403,
  'due-wrong': 422,
  'moved-enough': 409,
  'unknown-place': 422,
  'rectifications-full': 409,
  'no-drill-plan': 409,
  'unknown-drill': 404,
  'drill-runs': 409,
  'alarm-waits': 409,
  'no-drill-siren': 409,
  'drill-over': 409,
  'unknown-class': 404,
  'count-wrong': 400,
  'counted-enough': 429,
  'not-counted': 409,
  'unknown-list': 404,
  'list-not-today': 409,
  'photo-missing': 422,
  'samples-enough': 409,
  'no-public-screen': 404,
  'menu-not-changed': 409,
};

/** The problem a refused command ends in: who was first and when, where that is why; else with `exactly`, where that is known. */
export function refusal(refused: RefusedWhy, site: Site, exactly?: Words): Problem {
  const { why, first } = refused;
  const faster =
    first && somebodyWasFirst(why, site.people[first.by]?.name ?? first.by, localTime(first.at, site).slice(11));
  return new Problem(STATUS[why], why, faster ?? exactly ?? refusals[why], undefined, refused);
}

/** Fastify's own complaints about a request, in our words; undefined when the mistake is ours. */
function requestProblem(error: FastifyError): Problem | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validation.map((v) => `${v.instancePath || '/'} ${v.message ?? ''}`.trim()).slice(0, 5);
    const list = where.join('; ').slice(0, 500);
    return new Problem(400, 'bad-request', requestWrong(list));
  }
  const status = error.statusCode ?? 500;
  if (status === 413) return new Problem(413, 'too-large', requestTooLarge);
  if (status === 415) return problems.json();
  if (status >= 400 && status < 500) return new Problem(status, 'bad-request', requestMalformed);
  return undefined;
}

/** Any thrown thing as the problem the asker may see; a mistake of our own is told to the log alone. */
export function asProblem(error: unknown, log: (message: string, fields: Record<string, unknown>) => void): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Untold) return new Problem(503, 'not-kept', error.why, 5);
  // What was made beside the server, such as a report, and says itself what is to be done.
  if (error instanceof WordedError) return new Problem(503, 'not-made', error.why, 60);
  if (error instanceof Error) {
    const known = requestProblem(error as FastifyError);
    if (known) return known;
    log('a request failed', { error: error.stack ?? error.message });
  } else log('a request failed', { error: String(error) });
  return new Problem(500, 'internal', insideError);
}
