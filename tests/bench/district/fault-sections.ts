/**
 * What befalls a district while it is measured: it was away and catches up, and everything at once, nodes and database killed. Both ends are held
 * against each other line by line.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../../src/district/database/open-database.ts';
import { figure, table } from '../figures.ts';
import { type BenchParts, beginAll, LONG_MS, type Paced, row, SCHOOLS, staged, timed } from './bench-stage.ts';
import { benchNode, furnished } from './district-node.ts';
import type { SchoolSum } from './school-load.ts';
import { type TileSight, watchBoard } from './watch-board.ts';

interface Raised {
  readonly school: string;
  readonly at: number;
}

/** The first tile that shows an urgent alarm from beyond the backlog; or else, later, with the backlog in, any. */
const showsAlarm = ({ ahead, behind, p1 }: TileSight): boolean => ahead || (behind === 0 && p1 > 0);

/** The district is away while schools go on; then the backlog, and alarms that are raised while it comes. */
export async function outage(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, say, schools: size = SCHOOLS } = parts;
  const lines = quick ? 3_500 : 6_500;
  const everyMs = quick ? 100 : 250;
  const half = Math.ceil(size / 2);
  const url = await postgres.database('outage');
  return await staged(parts, join(dir, 'outage'), { url }, await furnished(url, size), async (node, load) => {
    await beginAll(parts, load, node.url, 0, size);
    await node.kill();
    say(`the district is away; ${lines} lines gather at each school`);
    await load.ask('gather', { schools: size, lines, overMs: 3_600_000 }, LONG_MS);
    const during = await load.ask<Raised[]>('raise', { schools: half }, LONG_MS);
    await node.start();
    const watch = await watchBoard(node.url);
    await watch.whole(size);
    const back = Date.now();
    say('it is back, and all schools come at once');
    const catching = { urls: [node.url], schools: size, limitMs: LONG_MS };
    const caught = load.ask<{ whole: boolean; at: number }[]>('catchUp', catching, LONG_MS);
    caught.catch(() => undefined);
    const live: Raised[] = [];
    let over = false;
    void caught.then(() => {
      over = true;
    });
    // One school after the other, as long as the backlog runs.
    for (let from = half; from < size && !over; from++) {
      await delay(everyMs);
      live.push(...(await load.ask<Raised[]>('raise', { schools: 1, from }, LONG_MS)));
    }
    const done = await caught;
    await delay(2_500);
    watch.close();
    const shown = (raised: readonly Raised[], from: (one: Raised) => number) =>
      raised.flatMap((one) => {
        const seen = watch.sights.get(one.school)?.find((sight) => sight.at >= from(one) && showsAlarm(sight));
        return seen ? [seen.at - from(one)] : [];
      });
    const whole = done.filter((one) => one.whole).length;
    const all = done.map(({ at }) => at - back);
    const last = back + Math.max(...all);
    const rate = figure((size * lines * 1_000) / Math.max(...all));
    return table(
      `an outage of an hour: ${lines} lines at each of ${size} schools, ${rate} lines/s`,
      ['until', 'schools', 'p50 ms', 'p99 ms', 'max ms'],
      [
        row(
          'an alarm of the outage is on the board, from the first batch',
          shown(during, () => back),
        ),
        row(
          'an alarm raised while the backlog comes is, from its fact',
          shown(
            live.filter(({ at }) => at < last),
            ({ at }) => at,
          ),
        ),
        row(`all lines are in (${whole} schools whole), from the first batch`, all),
      ],
    );
  });
}

