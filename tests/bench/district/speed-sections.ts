/**
 * How soon the district shows what a school says, beside a bare insert; and what a line costs it as schools become more.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../../src/district/database/open-database.ts';
import { figure, table } from '../figures.ts';
import { launch, type Peer, usage } from '../peer.ts';
import {
  type BenchParts,
  beginAll,
  generator,
  LONG_MS,
  type Paced,
  row,
  SCHOOLS,
  staged,
  timed,
  toTile,
} from './bench-stage.ts';
import { type BenchNode, furnish, furnished, postgresCpu } from './district-node.ts';
import type { Burst } from './school-load.ts';
import { watchBoard } from './watch-board.ts';

/** Forty schools at fifty lines a second each, a burst of fifty each second. */
export async function forty(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, night, schools: size = SCHOOLS } = parts;
  const seconds = parts.seconds ?? (quick ? 8 : 30);
  const pace = { schools: size, lines: 50, everyMs: 1_000, seconds };
  const rows: string[][] = [];
  const floorUrl = await postgres.database('floor');
  const floor = await launch('./district/floor-insert.ts', { url: floorUrl });
  const bare = await generator(
    night,
    Array.from({ length: size }, (_, n) => ({ id: `bench-${n}`, key: 'x', log: 'x' })),
  );
  try {
    const said = bare.ask<Paced>('paced', { ...pace, urls: [String(floor.said.url)] }, LONG_MS);
    const { bursts } = await timed(parts, 'the floor', seconds, said);
    rows.push(
      row(
        'floor: bare insert, to answer',
        bursts.map(({ answeredMs }) => answeredMs),
      ),
    );
  } finally {
    await bare.stop();
    await floor.stop();
  }
  const measure = (name: string) => async (node: BenchNode, load: Peer) => {
    await beginAll(parts, load, node.url, 0, size);
    const watch = await watchBoard(node.url);
    await watch.whole(size);
    const said = load.ask<Paced>('paced', { ...pace, urls: [node.url] }, LONG_MS);
    const { bursts, failures } = await timed(parts, name, seconds, said);
    await delay(3_000);
    watch.close();
    const shown = toTile(bursts, watch.sights);
    rows.push(
      row(
        `${name}, to answer`,
        bursts.map(({ answeredMs }) => answeredMs),
      ),
      row(`${name}, to tile`, shown),
    );
    if (shown.length < bursts.length || failures > 0)
      rows.push([`  ${bursts.length - shown.length} bursts on no tile, ${failures} requests failed`, '', '', '', '']);
  };
  const url = await postgres.database('soon');
  await staged(parts, join(dir, 'soon'), { url }, await furnished(url, size), measure('district on PostgreSQL'));
  const folder = join(dir, 'embedded');
  const db = await openDatabase({ folder });
  const schools = await furnish(db, 0, size);
  await db.close();
  await staged(parts, join(dir, 'soon-embedded'), { folder }, schools, measure('district on PGlite'));
  const title = `${size} schools at 50 lines/s each, bursts of 50 for ${seconds} s; the board tells changes once a second`;
  return table(title, ['from a fact', 'bursts', 'p50 ms', 'p99 ms', 'max ms'], rows);
}

interface Flooded {
  readonly lines: number;
  readonly batches: number;
  readonly ms: number;
  readonly failures: number;
}

/** What a line costs at one number of schools: the same batches, as fast as the district takes them. */
export async function cost(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, schools: size = 400 } = parts;
  const url = await postgres.database(`cost${size}`);
  const schools = await furnished(url, size);
  const postmaster = postgres.pid();
  const rows: string[][] = [];
  const cpu = (node: BenchNode) => ({ node: usage(node.pid()).cpuMs, store: postgresCpu(postmaster) });
  await staged(parts, join(dir, `cost-${size}`), { url }, schools, async (node, load) => {
    const measure = async (lines: number) => {
      const flooded = (seconds: number) =>
        timed(
          parts,
          `batches of ${lines}`,
          seconds,
          load.ask<Flooded>('flood', { url: node.url, from: 0, schools: size, lines, parallel: 8, seconds }, LONG_MS),
        );
      // The first round brings each school into the node's memory.
      await flooded(quick ? 2 : 5);
      const before = cpu(node);
      const { lines: said, batches, ms, failures } = await flooded(parts.seconds ?? (quick ? 6 : 30));
      const after = cpu(node);
      const each = (was: number, is: number) => ((is - was) * 1_000) / said;
      const [own, store] = [each(before.node, after.node), each(before.store, after.store)];
      rows.push([
        ...[`${size}, batches of ${lines}`, figure((said * 1_000) / ms), figure((batches * 1_000) / ms), figure(own)],
        ...[figure(store), figure(own + store), figure(usage(node.pid()).rssMB), String(failures)],
      ]);
    };
    await beginAll(parts, load, node.url, 0, size);
    for (const lines of [25, 1, 5]) await measure(lines);
    const silent = cpu(node);
    const began = Date.now();
    await load.ask('stand', { url: node.url, schools: size }, LONG_MS);
    const stand = quick ? 8 : 60;
    await timed(parts, 'polls alone', stand, delay(stand * 1_000));
    const stood = cpu(node);
    const seconds = (Date.now() - began) / 1_000;
    const share = (ms: number) => `${figure(ms / seconds / 10)} %`;
    rows.push([
      ...[`${size}, polls alone`, '0', '', share(stood.node - silent.node), share(stood.store - silent.store)],
      ...[share(stood.node + stood.store - silent.node - silent.store), figure(usage(node.pid()).rssMB), ''],
    ]);
    await load.ask('hush', undefined, LONG_MS);
  });
  const head = ['schools', 'lines/s', 'batches/s', 'node ms/1000', 'store ms/1000', 'both', 'node MB', 'failed'];
  const title = 'cost: processor time per 1,000 lines, eight batches under way at a time; of polls, share of a core';
  return table(title, head, rows);
}

