/** The refusals of the protocol as they are thrown and sent: a status, a code, both sentences, and how far the district is. */
import type { FastifyReply } from 'fastify';
import type { RefusalBody, RefusalCode } from '../../uplink/protocol.ts';
import { schoolRefused } from '../../words/district/refusal-of-school-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { DatabaseError } from '../database/database-error.ts';

const STATUS: Readonly<Record<RefusalCode, number>> = {
  'key-unknown': 401,
  'certificate-absent': 401,
  'certificate-expired': 401,
  'certificate-untrusted': 401,
  'certificate-other': 401,
  'certificate-withdrawn': 401,
  'school-unknown': 404,
  'protocol-old': 426,
  'protocol-new': 426,
  malformed: 400,
  rewritten: 409,
  restored: 409,
  twice: 409,
  'log-changed': 409,
  overgrown: 409,
  flooded: 409,
  quarantined: 409,
  'file-unasked': 404,
  busy: 429,
  'disk-full': 507,
  'store-away': 503,
};

/** Seconds after which trying again makes sense. */
const AGAIN: Partial<Record<RefusalCode, number>> = { busy: 2, 'disk-full': 30, 'store-away': 5 };

/** Ends what a school asked. */
export class SchoolRefused extends WordedError {
  readonly code: RefusalCode;
  /** Whom it is about; empty where that is not known. */
  readonly school: string;
  readonly have: number | undefined;

  constructor(code: RefusalCode, school: string, detail?: string, have?: number) {
    super(schoolRefused(code, school, detail));
    this.code = code;
    this.school = school;
    this.have = have;
  }
}

/** What a school is told of a failure of the database; undefined where the mistake is ours. */
export function refusalOf(error: unknown, school: string): SchoolRefused | undefined {
  if (error instanceof SchoolRefused) return error;
  if (!(error instanceof DatabaseError)) return undefined;
  if (error.fault === 'full') return new SchoolRefused('disk-full', school);
  if (error.fault === 'away') return new SchoolRefused('store-away', school);
  return error.fault === 'clash' || error.fault === 'slow' ? new SchoolRefused('busy', school) : undefined;
}

export function sendRefusal(reply: FastifyReply, { code, why, have }: SchoolRefused): FastifyReply {
  const again = AGAIN[code];
  // Schools that were refused together do not come back together.
  if (again !== undefined) reply.header('retry-after', String(again + Math.floor(Math.random() * again)));
  const body: RefusalBody & { type: string; title: string; status: number; detail: string } = {
    ...{ type: `urn:gatehouse:${code}`, title: code, status: STATUS[code], detail: why.en },
    ...{ code, zh: why.zh, en: why.en, ...(have !== undefined && { have }) },
  };
  return reply
    .code(STATUS[code])
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .serializer((text: string) => text)
    .send(JSON.stringify(body));
}
