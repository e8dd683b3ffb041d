/**
 * The InfluxDB at the other end: made ready (database, retention policies) and written to through the `influx` client.
 * It tells apart a point that is refused, which is refused with its name, and a server that is away, for which one waits.
 * It must never refuse a point because the server is unwell.
 */
import http from 'node:http';
import https from 'node:https';
import influx, { type IPoint } from 'influx';
import { influxNeedsAdmin, influxWaits } from '../../words/store-words.ts';
import { StoreError } from '../store-types.ts';
import { eventSchema, headSchema } from './influx-points.ts';

export interface TargetOptions {
  readonly url: string;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  /** Which school the points are of: a tag of every one. */
  readonly school: string;
}
/** Points the server refused. */
export interface RefusedLine {
  readonly why: string;
  readonly count: number;
  /** The point as text, when it is known which one. */
  readonly line?: string;
  /** Not refused: there is nothing left that could be sent. */
  readonly gone?: true;
}
export interface Target {
  /** Makes what is missing of database and policies; leaves alone what a person has made or changed. */
  prepare(): Promise<void>;
  /** How far this school's journal was when it was last told; undefined when it never was. */
  lastHead(): Promise<{ readonly seq: number; readonly hash: string } | undefined>;
  /** Writes points and returns those refused for good. Throws StoreError when the server did not take them and may later. */
  write(points: readonly IPoint[], policy: Policy): Promise<readonly RefusedLine[]>;
  close(): void;
}
export type Policy = 'raw' | 'minute';

/** How long points are kept: raw ones 90 days, the least that campus security standards ask; minutes two years. */
export const rawDays = 90;
const policies: Readonly<Record<Policy, string>> = { raw: `${rawDays}d`, minute: '730d' };

const answerMs = 5_000;
/** The client's own limit watches for silence on the socket only; this one ends an answer that never ends. */
const patienceMs = 2 * answerMs;
/** Requests spent at most on finding the refused points of one batch. */
const searchMax = 64;

interface Failure {
  readonly status: number | undefined;
  readonly text: string;
}

function clientFor({ url, database, user, password }: TargetOptions, agent: http.Agent): influx.InfluxDB {
  const place = new URL(url);
  const secure = place.protocol === 'https:';
  return new influx.InfluxDB({
    database,
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    hosts: [
      {
        host: place.hostname.replace(/^\[|\]$/g, ''),
        port: Number(place.port) || (secure ? 443 : 80),
        path: place.pathname === '/' ? '' : place.pathname,
        protocol: secure ? 'https' : 'http',
        options: { agent },
      },
    ],
    // Waiting between tries is the follower's; the client would fail calls without asking, or send a batch again by itself.
    pool: { requestTimeout: answerMs, maxRetries: 0, backoff: noBackoff },
    schema: [eventSchema(database), headSchema(database)],
  });
}

/** Reaches the server at `url`; nothing is sent before the first call. */
export function influxTarget(options: TargetOptions): Target {
  const { database } = options;
  const agent = new (options.url.startsWith('https:') ? https : http).Agent({ keepAlive: true, maxSockets: 2 });
  const client = clientFor(options, agent);
  const bounded = async <A>(work: Promise<A>): Promise<A> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        agent.destroy();
        reject(new Error('Request timed out'));
      }, patienceMs);
    });
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      throw failureOf(error);
    } finally {
      clearTimeout(timer);
    }
  };
  const send = (points: readonly IPoint[], policy: Policy): Promise<void> =>
    bounded(client.writePoints([...points], { database, retentionPolicy: policy, precision: 'n' }));

  return {
    async prepare() {
      let missing: readonly string[] = Object.keys(policies);
      let creating = false;
      try {
        const present = await bounded(client.showRetentionPolicies(database)).catch(async (failure: Failure) => {
          if (!/database not found/.test(failure.text)) throw failure;
          creating = true;
          await bounded(client.createDatabase(database));
          return [];
        });
        const names = new Set(present.map((policy) => policy.name));
        missing = missing.filter((name) => !names.has(name));
        for (const name of missing) {
          const [duration, isDefault] = [policies[name as Policy], name === 'raw'];
          creating = true;
          await bounded(client.createRetentionPolicy(name, { database, duration, replication: 1, isDefault }));
        }
      } catch (failure) {
        throw creating ? unprepared(options, missing, failure) : waiting(options, failure);
      }
    },
    async lastHead() {
      try {
        const [row] = await bounded(
          client.query<{ seq: number; hash: string }>(headQuery(options.school), { database }),
        );
        return row && { seq: row.seq, hash: row.hash };
      } catch (failure) {
        throw waiting(options, failure);
      }
    },
    async write(points, policy) {
      if (points.length === 0) return [];
      try {
        return await sift(points, (some) => send(some, policy));
      } catch (failure) {
        throw waiting(options, failure);
      }
    },
    close: () => agent.destroy(),
  };
}

