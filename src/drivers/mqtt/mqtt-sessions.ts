/**
 * Who is logged in at the embedded broker: which connections each device has open, what that says about its link,
 * and the way back to it for a write. It must never decide what a device may do; the broker's hooks do that.
 */
import { createHash } from 'node:crypto';
import type { Client } from 'aedes';
import type { Value, Words } from '../../core/types.ts';
import { notWritable } from '../../words/link-words.ts';
import {
  cannotConfirm,
  closedConnection,
  lostBeforeConfirmed,
  notConfirmed,
  notConnected,
  notSubscribed,
  pushEachOtherOut,
  writesWaiting,
} from '../../words/mqtt-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { MqttDevice } from '../connection-options.ts';
import type { Line, LineDevice } from '../line.ts';
import { prefixOf, wireOf } from '../payload/topic-decode.ts';
import type { Notices } from './mqtt-notice.ts';
import type { Guard } from './mqtt-size-limit.ts';

/** Connections one device may have open: itself, a half-open one of before, a technician's laptop. */
const sessionsMax = 4;
/** Filters one connection may subscribe to; they all lie under its own `set/`. */
export const filtersMax = 16;
const writesMax = 8;
/** Messages of one connection that may wait to be kept. With so many, nothing more is read from it. */
const owedMax = 256;
/** A device that took a write and does not confirm it for this long is not working. */
const confirmMs = 5_000;
/** This many connections replaced by the next within `takeoverMs` is two machines fighting, not one reconnecting. */
const takeoverMax = 3;
const takeoverMs = 60_000;

export interface BrokerAccount {
  readonly id: string;
  readonly prefix: string;
  readonly device: LineDevice<MqttDevice>;
  /** SHA-256 of the password; undefined when none is configured. */
  readonly digest: Buffer | undefined;
  /** Oldest first. */
  readonly open: DeviceSession[];
  takeovers: number[];
  waiting: number;
  tail: Promise<void>;
}

export interface DeviceSession {
  readonly account: BrokerAccount;
  readonly client: Client;
  readonly guard: Guard;
  /** Answers owed to the device, oldest first; MQTT wants them in the order of its messages. */
  readonly owed: { readonly answer: (error?: Error | null) => void; settled: boolean; error: Error | undefined }[];
  /** Granted filters and their QoS. */
  readonly filters: Map<string, number>;
  /** Set while a write waits for the device's PUBACK. */
  confirmed: ((error?: Error) => void) | undefined;
  /** Why it ended, once known. */
  why: Words | undefined;
}

export function accountsOf(devices: readonly LineDevice<MqttDevice>[]): Map<string, BrokerAccount> {
  return new Map(
    devices.map((device) => {
      const password = device.options.password;
      const digest = password === undefined ? undefined : createHash('sha256').update(password).digest();
      const fresh = { open: [], takeovers: [], waiting: 0, tail: Promise.resolve() };
      return [device.id, { id: device.id, prefix: prefixOf(device), device, digest, ...fresh }];
    }),
  );
}

/** Books a connection that has proved who it is. Returns undefined when the device has too many open. */
export function openSession(
  line: Line,
  say: Notices,
  account: BrokerAccount,
  client: Client,
  guard: Guard,
): DeviceSession | undefined {
  const replaced = account.open.find((s) => s.client.id === client.id);
  if (replaced) noteTakeover(line, say, account, replaced.guard.address, guard.address);
  else if (account.open.length >= sessionsMax) return undefined;
  const session: DeviceSession = {
    account,
    client,
    guard,
    owed: [],
    filters: new Map(),
    confirmed: undefined,
    why: undefined,
  };
  account.open.push(session);
  guard.once('close', () => {
    account.open.splice(account.open.indexOf(session), 1);
    session.confirmed?.(new WordedError(lostBeforeConfirmed(account.id)));
    if (account.open.length === 0 && !line.signal.aborted)
      line.link(account.id, false, session.why ?? closedConnection(account.id));
  });
  return session;
}

function noteTakeover(line: Line, say: Notices, account: BrokerAccount, before: string, after: string): void {
  const now = line.world.elapsed();
  account.takeovers = account.takeovers.filter((t) => now - t < takeoverMs);
  account.takeovers.push(now);
  if (account.takeovers.length < takeoverMax) return;
  account.takeovers = account.takeovers.slice(-takeoverMax);
  say.trouble(`twins ${account.id}`, pushEachOtherOut(account.id, before, after));
}

/** Books an answer that is owed until its message is kept. */
export function owe(session: DeviceSession, answer: (error?: Error | null) => void): DeviceSession['owed'][number] {
  const owed = { answer, settled: false, error: undefined };
  session.owed.push(owed);
  // aedes reads on while answers are outstanding, so the bound must stand at the door.
  if (session.owed.length >= owedMax) session.guard.hold(true);
  return owed;
}

/** Settles one answer and sends every answer that is now first in line. */
export function settle(session: DeviceSession, answer: DeviceSession['owed'][number], error?: Error): void {
  answer.settled = true;
  answer.error = error;
  while (session.owed[0]?.settled) {
    const first = session.owed.shift()!;
    first.answer(first.error ?? null);
  }
  if (session.owed.length < owedMax / 2) session.guard.hold(false);
}

/** Writes one point and resolves at the device's own PUBACK. Writes to one device go one at a time, in order. */
export async function write(line: Line, account: BrokerAccount, point: string, value: Value): Promise<void> {
  const way = wireOf(account.device).writes?.[point];
  if (!way) throw new WordedError(notWritable(account.id, point));
  if (account.waiting >= writesMax) throw new WordedError(writesWaiting(account.id, writesMax));
  account.waiting += 1;
  const topic = `${account.prefix}/set/${way.name}`;
  const id = `${line.world.now().toString(36)}-${Math.floor(line.world.random() * 2 ** 40).toString(36)}`;
  const mine = account.tail.then(() => send(line, account, topic, JSON.stringify({ [way.field]: value, id })));
  account.tail = mine.then(
    () => undefined,
    () => undefined,
  );
  try {
    await mine;
  } finally {
    account.waiting -= 1;
  }
}

/**
 * aedes says that a PUBACK came but not to which message, so only one is ever on its way per connection, and a
 * connection that lets one pass unanswered is closed lest a late answer confirm the next.
 */
async function send(line: Line, account: BrokerAccount, topic: string, payload: string): Promise<void> {
  if (account.open.length === 0) throw new WordedError(notConnected(account.id));
  const listening = account.open.findLast((s) => grantedQos(s, topic) !== undefined);
  if (!listening) throw new WordedError(notSubscribed(account.id, topic));
  if (grantedQos(listening, topic) === 0) throw new WordedError(cannotConfirm(account.id, topic));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  listening.confirmed = (error) => (error ? reject(error) : resolve());
  const late = new AbortController();
  line.world.sleep(confirmMs, late.signal).then(
    () => {
      listening.why = notConfirmed(account.id, confirmMs / 1000);
      listening.confirmed?.(new WordedError(listening.why));
      listening.guard.destroy();
    },
    () => undefined,
  );
  const packet = { cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false } as const;
  listening.client.publish(packet, (error) => error && reject(error));
  try {
    await promise;
  } finally {
    listening.confirmed = undefined;
    late.abort();
  }
}

function grantedQos(session: DeviceSession, topic: string): number | undefined {
  const branch = topic.slice(0, topic.lastIndexOf('/'));
  const filters = [topic, `${branch}/+`, `${branch}/#`];
  const granted = filters.map((f) => session.filters.get(f)).filter((qos) => qos !== undefined);
  return granted.length === 0 ? undefined : Math.max(...granted);
}
