/**
 * Devices behind an outside MQTT broker, through mqtt.js: lasting sessions, and each message's acknowledgement held back
 * until what it said is durable. mqtt.js hands over one message at a time, so several connections share the work: each
 * device belongs to one of them, which keeps its messages in order. With `shared` the broker deals every message to any
 * connection instead; that lifts the limit of one busy device, but the order across connections is lost, and Debian's
 * mosquitto 2.0.11 forgets shared subscriptions at a restart and with them what arrives before we are back.
 * It must never acknowledge what was not kept, and never go on alone when every connection is lost.
 */
import { readFile } from 'node:fs/promises';
import type { Value } from '../../core/types.ts';
import { notOfLine, notWritable } from '../../words/link-words.ts';
import {
  brokerAway,
  brokerReached,
  brokerSilent,
  caUnreadable,
  endsAgainAndAgain,
  nobodyListens,
  outOfReach,
  withoutSharing,
} from '../../words/mqtt-client-words.ts';
import { ofDevice } from '../../words/mqtt-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { MqttClientOptions, MqttDevice } from '../connection-options.ts';
import type { Driver, Line } from '../line.ts';
import { type Decoded, prefixOf, wireOf } from '../payload/topic-decode.ts';
import { type DecodeAll, decodeAll } from './mqtt-channels.ts';
import { DeviceClocks } from './mqtt-clock.ts';
import { type Notices, notices } from './mqtt-notice.ts';
import { type Presence, presence } from './mqtt-presence.ts';
import { type Link, openLink, RefusedConnection, type SubscriptionPlan } from './mqtt-session.ts';
import { connectionsOf, subscriptionPlan } from './mqtt-subscriptions.ts';

/** A lost connection is tried again after a random time up to this, doubling from the first. */
const retryMs = 500;
const retryMaxMs = 10_000;
/** With no connection at all for this long the line is broken. */
const lostMs = 5_000;
const sweepMs = 1_000;
const writeMs = 5_000;
/** A connection that was made and ended this often within a minute is being ended by somebody. */
const endingsMax = 3;
const endingsMs = 60_000;

/** What the connections of a line share. */
interface ClientContext {
  readonly line: Line<MqttClientOptions, MqttDevice>;
  readonly say: Notices;
  readonly clocks: DeviceClocks;
  readonly present: Presence;
  readonly decode: DecodeAll;
  readonly links: Set<Link>;
  /** When the last connection was lost; undefined while there is one. */
  lostAt: number | undefined;
}

export const mqttClient: Driver<MqttClientOptions, MqttDevice> = async (line) => {
  const { options, world, signal } = line;
  const say = notices(line);
  const context: ClientContext = {
    ...{ line, say, clocks: new DeviceClocks(say) },
    present: presence(line),
    decode: decodeAll(line.devices, { maxBytes: maxBytesOf(options), utcOffsetMin: options.utcOffsetMin ?? 480 }),
    links: new Set(),
    lostAt: undefined,
  };
  const broken = Promise.withResolvers<never>();
  try {
    const plan = await chooseWay(context);
    line.ready(brokerReached(options.url));
    line.offer({ write: (device, point, value) => write(context, device, point, value) });
    for (let n = 1; n < connectionsOf(line); n += 1) keepLink(context, plan, n).catch(broken.reject);
    keepLink(context, plan, 0).catch(broken.reject);
    await Promise.race([broken.promise, watch(context)]);
  } finally {
    await Promise.all([...context.links].map((link) => link.close()));
    world.log.info(`MQTT client ${options.clientId} left ${options.url}`, { stopped: signal.aborted });
  }
};

function maxBytesOf(options: MqttClientOptions): number {
  return options.maxPacketBytes ?? 65_536;
}

/** Finds out what the broker can do, with the connection that is to be the first. Throws when it cannot be reached. */
async function chooseWay(context: ClientContext): Promise<SubscriptionPlan> {
  const { options } = context.line;
  const ca = options.ca === undefined ? undefined : await readCa(options.ca);
  let plan = subscriptionPlan(context.line, ca, 5, options.shared === true);
  for (;;) {
    try {
      context.links.add(await open(context, plan, 0));
      return plan;
    } catch (error) {
      if (!(error instanceof RefusedConnection)) throw error;
      if (error.kind === 'version' && plan.version === 5) plan = subscriptionPlan(context.line, ca, 4, plan.shared);
      else if (error.kind === 'shared' && plan.shared) {
        plan = subscriptionPlan(context.line, ca, plan.version, false);
        context.line.trouble('shared', withoutSharing(options.url));
      } else throw error;
    }
  }
}

async function readCa(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new WordedError(caUnreadable(path, said));
  }
}

