/**
 * Somebody outside who watches: a subscriber at a broker who keeps what a topic said, and a web server that counts the beats it is asked for.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mqtt from 'mqtt';
import { onTestFinished } from 'vitest';
import { until } from '../patience.ts';

/** Everything that a topic said, and whether it was kept there. */
export async function watchTopic(url: string, topic: string) {
  const said: { text: string; retained: boolean }[] = [];
  const client = await mqtt.connectAsync(url, { reconnectPeriod: 50 });
  onTestFinished(() => client.endAsync(true));
  client.on('message', (_, payload, { retain }) => void said.push({ text: payload.toString(), retained: retain }));
  await client.subscribeAsync(topic, { qos: 1 });
  return {
    said,
    /** Resolves when the newest word is this one. */
    says: (text: string) => until(`${topic} says ${text}`, () => said.at(-1)?.text === text),
  };
}

/** What the broker tells a newcomer of a topic. */
export async function keptAt(url: string, topic: string): Promise<string | undefined> {
  const { said } = await watchTopic(url, topic);
  await until(`${topic} is told to a newcomer`, () => said.length > 0);
  return said[0]?.retained ? said[0].text : undefined;
}

/** A service that waits for beats. */
export async function beatService() {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('OK');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, count: () => asked };
}
