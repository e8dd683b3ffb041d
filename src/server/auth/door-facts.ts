/**
 * What happens at the door as facts: who came in, who was refused, who left, what was looked at and taken away, and what became of
 * accounts. A person comes in whether or not the journal can be written: the fact follows when it can. It must never hold a
 * password, nor a name that belongs to nobody.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccountChange, DoorFact, Event, Time } from '../../core/types.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { GatewayPort } from '../gateway-port.ts';
import type { AccountList, ListedAccount } from './accounts.ts';
import type { KeptLogouts, LeftSession } from './kept-logouts.ts';
import type { PairedPhone, PairedPhones } from './paired-phones.ts';
import { KIOSK_MS, type Sessions, type UserSession } from './session.ts';

/** The same picture looked at by the same person is one fact in this time: a desk asks for one every few seconds. */
const viewedMs = 60 * 60_000;
/** Refusals of one address in this time are one fact, and so many addresses in it one more for all others. */
const refusedMs = 60_000;
const addressesMax = 30;
const viewsMax = 5_000;
const elsewhere = 'elsewhere';
const readMax = 10_000;
/** A journal that cannot be read is asked again so often. */
const recallMs = 5_000;

type Note = (fact: DoorFact) => void;

export interface DoorFacts {
  loggedIn(session: UserSession, address: string): void;
  refused(name: string | undefined, address: string): void;
  /** Resolves when the journal has it; rejects when it never will. */
  loggedOut(left: Omit<LeftSession, 'at'> & { readonly leftAt?: Time }): Promise<unknown>;
  phonePaired(phone: Pick<PairedPhone, 'id' | 'name' | 'by' | 'until'>, address: string): void;
  phoneRevoked(by: string, phone: Pick<PairedPhone, 'id' | 'name'>): void;
  /** Tells what became of accounts since this was last asked, as soon as it is known what was told. */
  accounts(now: AccountList): void;
  /** What the journal told of accounts so far. */
  told(accounts: DoorMemory['accounts']): void;
}

/** Counts refusals, so that whoever guesses a thousand times a minute fills no journal. */
function refusals(world: World, note: Note): DoorFacts['refused'] {
  const waiting = new Map<string, { readonly name?: string; count: number }>();
  let since = Number.NEGATIVE_INFINITY;
  const tell = () => {
    for (const [address, { name, count }] of waiting) {
      if (count > 0) note({ kind: 'login-refused', ...(name !== undefined && { name }), address, count });
    }
    waiting.clear();
  };
  return (name, from) => {
    const now = world.elapsed();
    if (now - since >= refusedMs) {
      tell();
      since = now;
    }
    const address = waiting.has(from) || waiting.size < addressesMax ? from : elsewhere;
    const known = waiting.get(address);
    if (known) {
      known.count++;
      return;
    }
    // The first of an address is told at once, those after it together.
    note({ kind: 'login-refused', ...(name !== undefined && { name }), address, count: 1 });
    waiting.set(address, { ...(name !== undefined && { name }), count: 0 });
    void world.sleep(refusedMs).then(tell);
  };
}

const factOf = (account: ListedAccount, change: AccountChange): DoorFact => {
  const { user, kiosk, disabled, version } = account;
  const { name, role } = user;
  const marks = { ...(kiosk && { wall: true as const }), ...(disabled && { disabled: true as const }) };
  return { kind: 'account-changed', name, change, role, ...marks, mark: version };
};

type AccountFact = Extract<Event, { kind: 'account-changed' }>;
type KnownAccount = Pick<AccountFact, 'name' | 'role' | 'wall' | 'disabled' | 'mark'>;

/** What became of one account; undefined when nothing did. */
function changeOf(before: KnownAccount | undefined, now: ListedAccount, first: boolean): AccountChange | undefined {
  if (!before) return first ? 'found' : 'added';
  if ((before.disabled === true) !== now.disabled) return now.disabled ? 'disabled' : 'enabled';
  if (before.role !== now.user.role || (before.wall === true) !== now.kiosk) return 'changed';
  return before.mark === now.version ? undefined : 'password';
}

/** Remembers the accounts as the journal last told of them. */
function accountChanges(told: readonly AccountFact[], note: Note): DoorFacts['accounts'] {
  const known = new Map<string, KnownAccount>();
  for (const fact of told) {
    if (fact.change === 'removed') known.delete(fact.name);
    else known.set(fact.name, fact);
  }
  let first = told.length === 0;
  return (list) => {
    for (const account of list) {
      const change = changeOf(known.get(account.user.name), account, first);
      if (!change) continue;
      const fact = factOf(account, change);
      if (fact.kind === 'account-changed') known.set(fact.name, fact);
      note(fact);
    }
    for (const before of [...known.values()]) {
      if (list.some(({ user }) => user.name === before.name)) continue;
      known.delete(before.name);
      const { name, role, mark } = before;
      note({ kind: 'account-changed', name, change: 'removed', role, mark });
    }
    first = false;
  };
}

