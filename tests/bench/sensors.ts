/** The bench of sensors: `npm run bench:sensors [-- --each N] [--tuning]`. Months of cold stores, judged; the seeds for choosing limits are not reported. */
import { parseArgs } from 'node:util';
import { storeFailures } from '../../simulators/store/cold-store.ts';
import { firstStore, playStore, storeReport } from './sensors-score.ts';

const { values } = parseArgs({
  options: { each: { type: 'string', default: '60' }, tuning: { type: 'boolean', default: false } },
});
const first = values.tuning ? firstStore.tuning : firstStore.scoring;
const months = storeFailures.flatMap((failure, n) =>
  Array.from({ length: Number(values.each) }, (_, i) => playStore(first + n * 10_000 + i, failure)),
);
process.stdout.write(storeReport(months));
