/**
 * The bench of the district: `npm run bench:district [-- PIECE …] [--schools N] [--seconds N] [--quick]`. Prints the machine and one table a piece, each
 * figure beside its floor, and on the terminal how far it is; no piece goes on for longer than ten minutes. Needs Debian's PostgreSQL, of which it starts a
 * cluster of its own; everything ends with it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../peers/postgres.ts';
import type { BenchParts } from './district/bench-stage.ts';
import { faults, outage } from './district/fault-sections.ts';
import { playedNight } from './district/played-lines.ts';
import { cost, forty, load, memory } from './district/speed-sections.ts';
import { figure } from './figures.ts';
import { machine } from './machine.ts';
import { clock, within } from './peer.ts';

const data = fileURLToPath(new URL('../../data/', import.meta.url));
const PIECE_MS = 600_000;
const pieces: Readonly<Record<string, (parts: BenchParts) => Promise<string>>> = {
  ...{ forty, cost, load, outage, faults, memory },
};
/** Of each, where nothing else is asked for. */
const SIZES: Readonly<Record<string, readonly number[]>> = { cost: [40, 400, 4_000] };

interface Asked {
  readonly names: readonly string[];
  readonly quick: boolean;
  readonly schools: number | undefined;
  readonly seconds: number | undefined;
}

/** What the command line asks for; or the sentence of what is wrong with it. */
function asked(): Asked | string {
  const options = {
    quick: { type: 'boolean', default: false },
    schools: { type: 'string' },
    seconds: { type: 'string' },
  } as const;
  const { values, positionals: names } = parseArgs({ allowPositionals: true, options });
  const unknown = names.filter((name) => pieces[name] === undefined);
  if (unknown.length > 0) return `unknown piece ${unknown.join(', ')}; there are ${Object.keys(pieces).join(', ')}`;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const [schools, seconds] = [number(values.schools), number(values.seconds)];
  for (const one of [schools, seconds])
    if (one !== undefined && !(Number.isInteger(one) && one > 0)) return '--schools and --seconds take whole numbers';
  if (seconds !== undefined && seconds * 1_000 > PIECE_MS / 2) return 'no piece may take longer than ten minutes';
  return { names, quick: values.quick, schools, seconds };
}

/** Each piece with the number of schools it is to be played with. */
const plan = ({ names, quick, schools }: Asked): readonly (readonly [string, number | undefined])[] =>
  Object.keys(pieces)
    .filter((name) => names.length === 0 || names.includes(name))
    .flatMap((name) => {
      const sizes = schools === undefined ? (SIZES[name] ?? [undefined]) : [schools];
      return sizes.filter((size) => !quick || size === undefined || size <= 400).map((size) => [name, size] as const);
    });

async function main(): Promise<number> {
  const wanted = asked();
  if (typeof wanted === 'string') {
    process.stderr.write(`${wanted}\n`);
    return 64;
  }
  mkdirSync(data, { recursive: true });
  const dir = mkdtempSync(`${data}bench-district-`);
  process.stdout.write(`${machine(dir)}\n`);
  const night = await playedNight(wanted.quick ? 6 : 14);
  const postgres = await startPostgres({ fsync: 'on' });
  let wrong = false;
  try {
    for (const [name, schools] of plan(wanted)) {
      const began = clock();
      const say = (text: string) => {
        const s = Math.round((clock() - began) / 1_000);
        process.stderr.write(`[${name} ${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}] ${text}\n`);
      };
      const { quick, seconds } = wanted;
      const late = `${name} was not over after ten minutes, and was ended`;
      const text = await within(PIECE_MS, late, pieces[name]!({ dir, quick, night, postgres, schools, seconds, say }));
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
// Whatever is still under way of a piece that was ended goes with this process.
process.exit(await main());
