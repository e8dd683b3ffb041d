/**
 * What a person and a service manager meet who run the gateway: reading the configuration again and hearing what came of it, a new
 * secret without a restart, an exit code that says whether the end was asked for, and no gateway left behind without a keeper.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Event } from '../../src/core/types.ts';
import { compiled } from '../compiled.ts';
import { PATIENCE_MS, until } from '../patience.ts';
import { broker, campus, mqttReader, secrets } from './campus.ts';
import { startGateway } from './gateway.ts';

const root = join(import.meta.dirname, '../..');

async function school(through: readonly string[] = [], dir?: string) {
  const port = await freePort();
  const yaml = campus({ lines: [broker(port)], devices: [mqttReader('reader-1')] });
  const env = { ...secrets, ...(dir !== undefined && { GATEWAY_STORE: dir }) };
  return startGateway({ yaml, env, through });
}

/** A command in a shell that has none of the gateway's secrets. */
function beside(command: string, config: string, dir: string, ...more: string[]) {
  const { PATH = '' } = process.env;
  const args = [join(root, 'src/commands/start.mjs'), command, '--config', config, ...more];
  const env = { PATH, ...compiled, GATEWAY_STORE: dir };
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: PATIENCE_MS, env, cwd: dirname(config) });
}

test('a reload says what came of it: in force, refused with every error, or nobody there', async () => {
  const gateway = await school();
  const fine = readFileSync(gateway.config, 'utf8');
  expect(beside('reload', gateway.config, gateway.dir)).toMatchObject({ status: 0, stderr: '' });
  writeFileSync(gateway.config, fine.replace('"+08:00"', '"+8"'));
  const refused = beside('reload', gateway.config, gateway.dir);
  expect(refused.status).toBe(78);
  expect(refused.stderr).toMatch(/school\.timezone.*\n.*1 error/s);
  await gateway.kill('SIGKILL');
  writeFileSync(gateway.config, fine);
  expect(beside('reload', gateway.config, gateway.dir)).toMatchObject({ status: 1 });
});

test('a command beside the gateway says of a slip in the file where it is, and not that a folder is missing', async () => {
  const gateway = await school();
  writeFileSync(gateway.config, 'school:\n  name: [\n');
  for (const told of [
    beside('reload', gateway.config, gateway.dir),
    beside('backup', gateway.config, gateway.dir, '--to', '.'),
  ]) {
    expect(told).toMatchObject({ status: 78 });
    expect(told.stderr).toMatch(/campus\.yaml:[23]:\d+ /);
    expect(told.stderr).not.toContain('folder');
  }
  writeFileSync(gateway.config, '{"school":{}}');
  expect(beside('reload', gateway.config, gateway.dir).stderr).toContain(
    'store.dir: 没有写数据文件夹 / the data folder is not named',
  );
});

test('what is changed in the configuration is a fact: by whom at a reload, and at a start what was changed meanwhile', async () => {
  const gateway = await school();
  const change = (from: string, to: string) => {
    const text = readFileSync(gateway.config, 'utf8');
    expect(text).toContain(from);
    writeFileSync(gateway.config, text.replace(from, to));
  };
  change('"+08:00"', '"+07:00"');
  expect(beside('reload', gateway.config, gateway.dir)).toMatchObject({ status: 0 });
  await gateway.kill('SIGKILL');
  change('"+07:00"', '"+08:00"');
  await gateway.restart();
  const cookie = await gateway.login();
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?limit=100', cookie);
  const told = rows.flatMap((one) => (one.kind === 'configured' || one.kind === 'started' ? [one] : []));
  const field = (from: string, to: string) => ({
    changes: expect.arrayContaining([
      { part: 'school', id: '', change: 'changed', fields: [{ name: 'utcOffsetMin', from, to }] },
    ]),
  });
  expect(told.find(({ kind }) => kind === 'configured')).toMatchObject({
    by: process.env.SUDO_USER ?? userInfo().username,
    difference: field('480', '420'),
  });
  const starts = told.filter(({ kind }) => kind === 'started').sort((a, b) => a.seq - b.seq);
  expect(starts.map(({ difference }) => difference)).toEqual([undefined, field('420', '480')]);
});

test('a secret that is new since the start comes in by a reload', async () => {
  const gateway = await school();
  const text = readFileSync(gateway.config, 'utf8');
  writeFileSync(gateway.config, text.replace('DEVICE_PASSWORD', 'NEW_PASSWORD'));
  expect(beside('reload', gateway.config, gateway.dir)).toMatchObject({ status: 78 });
  writeFileSync(join(dirname(gateway.config), 'secrets.env'), 'NEW_PASSWORD="kept beside"\n', { mode: 0o600 });
  const answer = beside('reload', gateway.config, gateway.dir);
  expect(answer).toMatchObject({ status: 0, stderr: '' });
});

