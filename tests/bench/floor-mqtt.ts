/**
 * The least that can carry an event from an MQTT sender to a screen without losing it: aedes, one group commit into
 * SQLite with synchronous=FULL, one `ws.send` a commit and socket. No checks, no rules, no rights, nothing of ours.
 * It is what a figure of the gateway is to be compared with; it must stay this bare. Its harder sibling sends a frame for each
 * event, as whoever writes the first thing that works would.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Aedes } from 'aedes';
import Database from 'better-sqlite3';
import influx from 'influx';
import { WebSocketServer } from 'ws';
import { play } from './peer.ts';

export interface FloorOptions {
  readonly dir: string;
  /** Base address of an InfluxDB that every event is also written to. */
  readonly influx?: string;
  /** A frame for each event, and not one for all of a commit. */
  readonly each?: boolean;
}

const INFLUX_EVERY_MS = 250;
const INFLUX_BATCH = 5_000;

await play(async ({ dir, influx: influxUrl, each = false }: FloorOptions) => {
  const db = new Database(join(dir, 'floor.sqlite'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table events (seq integer primary key, at integer not null, body text not null)');
  const insert = db.prepare('insert into events (at, body) values (?, ?)');
  const keep = db.transaction((bodies: readonly string[]) => {
    const now = Date.now();
    for (const body of bodies) insert.run(now, body);
  });

  const web = createServer().listen(0, '127.0.0.1');
  const feed = new WebSocketServer({ server: web, perMessageDeflate: false });
  await once(web, 'listening');

  let waiting: [body: string, done: (error?: Error | null) => void][] = [];
  let armed = false;
  let backlog: string[] = [];
  function commit(): void {
    armed = false;
    const batch = waiting;
    waiting = [];
    keep(batch.map(([body]) => body));
    for (const [, done] of batch) done(null);
    if (influxUrl) for (const [body] of batch) backlog.push(body);
    const bodies = batch.map(([body]) => body);
    const frames = each ? bodies : [bodies.join(',')];
    for (const frame of frames) for (const socket of feed.clients) socket.send(`{"t":"events","events":[${frame}]}`);
  }

  const broker = await Aedes.createBroker({
    authorizePublish(_client, packet, done) {
      waiting.push([packet.payload.toString(), done]);
      if (armed) return;
      armed = true;
      setImmediate(commit);
    },
  });
  const tcp = createTcp(broker.handle).listen(0, '127.0.0.1');
  await once(tcp, 'listening');

  if (influxUrl) {
    const { hostname, port } = new URL(influxUrl);
    const client = new influx.InfluxDB({
      host: hostname,
      port: Number(port),
      database: 'floor',
      pool: { requestTimeout: 5_000 },
    });
    await client.createDatabase('floor');
    let shipped = 0;
    void (async () => {
      for (;;) {
        const batch = backlog.slice(0, INFLUX_BATCH);
        backlog = backlog.slice(INFLUX_BATCH);
        const points = batch.map((body) => ({
          measurement: 'events',
          tags: { device: 'floor' },
          fields: { body },
          // Points of one millisecond would overwrite each other.
          timestamp: influx.toNanoDate(`${Date.now()}${String(shipped++ % 1_000_000).padStart(6, '0')}`),
        }));
        if (points.length > 0) await client.writePoints(points);
        await delay(batch.length === INFLUX_BATCH ? 1 : INFLUX_EVERY_MS);
      }
    })();
  }

  const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
  return {
    said: { mqtt: `mqtt://127.0.0.1:${portOf(tcp)}`, web: `http://127.0.0.1:${portOf(web)}` },
    acts: {
      kept: () => (db.prepare('select count(*) as n from events').get() as { n: number }).n,
    },
  };
});