/** Two thousand lines a second of all schools together, while their polls stand open and some raise an alarm. */
export async function load(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, schools: size = quick ? 400 : 4_000, seconds = quick ? 8 : 60 } = parts;
  const url = await postgres.database(`load${size}`);
  const schools = await furnished(url, size);
  const postmaster = postgres.pid();
  return await staged(parts, join(dir, `load-${size}`), { url }, schools, async (node, peer) => {
    await beginAll(parts, peer, node.url, 0, size);
    await peer.ask('stand', { url: node.url, schools: size }, LONG_MS);
    const both = () => usage(node.pid()).cpuMs + postgresCpu(postmaster);
    const told = await atTheAim(parts, node, peer, { schools: size, seconds, cpu: both });
    await peer.ask('hush', undefined, LONG_MS);
    return told;
  });
}

/** What schools take of a node's memory: before any has come, when all have, and while their polls stand open. */
export async function memory(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, schools: size = quick ? 400 : 4_000 } = parts;
  const url = await postgres.database(`memory${size}`);
  const schools = await furnished(url, size);
  const rows: string[][] = [];
  await staged(parts, join(dir, `memory-${size}`), { url }, schools, async (node, peer) => {
    let before = 0;
    const row = (name: string) => {
      const now = usage(node.pid()).rssMB;
      rows.push([name, figure(now), before === 0 ? '' : figure(((now - before) * 1_024) / size)]);
      before = now;
    };
    row('a node alone');
    await beginAll(parts, peer, node.url, 0, size);
    row(`${size} schools have come, each with its site`);
    await peer.ask('stand', { url: node.url, schools: size }, LONG_MS);
    const stand = quick ? 8 : 40;
    await timed(parts, 'polls stand', stand, delay(stand * 1_000));
    row('their polls stand open');
    await peer.ask('hush', undefined, LONG_MS);
  });
  return table('memory: resident, of one node', ['', 'MB', 'KB more a school'], rows);
}

/** All schools at two thousand lines a second together, in bursts of ten, while their polls stand open. */
async function atTheAim(
  parts: BenchParts,
  node: BenchNode,
  peer: Peer,
  { schools, seconds, cpu }: { readonly schools: number; readonly seconds: number; readonly cpu: () => number },
) {
  const watch = await watchBoard(node.url);
  await watch.whole(schools);
  // Some schools say nothing but one urgent alarm each.
  const alarms = Math.min(60, Math.floor(schools / 4));
  const pace = { schools: schools - alarms, lines: 10, everyMs: schools * 5, seconds };
  const [before, began] = [cpu(), Date.now()];
  const calls = { urls: [node.url], schools: alarms, from: schools - alarms, everyMs: (seconds * 1_000) / alarms };
  const urgent = peer.ask<Burst[]>('urgent', calls, LONG_MS);
  urgent.catch(() => undefined);
  const { bursts, failures } = await timed(
    parts,
    `${schools} schools speak`,
    seconds,
    peer.ask<Paced>('paced', { ...pace, urls: [node.url] }, LONG_MS),
  );
  const [spent, ms] = [cpu() - before, Date.now() - began];
  const called = await urgent;
  await delay(3_000);
  watch.close();
  const shown = toTile(bursts, watch.sights);
  const rate = figure((bursts.length * pace.lines * 1_000) / ms);
  const title = `${schools} schools at ${rate} lines/s in bursts of 10, polls standing: ${figure(spent / ms / 0.02)} % of two cores, ${failures} requests failed`;
  const answered = bursts.map(({ answeredMs }) => answeredMs);
  return table(
    title,
    ['from a fact', 'bursts', 'p50 ms', 'p99 ms', 'max ms'],
    [
      row('to answer', answered),
      row('to tile', shown),
      row(
        'an urgent alarm, to answer',
        called.map((one) => one.answeredMs),
      ),
      row('an urgent alarm, to tile', toTile(called, watch.sights)),
    ],
  );
}