test('a backup beside a running gateway is whole, and starts elsewhere with its people, phones, keys, pictures and clips', async () => {
  const gateway = await school();
  const cookie = await gateway.login();
  mkdirSync(join(gateway.dir, 'pictures'), { recursive: true });
  writeFileSync(join(gateway.dir, 'pictures', '100-1.jpg'), 'a picture');
  // Of an alarm that is raised after the journal was copied.
  writeFileSync(join(gateway.dir, 'pictures', '100-999.jpg'), 'a later picture');
  mkdirSync(join(gateway.dir, 'clips'));
  writeFileSync(join(gateway.dir, 'clips', '90-1.mp4'), 'a clip');
  writeFileSync(join(gateway.dir, 'clips', '90-999.mp4'), 'a later clip');
  mkdirSync(join(gateway.dir, 'references'));
  writeFileSync(join(gateway.dir, 'references', 'yard.day.json'), '{}');
  writeFileSync(join(gateway.dir, 'references', 'yard.night.json.new'), 'half');
  const text = readFileSync(gateway.config, 'utf8');
  writeFileSync(gateway.config, JSON.stringify({ ...JSON.parse(text), reports: { font: 'our.ttc#Our Face' } }));
  writeFileSync(join(dirname(gateway.config), 'our.ttc'), 'a font');
  writeFileSync(join(gateway.dir, 'phones.json'), '{"phones":[]}', { mode: 0o600 });
  writeFileSync(join(gateway.dir, 'district.witness.json'), '{"url":"a","key":"b"}');
  const to = join(dirname(gateway.config), 'kept');
  const made = beside('backup', gateway.config, gateway.dir, '--to', to);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  const [name = ''] = readdirSync(to);
  expect(readdirSync(to)).toEqual([expect.stringMatching(/^gatehouse-\d{8}T\d{6}Z$/)]);
  expect(spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: join(to, name) }).status).toBe(0);
  expect(readdirSync(join(to, name, 'data', 'pictures'))).toEqual(['100-1.jpg']);
  expect(readdirSync(join(to, name, 'data', 'clips'))).toEqual(['90-1.mp4']);
  expect(readdirSync(join(to, name, 'data', 'references'))).toEqual(['yard.day.json']);
  expect(readFileSync(join(to, name, 'data', 'logouts'))).toEqual(readFileSync(join(gateway.dir, 'logouts')));
  expect(readFileSync(join(to, name, 'config', 'our.ttc'), 'utf8')).toBe('a font');
  await gateway.stop();
  const data = join(to, name, 'data');
  expect(readFileSync(join(data, 'phones.json'), 'utf8')).toBe('{"phones":[]}');
  expect(readFileSync(join(data, 'district.witness.json'), 'utf8')).toBe('{"url":"a","key":"b"}');
  const again = await school([], data);
  const me = await again.get<{ name: string }>('/api/me', cookie);
  expect(me.name).toBe('duty');
  expect(readFileSync(join(data, 'pictures', '100-1.jpg'), 'utf8')).toBe('a picture');
  const kinds = (await again.get<{ rows: Event[] }>('/api/events?limit=100', cookie)).rows.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'started')).toHaveLength(2);
});

test('a backup of a broken journal is none', async () => {
  const gateway = await school();
  await gateway.stop();
  const journal = new Database(join(gateway.dir, 'journal.db'));
  journal.prepare("UPDATE events SET json = replace(json, 'started', 'Started') WHERE seq = 1").run();
  journal.close();
  const to = join(dirname(gateway.config), 'kept');
  expect(beside('backup', gateway.config, gateway.dir, '--to', to)).toMatchObject({ status: 1 });
  expect(readdirSync(to)).toEqual([]);
});

/** Ends every thread but the main one once this file is in the data folder, as a fault in a library would. */
const threadsDie = `
const { isMainThread } = require('node:worker_threads');
const { existsSync } = require('node:fs');
if (!isMainThread) setInterval(() => existsSync(process.env.GATEWAY_STORE + '/end') && process.exit(1), 20).unref();`;

test('a gateway that cannot go on ends with an exit code that is not 0', async () => {
  const place = mkdtempSync(join(tmpdir(), 'gatehouse-threads-'));
  onTestFinished(() => rmSync(place, { recursive: true }));
  writeFileSync(join(place, 'threads-die.cjs'), threadsDie);
  const gateway = await school(['env', `NODE_OPTIONS=--require ${place}/threads-die.cjs`]);
  writeFileSync(join(gateway.dir, 'end'), '');
  const hangUp = setInterval(() => void gateway.kill('SIGHUP'), 500);
  onTestFinished(() => clearInterval(hangUp));
  await gateway.said('cannot go on');
  clearInterval(hangUp);
  expect(await gateway.ended).toBe(1);
});

test('npm that dies of a SIGHUP leaves no gateway behind', async () => {
  const gateway = await school();
  await gateway.stop();
  const env = { ...process.env, ...secrets, GATEWAY_STORE: gateway.dir, GATEWAY_PORT: String(await freePort()) };
  const args = ['start', '--silent', '--', '--config', gateway.config];
  const npm = spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
  const said: string[] = [];
  npm.stdout.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  const gone = once(npm, 'exit');
  onTestFinished(() => void npm.kill('SIGKILL'));
  await until('npm has started a gateway', () => said.join('').includes('pages at'));
  // Who it is it says once all of it is open, which is after its pages.
  await until('it says who it is', () => existsSync(join(gateway.dir, 'gateway.run.json')));
  const { pid } = JSON.parse(readFileSync(join(gateway.dir, 'gateway.run.json'), 'utf8')) as { pid: number };
  npm.kill('SIGHUP');
  await gone;
  await until('the gateway has ended as well', () => spawnSync('kill', ['-0', String(pid)]).status !== 0);
});
