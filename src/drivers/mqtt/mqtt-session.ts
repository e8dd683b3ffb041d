/**
 * One connection of ours to an outside broker, with a lasting session. It hands each message over and acknowledges it
 * when that is done; when that fails it closes, so that the broker sends the message again.
 * It must never reconnect by itself: mqtt.js would, every second, without end.
 */
import mqtt, { type IClientOptions, type MqttClient, type Packet } from 'mqtt';

const connectMs = 10_000;
const keepaliveS = 30;
/** The broker keeps what we have not acknowledged for this long after a connection is lost: one week. */
const sessionS = 7 * 24 * 3600;
const subscribeBatch = 100;

/** How to reach a broker and what to ask of it. */
export interface Way {
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
export class Refused extends Error {
  readonly why: 'reach' | 'version' | 'shared' | 'rights' | 'twin';
  constructor(why: Refused['why'], message: string) {
    super(message);
    this.why = why;
  }
}

type Take = (topic: string, payload: Buffer, retained: boolean) => Promise<void>;

/** Connects and subscribes; resolves when both are done. */
export async function openLink(way: Way, n: number, signal: AbortSignal, take: Take): Promise<Link> {
  signal.throwIfAborted();
  const client = mqtt.connect(way.url, optionsOf(way, n));
  const ended = Promise.withResolvers<void>();
  // Whoever waits for the end is told; before that the same error is thrown from here.
  ended.promise.catch(() => undefined);
  const end = (error: Error) => {
    ended.reject(error);
    client.end(true);
  };
  client.on('error', (error) => end(refusalOf(way, error)));
  client.on('close', () =>
    end(
      new Refused(
        'reach',
        `与 MQTT 服务器 ${way.url} 的连接断开了 / the connection to the MQTT broker ${way.url} ended`,
      ),
    ),
  );
  client.on('disconnect', ({ reasonCode }) => {
    if (reasonCode === 142)
      end(
        new Refused(
          'twin',
          `另有程序用客户端标识 ${way.clientId} 登录 ${way.url}，请给每个网关各自的标识 / another program connects to ${way.url} with the client id ${way.clientId}; give each gateway its own`,
        ),
      );
  });
  client.handleMessage = (packet, done) => {
    if (packet.cmd !== 'publish') return done();
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    take(packet.topic, payload, packet.retain).then(
      () => done(),
      (error: unknown) =>
        end(
          new Refused(
            'reach',
            `一条消息未能保存，将重新索取：${said(error)} / a message was not kept and is asked for again: ${said(error)}`,
          ),
        ),
    );
  };
  const stopped = () => end(new Refused('reach', '线路停止 / the line stops'));
  signal.addEventListener('abort', stopped, { once: true });
  client.once('close', () => signal.removeEventListener('abort', stopped));
  try {
    const resumed = await Promise.race([connected(client, way), ended.promise]);
    await Promise.race([subscribe(client, way, n, resumed === true), ended.promise]);
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

function optionsOf(way: Way, n: number): IClientOptions {
  return {
    clientId: `${way.clientId}-${n + 1}`,
    protocolVersion: way.version,
    clean: false,
    keepalive: keepaliveS,
    connectTimeout: connectMs,
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
    subscribeBatchSize: subscribeBatch,
    ...(way.user === undefined ? {} : { username: way.user }),
    ...(way.password === undefined ? {} : { password: way.password }),
    ...(way.ca === undefined ? {} : { ca: way.ca }),
    // The broker itself withholds what is too large; a megabyte of slack lets most such messages come and be counted.
    ...(way.version === 5
      ? {
          properties: {
            sessionExpiryInterval: sessionS,
            maximumPacketSize: way.maxBytes + 1_048_576,
            receiveMaximum: 100,
          },
        }
      : {}),
  };
}

/** Resolves with whether the broker still had the session. */
function connected(client: MqttClient, way: Way): Promise<boolean> {
  return new Promise((resolve, reject) => {
    client.once('connect', ({ properties, sessionPresent }) => {
      const none = way.shared && properties?.sharedSubscriptionAvailable === false;
      if (none) reject(new Refused('shared', noSharing(way)));
      else resolve(sessionPresent);
    });
  });
}

async function subscribe(client: MqttClient, way: Way, n: number, resumed: boolean): Promise<void> {
  const { mine, others } = way.filters(n);
  let denied: string | undefined;
  try {
    const granted: { topic: string; qos: number }[] =
      mine.length === 0 ? [] : await client.subscribeAsync([...mine], { qos: 1 });
    denied = granted.find(({ qos }) => qos >= 128)?.topic;
  } catch (error) {
    denied = `${mine[0]} (${said(error)})`;
  }
  if (denied !== undefined && way.shared) throw new Refused('shared', noSharing(way));
  if (denied !== undefined) throw new Refused('rights', notReadable(way, denied));
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

function refusalOf(way: Way, error: Error & { code?: unknown }): Error {
  const { code } = error;
  const { url } = way;
  if (code === 1 || code === 132)
    return new Refused(
      'version',
      `MQTT 服务器 ${url} 的协议版本不符 / the MQTT broker ${url} speaks another MQTT version`,
    );
  if (code === 4 || code === 134 || code === 5 || code === 135) {
    const [zh, en] = way.user === undefined ? ['匿名登录', 'a log-in without user'] : [way.user, way.user];
    return new Refused(
      'rights',
      `MQTT 服务器 ${url} 拒绝了 ${zh}，请核对用户名和密码 / the MQTT broker ${url} refused ${en}; check user and password`,
    );
  }
  if (code === 'ECONNREFUSED')
    return new Refused(
      'reach',
      `${url} 没有应答，请检查 MQTT 服务器是否在运行 / nothing answers at ${url}; see whether the MQTT broker runs`,
    );
  if (code === 'ENOTFOUND')
    return new Refused('reach', `找不到 ${url} 中的主机名，请核对 / the name in ${url} is not known; check it`);
  return new Refused(
    'reach',
    `与 MQTT 服务器 ${url} 的连接失败：${said(error)} / the connection to the MQTT broker ${url} failed: ${said(error)}`,
  );
}

function noSharing({ url }: Way): string {
  return `MQTT 服务器 ${url} 不支持共享订阅 / the MQTT broker ${url} has no shared subscriptions`;
}

function notReadable(way: Way, topic: string): string {
  const who = way.user ?? way.clientId;
  return `MQTT 服务器 ${way.url} 不允许 ${who} 订阅 ${topic}，请给它权限 / the MQTT broker ${way.url} does not let ${who} read ${topic}; give it that right`;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
