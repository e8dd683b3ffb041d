/**
 * What nodes tell each other: that something of a school changed, that an order waits, that officers or keys changed. It says where to look and
 * never what is so: whoever hears asks the database, so a lost or doubled word costs nothing but time. It must never carry content.
 */
import type { World } from '../../world/world.ts';

/** `school`: its lines, tile or cursor changed; `order`: one waits for it, or changed; `access`: officers, keys or schools changed. */
export interface FanoutNotice {
  readonly kind: 'school' | 'order' | 'access';
  /** Absent with `access`. */
  readonly school?: string;
}

export interface Fanout {
  /** Told to this node at once and to the others within some tens of milliseconds. Never throws, never waits. */
  tell(notice: FanoutNotice): void;
  /** Hears what any node tells; undefined: anything may have been missed. Returns the way to stop. */
  hear(heard: (notice: FanoutNotice | undefined) => void): () => void;
  close(): Promise<void>;
}

/** The way between nodes: texts of some thousand bytes at most. */
export interface FanoutWire {
  /** Rejects where it could not be sent; nobody tries again. */
  send(text: string): Promise<void>;
  /** Resolves with the way to stop. `undefined` is heard when texts may have been lost. */
  listen(heard: (text: string | undefined) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Below what NOTIFY takes (8 000 bytes). A notice is at most 60. */
const NOTICES_AT_ONCE = 100;
/** How long notices gather: two hundred schools that change at once are two sendings. Ours. */
const GATHER_MS = 20;
/** More than these wait for a wire that does not send: the others look for themselves every few seconds. */
const WAITING_MAX = 10_000;
/** So that a wire which is dead is noticed, and one that is quiet stays open. */
const BEAT_MS = 10_000;

const keyOf = ({ kind, school = '' }: FanoutNotice): string => `${kind} ${school}`;
const noticeOf = (key: string): FanoutNotice | undefined => {
  const [kind, school] = key.split(' ');
  if (kind !== 'school' && kind !== 'order' && kind !== 'access') return undefined;
  return { kind, ...(school !== undefined && school !== '' && { school }) };
};

/** `wire` undefined: there is one node. */
export async function openFanout(wire: FanoutWire | undefined, world: World): Promise<Fanout> {
  const listeners = new Set<(notice: FanoutNotice | undefined) => void>();
  const waiting = new Set<string>();
  const closing = new AbortController();
  const { signal } = closing;
  const hear = (notice: FanoutNotice | undefined) => {
    for (const heard of listeners) {
      try {
        heard(notice);
      } catch (error) {
        world.log.error('a listener of the district failed', { error: String(error) });
      }
    }
  };
  let sending: Promise<void> | undefined;
  let told = false;
  async function flush(from: FanoutWire): Promise<void> {
    await world.sleep(GATHER_MS, signal).catch(() => undefined);
    while (waiting.size > 0 && !signal.aborted) {
      const some = [...waiting].slice(0, NOTICES_AT_ONCE);
      for (const key of some) waiting.delete(key);
      try {
        await from.send(JSON.stringify({ node, some }));
        told = false;
      } catch (error) {
        if (!told)
          world.log.warn(`other nodes are not told: ${error instanceof Error ? error.message : String(error)}`);
        told = true;
        await world.sleep(1_000, signal).catch(() => undefined);
      }
    }
  }
  const node = Math.floor(world.random() * 2 ** 40).toString(36);
  const send = (key: string) => {
    if (!wire || waiting.size >= WAITING_MAX) return;
    waiting.add(key);
    sending ??= flush(wire).finally(() => {
      sending = undefined;
    });
  };
  const read = (text: string | undefined) => {
    if (text === undefined) return hear(undefined);
    try {
      const { node: by, some } = JSON.parse(text) as { node?: unknown; some?: unknown };
      if (by === node || !Array.isArray(some)) return;
      for (const key of some) {
        const notice = noticeOf(String(key));
        if (notice) hear(notice);
      }
    } catch {
      // Somebody else speaks on our channel.
    }
  };
  const stop = await wire?.listen(read);
  if (wire) void beat(() => send('beat'), world, signal);
  return {
    tell: (notice) => {
      hear(notice);
      send(keyOf(notice));
    },
    hear: (heard) => {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    close: async () => {
      closing.abort();
      await sending;
      await stop?.().catch(() => undefined);
      await wire?.close().catch(() => undefined);
    },
  };
}

async function beat(send: () => void, world: World, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    send();
    await world.sleep(BEAT_MS, signal).catch(() => undefined);
  }
}
