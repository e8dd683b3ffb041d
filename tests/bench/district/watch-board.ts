/**
 * A screen of the bureau as the bench has it: logs in, opens the live socket, and writes down when each school's tile said what. It comes again when
 * it was cut off, as a page does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import WebSocket from 'ws';
import type { LiveFrame, SchoolTile } from '../../../src/district/board/board-types.ts';
import { SCREEN_PASSWORD } from './district-node.ts';

/** A tile as it came; `at`: when, ms since 1970. */
export interface TileSight {
  readonly at: number;
  readonly toldAt: number;
  readonly behind: number;
  readonly p1: number;
  readonly ahead: boolean;
}

export interface BoardWatch {
  readonly sights: ReadonlyMap<string, readonly TileSight[]>;
  /** Resolves when every tile is there. */
  whole(count: number): Promise<void>;
  close(): void;
}

const tilesIn = (frame: LiveFrame): readonly SchoolTile[] =>
  'board' in frame ? frame.board.tiles : 'tiles' in frame ? frame.tiles : [];

async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ user: 'screen', password: SCREEN_PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`the screen did not come in: ${answer.status} ${await answer.text()}`);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

export async function watchBoard(url: string): Promise<BoardWatch> {
  const cookie = await logIn(url);
  const sights = new Map<string, TileSight[]>();
  let closed = false;
  let socket: WebSocket | undefined;
  const open = () => {
    if (closed) return;
    const own = new WebSocket(`${url.replace('http', 'ws')}/api/live`, { headers: { cookie }, origin: url });
    socket = own;
    own.on('error', () => undefined);
    own.on('close', () => void delay(200).then(open));
    own.on('message', (data) => {
      const at = Date.now();
      for (const { school, toldAt, behind, alarms } of tilesIn(JSON.parse(String(data)) as LiveFrame)) {
        const own = sights.get(school) ?? [];
        own.push({ at, toldAt: toldAt ?? 0, behind, p1: alarms.waiting[0], ahead: alarms.top?.ahead === true });
        sights.set(school, own);
      }
    });
  };
  open();
  return {
    sights,
    async whole(count) {
      for (const by = Date.now() + 60_000; sights.size < count; await delay(50))
        if (Date.now() > by) throw new Error(`the board has ${sights.size} of ${count} tiles`);
    },
    close() {
      closed = true;
      socket?.terminate();
    },
  };
}
