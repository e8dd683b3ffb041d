/**
 * The embedded MQTT broker (aedes): devices log in here with their id and password and publish under their own topic.
 * A QoS 1 message is acknowledged when what it said is durable, not before. MQTT 3.1 and 3.1.1.
 * It must never pass one device's messages to another, keep a message for an absent device, or let a hook throw.
 */
import type { EventEmitter } from 'node:events';
import { Aedes, type AedesOptions, type AuthenticateError, type Client, type PublishPacket } from 'aedes';
import { writeToStream } from 'mqtt-packet';
import type { Words } from '../../core/types.ts';
import { deviceReports, notOfLine } from '../../words/link-words.ts';
import {
  brokerListens,
  cameIn,
  connectionBroke,
  goesOffline,
  heartbeatMissed,
  ofDevice,
  packetTooLarge,
  passwordMissing,
  wrongTopic,
} from '../../words/mqtt-words.ts';
import { WordedError, wordsOf } from '../../words/worded-error.ts';
import type { BrokerOptions, MqttDevice } from '../connection-options.ts';
import type { Driver } from '../line.ts';
import { decoder } from '../payload/topic-decode.ts';
import { DeviceClocks } from './mqtt-clock.ts';
import { openDoors, type Ports } from './mqtt-listen.ts';
import { notices } from './mqtt-notice.ts';
import { type BrokerContext, clip, guardOf, keepaliveMaxS, logIn, maySubscribe, prepare } from './mqtt-rights.ts';
import { accountsOf, owe, settle, write } from './mqtt-sessions.ts';
import { PacketTooLarge } from './mqtt-size-limit.ts';

/** The line's options, and for whoever asked for port 0, which ports it became. */
export interface BrokerPlace extends BrokerOptions {
  readonly onListening?: (ports: Ports) => void;
}

/** Time to send CONNECT; time a subscriber may take to drain; between two sweeps; for closing at the end. */
const connectMs = 10_000;
const drainMs = 3_000;
const sweepMs = 15_000;
const closeMs = 2_000;
/** What a device publishes is turned to this topic once it is read; nobody may subscribe to it. */
const sink = 'read';

/**
 * A broker that passes on nothing a device publishes: by then it was read, and nobody may subscribe to the sink. To look for subscribers
 * there would cost as much as to decide what was said.
 */
class ReadingBroker extends Aedes {
  /** As the library calls it, with the client for what came from one. `done` in a later turn: amid a packet it would read on into the next. */
  override publish(packet: PublishPacket, from: Client | null | (() => void), done?: () => void): void {
    if (typeof from === 'function') super.publish(packet, from);
    else setImmediate(done ?? (() => undefined));
  }
}

// The library would keep all 65,536 numbers of messages ready made, each a buffer: seven megabytes for two bytes that are soon written.
writeToStream.cacheNumbers = false;

/** A message whose facts could not be kept: the connection is dropped so that the device sends it again. */
class NotKept extends WordedError {}

export const mqttBroker: Driver<BrokerPlace, MqttDevice> = async (line) => {
  const { options } = line;
  const maxPacketBytes = options.maxPacketBytes ?? 65_536;
  const broken = Promise.withResolvers<never>();
  const say = notices(line);
  const context: BrokerContext = {
    ...{ line, say, clocks: new DeviceClocks(say) },
    accounts: accountsOf(line.devices),
    sessions: new WeakMap(),
    decode: decoder(line.devices, { maxBytes: maxPacketBytes, utcOffsetMin: options.utcOffsetMin ?? 480 }),
    broken: broken.reject,
  };
  sayMissingPasswords(context);
  const broker = new ReadingBroker(hooks(context));
  await broker.listen();
  listenTo(broker, context);
  const doors = { ...options, maxPacketBytes, maxClients: options.maxClients ?? 2_000 };
  let open: Awaited<ReturnType<typeof openDoors>> | undefined;
  try {
    open = await openDoors(doors, context.say, (guard) => broker.handle(guard), broken.reject);
    line.ready(brokerListens(options.host));
    line.offer({ write: (device, point, value) => writeTo(context, device, point, value) });
    line.world.log.info(`MQTT broker listens on ${options.host}`, { ...open.ports });
    options.onListening?.(open.ports);
    await Promise.race([broken.promise, tend(context)]);
  } finally {
    open?.close();
    const closed = new Promise<void>((resolve) => broker.close(resolve));
    await Promise.race([closed, line.world.sleep(closeMs)]);
  }
};

