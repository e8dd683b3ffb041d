/**
 * The bench of the district: `npm run bench:district [-- section …] [--quick]`. Prints the machine and one table a section, each figure beside its
 * floor. Needs Debian's PostgreSQL, of which it starts a cluster of its own; everything ends with it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../peers/postgres.ts';
import type { BenchParts } from './district/bench-stage.ts';
import { faults, outage } from './district/fault-sections.ts';
import { playedNight } from './district/played-lines.ts';
import { growing, soon } from './district/speed-sections.ts';
import { figure } from './figures.ts';
import { machine } from './machine.ts';

const data = fileURLToPath(new URL('../../data/', import.meta.url));
const given = process.argv.slice(2);
const quick = given.includes('--quick');
const wanted = given.filter((word) => !word.startsWith('--'));
const sections: Readonly<Record<string, (parts: BenchParts) => Promise<string>>> = { soon, growing, outage, faults };

async function main(): Promise<number> {
  const unknown = wanted.filter((name) => sections[name] === undefined);
  if (unknown.length > 0) {
    process.stderr.write(`unknown section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}\n`);
    return 64;
  }
  mkdirSync(data, { recursive: true });
  const dir = mkdtempSync(`${data}bench-district-`);
  process.stdout.write(`${machine(dir)}\n`);
  const night = await playedNight(quick ? 6 : 14);
  const postgres = await startPostgres({ fsync: 'on' });
  let wrong = false;
  try {
    for (const [name, section] of Object.entries(sections)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const text = await section({ dir, quick, night, postgres });
      wrong ||= text.includes('DIFFER');
      process.stdout.write(`${text}load of the machine by now ${figure(loadavg()[0]!)}\n`);
    }
    return wrong ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await postgres.end();
    rmSync(dir, { recursive: true, force: true });
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exit(await main());