/** Tells of pictures that were looked at and of files that were taken away, by every route that gives them. */
function tellTaken(app: FastifyInstance, world: World, note: Note): void {
  const viewed = new Map<string, number>();
  const view = (by: string, seen: { camera: string } | { picture: string }) => {
    const key = JSON.stringify([by, seen]);
    const now = world.elapsed();
    if (now - (viewed.get(key) ?? Number.NEGATIVE_INFINITY) < viewedMs) return;
    if (viewed.size >= viewsMax) viewed.clear();
    viewed.set(key, now);
    note({ kind: 'picture-viewed', by, ...seen });
  };
  app.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    const { session } = request;
    if (!session || reply.statusCode >= 400) return;
    const { ask } = request.routeOptions.config;
    const { id, name } = (request.params ?? {}) as { id?: string; name?: string };
    if ((ask === 'picture' || ask === 'canteen') && id !== undefined) view(session.user.name, { camera: id });
    if ((ask === 'evidence' || ask === 'canteen') && name !== undefined) view(session.user.name, { picture: name });
    if (reply.hasHeader('content-disposition'))
      note({ kind: 'exported', by: session.user.name, what: request.url.slice(0, 200) });
  });
}

/** What the journal tells of the door: which sessions were logged out whose cookies are not over, which phones were taken away, and what became of accounts. */
export interface DoorMemory {
  readonly loggedOut: readonly { readonly session: string }[];
  readonly revoked: readonly { readonly phone: string }[];
  readonly accounts: readonly AccountFact[];
}

async function kept<K extends DoorFact['kind']>(gateway: GatewayPort, kind: K, from: Time) {
  const rows = await gateway.records({ table: 'events', kind, from, limit: readMax });
  return (rows as unknown as Extract<Event, { kind: K }>[]).toReversed();
}

/** Undefined while the journal cannot be read; why, its store says. */
async function remembered(gateway: GatewayPort): Promise<DoorMemory | undefined> {
  try {
    const loggedOut = await kept(gateway, 'logged-out', gateway.now() - KIOSK_MS);
    const revoked = await kept(gateway, 'phone-revoked', 0);
    return { loggedOut, revoked, accounts: await kept(gateway, 'account-changed', 0) };
  } catch {
    return undefined;
  }
}

/**
 * Gives what the journal tells of the door, once: before this resolves, or as soon as the journal can be read, for a full disk must
 * not keep people from the pages that say so.
 */
export async function recallDoor(
  gateway: GatewayPort,
  world: World,
  signal: AbortSignal,
  take: (memory: DoorMemory) => void,
): Promise<void> {
  const memory = await remembered(gateway);
  if (memory) return take(memory);
  const later = async () => {
    while (!signal.aborted) {
      await world.sleep(recallMs, signal).catch(() => undefined);
      const found = signal.aborted ? undefined : await remembered(gateway);
      if (found) return take(found);
    }
  };
  void later();
}

/** What the door goes by. */
export interface DoorKeepers {
  readonly sessions: Pick<Sessions, 'end' | 'doubt'>;
  readonly phones: Pick<PairedPhones, 'revoke'>;
  readonly logouts: KeptLogouts;
  readonly facts: Pick<DoorFacts, 'loggedOut' | 'told'>;
}

/** Takes in what the journal tells. What was kept beside it, because it took nothing when somebody left, is told now where it does not have it. */
export function rememberDoor(memory: DoorMemory, { sessions, phones, logouts, facts }: DoorKeepers): void {
  for (const { session } of memory.loggedOut) sessions.end({ id: session });
  for (const { phone } of memory.revoked) phones.revoke(phone)?.saved.catch(() => undefined);
  sessions.doubt(false);
  for (const left of logouts.found) {
    const known = memory.loggedOut.some(({ session }) => session === left.session);
    const { by, session, at } = left;
    const kept = known ? Promise.resolve() : facts.loggedOut({ by, session, leftAt: at });
    kept.then(() => logouts.settle(left.session)).catch(() => undefined);
  }
  facts.told(memory.accounts);
}

/** Opens the telling of these facts. */
export function openDoorFacts(app: FastifyInstance, gateway: GatewayPort, world: World): DoorFacts {
  const note: Note = (fact) =>
    void gateway
      .note(fact)
      .catch((error: unknown) => world.log.warn(`not kept: ${fact.kind}`, { error: wordsOf(error).en }));
  tellTaken(app, world, note);
  let tellAccounts: ((now: AccountList) => void) | undefined;
  return {
    loggedIn: ({ user, kiosk }, address) =>
      note({ kind: 'logged-in', by: user.name, address, ...(kiosk && { wall: true }) }),
    refused: refusals(world, note),
    loggedOut: (left) => gateway.note({ kind: 'logged-out', ...left }),
    phonePaired: ({ id: phone, name, by, until }, address) =>
      note({ kind: 'phone-paired', by, name, phone, until, address }),
    phoneRevoked: (by, { id: phone, name }) => note({ kind: 'phone-revoked', by, name, phone }),
    accounts: (now) => tellAccounts?.(now),
    told: (accounts) => {
      tellAccounts = accountChanges(accounts, note);
    },
  };
}
