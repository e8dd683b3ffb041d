/**
 * What is measured, seen from outside: an address for senders, an address for screens, a process. The floor and the
 * gateway are both sides, so that each figure is taken by the same hands.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Influxd } from '../peers/influxd.ts';
import type { Heard, ListenOptions } from './listen-ws.ts';
import type { Load, Loaded, Sender } from './load-mqtt.ts';
import type { Login } from './login.ts';
import { launch, type Peer, usage } from './peer.ts';

export interface Side {
  readonly name: string;
  readonly mqtt: string;
  readonly web: string;
  readonly login?: Login;
  readonly senders: readonly Sender[];
  readonly pid: number;
  /** Events of the senders that InfluxDB has; absent when the side does not write there. */
  shipped?(): Promise<number>;
  stop(): Promise<void>;
}

/** Of every sender and of the person who watches; this gateway lives for minutes, on loopback. */
export const PASSWORD = 'kept-for-minutes-42';

/** Senders of scans, and one in twenty a fence host whose tamper contact opens and closes. */
export function senders(count: number): Sender[] {
  return Array.from({ length: count }, (_, index) => {
    const fence = index % 20 === 19;
    const id = `${fence ? 'fence' : 'reader'}-${index + 1}`;
    const said = fence ? '"a":{"tamper":"@flip"}' : '"card":"C0001"';
    return {
      id,
      user: id,
      password: PASSWORD,
      topic: `gatehouse/${id}/${fence ? 'event' : 'scan'}`,
      payload: `{"id":"@id","taken":"@time",${said}}`,
    };
  });
}

/** The one number a query of InfluxDB answers with. */
export async function counted(influx: Influxd, database: string, query: string): Promise<number> {
  const [row] = await influx.ask(query, database);
  return Number(row?.n ?? 0);
}

/** `each`: its harder sibling, with a frame for each event. */
export async function floor(dir: string, crowd: readonly Sender[], influx?: Influxd, each = false): Promise<Side> {
  const peer = await launch('./floor-mqtt.ts', {
    dir: mkdtempSync(join(dir, 'floor-')),
    ...(influx ? { influx: influx.url } : {}),
    each,
  });
  return {
    name: each ? 'floor, a frame an event' : 'floor',
    mqtt: String(peer.said.mqtt),
    web: String(peer.said.web),
    senders: crowd,
    pid: peer.pid,
    ...(influx ? { shipped: () => counted(influx, 'floor', 'select count(body) as n from events') } : {}),
    stop: () => peer.stop(),
  };
}

/** A side with its senders and screens connected. */
export interface Stage {
  readonly side: Side;
  /** Sends at a rate and listens; resolves when all was heard or the limit after the last message is over. */
  play(rate: number, seconds: number): Promise<Played>;
  /** Events sent over all runs. */
  sent(): number;
  stop(): Promise<void>;
}
export type Played = Loaded & Heard & { readonly asked: number; readonly cpu: number };

const DRAIN_MS = 15_000;
const WARM_RUN_SECONDS = 1.5;

/** Connects everybody. `warm`: a run that does not count goes first, because a process spends its first second compiling. */
export async function stage(side: Side, sockets = 1, warm = true): Promise<Stage> {
  const peers: Peer[] = [];
  const listenOptions: ListenOptions = { url: side.web, sockets, ...(side.login ? { login: side.login } : {}) };
  peers.push(await launch('./listen-ws.ts', listenOptions));
  peers.push(await launch('./load-mqtt.ts', { url: side.mqtt, senders: side.senders }));
  const [listener, load] = peers as [Peer, Peer];
  let run = 0;
  let sent = 0;

  async function once(rate: number, seconds: number): Promise<Played> {
    run += 1;
    await listener.ask('begin', run, 5_000);
    const before = usage(side.pid).cpuMs;
    const order: Load = { run, rate, seconds, drainMs: DRAIN_MS };
    const loaded = await load.ask<Loaded>('send', order, seconds * 2_000 + DRAIN_MS + 30_000);
    sent += loaded.sent;
    const cpu = (usage(side.pid).cpuMs - before) / (seconds * 1000);
    const heard = await listener.ask<Heard>('heard', { expect: loaded.sent, limitMs: 3_000 }, 10_000);
    return { ...loaded, ...heard, asked: rate, cpu };
  }
  return {
    side,
    sent: () => sent,
    async play(rate, seconds) {
      if (warm && run === 0) await once(Math.max(rate, 1_000), WARM_RUN_SECONDS);
      return once(rate, seconds);
    },
    async stop() {
      for (const peer of peers) await peer.stop();
    },
  };
}
