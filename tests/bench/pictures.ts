/**
 * The picture bench: `npm run bench:pictures [-- options]`. Kitchens drawn by chance, each seen by a camera of its own, that are tampered with in
 * every way or left alone; what the judge of the core says of them. Limits are chosen on seeds of their own (`--tuning`), which are never reported.
 */
import { parseArgs } from 'node:util';
import { figure } from './figures.ts';
import type { PicturesJob, PicturesPlayed } from './pictures-play.ts';
import { picturesTable } from './pictures-table.ts';
import { workOff } from './work-off.ts';

const usage = `npm run bench:pictures [-- options]
  --cameras N  cameras that every kind of tampering is tried on (40)
  --days N     cameras that are watched for a clean day (20)
  --from N     the first seed (0)
  --tuning     the seeds for choosing limits, which are not to be reported
  --threads N  1
  --within S   no camera is begun after so many seconds; cameras and days take turns
`;
const { values } = parseArgs({
  options: {
    cameras: { type: 'string', default: '40' },
    days: { type: 'string', default: '20' },
    from: { type: 'string', default: '0' },
    tuning: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    within: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const seeds = values.tuning ? 'tuning' : 'scoring';
const jobs = (play: PicturesJob['play'], count: number): PicturesJob[] =>
  Array.from({ length: count }, (_, n) => ({ seed: `${seeds}-${play}-${Number(values.from) + n}`, play }));
const [acts, days] = [jobs('acts', Number(values.cameras)), jobs('day', Number(values.days))];
const within = Number(values.within);
/** One after the other; whoever has little time gets some of both. */
const turns = acts.flatMap((one, n) => [one, ...days.slice(n, n + 1)]).concat(days.slice(acts.length));
const queue = within > 0 ? turns : [...acts, ...days];
const played: PicturesPlayed[] = [];
const began = Date.now();
/** What is there so far: whoever ends it early sees that, too. */
function report(): void {
  const stills = played.reduce((sum, one) => sum + one.stills, 0);
  process.stdout.write(
    `${figure(played.length)} cameras, ${figure(stills)} stills; seeds “${seeds}” from ${values.from}; ${Math.round((Date.now() - began) / 1_000)} s.\n\n${picturesTable(played)}`,
  );
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    report();
    process.exit(130);
  });
const late = within > 0 ? setTimeout(() => queue.splice(0), within * 1_000) : undefined;
await Promise.all(
  Array.from({ length: Math.min(Number(values.threads), queue.length) }, () =>
    workOff<PicturesJob, PicturesPlayed>(new URL('./pictures-work.ts', import.meta.url), queue, (one) => {
      played.push(one);
      // It takes long: whoever waits sees how far it is.
      process.stderr.write(
        `${played.length} of ${played.length + queue.length} cameras: ${JSON.stringify({ ...one, acts: one.acts.filter(({ found }) => !found) })}\n`,
      );
    }),
  ),
);
clearTimeout(late);
report();
