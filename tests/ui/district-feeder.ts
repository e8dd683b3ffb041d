/**
 * A district's live board without the district, in a process of its own so that it can be stopped dead: the real door and the real board,
 * fed by the test, and the built pages. It does what it is told by messages. Listens on loopback, on any free port.
 */
import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BoardViewer, DistrictBoard, DistrictTrouble, SchoolTile } from '../../src/district/board/board-types.ts';
import { LiveBoard } from '../../src/district/routes/live-board.ts';
import { liveRoute } from '../../src/district/routes/live-route.ts';
import { makeApp } from '../../src/server/http/http-app.ts';
import { Problem } from '../../src/server/http/problem.ts';
import { realWorld } from '../../src/world/world.ts';
import { districtNow, utcOffsetMin } from '../district/some-tiles.ts';

/** What the test may tell this process. */
export type BoardOrder =
  | { readonly do: 'tiles'; readonly tiles: readonly SchoolTile[] }
  | { readonly do: 'change'; readonly tiles: readonly SchoolTile[] }
  | { readonly do: 'troubles'; readonly troubles: readonly DistrictTrouble[] }
  /** Closes every socket; `refuse` keeps new ones out as well. */
  | { readonly do: 'cut'; readonly refuse: boolean }
  | { readonly do: 'logout' };

export interface BoardSetting {
  readonly built: string;
  readonly you: BoardViewer;
  readonly outline: DistrictBoard['outline'];
}

const { built, you, outline } = JSON.parse(process.argv[2]!) as BoardSetting;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const began = performance.now();
const world = { ...realWorld(silent), now: () => Math.round(districtNow + performance.now() - began) };
let troubles: readonly DistrictTrouble[] = [];
let refuse = false;
let loggedIn = true;
const sockets = new Set<{ terminate(): void }>();

const board = new LiveBoard({
  ...{ world, version: 'test', troubles: () => troubles },
  about: { district: { zh: '杨浦区', en: 'Yangpu' }, utcOffsetMin, outline },
});
const { app } = await makeApp(world, 'test', { tls: undefined, trustedProxies: [] });
app.addHook('onRequest', async ({ url }) => {
  if (url.startsWith('/api/') && !loggedIn)
    throw new Problem(401, 'login', { zh: '请先登录。', en: 'Please log in first.' });
  if (url === '/api/live' && refuse) throw new Problem(503, 'busy', { zh: '忙', en: 'busy' });
});
liveRoute(app, board, { open: true }, () => ({ name: 'li', you, lives: () => loggedIn }));
app.websocketServer.on('connection', (socket) => sockets.add(socket));
app.get('/api/me', async () => ({ name: 'li', role: 'duty' }));
const page = await readFile(join(built, 'district.html'));
for (const path of ['/district', '/district/map', '/district/s/:school/wall', '/district/schools', '/login'])
  app.get(path, async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
app.get('/assets/:name', async ({ params }, reply) => {
  const { name } = params as { name: string };
  const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
  return reply.type(type).send(await readFile(join(built, 'assets', name)));
});

function obey(order: BoardOrder): void {
  if (order.do === 'tiles') board.reset(order.tiles);
  else if (order.do === 'change') board.change(order.tiles);
  else if (order.do === 'troubles') troubles = order.troubles;
  else if (order.do === 'logout') loggedIn = false;
  else {
    refuse = order.refuse;
    for (const socket of sockets) socket.terminate();
    sockets.clear();
  }
}

process.on('message', (order: BoardOrder) => {
  obey(order);
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: (app.server.address() as AddressInfo).port });
// It is killed, never ended: what it compiled is kept now for those that come after it.
flushCompileCache();
