/**
 * One connection to a broker of the school's that is told things. The broker has a last will of ours from the beginning. It never connects
 * again by itself: who holds it asks for another, with growing pauses. Each message waits for its acknowledgement, and no longer than a limit.
 */
import { readFile } from 'node:fs/promises';
import type { IClientOptions } from 'mqtt';
import {
  outBrokerEnded,
  outBrokerRefuses,
  outBrokerSilent,
  outBrokerUnreachable,
  outCaUnreadable,
} from '../words/reach/mqtt-out-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';

/** Where and as whom; as the configuration has it. */
export interface OutwardBroker {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly clientId: string;
  /** Absolute path of a PEM file. */
  readonly ca?: string;
}

export interface OutLink {
  /** Why it ended; undefined while it stands. */
  failure(): Error | undefined;
  /** Resolves when the broker has it. Rejects with words; the link is over then. */
  tell(topic: string, payload: string, retain: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Longest wait for the connection and for one acknowledgement, ms. Ours. */
const limitMs = 10_000;
/** Retained messages that are looked at in one connection: a broker full of others' must not keep us busy. Ours. */
const leftoversMax = 10_000;
/** Codes of CONNACK that say that the log-in is refused (MQTT 3.1.1, table 3.1). */
const refusals: ReadonlySet<unknown> = new Set([2, 4, 5]);

/** What the broker may hold from an earlier run. */
export interface Leftovers {
  readonly filters: readonly string[];
  found(topic: string): void;
}

async function optionsOf(broker: OutwardBroker, will: { topic: string; payload: string }): Promise<IClientOptions> {
  const { user, password, clientId, ca } = broker;
  const authority =
    ca === undefined
      ? undefined
      : await readFile(ca).catch((error: NodeJS.ErrnoException) => {
          throw new WordedError(outCaUnreadable(ca, error.code ?? 'unknown'));
        });
  return {
    ...{ clientId, protocolVersion: 4, clean: true, keepalive: 15, connectTimeout: limitMs },
    ...{ reconnectPeriod: 0, queueQoSZero: false, resubscribe: false },
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
    ...(user !== undefined && { username: user }),
    ...(password !== undefined && { password }),
    ...(authority && { ca: authority }),
  };
}

/** Connects; rejects with words when the broker will not have us. */
export async function openOutLink(
  broker: OutwardBroker,
  will: { topic: string; payload: string },
  leftovers: Leftovers,
  world: Pick<World, 'sleep'>,
): Promise<OutLink> {
  const { default: mqtt } = await import('mqtt');
  const client = mqtt.connect(broker.url, await optionsOf(broker, will));
  let failure: Error | undefined;
  let looked = 0;
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const end = (error: Error) => {
    failure ??= error;
    ended.reject(failure);
    client.end(true);
  };
  client.on('error', (error: Error & { code?: unknown }) => {
    // What is no MQTT has no code.
    const code = String(error.code ?? 'NOT-MQTT');
    end(new WordedError(refusals.has(error.code) ? outBrokerRefuses(code) : outBrokerUnreachable(code)));
  });
  client.on('close', () => end(new WordedError(outBrokerEnded)));
  client.on('message', (topic, payload, { retain }) => {
    looked += 1;
    if (retain && payload.length > 0 && looked <= leftoversMax) leftovers.found(topic);
  });
  /** What is asked of the broker, at most for so long. */
  const inTime = async <T>(asked: Promise<T>): Promise<T> => {
    const answered = new AbortController();
    world.sleep(limitMs, answered.signal).then(
      () => end(new WordedError(outBrokerSilent(limitMs / 1_000))),
      () => undefined,
    );
    try {
      return await Promise.race([asked, ended.promise]);
    } catch (error) {
      end(error as Error);
      throw failure;
    } finally {
      answered.abort();
    }
  };
  await inTime(new Promise<void>((resolve) => client.once('connect', () => resolve())));
  // Where it may not be asked, what is left over stays.
  await inTime(client.subscribeAsync([...leftovers.filters], { qos: 1 }).catch(() => undefined));
  return {
    failure: () => failure,
    tell: async (topic, payload, retain) => {
      await inTime(client.publishAsync(topic, payload, { qos: 1, retain }));
    },
    close: async () => {
      failure ??= new WordedError(outBrokerEnded);
      await client.endAsync(true).catch(() => undefined);
    },
  };
}