function open(context: ClientContext, plan: SubscriptionPlan, n: number): Promise<Link> {
  return openLink(plan, n, context.line.signal, (topic, payload, retained) => take(context, topic, payload, retained));
}

/** Keeps one connection up until the line stops; a refusal that will not pass by itself breaks the line. */
async function keepLink(context: ClientContext, plan: SubscriptionPlan, n: number): Promise<void> {
  const { world, signal } = context.line;
  const { url, clientId } = context.line.options;
  let link = n === 0 ? [...context.links][0] : undefined;
  let wait = retryMs;
  let endings: number[] = [];
  while (!signal.aborted) {
    try {
      link ??= await open(context, plan, n);
      context.links.add(link);
      context.lostAt = undefined;
      wait = retryMs;
      await link.ended;
    } catch (error) {
      if (error instanceof RefusedConnection && error.kind !== 'reach') throw error;
      context.say.warn(`${plan.clientId}-${n + 1}`, error instanceof Error ? error.message : String(error));
    }
    if (link) {
      context.links.delete(link);
      endings = [...endings, world.elapsed()].filter((t) => world.elapsed() - t < endingsMs).slice(-endingsMax);
      if (endings.length === endingsMax && !signal.aborted)
        context.say.trouble('twin', endsAgainAndAgain(url, clientId));
    }
    link = undefined;
    if (context.links.size === 0) context.lostAt ??= world.elapsed();
    await quiet(world.sleep(wait * (0.5 + world.random() / 2), signal), signal);
    wait = Math.min(wait * 2, retryMaxMs);
  }
}

/** Waits, and takes being stopped for having waited. */
async function quiet(sleep: Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await sleep;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Returns when the line stops, throws when every connection has been lost for too long. */
async function watch(context: ClientContext): Promise<void> {
  const { world, signal, options } = context.line;
  while (!signal.aborted) {
    await quiet(world.sleep(sweepMs, signal), signal);
    context.say.sweep();
    context.present.sweep();
    if (context.lostAt !== undefined && world.elapsed() - context.lostAt > lostMs)
      throw new WordedError(outOfReach(options.url, lostMs / 1000));
  }
}

/** Takes in one message; resolves when it may be acknowledged. */
async function take(context: ClientContext, topic: string, payload: Buffer, retained: boolean): Promise<void> {
  const all = context.decode(topic, payload, context.line.world.now(), retained);
  await Promise.all(all.map((decoded) => takeDecoded(context, decoded, topic, payload, retained)));
}

async function takeDecoded(
  context: ClientContext,
  decoded: Decoded,
  topic: string,
  payload: Buffer,
  retained: boolean,
): Promise<void> {
  const { line, say, present } = context;
  if (decoded.kind === 'other') return;
  if (decoded.kind === 'drop') {
    const device = decoded.device === undefined ? {} : { device: decoded.device };
    line.drop(decoded.reason, { ...device, topic, payload, why: decoded.why });
    return;
  }
  if (decoded.kind === 'status') {
    present.said(decoded.device, decoded.online, retained);
    return;
  }
  if (decoded.kind === 'beat') {
    // A kept beat is no sign of life.
    if (!retained) present.heard(decoded.device, true);
    return;
  }
  const { report, problem, clock } = decoded;
  if (problem) say.trouble(`payload ${report.device}`, ofDevice(report.device, problem));
  else say.fine(`payload ${report.device}`);
  // What the broker kept for us was told at another time.
  if (clock !== undefined && !retained) context.clocks.heard(report.device, clock, line.world.now());
  if (!retained) present.heard(report.device, false);
  await line.report(report);
}

/** Resolves when the broker took the write: what the device does with it, an outside broker cannot say. */
async function write(context: ClientContext, id: string, point: string, value: Value): Promise<void> {
  const { line } = context;
  const device = line.devices.find((d) => d.id === id);
  if (!device) throw new WordedError(notOfLine(id, line.id));
  const plan = wireOf(device).writes?.[point];
  if (!plan) throw new WordedError(notWritable(id, point));
  const link = [...context.links][0];
  if (!link) throw new WordedError(brokerAway(line.options.url, id));
  const number = `${line.world.now().toString(36)}-${Math.floor(line.world.random() * 2 ** 40).toString(36)}`;
  const topic = `${prefixOf(device)}/set/${plan.name}`;
  const late = new AbortController();
  const limit = line.world.sleep(writeMs, late.signal).then(
    () => Promise.reject(new WordedError(brokerSilent(id, writeMs / 1000))),
    () => undefined,
  );
  try {
    const heardBy = await Promise.race([
      link.publish(topic, JSON.stringify({ [plan.field]: value, id: number })),
      limit,
    ]);
    if (heardBy === 'nobody') throw new WordedError(nobodyListens(id, topic));
  } finally {
    late.abort();
  }
}
