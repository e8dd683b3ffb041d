/**
 * The patrol bench: `npm run bench:patrol [-- options]`. Months of honest, irregular guards with one fraud planted in each, judged by the
 * rules of the core and by the same rules taken by the letter. Limits are chosen on seeds of their own (`--tuning`), which are never
 * reported.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { figure } from './figures.ts';
import { firstSeed, type PatrolJob, type PlayedMonth, patrolReport, planPatrol } from './patrol-score.ts';
import { workOff } from './work-off.ts';

/** In three kinds of school: with 90 of 90 found, 96.7 % is proved (exact, one-sided). */
const eachUsually = 30;
const usage = `npm run bench:patrol [-- options]
  --each N     months of each fraud, care and irregularity (${eachUsually})
  --tuning     the seeds for choosing limits, which are not to be reported
  --threads N  as many as there are cores
`;

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: String(eachUsually) },
    tuning: { type: 'boolean', default: false },
    threads: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const queue = planPatrol(Number(values.each), values.tuning ? firstSeed.tuning : firstSeed.scoring);
const months: PlayedMonth[] = [];
const began = Date.now();
const threads = Math.min(Number(values.threads ?? availableParallelism()), queue.length);
await Promise.all(
  Array.from({ length: threads }, () =>
    workOff<PatrolJob, PlayedMonth>(new URL('./patrol-work.ts', import.meta.url), queue, (played) => {
      months.push(played);
    }),
  ),
);
const touches = months.reduce((sum, one) => sum + one.touches, 0);
process.stdout.write(
  `${figure(months.length)} months, ${figure(touches)} touches; seeds “${values.tuning ? 'tuning' : 'scoring'}”; ` +
    `${Math.round((Date.now() - began) / 1_000)} s.\n\n${patrolReport(months)}`,
);
