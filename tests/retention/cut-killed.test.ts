/** A gateway that is killed while it cuts leaves a journal that verifies and starts, with the State it had; what was left is cut by the next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import type { Event, State } from '../../src/core/types.ts';
import { cutOf } from '../../src/store/journal/cut-lines.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { stateText } from '../../src/store/snapshot/state-text.ts';
import { until } from '../patience.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { fill, folded, keeping, longJournal } from './long-journal.ts';

const script = fileURLToPath(new URL('./cut-process.ts', import.meta.url));
const linesOf = (dir: string): string[] => {
  const db = new Database(join(dir, 'journal.db'), { readonly: true });
  try {
    return db.prepare<[], string>('SELECT json FROM events ORDER BY seq').pluck().all();
  } finally {
    db.close();
  }
};
/** Some seconds after the last event: no clock was set. */
const soon = (dir: string): number => (JSON.parse(linesOf(dir).at(-1)!) as Event).at + 10_000;
const cutIn = (dir: string) => linesOf(dir).filter((json) => cutOf(json)).length;

test('killed in the midst of cutting again and again, the journal verifies and gives the same State, and in the end all is cut', async () => {
  const dir = await dataFolder();
  const events = longJournal(112, new Map([[5, { closes: 'never', joins: true }]]));
  await fill(dir, events);
  const found: number[] = [];
  for (let kill = 0; kill < 4; kill++) {
    const child = spawn(process.execPath, [script, dir, String(soon(dir))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    // The first fact is on the disk and nothing is cut; then between two cuts, and in one.
    await until('it cuts', () => said.includes('done') || said.split('\n').length > 1 + 2 * kill);
    expect(said).not.toContain('done');
    child.kill('SIGKILL');
    await once(child, 'close');
    found.push(cutIn(dir));
    expect(await verifyJournal(dir)).toMatchObject({ ok: true });
    await (await openJournal({ dir, log: listeningLog(), anew: true })).close();
    expect(await verifyJournal(dir)).toMatchObject({ ok: true });
  }
  expect(found).toEqual([...found].sort((a, b) => a - b));

  rmSync(join(dir, 'snapshots'), { recursive: true, force: true });
  const last = await keeping(dir, soon(dir));
  const text = await last.gateway.read((state) => stateText(state as unknown as State));
  const whole = folded(events);
  for (const json of linesOf(dir)) {
    const event = cutOf(json) ? undefined : (JSON.parse(json) as Event);
    if (event && event.seq > whole.seq && event.seq <= (JSON.parse(text) as State).seq) evolve(whole, event);
  }
  expect(JSON.parse(text)).toEqual(JSON.parse(stateText(whole)));
  await last.cut();
  await last.close();
  expect(cutIn(dir)).toBeGreaterThan(found.at(-1)!);
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
});
