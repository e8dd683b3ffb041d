/**
 * How long it takes from the fact of an urgent alarm to its message on the wire, at a hundred alarms a minute by three channels of which
 * one hangs; and how long until another channel stands in for that one. There is no floor: the aims are those of docs/telling.md.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Durations, figure, table } from './figures.ts';
import { gate } from './gate.ts';
import type { Load, Loaded, Sender } from './load-mqtt.ts';
import { launch } from './peer.ts';
import { PASSWORD } from './side.ts';
import type { Arrived } from './telling-peer.ts';

const PER_MINUTE = 100;
/** Prime to the number of zones: neighbours alarm far apart in time, for otherwise they would be one incident and one message. */
const STRIDE = 37;
/** Longest wait of a channel for an answer; the usual one of a webhook. */
const TIMEOUT_MS = 5_000;
/** After the last alarm: its try by the channel that hangs, and the one that stands in, have been by then. */
const SETTLE_MS = 15_000;

const words = (text: string) => ({ zh: text, en: text });
const zoneId = (index: number) => `z${index + 1}`;

/** A fence host for each zone, whose wires are cut once. */
function host(index: number): { readonly device: object; readonly sender: Sender } {
  const id = `host-${index + 1}`;
  const login = { user: id, password: PASSWORD };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration takes it from the environment
  const own = { line: 'broker', profile: 'fence-host-mqtt', password: '${BENCH_PASSWORD}', staleMs: 600_000 };
  return {
    device: { id, title: words(id), ...own, zones: { A: zoneId(index), B: false } },
    sender: { id, ...login, topic: `gatehouse/${id}/event`, payload: '{"id":"@id","taken":"@time","a":{"cut":true}}' },
  };
}

function parts(zones: number, said: Readonly<Record<string, number | string>>): Readonly<Record<string, unknown>> {
  const channel = (id: string) => ({
    ...{ id, title: words(id), protocol: 'webhook', url: `http://127.0.0.1:${said[id]}/`, timeoutMs: TIMEOUT_MS },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration takes it from the environment
    password: '${BENCH_PASSWORD}',
  });
  return {
    zones: Array.from({ length: zones }, (_, index) => ({
      ...{ id: zoneId(index), number: index + 1, title: words(zoneId(index)) },
      path: [
        [index, 0],
        [index + 1, 0],
      ],
    })),
    channels: ['one', 'two', 'hanging'].map(channel),
    tell: { instead: { hanging: 'one' }, selfTest: 'off' },
    escalation: {
      p1: { steps: [{ afterSec: 0, roles: ['operator'], channels: ['one', 'two', 'hanging'] }], repeatMin: 1_440 },
    },
  };
}

/** The first time each alarm was on the wire as `is` says, after its fact. */
function after(arrived: readonly Arrived[], is: (one: Arrived) => boolean): Durations {
  const first = new Map<number, number>();
  for (const one of arrived) {
    if (one.about === 'alarm' && is(one) && !first.has(one.alarm)) first.set(one.alarm, one.at - one.raisedAt);
  }
  const all = new Durations();
  for (const ms of first.values()) all.add(ms);
  return all;
}

/** `alarms`: how many, one in each zone, at a hundred a minute. */
export async function telling(dir: string, alarms: number): Promise<string> {
  const peer = await launch('./telling-peer.ts', {});
  const hosts = Array.from({ length: alarms }, (_, n) => host((n * STRIDE) % alarms));
  const side = await gate({ dir, devices: hosts.map(({ device }) => device), parts: parts(alarms, peer.said) });
  const load = await launch('./load-mqtt.ts', { url: side.mqtt, senders: hosts.map(({ sender }) => sender) });
  try {
    const seconds = (alarms * 60) / PER_MINUTE;
    const order: Load = { run: 1, rate: PER_MINUTE / 60, seconds, drainMs: 5_000 };
    const { acked } = await load.ask<Loaded>('send', order, seconds * 2_000 + 30_000);
    await delay(SETTLE_MS);
    const arrived = await peer.ask<Arrived[]>('arrived', undefined, 5_000);
    const standsIn = ({ delivery }: Arrived) => /\/hanging(?:[/~]|$)/.test(delivery);
    const rows: readonly (readonly [string, (one: Arrived) => boolean])[] = [
      ['any channel', () => true],
      ['one', (one) => one.side === 0 && !standsIn(one)],
      ['two', (one) => one.side === 1],
      ['hanging, or one instead of it', standsIn],
      ['one instead of hanging', (one) => standsIn(one) && one.side === 0],
    ];
    const twice = arrived.length - new Set(arrived.map(({ side: at, delivery }) => `${at} ${delivery}`)).size;
    const cells = rows.map(([name, is]) => {
      const { count, p50, p95, max } = after(arrived, is).summary();
      return [name, String(count), figure(p50), figure(p95), figure(max)];
    });
    const title = `P1 fact to request on the wire, ${acked} alarms at ${PER_MINUTE} a minute, three channels, one hanging; ${twice} sent twice`;
    return table(title, ['by', 'alarms', 'p50 ms', 'p95 ms', 'max ms'], cells);
  } finally {
    await load.stop();
    await side.stop();
    await peer.stop();
  }
}
