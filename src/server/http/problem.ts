/**
 * What the server says when it cannot do what was asked: problem documents (RFC 9457) with a sentence in Chinese and in
 * English. It must never carry a stack, a path or anything else of the inside.
 */
import type { FastifyError, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { By, Fact, Refusal, Site, Words } from '../../core/types.ts';
import { Untold } from '../../core/untold.ts';
import { localTime } from './localtime.ts';

/** What a refused command is told: why, who was first, which zones are open. */
export type RefusedWhy = Pick<Extract<Fact, { kind: 'refused' }>, 'why' | 'first' | 'open'>;

/** The server cannot start or cannot read its users; `why` names the thing and the remedy. */
export class ServerError extends Error {
  readonly why: Words;
  constructor(why: Words, cause?: unknown) {
    super(why.en, cause === undefined ? undefined : { cause });
    this.why = why;
  }
}

/** Thrown by a handler: ends the request with this status and these words. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly words: Words;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | undefined;
  /** Of a refused command. */
  readonly refused: RefusedWhy | undefined;
  constructor(status: number, code: string, words: Words, retryAfter?: number, refused?: RefusedWhy) {
    super(words.en);
    this.status = status;
    this.code = code;
    this.words = words;
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
    detail: problem.words.en,
    zh: problem.words.zh,
    en: problem.words.en,
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
  login: () => new Problem(401, 'login-needed', { zh: '请先登录。', en: 'Please log in first.' }),
  right: () =>
    new Problem(403, 'no-right', {
      zh: '您的账号没有这项权限。',
      en: 'Your account does not have the right to do this.',
    }),
  origin: () =>
    new Problem(403, 'bad-origin', {
      zh: '请求不是来自本系统的页面，已拒绝。如经反向代理访问，请在配置的 origins 中加入其地址。',
      en: 'The request does not come from a page of this system. Behind a reverse proxy, add its address to origins.',
    }),
  unknown: () =>
    new Problem(404, 'not-found', { zh: '没有这个地址或记录。', en: 'There is no such address or record.' }),
  json: () =>
    new Problem(415, 'json-only', {
      zh: '只接受 application/json。',
      en: 'Only application/json is accepted.',
    }),
  busy: (retryAfter: number) =>
    new Problem(
      503,
      'busy',
      { zh: '系统正忙，请稍后再试。', en: 'The gateway is busy; please try again in a moment.' },
      retryAfter,
    ),
  often: (retryAfter: number) =>
    new Problem(
      429,
      'too-often',
      { zh: '操作过于频繁，请稍后再试。', en: 'Too many requests; please try again later.' },
      retryAfter,
    ),
};

const REFUSALS: Readonly<Record<Refusal, readonly [status: number, zh: string, en: string]>> = {
  'no-right': [403, '您的账号没有这项权限。', 'Your account does not have the right to do this.'],
  'wrong-pin': [403, '撤防密码不正确。', 'The code is not right.'],
  'unknown-alarm': [404, '没有这条报警，可能已被关闭。', 'There is no such alarm; it may have been closed already.'],
  'already-acknowledged': [409, '该报警已有人确认。', 'Somebody has acknowledged this alarm already.'],
  'not-acknowledged': [409, '请先确认报警，再关闭。', 'Acknowledge the alarm before closing it.'],
  'still-standing': [
    409,
    '报警条件仍然存在，恢复后才能关闭。',
    'The condition still stands; it can be closed once it is over.',
  ],
  'unknown-reason': [422, '没有这个原因代码。', 'There is no such reason code.'],
  'reason-missing': [422, '请填写原因。', 'A reason is needed.'],
  'needs-countersign': [
    403,
    '这个原因需要保卫负责人复核后关闭，已可先提交处置结果。',
    'This reason needs the head of security to countersign; submit it as a finding first.',
  ],
  'unknown-person': [404, '没有这个人员。', 'There is no such person.'],
  'not-dispatched': [409, '该报警还没有派单。', 'Nobody has been sent to this alarm yet.'],
  'already-accepted': [409, '已有人接单。', 'Somebody has accepted this already.'],
  'already-arrived': [409, '已有人到场。', 'Somebody has arrived already.'],
  'already-shelved': [409, '该报警已被搁置。', 'This alarm is shelved already.'],
  'not-shelvable': [
    422,
    '一级报警不能搁置；确需停用请旁路该防区，并写明原因。',
    'An urgent alarm cannot be shelved; bypass the zone with a reason if it has to be left out.',
  ],
  'not-shelved': [409, '该报警没有被搁置。', 'This alarm is not shelved.'],
  'too-long': [422, '时间超过允许的最长时间。', 'This is longer than is allowed.'],
  'end-missing': [422, '请填写结束时间，且须晚于现在。', 'An end is needed, and it must be later than now.'],
  'unknown-step': [
    404,
    '预案里没有这一步，或还没有轮到它。',
    'The procedure has no such step, or it is not its turn yet.',
  ],
  'already-answered': [409, '这一步已经有人填写。', 'This step has been answered already.'],
  'wrong-answer': [422, '填写的内容不符合这一步的要求。', 'The answer is not of the kind this step asks for.'],
  'text-missing': [422, '请填写内容。', 'A text is needed.'],
  'nothing-to-silence': [409, '现在没有在响的报警。', 'No alarm is sounding now.'],
  'unknown-area': [404, '没有这个区域。', 'There is no such area.'],
  'zone-open': [
    409,
    '有防区未复位，不能布防；请先处理或旁路。',
    'Zones are open, so the area cannot be set; see to them or bypass them first.',
  ],
  'always-armed': [
    422,
    '24 小时防区不能撤防，只能旁路或停用。',
    'A 24-hour zone cannot be disarmed, only bypassed or taken out of service.',
  ],
  'no-wires': [422, '该防区没有张力线。', 'This zone has no tension wires.'],
  'walk-running': [409, '已有行走测试在进行。', 'A walk test is running already.'],
  'no-walk': [409, '现在没有行走测试。', 'No walk test is running.'],
  'wrong-limits': [422, '阈值不合理，请检查上下限。', 'These limits contradict each other; check upper and lower.'],
  'unknown-zone': [404, '没有这个防区。', 'There is no such zone.'],
  'unknown-point': [404, '没有这个设备或点位。', 'There is no such device or point.'],
  'not-writable': [422, '该点位不可写。', 'This point cannot be written.'],
};

/** What the first person did, where somebody else was first. */
const FIRSTS: Readonly<Partial<Record<Refusal, readonly [zh: string, en: string]>>> = {
  'unknown-alarm': ['关闭了这条报警', 'closed this alarm'],
  'already-acknowledged': ['确认', 'acknowledged this alarm'],
  'already-accepted': ['接单', 'accepted this alarm'],
  'already-arrived': ['到场', 'arrived'],
  'already-shelved': ['搁置', 'shelved this alarm'],
  'already-answered': ['填写了这一步', 'answered this step'],
  'needs-countersign': [
    '提交了处置结果，等待保卫负责人复核',
    'submitted this finding; it waits for the head of security',
  ],
};

/** The problem a refused command ends in: who was first and when, where that is why; else with `exactly`, where that is known. */
export function refusal(refused: RefusedWhy, site: Site, exactly?: Words): Problem {
  const { why, first } = refused;
  const [status, zh, en] = REFUSALS[why];
  const did = FIRSTS[why];
  if (!first || !did) return new Problem(status, why, exactly ?? { zh, en }, undefined, refused);
  const who = site.people[first.by]?.name ?? first.by;
  const time = localTime(first.at, site).slice(11);
  return new Problem(
    status,
    why,
    { zh: `${who} 已于 ${time} ${did[0]}。`, en: `${who} ${did[1]} at ${time}.` },
    undefined,
    refused,
  );
}

/** Fastify's own complaints about a request, in our words; undefined when the mistake is ours. */
function requestProblem(error: FastifyError): Problem | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = error.validation.map((v) => `${v.instancePath || '/'} ${v.message ?? ''}`.trim()).slice(0, 5);
    const list = where.join('; ').slice(0, 500);
    return new Problem(400, 'bad-request', {
      zh: `请求内容不正确：${list}`,
      en: `The request is not as expected: ${list}`,
    });
  }
  const status = error.statusCode ?? 500;
  if (status === 413)
    return new Problem(413, 'too-large', { zh: '请求内容过大。', en: 'The body of the request is too large.' });
  if (status === 415) return problems.json();
  if (status >= 400 && status < 500)
    return new Problem(status, 'bad-request', {
      zh: '请求无法读取：不是有效的 JSON 或格式有误。',
      en: 'The request cannot be read: it is not valid JSON or is malformed.',
    });
  return undefined;
}

/** Words of an error that carries some (`why: { zh, en }`), as those of the store and of the lines do. */
export function wordsOf(error: unknown): Words {
  if (typeof error === 'object' && error !== null && 'why' in error) {
    const why = error.why;
    if (typeof why === 'object' && why !== null && 'zh' in why && 'en' in why)
      return { zh: String(why.zh), en: String(why.en) };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { zh: text, en: text };
}

/** Any thrown thing as the problem the asker may see; a mistake of our own is told to the log alone. */
export function asProblem(error: unknown, log: (message: string, fields: Record<string, unknown>) => void): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Untold) return new Problem(503, 'not-kept', error.why, 5);
  if (error instanceof Error) {
    const known = requestProblem(error as FastifyError);
    if (known) return known;
    log('a request failed', { error: error.stack ?? error.message });
  } else log('a request failed', { error: String(error) });
  return new Problem(500, 'internal', {
    zh: '系统内部出错，详情见日志。',
    en: 'Something went wrong inside the gateway; the log has the details.',
  });
}
