/**
 * Devices behind an outside MQTT broker, through mqtt.js: lasting sessions, and each message's acknowledgement held back
 * until what it said is durable. mqtt.js hands over one message at a time, so several connections share the work: each
 * device belongs to one of them, which keeps its messages in order. With `shared` the broker deals every message to any
 * connection instead; that lifts the limit of one busy device, but the order across connections is lost, and Debian's
 * mosquitto 2.0.11 forgets shared subscriptions at a restart and with them what arrives before we are back.
 * It must never acknowledge what was not kept, and never go on alone when every connection is lost.
 */
import { readFile } from 'node:fs/promises';
import type { Value, Words } from '../../core/types.ts';
import type { MqttClientOptions, MqttDevice } from '../connection-options.ts';
import type { Driver, Line } from '../line.ts';
import { type Decode, decoder, prefixOf, wireOf } from './mqtt-decode.ts';
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
  readonly present: Presence;
  readonly decode: Decode;
  readonly links: Set<Link>;
  /** When the last connection was lost; undefined while there is one. */
  lostAt: number | undefined;
}

export const mqttClient: Driver<MqttClientOptions, MqttDevice> = async (line) => {
  const { options, world, signal } = line;
  const context: ClientContext = {
    line,
    say: notices(line),
    present: presence(line),
    decode: decoder(line.devices, { maxBytes: maxBytesOf(options), utcOffsetMin: options.utcOffsetMin ?? 480 }),
    links: new Set(),
    lostAt: undefined,
  };
  const broken = Promise.withResolvers<never>();
  try {
    const plan = await chooseWay(context);
    line.ready(`已连上 ${options.url} / connected to ${options.url}`);
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
      if (error.why === 'version' && plan.version === 5) plan = subscriptionPlan(context.line, ca, 4, plan.shared);
      else if (error.why === 'shared' && plan.shared) {
        plan = subscriptionPlan(context.line, ca, plan.version, false);
        context.line.trouble('shared', {
          zh: `MQTT 服务器 ${options.url} 不支持共享订阅，已改为按设备分配连接；请换用支持的服务器，或去掉 shared`,
          en: `the MQTT broker ${options.url} has no shared subscriptions, so each device is given to one connection; use a broker that has them, or leave shared out`,
        });
      } else throw error;
    }
  }
}

async function readCa(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(
      `读不出 MQTT 服务器的证书 ${path}（${said}），请检查路径和权限 / the certificate ${path} for the MQTT broker cannot be read (${said}); check the path and its rights`,
    );
  }
}

function open(context: ClientContext, plan: SubscriptionPlan, n: number): Promise<Link> {
  return openLink(plan, n, context.line.signal, (topic, payload, retained) => take(context, topic, payload, retained));
}

/** Keeps one connection up until the line stops; a refusal that will not pass by itself breaks the line. */
async function keepLink(context: ClientContext, plan: SubscriptionPlan, n: number): Promise<void> {
  const { world, signal } = context.line;
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
      if (error instanceof RefusedConnection && error.why !== 'reach') throw error;
      context.say.warn(`${plan.clientId}-${n + 1}`, error instanceof Error ? error.message : String(error));
    }
    if (link) {
      context.links.delete(link);
      endings = [...endings, world.elapsed()].filter((t) => world.elapsed() - t < endingsMs).slice(-endingsMax);
      if (endings.length === endingsMax && !signal.aborted) context.say.trouble('twin', restless(context.line.options));
    }
    link = undefined;
    if (context.links.size === 0) context.lostAt ??= world.elapsed();
    await quiet(world.sleep(wait * (0.5 + world.random() / 2), signal), signal);
    wait = Math.min(wait * 2, retryMaxMs);
  }
}

function restless({ url, clientId }: MqttClientOptions): Words {
  return {
    zh: `MQTT 服务器 ${url} 一再断开连接；可能另有程序使用客户端标识 ${clientId}，请给每个网关各自的标识`,
    en: `the MQTT broker ${url} ends our connections again and again; another program may use the client id ${clientId}: give each gateway its own`,
  };
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
      throw new Error(
        `MQTT 服务器 ${options.url} 已 ${lostMs / 1000} 秒连不上，请检查它是否在运行 / the MQTT broker ${options.url} has been out of reach for ${lostMs / 1000} s; see whether it runs`,
      );
  }
}

/** Takes in one message; resolves when it may be acknowledged. */
async function take(context: ClientContext, topic: string, payload: Buffer, retained: boolean): Promise<void> {
  const { line, say, present } = context;
  const decoded = context.decode(topic, payload, line.world.now(), retained);
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
  const { report, problem } = decoded;
  if (problem) say.trouble(`payload ${report.device}`, named(report.device, problem));
  else say.fine(`payload ${report.device}`);
  if (!retained) present.heard(report.device, false);
  await line.report(report);
}

function named(device: string, problem: Words): Words {
  return { zh: `${device}：${problem.zh}`, en: `${device}: ${problem.en}` };
}

/** Resolves when the broker took the write: what the device does with it, an outside broker cannot say. */
async function write(context: ClientContext, id: string, point: string, value: Value): Promise<void> {
  const { line } = context;
  const device = line.devices.find((d) => d.id === id);
  if (!device) throw new Error(`${id} 不是线路 ${line.id} 的设备 / ${id} is not a device of line ${line.id}`);
  const plan = wireOf(device).writes?.[point];
  if (!plan)
    throw new Error(
      `${id} 没有可写的点 ${point}，请查看型号文件 / ${id} has no point ${point} that can be written; see its profile`,
    );
  const link = [...context.links][0];
  if (!link)
    throw new Error(
      `未连接 MQTT 服务器 ${line.options.url}，没有向 ${id} 写入 / the MQTT broker ${line.options.url} is not connected; nothing was written to ${id}`,
    );
  const number = `${line.world.now().toString(36)}-${Math.floor(line.world.random() * 2 ** 40).toString(36)}`;
  const topic = `${prefixOf(device)}/set/${plan.name}`;
  const late = new AbortController();
  const limit = line.world.sleep(writeMs, late.signal).then(
    () =>
      Promise.reject(
        new Error(
          `MQTT 服务器未在 ${writeMs / 1000} 秒内确认对 ${id} 的写入 / the MQTT broker did not confirm the write to ${id} within ${writeMs / 1000} s`,
        ),
      ),
    () => undefined,
  );
  try {
    const heardBy = await Promise.race([
      link.publish(topic, JSON.stringify({ [plan.field]: value, id: number })),
      limit,
    ]);
    if (heardBy === 'nobody')
      throw new Error(
        `MQTT 服务器收下了写入，但 ${id} 没有订阅 ${topic} / the MQTT broker took the write, but ${id} does not listen on ${topic}`,
      );
  } finally {
    late.abort();
  }
}
