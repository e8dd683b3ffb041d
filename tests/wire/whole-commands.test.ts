/** Commands as people really type them: as another user than the gateway's, with a dash of full width, into what is no folder. Each ends in a sentence. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { compiled } from '../compiled.ts';
import { PATIENCE_MS } from '../patience.ts';
import { listeningLog, readings } from '../store/place.ts';
import { broker, campus, mqttReader, secrets } from './campus.ts';
import { password } from './gateway.ts';

const start = join(import.meta.dirname, '../../src/commands/start.mjs');

/** A folder whose name has a space and Chinese in it, with a configuration and a journal. */
async function place(): Promise<{ dir: string; data: string; config: string }> {
  const above = await mkdtemp(join(tmpdir(), 'gatehouse-commands-'));
  onTestFinished(() => rm(above, { recursive: true }));
  const dir = join(above, '我的 学校');
  const data = join(dir, '数 据');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const config = join(dir, 'campus.yaml');
  writeFileSync(config, campus({ lines: [broker(await freePort())], devices: [mqttReader('reader-1')] }));
  return { dir, data, config };
}

function typed(
  cwd: string,
  env: Readonly<Record<string, string>>,
  words: readonly string[],
  as: readonly string[] = [],
) {
  const line = [...as, process.execPath, start, ...words];
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(line[0]!, line.slice(1), {
    ...{ cwd, encoding: 'utf8', timeout: PATIENCE_MS, input: `${password}\n` },
    // Nothing listens; a configuration has to name a port.
    env: { PATH, ...compiled, ...secrets, GATEWAY_PORT: '1', ...env },
  });
  return { status, said: stdout + stderr };
}

const trace = /\n {4}at |Node\.js v/;

test('a word that means nothing is refused and not passed over, as an option with a dash of full width is', async () => {
  const { dir, data } = await place();
  for (const stray of ['－－config', '——config', 'extra']) {
    const { status, said } = typed(dir, { GATEWAY_STORE: data }, ['check', stray, 'campus.yaml']);
    expect(status).toBe(64);
    expect(said).toContain(`“${stray}”`);
  }
  expect(typed(dir, { GATEWAY_STORE: data }, ['check', '--config', 'campus.yaml']).status).toBe(0);
  expect(typed(dir, {}, ['user', 'list', '--data', '数 据', '没有']).status).toBe(0);
  expect(typed(dir, {}, ['user', 'remove', 'wang', 'li', '--data', '数 据']).status).toBe(64);
});

test('a copy into what is no folder ends in one sentence, and so does one whose folder cannot be made', async () => {
  const { dir, data } = await place();
  const journal = await openJournal({ dir: data, log: listeningLog() });
  await journal.append(readings(1, 10));
  await journal.close();
  writeFileSync(join(dir, 'a file'), '');
  const env = { GATEWAY_STORE: data };
  for (const to of ['a file', 'a file/below']) {
    const { status, said } = typed(dir, env, ['backup', '--config', 'campus.yaml', '--to', to]);
    expect(status).toBe(1);
    expect(said).toMatch(/nothing was backed up to a file/);
    expect(said).not.toMatch(trace);
    expect(said).not.toMatch(/(E[A-Z]+): \1/);
  }
});

test.runIf(process.getuid?.() === 0)(
  'whoever may not read or write the people is told so, and nothing is changed',
  async () => {
    const { dir, data } = await place();
    expect(typed(dir, {}, ['user', 'add', '王', '--role', 'guard', '--data', data]).status).toBe(0);
    for (let at = dir; at.length > tmpdir().length; at = join(at, '..')) chmodSync(at, 0o755);
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const add = ['user', 'add', 'li', '--role', 'guard', '--data', data];
    const unread = typed(dir, {}, add, nobody);
    expect(unread).toMatchObject({ status: 1, said: expect.stringMatching(/users\.json cannot be read/) });
    chmodSync(data, 0o755);
    chmodSync(join(data, 'users.json'), 0o644);
    const unwritten = typed(dir, {}, add, nobody);
    expect(unwritten).toMatchObject({
      status: 1,
      said: expect.stringMatching(/users\.json cannot be written \(E[A-Z]+\)/),
    });
    expect(unread.said + unwritten.said).not.toMatch(trace);
    chmodSync(join(data, 'users.json'), 0o600);
    expect(typed(dir, {}, ['user', 'list', '--data', data]).said).toMatch(/^王\t[^\n]*\n$/);
  },
);
