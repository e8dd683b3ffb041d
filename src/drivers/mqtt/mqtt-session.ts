/**
 * One connection of ours to an outside broker, with a lasting session. It hands each message over and acknowledges it
 * when that is done; when that fails it closes, so that the broker sends the message again.
 * It must never reconnect by itself: mqtt.js would, every second, without end.
 */
import mqtt, { type IClientOptions, type MqttClient, type Packet } from 'mqtt';
import type { Words } from '../../core/types.ts';
import {
  connectionEnded,
  connectionFailed,
  lineStops,
  logInRefused,
  noSharing,
  nothingAnswers,
  notKept,
  notReadable,
  otherVersion,
  sameClientId,
  unknownName,
} from '../../words/mqtt-client-words.ts';
import { WordedError, wordsOf } from '../../words/worded-error.ts';

const connectMs = 10_000;
const keepaliveS = 30;
/** The broker keeps what we have not acknowledged for this long after a connection is lost: one week. */
const sessionS = 7 * 24 * 3600;
const subscribeBatch = 100;

/** How to reach a broker and what to ask of it. */
export interface SubscriptionPlan {
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly clientId: string;
  readonly ca: Buffer | undefined;
  readonly maxBytes: number;
  readonly version: 4 | 5;
  readonly shared: boolean;
  /** What connection `n` subscribes to, and what an older session of it may still hold that is no longer its own. */
  filters(n: number): { readonly mine: readonly string[]; readonly others: readonly string[] };
}

export interface Link {
  /** Rejects with the reason when the connection ends. */
  readonly ended: Promise<void>;
  /** Resolves when the broker has it; `nobody` when it says that no one listens. */
  publish(topic: string, payload: string): Promise<'taken' | 'nobody'>;
  close(): Promise<void>;
}

/** Why a broker would not have us. `reach` may pass by itself; the others will not. */
export class RefusedConnection extends WordedError {
  readonly kind: 'reach' | 'version' | 'shared' | 'rights' | 'twin';
  constructor(kind: RefusedConnection['kind'], why: Words) {
    super(why);
    this.kind = kind;
  }
}

type Take = (topic: string, payload: Buffer, retained: boolean) => Promise<void>;

/** Connects and subscribes; resolves when both are done. */
export async function openLink(plan: SubscriptionPlan, n: number, signal: AbortSignal, take: Take): Promise<Link> {
  signal.throwIfAborted();
  const client = mqtt.connect(plan.url, optionsOf(plan, n));
  const ended = Promise.withResolvers<void>();
  // Whoever waits for the end is told; before that the same error is thrown from here.
  ended.promise.catch(() => undefined);
  const end = (error: Error) => {
    ended.reject(error);
    client.end(true);
  };
  client.on('error', (error) => end(refusalOf(plan, error)));
  client.on('close', () => end(new RefusedConnection('reach', connectionEnded(plan.url))));
  client.on('disconnect', ({ reasonCode }) => {
    if (reasonCode === 142) end(new RefusedConnection('twin', sameClientId(plan.url, plan.clientId)));
  });
  client.handleMessage = (packet, done) => {
    if (packet.cmd !== 'publish') return done();
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    take(packet.topic, payload, packet.retain).then(
      () => done(),
      (error: unknown) => end(new RefusedConnection('reach', notKept(wordsOf(error)))),
    );
  };
  const stopped = () => end(new RefusedConnection('reach', lineStops));
  signal.addEventListener('abort', stopped, { once: true });
  client.once('close', () => signal.removeEventListener('abort', stopped));
  try {
    const resumed = await Promise.race([connected(client, plan), ended.promise]);
    await Promise.race([subscribe(client, plan, n, resumed === true), ended.promise]);
  } catch (error) {
    end(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  return {
    ended: ended.promise,
    publish: (topic, payload) => publish(client, topic, payload),
    close: () => close(client),
  };
}

function optionsOf(plan: SubscriptionPlan, n: number): IClientOptions {
  return {
    clientId: `${plan.clientId}-${n + 1}`,
    protocolVersion: plan.version,
    clean: false,
    keepalive: keepaliveS,
    connectTimeout: connectMs,
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    subscribeBatchSize: subscribeBatch,
    ...(plan.user === undefined ? {} : { username: plan.user }),
    ...(plan.password === undefined ? {} : { password: plan.password }),
    ...(plan.ca === undefined ? {} : { ca: plan.ca }),
    // The broker itself withholds what is too large; a megabyte of slack lets most such messages come and be counted.
    ...(plan.version === 5
      ? {
          properties: {
            sessionExpiryInterval: sessionS,
            maximumPacketSize: plan.maxBytes + 1_048_576,
            receiveMaximum: 100,
          },
        }
      : {}),
  };
}

/** Resolves with whether the broker still had the session. */
function connected(client: MqttClient, plan: SubscriptionPlan): Promise<boolean> {
  return new Promise((resolve, reject) => {
    client.once('connect', ({ properties, sessionPresent }) => {
      const none = plan.shared && properties?.sharedSubscriptionAvailable === false;
      if (none) reject(new RefusedConnection('shared', noSharing(plan.url)));
      else resolve(sessionPresent);
    });
  });
}

async function subscribe(client: MqttClient, plan: SubscriptionPlan, n: number, resumed: boolean): Promise<void> {
  const { mine, others } = plan.filters(n);
  let denied: string | undefined;
  try {
    const granted: { topic: string; qos: number }[] =
      mine.length === 0 ? [] : await client.subscribeAsync([...mine], { qos: 1 });
    denied = granted.find(({ qos }) => qos >= 128)?.topic;
  } catch (error) {
    denied = `${mine[0]} (${said(error)})`;
  }
  if (denied !== undefined && plan.shared) throw new RefusedConnection('shared', noSharing(plan.url));
  if (denied !== undefined)
    throw new RefusedConnection('rights', notReadable(plan.url, plan.user ?? plan.clientId, denied));
  if (resumed && others.length > 0) await client.unsubscribeAsync([...others]);
}

/** mqtt.js takes "no matching subscribers" for success; the PUBACK itself tells. */
async function publish(client: MqttClient, topic: string, payload: string): Promise<'taken' | 'nobody'> {
  let nobody = false;
  const sent = client.publishAsync(topic, payload, { qos: 1 });
  const id = client.getLastMessageId();
  const look = (packet: Packet) => {
    if (packet.cmd === 'puback' && packet.messageId === id) nobody = packet.reasonCode === 16;
  };
  client.on('packetreceive', look);
  try {
    await sent;
  } finally {
    client.off('packetreceive', look);
  }
  return nobody ? 'nobody' : 'taken';
}

async function close(client: MqttClient): Promise<void> {
  await client.endAsync(true);
}

function refusalOf(plan: SubscriptionPlan, error: Error & { code?: unknown }): Error {
  const { code } = error;
  const { url } = plan;
  if (code === 1 || code === 132) return new RefusedConnection('version', otherVersion(url));
  if (code === 4 || code === 134 || code === 5 || code === 135)
    return new RefusedConnection('rights', logInRefused(url, plan.user));
  if (code === 'ECONNREFUSED') return new RefusedConnection('reach', nothingAnswers(url));
  if (code === 'ENOTFOUND') return new RefusedConnection('reach', unknownName(url));
  return new RefusedConnection('reach', connectionFailed(url, said(error)));
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
