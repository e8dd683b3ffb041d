/**
 * Runs the matrix in threads. With `--out` every piece is written down when it is done, and a run that is started again with the
 * same file goes on where the last one stopped, so that an hour may be given in pieces.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { figure } from './figures.ts';
import { type Effort, firstSeed, full, type Job, plan, quick, type SeedRange } from './matrix-plan.ts';
import type { Played } from './matrix-play.ts';
import { Matrix } from './matrix-score.ts';
import { everyCell, matrixReport } from './matrix-table.ts';
import { workOff } from './work-off.ts';

export const usage = `npm run bench:detection [-- options]
  --quick             two and a half minutes on one core: each cell once
  --each 25           tries of each scenario in each of the 72 cells
  --days 6            quiet days of each friction, springs and sky
  --faults 3          tries of each host fault in each friction, springs and pace
  --only words        only scenarios whose name has one of these in it, comma between; 'weather' for the quiet days
  --out file          (a run by npm is ended after an hour) write each piece down and go on from there next time
  --report            only the report of what --out holds
  --cells             each of the 72 cells as well
  --threads 2         default: all of the machine's
  --tuning            the seeds for tuning, which are not to be reported
  --reach             instead: what of each act reaches the sensor at all, in half a minute
  --linear            the older bench instead: fences of linear loss, words and dwell times`;
const stillEveryMs = 15_000;
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Runs what the words ask for; resolves with the report. */
export async function runMatrix(words: readonly string[]): Promise<string> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...words],
    options: {
      ...{ quick: flag, report: flag, cells: flag, tuning: flag },
      ...{ each: text, days: text, faults: text, only: text, out: text, threads: text },
    },
  });
  const least = values.quick ? quick : full;
  const effort: Effort = {
    each: Number(values.each ?? least.each),
    days: Number(values.days ?? least.days),
    faults: Number(values.faults ?? least.faults),
  };
  const range: SeedRange = values.tuning ? 'tuning' : 'scoring';
  const jobs = plan(effort, range, values.only?.split(','));
  const matrix = new Matrix();
  if (values.out && existsSync(values.out))
    for (const line of readFileSync(values.out, 'utf8').split('\n')) if (line) matrix.add(JSON.parse(line, wholeNaN));
  const queue = values.report ? [] : jobs.filter(({ id }) => !matrix.done.has(id));
  const began = Date.now();
  const passed = () => `${Math.round((Date.now() - began) / 1_000)} s`;
  let finished = 0;
  const timer = setInterval(
    () => say(`      … ${finished} of ${queue.length + finished} pieces, ${passed()}`),
    stillEveryMs,
  );
  const threads = Math.min(Number(values.threads ?? availableParallelism()), queue.length);
  try {
    const kept = (played: Played) => {
      finished += 1;
      matrix.add(played);
      if (values.out) appendFileSync(values.out, `${JSON.stringify(played)}\n`);
    };
    await Promise.all(
      Array.from({ length: threads }, () =>
        workOff<Job, Played>(new URL('./matrix-work.ts', import.meta.url), queue, kept),
      ),
    );
  } finally {
    clearInterval(timer);
  }
  const seeds = `seeds “${range}”, from ${firstSeed[range].toLocaleString('en-US')}`;
  const head = `${matrix.done.size} pieces, ${figure(matrix.trials.length)} acts, ${figure(matrix.readings)} readings of a zone; ${seeds}.`;
  say(passed());
  return [head, '', matrixReport(matrix), ...(values.cells ? [everyCell(matrix)] : [])].join('\n');
}

/** What JSON cannot say: a time that never came. */
function wholeNaN(key: string, value: unknown): unknown {
  if (key === 'tookMs')
    return value === null ? Number.NaN : Array.isArray(value) ? value.map((one) => one ?? Number.NaN) : value;
  return value;
}
