/**
 * The detection bench: `npm run bench:detection [-- options]`, which `--help` lists. Two families of controllers and the gateway's own
 * detector judge the same fences: in the matrix, or with `--linear` on fences of linear loss, where words and dwell times are told
 * apart as well. Limits are tuned on seeds of their own (`--tuning`), which are never reported.
 */
import { availableParallelism } from 'node:os';
import { firstSeed, full, type Job, perDay, places, plan, pollMs, quick } from './detection-plan.ts';
import type { Played } from './detection-play.ts';
import { Outcome } from './detection-score.ts';
import { report } from './detection-table.ts';
import { figure } from './figures.ts';
import { runMatrix, usage } from './matrix.ts';
import { reach } from './matrix-reach.ts';
import { workOff } from './work-off.ts';

const words = process.argv.slice(2);
const known = ['--linear', '--quick', '--tuning'];
const stillEveryMs = 10_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const unknown = words.filter((word) => !known.includes(word));
  if (unknown.length > 0) {
    process.stderr.write(`unknown ${unknown.join(', ')}; there are ${known.join(', ')}\n`);
    return 64;
  }
  const effort = words.includes('--quick') ? quick : full;
  const tuning = words.includes('--tuning');
  const seed = tuning ? firstSeed.tuning : firstSeed.report;
  const queue = plan(effort, seed);
  const pieces = queue.length;
  const began = Date.now();
  say(
    `${figure(effort.attacks)} attacks of each kind and ${figure(effort.days * 4)} days of four seasons in each of ` +
      `${places.length} zones, a reading every ${pollMs} ms; ` +
      Object.entries(perDay)
        .map(([act, count]) => `${act} ${count}`)
        .join(', ') +
      ` a day. Seeds from ${figure(seed)}${tuning ? ', which are for tuning and not to be reported' : ''}.`,
  );
  const outcome = new Outcome();
  let finished = 0;
  const passed = () => `${Math.round((Date.now() - began) / 1_000)} s`;
  const timer = setInterval(() => say(`      … ${finished} of ${pieces} pieces, ${passed()}`), stillEveryMs);
  try {
    const threads = Math.min(availableParallelism(), pieces);
    await Promise.all(
      Array.from({ length: threads }, () =>
        workOff<Job, Played>(new URL('./detection-work.ts', import.meta.url), queue, (played) => {
          finished += 1;
          outcome.add(played);
        }),
      ),
    );
  } finally {
    clearInterval(timer);
  }
  process.stdout.write(report(outcome));
  say(`${figure(outcome.readings)} readings of a zone, judged three times each in ${passed()}.`);
  return 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (words.includes('--help')) {
  say(usage);
  process.exit(0);
}
if (words.includes('--reach')) {
  say(reach());
  process.exit(0);
}
if (words.includes('--linear')) process.exit(await main());
process.stdout.write(await runMatrix(words));
