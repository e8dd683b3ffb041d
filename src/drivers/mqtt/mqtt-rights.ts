/**
 * What a device may do at the embedded broker: how it must connect, who it is, where it may publish and subscribe.
 * It must never say in an answer to a stranger which device names exist.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AedesOptions, Client } from 'aedes';
import {
  clientIdMissing,
  filterRefused,
  tooManyConnections,
  unknownAccount,
  versionUnknown,
  wrongKeepalive,
  wrongPassword,
} from '../../words/mqtt-words.ts';
import type { MqttDevice } from '../connection-options.ts';
import type { Line } from '../line.ts';
import type { Decode } from '../payload/topic-decode.ts';
import type { DeviceClocks } from './mqtt-clock.ts';
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
  readonly clocks: DeviceClocks;
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
    context.say.trouble(account ? `version ${account.id}` : 'version', versionUnknown(who));
  }
  if (!packet.keepalive || packet.keepalive > keepaliveMaxS) {
    context.say.trouble(
      account ? `keepalive ${account.id}` : 'keepalive',
      wrongKeepalive(who, packet.keepalive ?? 0, keepaliveMaxS),
    );
  }
  if (packet.clientId.length > clientIdMax) return new Error(`client id of ${packet.clientId.length} characters`);
  if (packet.clientId === '' && packet.clean === false && account) {
    context.say.trouble(`client id ${account.id}`, clientIdMissing(account.id));
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
    context.say.trouble('login', unknownAccount(guard.address));
    return new Error('unknown user name');
  }
  if (!account.digest || !same) {
    if (account.digest) context.say.trouble(`password ${account.id}`, wrongPassword(account.id, guard.address));
    return new Error('wrong password');
  }
  // What came behind its CONNECT in the same segment may have ended the connection already: its end would never be heard.
  if (guard.destroyed) return new Error('the connection is closed already');
  const session = openSession(context.line, context.say, account, client, guard);
  if (!session) {
    context.say.trouble(`twins ${account.id}`, tooManyConnections(account.id));
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
  context.say.trouble(`topic ${id}`, filterRefused(id, clip(filter), prefix));
  return new Error('not its topic');
}

export function guardOf(client: Client): Guard {
  if (client.conn instanceof Guard) return client.conn;
  throw new Error('a connection reached the broker past its guard');
}

export function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