/** Making database and policies is for an administrator; writing is not. */
function unprepared(options: TargetOptions, missing: readonly string[], failure: unknown): StoreError {
  if ((failure as Partial<Failure>).status !== 403) return waiting(options, failure);
  const statements = missing.map((name) => statement(options.database, name as Policy));
  return new StoreError(influxNeedsAdmin(options.url, statements), failure);
}

const headQuery = (school: string): string =>
  `SELECT "seq", "hash" FROM "raw"."journal" WHERE "school" = ${influx.escape.stringLit(school)} ORDER BY time DESC LIMIT 1`;

/** What an administrator has to run so that the policy is there. */
const statement = (database: string, policy: Policy): string =>
  `CREATE RETENTION POLICY "${policy}" ON "${database}" DURATION ${policies[policy]} REPLICATION 1${policy === 'raw' ? ' DEFAULT' : ''}`;

const noBackoff = { getDelay: () => 0, next: () => noBackoff, reset: () => noBackoff };

function failureOf(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'res' in error ? (error.res as http.IncomingMessage).statusCode : undefined;
  return { status, text: text.replace(/^A \d+ .*? error occurred: /, '') };
}

/** The server repeats each refused line in full; a person needs the beginning. */
const short = (text: string): string => text.slice(0, 500);

const lineFault = /partial write|unable to parse|field type conflict|invalid (field|tag)|max-values-per-tag/;

/**
 * Writes points and, when some are refused, halves the batch until they are known by name. Sending a half again is safe
 * only because every point carries its own timestamp and tags: what was taken is written over with itself.
 * A server that does not say that a line is at fault is thrown as a failure.
 */
async function sift(
  points: readonly IPoint[],
  send: (points: readonly IPoint[]) => Promise<void>,
): Promise<RefusedLine[]> {
  const refused: RefusedLine[] = [];
  let requests = 0;
  const attempt = async (some: readonly IPoint[]): Promise<void> => {
    requests += 1;
    let failure: Failure;
    try {
      await send(some);
      return;
    } catch (thrown) {
      failure = thrown as Failure;
    }
    const fault = failure.status === 400 && lineFault.test(failure.text);
    if (!fault && failure.status !== 413) throw failure;
    const dropped = Number(/dropped=(\d+)/.exec(failure.text)?.[1] ?? 0);
    if (some.length === 1) {
      refused.push({ why: short(failure.text), count: 1, line: short(JSON.stringify(some[0])) });
    } else if (failure.status === 413 || (requests + 2 <= searchMax && !/beyond retention policy/.test(failure.text))) {
      const middle = Math.ceil(some.length / 2);
      await attempt(some.slice(0, middle));
      await attempt(some.slice(middle));
    } else {
      // The others of these were written: a 400 of this kind is about single points.
      const lines = failure.text.split('unable to parse').length - 1;
      refused.push({ why: short(failure.text), count: dropped + lines });
    }
  };
  await attempt(points);
  return refused;
}

/** What an operator is told while the follower waits. */
function waiting({ url, database, user }: TargetOptions, failure: unknown): StoreError {
  const { status, text } =
    typeof failure === 'object' && failure !== null && 'text' in failure ? (failure as Failure) : failureOf(failure);
  return new StoreError(influxWaits(url, database, user, status, short(text)), failure);
}