/** What the district's journal is, reckoned from its rows alone. */
async function rowsOf(
  url: string,
): Promise<Map<string, { count: number; leaves: string; letters: boolean; roots: string[] }>> {
  const db = await openDatabase({ url, connections: 2 });
  try {
    const found = new Map<string, { count: number; leaves: string; letters: boolean; roots: string[] }>();
    for (const { school, seq } of await db.query<{ school: string; seq: number }>('SELECT school, seq FROM cursor')) {
      const rows = await db.query<{ seq: number; leaf: string; line: string | null }>(
        'SELECT seq, leaf, line FROM journal WHERE school = $1 ORDER BY epoch, seq',
        [school],
      );
      const all = createHash('sha256');
      let letters = rows.length === seq;
      for (const [n, { seq: number, leaf, line }] of rows.entries()) {
        all.update(Buffer.from(leaf, 'hex'));
        // What was sent to the letter is there to the letter.
        const own = line === null ? leaf : createHash('sha256').update(Buffer.of(0)).update(line).digest('hex');
        letters &&= own === leaf && number === n + 1;
      }
      const [cursor] = await db.query<{ roots: string[] }>('SELECT roots FROM cursor WHERE school = $1', [school]);
      found.set(school, { count: rows.length, leaves: all.digest('hex'), letters, roots: cursor?.roots ?? [] });
    }
    return found;
  } finally {
    await db.close();
  }
}

const hash = (left: string, right: string) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), Buffer.from(left, 'hex'), Buffer.from(right, 'hex')]))
    .digest('hex');

/** Two nodes, all deliveries unruly, one node killed, the database killed: are both ends the same? */
export async function faults(parts: BenchParts): Promise<string> {
  const { dir, quick, postgres, schools: size = SCHOOLS } = parts;
  const url = await postgres.database('faults');
  const schools = await furnished(url, size);
  const other = await benchNode(join(dir, 'faults'), { url });
  const seconds = parts.seconds ?? (quick ? 16 : 60);
  return await staged(parts, join(dir, 'faults'), { url }, schools, async (node, load) => {
    const urls = [node.url, other.url];
    await beginAll(parts, load, node.url, 0, size);
    const pace = { schools: size, lines: 20, everyMs: 1_500, seconds, urls, unruly: true };
    const said = load.ask<Paced & { refusals: Record<string, number> }>('paced', pace, LONG_MS);
    // Whatever goes wrong before it is awaited is told by what is awaited first.
    said.catch(() => undefined);
    await delay((seconds * 1_000) / 4);
    await other.kill();
    parts.say('a node was killed');
    await delay((seconds * 1_000) / 8);
    await other.start();
    await delay((seconds * 1_000) / 8);
    await postgres.kill();
    parts.say('the database was killed');
    await delay(1_000);
    await postgres.start();
    const { failures, refusals } = await timed(parts, 'schools go on', seconds, said);
    await load.ask('catchUp', { urls, schools: size, limitMs: LONG_MS }, LONG_MS);
    const sums = await load.ask<SchoolSum[]>('sums', { url: node.url, schools: size }, LONG_MS);
    await other.kill();
    const rows = await rowsOf(url);
    const equal = sums.filter(({ id, count, leaves, root }) => {
      const theirs = rows.get(id);
      const edge = theirs && theirs.roots.length > 0 && theirs.roots.reduceRight((right, left) => hash(left, right));
      return theirs?.count === count && theirs.leaves === leaves && theirs.letters && edge === root;
    });
    const total = sums.reduce((sum, { count }) => sum + count, 0);
    const lost = sums.reduce((sum, one) => sum + one.lost, 0);
    const reasons = Object.entries(refusals).map(([name, count]) => `${name} ${count}`);
    return (
      table(
        `faults: two nodes, one killed −9, PostgreSQL killed −9, each batch three times and out of order, ${seconds} s`,
        ['schools', 'lines', 'equal at both ends', 'acknowledged and lost', 'requests failed'],
        [
          [
            String(sums.length),
            total.toLocaleString('en-US'),
            String(equal.length),
            String(lost),
            `${failures} (${reasons.join(', ')})`,
          ],
        ],
      ) + (equal.length < sums.length || lost > 0 ? 'THE ENDS DIFFER\n' : '')
    );
  });
}
