/**
 * The benchmarks: `npm run bench -- [section …] [--quick]`. Prints the machine and one table a section, each figure
 * beside its floor from the same run. Everything runs on loopback in processes of its own and ends with this one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { latency } from './latency.ts';
import { machine } from './machine.ts';
import { floor, senders, stage } from './side.ts';

const dir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const wanted = words.filter((word) => !word.startsWith('--'));

const sections: Record<string, () => Promise<string>> = {
  async latency() {
    const low = await floor(dir, senders(50));
    const stages = [await stage(low)];
    const text = await latency(stages, quick ? 2 : 5);
    for (const one of stages) await one.stop();
    await low.stop();
    return text;
  },
};

const unknown = wanted.filter((name) => sections[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`unknown section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}\n`);
  process.exit(64);
}
process.stdout.write(`${machine(dir)}\n`);
for (const [name, section] of Object.entries(sections)) {
  if (wanted.length === 0 || wanted.includes(name)) process.stdout.write(await section());
}
rmSync(dir, { recursive: true, force: true });
