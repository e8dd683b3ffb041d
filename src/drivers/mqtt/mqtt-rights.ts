/**
 * What a device may do at the embedded broker: how it must connect, who it is, where it may publish and subscribe.
 * It must never say in an answer to a stranger which device names exist.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AedesOptions, Client } from 'aedes';
import type { MqttDevice } from '../connection-options.ts';
import type { Line } from '../line.ts';
import type { Decode } from './mqtt-decode.ts';
import type { Notices } from './mqtt-notice.ts';
import { type BrokerAccount, type DeviceSession, filtersMax, openSession } from './mqtt-sessions.ts';
import { Guard } from './mqtt-size-limit.ts';

/** Longest keep-alive a device may ask for, seconds. */
export const keepaliveMaxS = 120;
const clientIdMax = 256;

/** What the hooks share. */
export interface BrokerContext {
  readonly line: Line<unknown, MqttDevice>;
  readonly say: Notices;
  readonly accounts: ReadonlyMap<string, BrokerAccount>;
  readonly sessions: WeakMap<Client, DeviceSession>;
  readonly decode: Decode;
  broken(error: Error): void;
}

/** Shapes a CONNECT before aedes reads it. */
export function prepare(
  context: BrokerContext,
  client: Client,
  packet: Parameters<NonNullable<AedesOptions['preConnect']>>[1],
): Error | undefined {
  const { address } = guardOf(client);
  const account = context.accounts.get(packet.username ?? '');
  const who = account?.id ?? address;
  if (packet.protocolVersion === 5) {
    context.say.trouble(account ? `version ${account.id}` : 'version', {
      zh: `${who} 用 MQTT 5 连接，内置服务器只支持 3.1.1；请在设备上改为 3.1.1，或改用外部 MQTT 服务器`,
      en: `${who} connects with MQTT 5 and the embedded broker speaks 3.1.1; set the device to 3.1.1 or use an outside broker`,
    });
  }
  if (!packet.keepalive || packet.keepalive > keepaliveMaxS) {
    context.say.trouble(account ? `keepalive ${account.id}` : 'keepalive', {
      zh: `${who} 的心跳间隔为 ${packet.keepalive ?? 0} 秒，已被拒绝；请设为 1 至 ${keepaliveMaxS} 秒`,
      en: `${who} asks for a keep-alive of ${packet.keepalive ?? 0} s and was refused; set 1 to ${keepaliveMaxS} s`,
    });
  }
  if (packet.clientId.length > clientIdMax) return new Error(`client id of ${packet.clientId.length} characters`);
  if (packet.clientId === '' && packet.clean === false && account) {
    context.say.trouble(`client id ${account.id}`, {
      zh: `${account.id} 要求保留会话却没有客户端标识；已按新会话处理，请在设备上设置客户端标识`,
      en: `${account.id} asks for a lasting session without a client id; it gets a new session each time. Set a client id in the device`,
    });
  }
  // Client ids of one account cannot push out those of another.
  const own = packet.clientId || `${context.line.world.elapsed()}-${context.line.world.random()}`;
  packet.clientId = `${packet.username ?? ''}/${own}`;
  // A lasting session would hand a siren command of last night to a device that comes back this morning.
  packet.clean = true;
  // The end of its connection says the same at once, and cannot arrive after the device is back.
  delete packet.will;
  return undefined;
}

export function logIn(
  context: BrokerContext,
  client: Client,
  user: string | undefined,
  password: Buffer | undefined,
): Error | undefined {
  const guard = guardOf(client);
  const account = context.accounts.get(user ?? '');
  const given = createHash('sha256')
    .update(password ?? '')
    .digest();
  // An unknown name costs the same time as a known one.
  const same = timingSafeEqual(given, account?.digest ?? createHash('sha256').update('').digest());
  if (!account) {
    context.line.drop('unknown-device', { why: `log-in as ${clip(user ?? '(no name)')} from ${guard.address}` });
    context.say.trouble('login', {
      zh: `${guard.address} 用未配置的账号登录 MQTT；请在配置中加入该设备，或改正设备上的用户名（用户名就是设备编号）`,
      en: `${guard.address} logs in to MQTT with a name that is no device; add the device, or set its user name to its device id`,
    });
    return new Error('unknown user name');
  }
  if (!account.digest || !same) {
    if (account.digest)
      context.say.trouble(`password ${account.id}`, {
        zh: `${account.id} 的 MQTT 密码不对（来自 ${guard.address}）；请核对设备与配置中的密码`,
        en: `${account.id} gave a wrong MQTT password (from ${guard.address}); make the device and the configuration agree`,
      });
    return new Error('wrong password');
  }
  const session = openSession(context.line, context.say, account, client, guard);
  if (!session) {
    context.say.trouble(`twins ${account.id}`, {
      zh: `账号 ${account.id} 的连接过多，新的连接被拒绝；请检查是否有多台设备共用该账号`,
      en: `${account.id} has too many connections open and a new one was refused; look for several devices sharing the account`,
    });
    return new Error('too many connections of this device');
  }
  context.sessions.set(client, session);
  // A wrong password or version stays told until it passes: it may have been somebody else.
  context.say.fine(`keepalive ${account.id}`);
  return undefined;
}

export function maySubscribe(context: BrokerContext, client: Client, filter: string): Error | undefined {
  const session = context.sessions.get(client);
  if (!session) return new Error('not logged in');
  const { id, prefix } = session.account;
  if (filter.startsWith(`${prefix}/set/`) && session.filters.size < filtersMax) return undefined;
  context.line.drop('unknown-topic', { device: id, topic: clip(filter), why: `may only subscribe to ${prefix}/set/#` });
  context.say.trouble(`topic ${id}`, {
    zh: `${id} 想订阅 ${clip(filter)}，已被拒绝；它只能订阅 ${prefix}/set/#`,
    en: `${id} asked to subscribe to ${clip(filter)} and was refused; it may only subscribe to ${prefix}/set/#`,
  });
  return new Error('not its topic');
}

export function guardOf(client: Client): Guard {
  if (client.conn instanceof Guard) return client.conn;
  throw new Error('a connection reached the broker past its guard');
}

export function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
