/** The two ways between nodes: the database's own LISTEN and NOTIFY, and NATS where the configuration names it. They must never hold a node up at its start. */
import { readFile } from 'node:fs/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { World } from '../../world/world.ts';
import type { Database } from '../database/database.ts';
import type { FanoutWire } from './fanout.ts';

const CHANNEL = 'gatehouse_district';

export function databaseWire(db: Database): FanoutWire {
  return {
    send: async (text) => void (await db.query('SELECT pg_notify($1, $2)', [CHANNEL, text])),
    listen: (heard) => db.listen(CHANNEL, heard),
    close: async () => undefined,
  };
}

export interface NatsPlace {
  readonly servers: readonly string[];
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** PEM file. */
  readonly ca?: string | undefined;
}

/** Connects as long as it takes, and again whenever the connection breaks. */
export async function natsWire({ servers, user, password, ca }: NatsPlace, world: World): Promise<FanoutWire> {
  const closing = new AbortController();
  const { signal } = closing;
  const tls = ca === undefined ? {} : { tls: { ca: await readFile(ca, 'utf8') } };
  let connection: NatsConnection | undefined;
  const made = (async () => {
    while (!signal.aborted) {
      try {
        const options = { servers: [...servers], maxReconnectAttempts: -1, waitOnFirstConnect: false, timeout: 5_000 };
        connection = await connect({ ...options, ...(user !== undefined && { user, pass: password ?? '' }), ...tls });
        return connection;
      } catch (error) {
        world.log.warn(`NATS is not there: ${error instanceof Error ? error.message : String(error)}`);
        await world.sleep(5_000, signal).catch(() => undefined);
      }
    }
    return undefined;
  })();
  return {
    send: async (text) => {
      if (!connection || connection.isClosed()) throw new Error('NATS is not there');
      connection.publish(CHANNEL, text);
    },
    listen: async (heard) => {
      void made.then(async (open) => {
        if (!open) return;
        open.subscribe(CHANNEL, { callback: (error, message) => (error ? undefined : heard(message.string())) });
        heard(undefined);
        for await (const { type } of open.status()) if (type === 'reconnect') heard(undefined);
      });
      return async () => undefined;
    },
    close: async () => {
      closing.abort();
      await connection?.close();
    },
  };
}
