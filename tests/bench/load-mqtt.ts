/**
 * A crowd of MQTT senders in one process: publishes at a given rate over given connections, QoS 1, whatever the other
 * side does. Each message carries an event id with its number and the moment it was handed over (`b<run>.<n>.<µs>`), so
 * that any listener can tell its age. It never slows down when acknowledgements are late; they are counted at the end.
 */
import { setTimeout as delay } from 'node:timers/promises';
import mqtt from 'mqtt';
import { clock, play } from './peer.ts';

export interface Sender {
  readonly id: string;
  readonly user: string;
  readonly password: string;
  readonly topic: string;
  /** Payload as JSON, in which `"@id"`, `"@time"` (ms since the epoch) and `"@flip"` (true, false, …) change each time. */
  readonly payload: string;
}
export interface LoadOptions {
  readonly url: string;
  readonly senders: readonly Sender[];
}
export interface Load {
  readonly run: number;
  readonly rate: number;
  readonly seconds: number;
  /** Longest wait for the last acknowledgement. */
  readonly drainMs: number;
}
export interface Loaded {
  readonly sent: number;
  readonly acked: number;
  /** Events a second that were really sent. */
  readonly rate: number;
  /** From the last message to the last acknowledgement, ms. */
  readonly drainedMs: number;
}

const CONNECTING_AT_ONCE = 50;

async function connect(url: string, sender: Sender) {
  const client = await mqtt.connectAsync(url, {
    clientId: sender.id,
    username: sender.user,
    password: sender.password,
    reconnectPeriod: 0,
    connectTimeout: 20_000,
    keepalive: 60,
  });
  client.on('error', (error) => process.stderr.write(`sender ${sender.id}: ${error.message}\n`));
  let flip = false;
  const text = (id: string) => {
    flip = !flip;
    return sender.payload.replace('@id', id).replace('"@time"', String(Date.now())).replace('"@flip"', String(flip));
  };
  return { client, topic: sender.topic, text };
}

await play(async ({ url, senders }: LoadOptions) => {
  const open: Awaited<ReturnType<typeof connect>>[] = [];
  for (let i = 0; i < senders.length; i += CONNECTING_AT_ONCE) {
    const group = senders.slice(i, i + CONNECTING_AT_ONCE);
    open.push(...(await Promise.all(group.map((sender) => connect(url, sender)))));
  }

  async function send({ run, rate, seconds, drainMs }: Load): Promise<Loaded> {
    const total = Math.round(rate * seconds);
    let sent = 0;
    let acked = 0;
    const { promise: drained, resolve } = Promise.withResolvers<void>();
    const onAck = (error?: Error | null) => {
      if (!error && ++acked === total) resolve();
    };
    const began = clock();
    while (sent < total) {
      const due = Math.min(total, Math.floor(((clock() - began) * rate) / 1000) + 1);
      for (; sent < due; sent++) {
        const { client, topic, text } = open[sent % open.length]!;
        client.publish(topic, text(`b${run}.${sent}.${Math.round(clock() * 1000)}`), { qos: 1 }, onAck);
      }
      await delay(1);
    }
    const last = clock();
    await Promise.race([drained, delay(drainMs, undefined, { ref: false })]);
    return { sent, acked, rate: (sent / (last - began)) * 1000, drainedMs: clock() - last };
  }

  return { said: { connections: open.length }, acts: { send } };
});