/** Returns when the line must stop. */
async function tend(context: BrokerContext): Promise<void> {
  const { signal, world } = context.line;
  while (!signal.aborted) {
    try {
      await world.sleep(sweepMs, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    context.say.sweep();
  }
}

function sayMissingPasswords({ accounts, say }: BrokerContext): void {
  for (const { id, digest } of accounts.values()) {
    if (!digest) say.trouble(`password ${id}`, passwordMissing(id));
  }
}

async function writeTo(
  context: BrokerContext,
  device: string,
  point: string,
  value: boolean | number | string,
): Promise<void> {
  const account = context.accounts.get(device);
  if (!account) throw new WordedError(notOfLine(device, context.line.id));
  await write(context.line, account, point, value);
}

/** aedes dies of a hook that throws, so none may. */
function hooks(context: BrokerContext): AedesOptions {
  return {
    connectTimeout: connectMs,
    drainTimeout: drainMs,
    keepaliveLimit: keepaliveMaxS,
    maxInflightInbound: 100,
    // The limit is for MQTT 3.1 and would count the account name that goes in front; `prepare` has its own.
    maxClientsIdLength: 2 * 65_535,
    maxTopicLevels: 20,
    preConnect: (client, packet, done) => {
      const refused = attempt(() => prepare(context, client, packet));
      done(refused ?? null, refused === undefined);
    },
    authenticate: (client, user, password, done) => {
      const refused = attempt(() => logIn(context, client, user, password));
      done(refused ? (Object.assign(refused, { returnCode: 4 as const }) as AuthenticateError) : null, !refused);
    },
    authorizeSubscribe: (client, subscription, done) => {
      const refused = attempt(() => maySubscribe(context, client, subscription.topic));
      done(null, refused ? null : subscription);
    },
    authorizePublish: (client, packet, done) => {
      const refused = attempt(() => take(context, client, packet, done));
      if (refused) done(refused);
    },
  };
}

/** Runs a hook; what it returns or throws is the refusal. */
function attempt(hook: () => Error | undefined): Error | undefined {
  try {
    return hook();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Takes in one message. The answer goes out when it is kept, and never before that of an earlier message. */
function take(
  context: BrokerContext,
  client: Client | null,
  packet: PublishPacket,
  done: (error?: Error | null) => void,
): Error | undefined {
  const session = client ? context.sessions.get(client) : undefined;
  if (!session) return new Error('not logged in');
  const { line, say } = context;
  const { id, prefix } = session.account;
  const { topic } = packet;
  const payload = packet.payload as Buffer;
  packet.topic = sink;
  packet.retain = false;
  const answer = owe(session, done);
  const decoded = context.decode(topic, payload, line.world.now());
  const owner = decoded.kind === 'report' ? decoded.report.device : decoded.device;
  if (owner !== id) {
    const why = topic.startsWith(`${prefix}/`) ? 'its profile has no such topic' : `may only publish under ${prefix}/`;
    line.drop('unknown-topic', { device: id, topic: clip(topic), payload, why });
    say.trouble(`topic ${id}`, wrongTopic(id, clip(topic), prefix, owner !== undefined));
  } else if (decoded.kind === 'report') {
    if (decoded.problem) say.trouble(`payload ${id}`, ofDevice(id, decoded.problem));
    else say.fine(`payload ${id}`);
    if (decoded.clock !== undefined) context.clocks.heard(id, decoded.clock, line.world.now());
    const settled = (error?: Error): void => {
      // Runs as the end of a promise, where a throw would be heard by nobody.
      try {
        settle(session, answer, error);
      } catch (broken) {
        context.broken(broken as Error);
      }
    };
    line.report({ ...decoded.report, from: session.guard.address }).then(
      () => settled(),
      // A QoS 0 message cannot be asked for again; the gateway has counted it.
      (error: unknown) => settled(packet.qos === 0 ? undefined : new NotKept(clipped(error))),
    );
    return undefined;
  } else if (decoded.kind === 'drop') {
    line.drop(decoded.reason, { device: id, topic, payload, why: decoded.why });
  } else if (decoded.kind !== 'status' || decoded.online) {
    line.link(id, true, deviceReports(id));
  } else if (session === session.account.open.at(-1)) {
    line.link(id, false, goesOffline(id));
  }
  settle(session, answer);
  return undefined;
}

function listenTo(broker: Aedes, context: BrokerContext): void {
  const { line } = context;
  (broker as EventEmitter).on('error', context.broken);
  broker.on('clientReady', (client) => {
    const session = context.sessions.get(client);
    session?.guard.emit('login');
    // One that has ended meanwhile is no longer among the open ones, and has said so.
    if (session?.account.open.includes(session))
      line.link(session.account.id, true, cameIn(session.account.id, session.guard.address));
  });
  broker.on('subscribe', (granted, client) => {
    const filters = context.sessions.get(client)?.filters;
    for (const { topic, qos } of granted) if (filters && (qos as number) !== 128) filters.set(topic, qos);
  });
  broker.on('unsubscribe', (topics, client) => {
    for (const topic of topics) context.sessions.get(client)?.filters.delete(topic);
  });
  broker.on('ack', (_packet, client) => context.sessions.get(client)?.confirmed?.());
  broker.on('keepaliveTimeout', (client) => {
    const session = context.sessions.get(client);
    if (session) session.why = heartbeatMissed(session.account.id);
  });
  broker.on('clientError', (client, error) => failed(context, client, error));
  broker.on('connectionError', (client, error) => failed(context, client, error));
}

/** Errors aedes makes itself that say nothing against what the sender sent. */
const harmless = new Set([
  'keep alive timeout',
  'drain timeout',
  'connection closed',
  'connect did not arrive in time',
]);

/** A connection ended badly: say why, count what was unusable. */
function failed(context: BrokerContext, client: Client, error: Error & { code?: string; errorCode?: number }): void {
  const { line, say } = context;
  const session = context.sessions.get(client);
  const address = guardOf(client).address;
  const device = session ? { device: session.account.id } : {};
  const who = session?.account.id ?? address;
  if (session) session.why ??= connectionBroke(who, clipped(error));
  if (error instanceof NotKept) return;
  if (error instanceof PacketTooLarge) {
    line.drop('too-large', { ...device, why: `${error.message}, refused` });
    say.trouble(session ? `size ${who}` : 'size', packetTooLarge(who, error.announced));
  } else if (error.code === undefined && error.errorCode === undefined && !harmless.has(error.message)) {
    line.drop('bad-payload', { ...device, why: `broke the MQTT protocol: ${clip(error.message)}` });
  }
  say.warn(address, clip(error.message));
}

/** What an error says, no longer than a person reads. */
function clipped(error: unknown): Words {
  const { zh, en } = wordsOf(error);
  return { zh: clip(zh), en: clip(en) };
}
