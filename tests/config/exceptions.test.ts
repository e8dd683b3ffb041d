/**
 * What a configuration says about patrol exceptions: limits in the units people say, rules switched off, and what holds unsaid.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { usualLimits } from '../../src/core/exception/exception-limits.ts';
import { limitsOf } from '../../src/core/patrol/suspect.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { englishText } from './load.ts';

/** The smallest school there is, with these lines behind it. */
async function load(more: string) {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-exceptions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'school.yaml');
  await writeFile(
    file,
    `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: data }
lines: []
devices: []
zones: []
${more}`,
  );
  const result = await loadConfig(file, {});
  return result.ok
    ? limitsOf(result.config.site)
    : result.errors.map((error) => englishText(error).slice(file.length + 1));
}

test('without a word every rule is on, with its usual limits', async () => {
  expect(await load('')).toEqual(usualLimits);
});

test('seconds and minutes are what people say, what is not named stays usual, and "off" is off', async () => {
  const limits = await load(
    'patrol: { exceptions: { by-hand: { perWeek: 3 }, same-point: { withinSec: 45 }, late-batch: { afterMin: 90 }, off-duty: "off" } }',
  );
  const { 'off-duty': _off, ...rest } = usualLimits;
  expect(limits).toEqual({
    ...rest,
    'by-hand': { perWeek: 3 },
    'same-point': { ...usualLimits['same-point'], withinMs: 45_000 },
    'late-batch': { ...usualLimits['late-batch'], afterMs: 90 * 60_000 },
  });
});

test('a rule that is not there, and a limit that can mean nothing, are said with their place', async () => {
  expect(await load('patrol: { exceptions: { too-slow: "off" } }')).toMatchObject([
    expect.stringContaining('too-slow'),
  ]);
  expect(await load('patrol: { exceptions: { too-fast: { share: 3 } } }')).toMatchObject([
    expect.stringContaining('patrol.exceptions.too-fast'),
  ]);
});
