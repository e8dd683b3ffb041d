/**
 * The network between a gateway and a camera, as a relay that can do what networks do: refuse, swallow everything without a word,
 * take a connection and pass nothing on, or allow only so many connections a second.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** `mute`: connections are taken, and nothing passes on those there are nor on new ones. */
export type WayState = 'open' | 'closed' | 'mute';

/** New connections that are let through in a second when they are counted; the others are cut at once. */
const RATE = 2;

export interface CameraWay {
  readonly url: string;
  /** Connections that were open while it was not stay dead afterwards, as they do in the world. */
  set(state: WayState): Promise<void>;
  count(on: boolean): void;
  stop(): Promise<void>;
}

export async function openWay(to: number): Promise<CameraWay> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: WayState = 'open';
  let counted = false;
  let [second, taken] = [0, 0];
  const bear = (from: Socket) => {
    from.on('error', () => from.destroy());
    if (state === 'mute') return void from.resume();
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) [second, taken] = [now, 0];
    if (counted && ++taken > RATE) return from.resetAndDestroy();
    const on = connect(to, '127.0.0.1');
    const pair = [from, on] as const;
    pairs.add(pair);
    on.on('error', () => from.destroy());
    from.on('close', () => {
      on.destroy();
      pairs.delete(pair);
    });
    on.on('close', () => {
      if (state !== 'mute') from.destroy();
    });
    from.pipe(on);
    on.pipe(from);
  };
  const server = createServer(bear);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function close(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const [from, on] of pairs) {
      from.resetAndDestroy();
      on.destroy();
    }
    await closed;
  }
  return {
    url: `http://127.0.0.1:${port}/onvif/device_service`,
    async set(next) {
      if (next === state) return;
      const before = state;
      state = next;
      if (before === 'closed') {
        server.listen(port, '127.0.0.1');
        await once(server, 'listening');
      }
      if (next === 'closed') await close();
      if (next !== 'mute') return;
      for (const [from, on] of pairs) {
        from.unpipe(on);
        on.unpipe(from);
        from.resume();
        on.resume();
      }
    },
    count(on) {
      counted = on;
    },
    async stop() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      if (server.listening) await close();
    },
  };
}
