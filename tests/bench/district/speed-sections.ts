/**
 * How soon the district shows what a school says, beside a bare insert; and what a line costs it as schools become more.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../../src/district/database/open-database.ts';
import { figure, table } from '../figures.ts';
import { launch, type Peer, usage } from '../peer.ts';
import { type BenchParts, generator, LONG_MS, type Paced, row, SCHOOLS, staged, toTile } from './bench-stage.ts';
import { type BenchNode, furnish, furnished, postgresCpu } from './district-node.ts';
import type { Burst } from './school-load.ts';
import { watchBoard } from './watch-board.ts';

/** Forty schools at fifty lines a second each, a burst of fifty each second. */
export async function soon(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, night } = parts;
  const seconds = quick ? 8 : 30;
  const pace = { schools: SCHOOLS, lines: 50, everyMs: 1_000, seconds };
  const rows: string[][] = [];
  const floorUrl = await postgres.database('floor');
  const floor = await launch('./district/floor-insert.ts', { url: floorUrl });
  const bare = await generator(
    night,
    Array.from({ length: SCHOOLS }, (_, n) => ({ id: `bench-${n}`, key: 'x', log: 'x' })),
  );
  try {
    const { bursts } = await bare.ask<Paced>('paced', { ...pace, urls: [String(floor.said.url)] }, LONG_MS);
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
    await load.ask('begin', { url: node.url, from: 0, schools: SCHOOLS }, LONG_MS);
    const watch = await watchBoard(node.url);
    await watch.whole(SCHOOLS);
    const { bursts, failures } = await load.ask<Paced>('paced', { ...pace, urls: [node.url] }, LONG_MS);
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
  await staged(parts, join(dir, 'soon'), { url }, await furnished(url, SCHOOLS), measure('district on PostgreSQL'));
  const folder = join(dir, 'embedded');
  const db = await openDatabase({ folder });
  const schools = await furnish(db, 0, SCHOOLS);
  await db.close();
  await staged(parts, join(dir, 'soon-embedded'), { folder }, schools, measure('district on PGlite'));
  const title = `${SCHOOLS} schools at 50 lines/s each, bursts of 50 for ${seconds} s; the board tells changes once a second`;
  return table(title, ['from a fact', 'bursts', 'p50 ms', 'p99 ms', 'max ms'], rows);
}

interface Flooded {
  readonly lines: number;
  readonly batches: number;
  readonly ms: number;
  readonly failures: number;
}

/** As many schools as the machine carries; the same batches, as fast as the district takes them. */
export async function growing(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres } = parts;
  const sizes = quick ? [40, 400] : [40, 400, 4_000];
  const url = await postgres.database('growing');
  const schools = await furnished(url, sizes.at(-1)!);
  const postmaster = postgres.pid();
  const rows: string[][] = [];
  let aim = '';
  const cpu = (node: BenchNode) => ({ node: usage(node.pid()).cpuMs, store: postgresCpu(postmaster) });
  await staged(parts, join(dir, 'growing'), { url }, schools, async (node, load) => {
    let there = 0;
    const measure = async (size: number, lines: number) => {
      // The first round brings each school into the node's memory.
      await load.ask(
        'flood',
        { url: node.url, from: 0, schools: size, lines, parallel: 8, seconds: quick ? 2 : 5 },
        LONG_MS,
      );
      const before = cpu(node);
      const flood = { url: node.url, from: 0, schools: size, lines, parallel: 8, seconds: quick ? 6 : 30 };
      const { lines: said, batches, ms, failures } = await load.ask<Flooded>('flood', flood, LONG_MS);
      const after = cpu(node);
      const each = (was: number, is: number) => ((is - was) * 1_000) / said;
      const [own, store] = [each(before.node, after.node), each(before.store, after.store)];
      rows.push([
        ...[
          `${size}, batches of ${lines}`,
          figure((said * 1_000) / ms),
          figure((batches * 1_000) / ms),
          figure(own),
          figure(store),
        ],
        ...[figure(own + store), figure(usage(node.pid()).rssMB), String(failures)],
      ]);
    };
    for (const size of sizes) {
      await load.ask('begin', { url: node.url, from: there, schools: size - there }, LONG_MS);
      there = size;
      await measure(size, 25);
    }
    for (const lines of [1, 5]) await measure(there, lines);
    const silent = cpu(node);
    const began = Date.now();
    await load.ask('stand', { url: node.url, schools: there }, LONG_MS);
    await delay(quick ? 8_000 : 60_000);
    const stood = cpu(node);
    const seconds = (Date.now() - began) / 1_000;
    const share = (ms: number) => `${figure(ms / seconds / 10)} %`;
    rows.push([
      ...[`${there}, polls alone`, '0', '', share(stood.node - silent.node), share(stood.store - silent.store)],
      ...[share(stood.node + stood.store - silent.node - silent.store), figure(usage(node.pid()).rssMB), ''],
    ]);
    const both = () => cpu(node).node + cpu(node).store;
    aim = await atTheAim(node, load, there, quick ? 8 : 60, both);
    await load.ask('hush', undefined, LONG_MS);
  });
  const head = ['schools', 'lines/s', 'batches/s', 'node ms/1000', 'store ms/1000', 'both', 'node MB', 'failed'];
  const title = 'growing: processor time per 1,000 lines, eight batches under way at a time; of polls, share of a core';
  return table(title, head, rows) + aim;
}

/** All schools at two thousand lines a second together, in bursts of ten, while their polls stand open. */
async function atTheAim(node: BenchNode, load: Peer, schools: number, seconds: number, cpu: () => number) {
  const watch = await watchBoard(node.url);
  await watch.whole(schools);
  // Some schools say nothing but one urgent alarm each.
  const alarms = Math.min(60, Math.floor(schools / 4));
  const pace = { schools: schools - alarms, lines: 10, everyMs: schools * 5, seconds };
  const [before, began] = [cpu(), Date.now()];
  const calls = { urls: [node.url], schools: alarms, from: schools - alarms, everyMs: (seconds * 1_000) / alarms };
  const urgent = load.ask<Burst[]>('urgent', calls, LONG_MS);
  urgent.catch(() => undefined);
  const { bursts, failures } = await load.ask<Paced>('paced', { ...pace, urls: [node.url] }, LONG_MS);
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
