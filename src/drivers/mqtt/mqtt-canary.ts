/**
 * Speaks for the test device of the canary at the embedded broker, as a device does: logs in over TCP with its id and password, publishes its
 * event with QoS 1, waits for the acknowledgement and leaves. It must never use a way into the gateway that a real device has not got.
 */
import type { MqttClient } from 'mqtt';
import { canaryRefused, canarySilent, canaryUnreachable } from '../../words/reach/canary-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { BrokerOptions, MqttDevice } from '../connection-options.ts';
import type { LineDevice } from '../line.ts';
import { topicName } from '../payload/topic-decode.ts';

/** The broker answers in milliseconds; a journal that is busy holds the acknowledgement back for longer. Ours. */
const limitMs = 15_000;
/** CONNACK codes 4 and 5 of MQTT 3.1.1. */
const refusals: ReadonlySet<unknown> = new Set([4, 5]);

/** Where this machine reaches what listens there. */
const reached = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
};

function failureOf(device: string, error: unknown): WordedError {
  const { code } = error as { code?: unknown };
  if (refusals.has(code)) return new WordedError(canaryRefused(device, String(code)));
  return new WordedError(
    canaryUnreachable(device, typeof code === 'string' || typeof code === 'number' ? `${code}` : 'closed'),
  );
}

/** Resolves once the broker has taken the event. Rejects with a sentence for the operator. */
export async function speakAsCanary(
  { host, port }: Pick<BrokerOptions, 'host' | 'port'>,
  device: LineDevice<MqttDevice>,
  run: number,
  world: World,
): Promise<void> {
  const { default: mqtt } = await import('mqtt');
  const { id, options } = device;
  const client: MqttClient = mqtt.connect(`mqtt://${reached(host)}:${port}`, {
    ...{ clientId: `canary-${run}`, username: id, protocolVersion: 4, clean: true, keepalive: 30 },
    // One that is lost has failed; it is not made again.
    ...{ reconnectPeriod: 0, connectTimeout: 2 * limitMs },
    ...(options.password !== undefined && { password: options.password }),
  });
  const done = new AbortController();
  const broken = new Promise<never>((_, reject) => {
    client.on('error', (error) => reject(failureOf(id, error)));
    client.on('close', () => reject(failureOf(id, {})));
  });
  const late = world.sleep(limitMs, done.signal).then(() => {
    throw new WordedError(canarySilent(id, limitMs / 1_000));
  });
  for (const one of [broken, late]) one.catch(() => undefined);
  const event = JSON.stringify({ id: `canary-${run}`, run: String(run) });
  const spoken = new Promise<void>((resolve) => client.once('connect', () => resolve())).then(() =>
    client.publishAsync(topicName(device, 'event'), event, { qos: 1 }),
  );
  spoken.catch(() => undefined);
  try {
    await Promise.race([spoken, broken, late]);
  } finally {
    done.abort();
    client.end(true);
  }
}
