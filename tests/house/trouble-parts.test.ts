/**
 * What something is wrong with is called by a name that a person knows, not by the one in the log. The parts are looked for in the
 * sources, where each is said.
 */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { troublePart } from '../../src/words/device/trouble-part-words.ts';

const SAID = /\b(?:trouble|troubles\.set)\((['`])([a-z][a-z\d-]*)(?:\1|:\$)/g;

function partsSaid(): string[] {
  const files = globSync('src/{app,perform,store,uplink}/**/*.ts', { cwd: new URL('../..', import.meta.url) });
  const found = files.flatMap((file) =>
    [...readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').matchAll(SAID)].map(([said, , part]) =>
      said.endsWith('$') ? `${part}:one` : part!,
    ),
  );
  return [...new Set(found)].sort();
}

test('every part that something can be wrong with has a name in both languages', () => {
  const parts = partsSaid();
  expect(parts).toContain('channel:one');
  expect(parts).toContain('journal-gap');
  expect(parts.filter((part) => !/[\u4e00-\u9fff]|^InfluxDB$/.test(troublePart(part).zh))).toEqual([]);
  // What is said under a name that is made as the program runs.
  for (const part of ['dc09', 'dc09-2', 'heartbeat:bureau', 'gb28181', 'replies:modem']) parts.push(part);
  expect(parts.filter((part) => troublePart(part).zh === part)).toEqual([]);
  expect(parts.filter((part) => /[-:]/.test(troublePart(part).en))).toEqual([]);
});
