/** The units for systemd in `deploy/`: what they name is there, and systemd itself finds nothing wrong with them, where it is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const units = readdirSync(join(root, 'deploy')).filter((name) => name.endsWith('.service'));
const analyze = '/usr/bin/systemd-analyze';

test('there is one for a school and one for a district', () => {
  expect(units).toEqual(['gatehouse-district.service', 'gatehouse.service']);
});

test.each(units)(
  '%s runs a program and a command that are there, as a user of its own, into its own folders',
  (name) => {
    const text = readFileSync(join(root, 'deploy', name), 'utf8');
    const own = name.replace('.service', '');
    const [, file, command] = /^ExecStart=\S+ --\S+ (src\/\S+) (\S+) --config \/etc\/\S+$/m.exec(text) ?? [];
    expect(existsSync(join(root, file ?? ''))).toBe(true);
    expect(readFileSync(join(root, 'src/commands/main.ts'), 'utf8')).toContain(`case '${command}':`);
    for (const key of ['User', 'StateDirectory', 'CacheDirectory']) expect(text).toContain(`\n${key}=${own}\n`);
    expect(text).toContain(`\nReadWritePaths=/var/lib/${own}\n`);
    expect(text).toMatch(/^\[Install\]$/m);
  },
);

test.skipIf(!existsSync(analyze)).each(units)('systemd finds nothing wrong with %s', (name) => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-units-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const here = readFileSync(join(root, 'deploy', name), 'utf8')
    // Here nothing is installed where a unit has it.
    .replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`)
    .replace(/^ExecReload=.*$/m, '')
    .replace(/^WorkingDirectory=.*$/m, `WorkingDirectory=${root}`);
  const verdict = (text: string) => {
    writeFileSync(join(dir, name), text);
    const { status, stdout, stderr } = spawnSync(analyze, ['verify', join(dir, name)], { encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };
  expect(verdict(here)).toEqual({ status: 0, said: '' });
  expect(verdict(here.replace('RestartSec', 'RestartSecs')).said).toContain('RestartSecs');
});
