/**
 * What a school and its district say to each other, as both ends check it: batches of journal lines by number, the polls that carry
 * orders, and the refusals with their codes. Everything is JSON over HTTPS, gzipped where it is long. It must never hold behaviour.
 */
import { z } from 'zod';

/** Raised whenever an end of today could misread the other's words. */
export const PROTOCOL = 1;
/** Lines in one batch; the district refuses more. Ours: about a megabyte. */
export const LINES_MAX = 2_000;
/** Lines that overtake the backlog, for display alone. */
export const AHEAD_MAX = 200;
/** Longest line in characters. The journal's own limit is below it. */
export const LINE_MAX = 1_000_000;
/** Longest body, unzipped, bytes: a batch ends before it, however many lines it could still have. */
export const BODY_MAX = 8_000_000;
/** How long a poll waits for an order, ms; each poll is a sign of life as well. */
export const POLL_MS = 25_000;
export { LOST_MS } from './sign-of-life.ts';
/** Clocks farther apart than this are told at both ends, ms. Ours: rounds are judged by the minute. */
export const CLOCK_OFF_MS = 30_000;

/**
 * What a school says of itself beside a question, so that a district that does not know it takes no offence: `certificate-unread`, the files of its
 * certificate that are in place cannot be used, and the ones before go on.
 */
export const AMISS_HEADER = 'gatehouse-amiss';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** The name of a school in addresses: letters, digits, hyphens. */
export const schoolId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);

/** A line of the journal to the letter; or, of one that stays at the school, the hash of its leaf in the tree. */
const sentLine = z.union([
  z.strictObject({ l: z.string().min(2).max(LINE_MAX) }),
  /** RFC 6962 leaf hash, hex. */
  z.strictObject({ h: hash }),
]);
export type SentLine = z.infer<typeof sentLine>;

const sender = {
  protocol: z.number().int(),
  school: schoolId,
  /** Drawn anew whenever the gateway's process starts: two that speak in turn are two gateways. */
  boot: z.uuid(),
  version: z.string().max(40),
  /** The school's time, ms since 1970. */
  clock: count,
  /** Its newest durable line. */
  head: count,
};

export const ingestRequest = z.strictObject({
  ...sender,
  /** Number of the first of `lines`: one more than what the district is believed to have. */
  from: count.min(1),
  /** Root of the school's own tree over all lines before `from`, hex; of none the hash of nothing. */
  before: hash,
  lines: z.array(sentLine).max(LINES_MAX),
  /** Lines of open alarms that lie beyond the backlog; the district shows them, marked, until the backlog has come to them. */
  ahead: z
    .array(z.strictObject({ seq: count.min(1), l: z.string().min(2).max(LINE_MAX) }))
    .max(AHEAD_MAX)
    .default([]),
  /** The newest signed note, where the district has not cosigned it yet and its lines are there with this batch. */
  checkpoint: z.string().max(10_000).optional(),
  /** The public key of the school's log (vkey). */
  log: z.string().max(300),
  /** SHA-256 over which kinds of facts leave the school, hex. */
  filter: hash,
  /** SHA-256 of the site as last sent, hex. */
  site: hash,
});
export type IngestRequest = z.infer<typeof ingestRequest>;

/** Lines of open alarms that lie beyond what is sent now, on a way of their own (`POST /ahead`), so that no batch holds them up. */
export const aheadRequest = z.strictObject({
  ...sender,
  lines: z.array(z.strictObject({ seq: count.min(1), l: z.string().min(2).max(LINE_MAX) })).max(AHEAD_MAX),
});
export type AheadRequest = z.infer<typeof aheadRequest>;
/** `taken`: false where the district has not heard this process yet. */
export const aheadAnswer = z.object({ taken: z.boolean() });
export type AheadAnswer = z.infer<typeof aheadAnswer>;

export const pollRequest = z.strictObject({
  ...sender,
  /** Orders that are in the school's journal since the last poll. */
  taken: z.array(z.uuid()).max(1_000).default([]),
  /** Answer at once. */
  now: z.boolean().default(false),
});
export type PollRequest = z.infer<typeof pollRequest>;

/** What an officer may ask of a school. He never acknowledges, arms or closes anything there. */
export const orderKinds = ['urge', 'comment', 'report', 'still'] as const;

