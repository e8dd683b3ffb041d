/**
 * The live board over real sockets: all tiles at the beginning, then what changed, nobody told of a school outside his streets, and no page
 * that can hurt the others.
 */
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import type { LiveFrame, SchoolTile } from '../../src/district/board/board-types.ts';
import { LIVE_CHANGE_MS, LIVE_URGENT_MS, LiveBoard } from '../../src/district/routes/live-board.ts';
import { liveRoute } from '../../src/district/routes/live-route.ts';
import { LiveScreen, liveCodes, WAITING_MAX } from '../../src/district/routes/live-screen.ts';
import { makeApp } from '../../src/server/http/http-app.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { eventually, until } from '../patience.ts';
import { alarmed, utcOffsetMin, well, wellSchools } from './some-tiles.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
type Board = Extract<LiveFrame, { board: unknown }>;
type Change = Extract<LiveFrame, { seen: unknown }>;

/** A district's door with the board behind it: the streets an officer has stand in the address. */
async function stand(world: World = realWorld(silent)) {
  const ended = new Set<string>();
  const board = new LiveBoard({
    ...{ world, version: 'test', troubles: () => [{ part: 'store', zh: '数据库没有应答', en: 'no database' }] },
    about: { district: { zh: '杨浦区', en: 'Yangpu' }, utcOffsetMin, outline: [] },
  });
  const { app } = await makeApp(world, 'test', { tls: undefined, trustedProxies: [] });
  liveRoute(app, board, { open: true }, ({ query }) => {
    const { name = 'li', streets } = query as { name?: string; streets?: string };
    const you = { shown: name, streets: streets ? streets.split(',') : [], looksIn: true, schools: false };
    return { name, you, lives: () => !ended.has(name) };
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await board.close();
    await app.close();
  });
  const { port } = app.server.address() as AddressInfo;
  const open = (query = '') => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live${query}`);
    const frames: LiveFrame[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data)) as LiveFrame));
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const refused = new Promise<number>((resolve) =>
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!)),
    );
    // Refused or cut: the codes say it.
    socket.on('error', () => undefined);
    onTestFinished(() => socket.terminate());
    return {
      ...{ socket, frames, closed, refused },
      boards: () => frames.filter((one): one is Board => 'board' in one),
      changes: () => frames.filter((one): one is Change => 'seen' in one),
      beats: () => frames.flatMap((one) => ('beat' in one ? [one.beat] : [])),
    };
  };
  return { board, port, ended, open };
}
const ids = (tiles: readonly SchoolTile[]) => tiles.map(({ school }) => school);

test('a page gets the board first, then what changed in one frame, and beats that count up', async () => {
  const { board, open } = await stand();
  board.reset(wellSchools(3));
  const page = open();
  await until('the board came', () => page.boards().length === 1);
  expect(page.frames[0]).toMatchObject({
    board: { district: { zh: '杨浦区' }, utcOffsetMin },
    you: { shown: 'li', streets: [], looksIn: true },
    version: 'test',
  });
  expect(ids(page.boards()[0]!.board.tiles)).toEqual(['school-1', 'school-2', 'school-3']);
  board.change([alarmed(1, 2, 5)]);
  await until('the first change came at once', () => page.changes().length === 1);
  board.change([alarmed(1, 1, 6)]);
  board.change([alarmed(1, 1, 5), well(2, { seenAt: 7 }), well(0)]);
  board.drop(['school-1']);
  await until('the others came as one', () => page.changes().length === 2);
  expect(page.changes()[1]).toMatchObject({ tiles: [alarmed(1, 1, 5)], seen: [['school-3', 7]], gone: ['school-1'] });
  await until('three beats came', () => page.beats().length === 3);
  expect(page.beats()).toEqual([1, 2, 3]);
  expect(page.frames.find((one) => 'beat' in one)).toMatchObject({ troubles: [{ part: 'store' }] });
  expect(page.changes()).toHaveLength(2);
});

test('an urgent alarm does not wait for the second in which other changes are gathered', async () => {
  // A clock that goes by itself nowhere, and wakes whoever waits no longer than an urgent alarm may.
  let at = 0;
  const world: World = {
    ...realWorld(silent),
    elapsed: () => at,
    sleep: async (ms, signal) => {
      if (ms > LIVE_URGENT_MS) await new Promise((_, reject) => signal!.addEventListener('abort', reject));
      at += ms;
    },
  };
  const { board, open } = await stand(world);
  board.reset(wellSchools(3));
  const page = open();
  await until('the board came', () => page.boards().length === 1);
  board.change([well(0, { urged: 1 })]);
  board.change([well(1, { urged: 1 })]);
  board.change([alarmed(2, 1, 5)]);
  await until('the alarm was told', () => page.changes().some(({ tiles }) => ids(tiles).includes('school-3')));
  expect(at).toBeLessThan(LIVE_CHANGE_MS);
  // What was gathered goes along.
  expect(page.changes().map(({ tiles }) => ids(tiles))).toEqual([['school-1'], ['school-2', 'school-3']]);
});

test('a page that comes before the district has read its tiles gets them when it has', async () => {
  const { board, open } = await stand();
  const page = open();
  await until('a beat came', () => page.beats().length > 0);
  board.change([well(0)]);
  expect(page.boards()).toEqual([]);
  board.reset([well(0)]);
  await until('the board came', () => page.boards().length === 1);
});

test('an officer is told of the schools of his streets alone, and of one that moves out of them that it left', async () => {
  const { board, open } = await stand();
  const [a, b] = [well(0, { street: 'a' }), well(1, { street: 'b' })];
  board.reset([a, b, well(2, { street: 'c' })]);
  const [ofA, ofBoth] = [open('?streets=a'), open('?streets=a,b')];
  await until('both boards came', () => ofA.boards().length + ofBoth.boards().length === 2);
  expect(ids(ofA.boards()[0]!.board.tiles)).toEqual(['school-1']);
  expect(ids(ofBoth.boards()[0]!.board.tiles)).toEqual(['school-1', 'school-2']);
  board.change([{ ...b, urged: 3 }, well(2, { street: 'c', urged: 1 })]);
  await until('he of both was told', () => ofBoth.changes().length === 1);
  expect(ids(ofBoth.changes()[0]!.tiles)).toEqual(['school-2']);
  board.change([{ ...a, street: 'b' }]);
  await until('both were told', () => ofA.changes().length === 1 && ofBoth.changes().length === 2);
  expect(ofA.changes()[0]).toMatchObject({ tiles: [], gone: ['school-1'] });
  expect(ofBoth.changes()[1]).toMatchObject({ tiles: [{ school: 'school-1', street: 'b' }], gone: [] });
  expect(JSON.stringify([...ofA.frames, ...ofBoth.frames])).not.toContain('school-3');
});

test('whose session ended is closed at the next beat, with a code that says so', async () => {
  const { board, ended, open } = await stand();
  board.reset([]);
  const page = open('?name=zhou');
  await until('the board came', () => page.boards().length === 1);
  ended.add('zhou');
  expect(await page.closed).toBe(liveCodes.ended);
});

test('one account has room for twenty pages, and others have theirs', async () => {
  const { board, open } = await stand();
  board.reset([]);
  const pages = Array.from({ length: 20 }, () => open());
  await until('all have the board', () => pages.every((page) => page.boards().length === 1));
  expect(await open().refused).toBe(503);
  const other = open('?name=zhou');
  await until('another has the board', () => other.boards().length === 1);
  pages[0]!.socket.close();
  await pages[0]!.closed;
  await eventually(async () => {
    const again = open();
    await Promise.race([again.refused, until('it is in', () => again.boards().length === 1)]);
    expect(again.boards()).toHaveLength(1);
  });
});

test('a page that talks is closed', async () => {
  const { board, open } = await stand();
  board.reset([]);
  const page = open();
  await until('the board came', () => page.boards().length === 1);
  for (let n = 0; n < 30; n++) page.socket.send('{}');
  expect(await page.closed).toBe(liveCodes.often);
});

/** A socket whose bytes are read when the test says so. */
function slowSocket() {
  const sent: string[] = [];
  const closed: number[] = [];
  const socket = {
    ...{ bufferedAmount: 0, readyState: 1, ping: () => undefined, terminate: () => undefined, on: () => undefined },
    send: (text: string) => {
      sent.push(text);
      socket.bufferedAmount += text.length;
    },
    close: (code: number) => void closed.push(code),
  };
  return { socket, sent, closed };
}
const anybody = { name: 'li', you: { shown: 'li', streets: [], looksIn: true, schools: true }, lives: () => true };

test('a page that lags is told no changes until it has caught up, and then needs the board', () => {
  const { socket, sent, closed } = slowSocket();
  const screen = new LiveScreen(socket, anybody, realWorld(silent), () => undefined);
  screen.sendBoard('b'.repeat(3_000_000));
  expect([screen.current, screen.lags, closed.length]).toEqual([true, true, 0]);
  for (let n = 0; n < 1_000; n++) screen.change('c'.repeat(10_000));
  expect(sent).toHaveLength(1);
  expect(screen.current).toBe(false);
  socket.bufferedAmount = 0;
  screen.change('c');
  expect(sent).toHaveLength(2);
});

test('a page is closed once more waits than its board and a mebibyte, and after ten beats of lagging', () => {
  const big = slowSocket();
  const left: string[] = [];
  const page = new LiveScreen(big.socket, anybody, realWorld(silent), (why) => left.push(why));
  page.sendBoard('b'.repeat(2_000_000));
  big.socket.bufferedAmount = 2_000_000 + WAITING_MAX;
  page.beat('"now":1}');
  expect([left, big.closed]).toEqual([['slow'], [liveCodes.slow]]);
  const idle = slowSocket();
  const lagging = new LiveScreen(idle.socket, anybody, realWorld(silent), (why) => left.push(`lagging ${why}`));
  idle.socket.bufferedAmount = 100_000;
  // It answers each ping, or it would be silent instead.
  for (let n = 0; n < 2; n++) lagging.beat('"now":1}');
  expect(idle.closed).toEqual([]);
  for (let n = 0; n < 9; n++) lagging.beat('"now":1}');
  expect(idle.closed).toHaveLength(1);
});

/** Opens the socket by hand and never reads a byte after the first of the answer. */
function deaf(port: number) {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const key = Buffer.from('0123456789abcdef').toString('base64');
  socket.write(
    `GET /api/live?name=deaf HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  const gone = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
  socket.once('data', () => socket.pause());
  return { socket, gone };
}

test('a page that does not read is cut, and holds up nobody', async () => {
  const { board, port, open } = await stand();
  const many = (n: number) => wellSchools(3_000).map((tile) => ({ ...tile, behind: n }));
  board.reset(many(0));
  const { gone, socket } = deaf(port);
  const reader = open();
  await until('the reader has the board', () => reader.boards().length === 1);
  let storming = true;
  void gone.then(() => {
    storming = false;
  });
  for (let n = 1; storming && n < 200; n++) {
    board.change(many(n));
    const told = reader.changes().length + reader.boards().length;
    await until('the reader is told', () => reader.changes().length + reader.boards().length > told);
    // Reading on a little each time would be reading; the kernel notices the cut when it is asked.
    if (n % 5 === 0) socket.write(Buffer.from([0x89, 0x80, 0, 0, 0, 0]));
  }
  expect(storming).toBe(false);
  expect(reader.changes().length + reader.boards().length).toBeLessThan(60);
});
