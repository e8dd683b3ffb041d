/**
 * The InfluxDB-compatible store of hourly figures, where the configuration names one. An hour of a gauge is one point, whose time and tags are
 * the same whenever it comes: written twice it is there once. It must never let a name from outside become a part of a statement.
 */
import influx from 'influx';
import type { HoursRequest } from '../../uplink/protocol.ts';

export interface HourStoreOptions {
  readonly url: string;
  readonly database: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Days a figure is kept; null: for ever. */
  readonly keepDays: number | null;
}

/** A gauge of which there are figures, and its newest hour. */
export interface KnownGauge {
  readonly device: string;
  readonly point: string;
  readonly at: number;
  readonly mean: number;
}

export interface HourRow {
  readonly hour: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** All reject where the store is away. */
export interface HourStore {
  write(school: string, hours: HoursRequest['hours']): Promise<void>;
  /** Gauges with figures since then. */
  gauges(school: string, since: number): Promise<readonly KnownGauge[]>;
  read(
    of: { readonly school: string; readonly device: string; readonly point: string },
    span: HourSpanAsked,
  ): Promise<readonly HourRow[]>;
}

export interface HourSpanAsked {
  readonly from: number;
  readonly to: number;
}

const answerMs = 5_000;
const policy = 'hour';
const { FLOAT, INTEGER } = influx.FieldType;
const noBackoff = { getDelay: () => 0, next: () => noBackoff, reset: () => noBackoff };

export function openHourStore(options: HourStoreOptions): HourStore {
  const { database, keepDays } = options;
  const client = clientOf(options);
  const duration = keepDays === null ? 'INF' : `${keepDays}d`;
  let ready: Promise<void> | undefined;
  const prepare = async () => {
    await client.createDatabase(database);
    const rule = { database, duration, replication: 1, isDefault: true };
    const there = await client.showRetentionPolicies(database);
    if (there.some(({ name }) => name === policy)) await client.alterRetentionPolicy(policy, rule);
    else await client.createRetentionPolicy(policy, rule);
  };
  const where = (parts: Readonly<Record<string, string>>) =>
    Object.entries(parts)
      .map(([tag, value]) => `"${tag}" = ${influx.escape.stringLit(value)}`)
      .join(' AND ');
  return {
    async write(school, hours) {
      ready ??= prepare();
      try {
        await ready;
        await client.writePoints(
          hours.map(({ device, point, hour, ...fields }) => ({
            ...{ measurement: 'hours', tags: { school, device, point }, fields, timestamp: hour },
          })),
          { database, retentionPolicy: policy, precision: 'ms' },
        );
      } catch (error) {
        // A server that came back may be another one.
        ready = undefined;
        throw error;
      }
    },
    async gauges(school, since) {
      const rows = await client.query<{ device: string; point: string; mean: number; time: influx.INanoDate }>(
        `SELECT last("mean") AS "mean" FROM "${policy}"."hours" WHERE ${where({ school })} AND time >= ${Math.floor(since)}ms GROUP BY "device", "point"`,
        { database },
      );
      return rows.map(({ device, point, mean, time }) => ({ device, point, mean, at: time.getTime() }));
    },
    async read({ school, device, point }, { from, to }) {
      const rows = await client.query<Omit<HourRow, 'hour'> & { time: influx.INanoDate }>(
        `SELECT "mean", "min", "max", "count" FROM "${policy}"."hours" WHERE ${where({ school, device, point })}
           AND time >= ${Math.floor(from)}ms AND time < ${Math.floor(to)}ms ORDER BY time`,
        { database },
      );
      return rows.map(({ time, mean, min, max, count }) => ({ hour: time.getTime(), mean, min, max, count }));
    },
  };
}

function clientOf({ url, database, user, password }: HourStoreOptions) {
  const place = new URL(url);
  const secure = place.protocol === 'https:';
  return new influx.InfluxDB({
    ...{ database, ...(user !== undefined && { username: user }), ...(password !== undefined && { password }) },
    hosts: [
      {
        host: place.hostname.replace(/^\[|\]$/g, ''),
        port: Number(place.port) || (secure ? 443 : 80),
        path: place.pathname === '/' ? '' : place.pathname,
        protocol: secure ? 'https' : 'http',
      },
    ],
    pool: { requestTimeout: answerMs, maxRetries: 0, backoff: noBackoff },
    schema: [
      {
        ...{ database, measurement: 'hours', tags: ['school', 'device', 'point'] },
        fields: { mean: FLOAT, min: FLOAT, max: FLOAT, count: INTEGER },
      },
    ],
  });
}