/** An order as it is signed: `orderText` of it under the district's witness key, Ed25519, base64. */
const orderShape = z.strictObject({
  id: z.uuid(),
  school: schoolId,
  kind: z.enum(orderKinds),
  /** Who asks, as the school's people read it. */
  by: z.string().min(1).max(60),
  at: count,
  /** For an urge: until when it is to be answered. For the others: when it is no use any more. */
  until: count,
  text: z.string().max(500).optional(),
  /** What it is about: an alarm's number, a rectification's. */
  alarm: count.optional(),
  rectification: count.optional(),
  /** Whose picture. */
  device: z.string().max(100).optional(),
  /** Which report, and of which days (`2026-11-01`), last one included. */
  report: z.enum(['patrol', 'canteen', 'alarms']).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** It is about what a school's heads alone may know of. */
  covert: z.literal(true).optional(),
});
export type Order = z.infer<typeof orderShape>;
export const signedOrder = z.strictObject({ order: orderShape, signature: z.string().max(100) });
export type SignedOrder = z.infer<typeof signedOrder>;

/** The text that is signed: the fields in this order, each on its line, absent ones empty. */
export const orderText = (order: Order): string =>
  [
    'gatehouse order 1',
    ...(
      [
        'id',
        'school',
        'kind',
        'by',
        'at',
        'until',
        'text',
        'alarm',
        'rectification',
        'device',
        'report',
        'from',
        'to',
        'covert',
      ] as const
    ).map((key) => JSON.stringify(order[key] ?? null)),
  ].join('\n');

const name = z.string().regex(/^[\w.:-]{1,64}$/);
/** What a gauge measured in one hour: the least, the mean and the greatest of `count` samples, in the gauge's own unit. */
const hourFigures = z.strictObject({
  ...{ device: name, point: name, hour: count.multipleOf(3_600_000) },
  ...{ mean: z.number(), min: z.number(), max: z.number(), count },
});
/** Rows of one `PUT /hours`. */
export const HOURS_MAX = 5_000;
/** Hourly figures, for a district that keeps them. Sent again, an hour is written over itself. */
export const hoursRequest = z.strictObject({ school: schoolId, hours: z.array(hourFigures).max(HOURS_MAX) });
export type HoursRequest = z.infer<typeof hoursRequest>;
/** `kept`: false where the district has no place for them now; they are sent again later. */
export const hoursAnswer = z.object({ kept: z.boolean() });

export const ingestAnswer = z.object({
  /** The newest line the district holds without a gap. */
  have: count,
  /** The line of the witness under the checkpoint that was sent: `— name base64`. */
  cosignature: z.string().optional(),
  /** The witness's public key (vkey); its name is the district's. */
  witness: z.string(),
  /** Lines of this batch that it has to the letter and could not read: they are set aside there. */
  unread: count.optional(),
  /** Hash of the site it has; where it is another, the school sends it (`PUT /site`). */
  site: z.string().optional(),
  orders: z.array(signedOrder),
  /** The district's time, ms since 1970. */
  now: count,
});
export type IngestAnswer = z.infer<typeof ingestAnswer>;
export const pollAnswer = ingestAnswer.pick({ have: true, orders: true, now: true, site: true });
export type PollAnswer = z.infer<typeof pollAnswer>;

/** A file that an order asked for, bytes at most. Ours: a month of alarms with room to spare. */
export const FILE_MAX = 20_000_000;
/** Where it goes (`PUT`): the bytes are the body and `content-type` is theirs. Sent again, it changes nothing; any JSON object is the answer. */
export const filePath = (order: string, name: string): string =>
  `/files/${order}?name=${encodeURIComponent(name.slice(0, 100))}`;
export const fileAnswer = z.object({});

/** Why a district does not take what a school says. A problem document carries the code, both sentences, and `have` where it is known. */
export const refusalCodes = [
  'key-unknown', // 401: no such key, or it was withdrawn
  'certificate-absent', // 401: the district takes no school without one
  'certificate-expired', // 401: its dates, or one of the clocks
  'certificate-untrusted', // 401: of another authority, or of no school
  'certificate-other', // 401: of another school
  'certificate-withdrawn', // 401
  'school-unknown', // 404
  'protocol-old', // 426: the gateway is older than the district takes
  'protocol-new', // 426: the gateway is newer than the district
  'malformed', // 400
  'rewritten', // 409: what was there before has become something else
  'restored', // 409: the school has less than it had (an old backup)
  'twice', // 409: two gateways speak for one school
  'log-changed', // 409: another key signs for the school's journal
  'overgrown', // 409: more is open at the school at once than the district holds of any
  'flooded', // 409: more came of the school in one day than the district takes of any
  'quarantined', // 409: it was one of the six before, and nobody has decided yet
  'file-unasked', // 404: no order of this district asks for this file
  'busy', // 429 with retry-after
  'disk-full', // 507
  'store-away', // 503 with retry-after
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
export const refusalBody = z.object({
  code: z.enum(refusalCodes),
  zh: z.string(),
  en: z.string(),
  have: count.optional(),
});
export type RefusalBody = z.infer<typeof refusalBody>;
