/**
 * The exit codes and complaints of the command line, from processes of their own: what a service manager and a person at
 * a keyboard see.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compiled } from '../compiled.ts';
import { PATIENCE_MS } from '../patience.ts';

const start = fileURLToPath(new URL('../../src/commands/start.mjs', import.meta.url));

function call(...args: string[]) {
  return callWith('', ...args);
}

function callWith(input: string, ...args: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'gatehouse-command-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, 'wrong.yaml'), 'school: { short: 一二三四五六七八 }\nlines: nonsense\n');
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [start, ...args], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    cwd,
    env: { PATH, ...compiled },
    input,
  });
  return { status, stdout, stderr };
}

describe('a wrong call', () => {
  test.each([
    [['nonsense']],
    [['run', '--nonsense']],
    [['user', 'add', 'wang', '--role', 'king']],
    [['user', 'pin']],
    [['demo', '--seconds', 'x']],
  ])('%j is answered with what would be right and 64', (args) => {
    const { status, stderr } = call(...args);
    expect(status).toBe(64);
    expect(stderr).toMatch(/Usage: npm|expected a positive number/);
    expect(stderr).not.toContain('    at ');
  });

  test('without a command is answered with the usage and 0', () => {
    expect(call()).toMatchObject({ status: 0 });
  });
});

test('a person and their codes are set from standard input, one line each', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-people-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const set = (input: string, ...args: string[]) => callWith(input, 'user', ...args, '--data', dir);
  expect(set('correct horse 9\n', 'add', 'wang', '--role', 'operator')).toMatchObject({ status: 0 });
  expect(set('258036\n741096\n', 'pin', 'wang')).toMatchObject({ status: 0, stderr: '' });
  const [wang] = (JSON.parse(readFileSync(join(dir, 'users.json'), 'utf8')) as { users: object[] }).users;
  expect(Object.keys(wang!)).toEqual(['name', 'role', 'hash', 'pin', 'duress']);
});

test('whoever changes people, or checks the configuration, is told whom alarms do not reach', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-people-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'school.yaml');
  writeFileSync(
    file,
    `school: { name: { zh: 小学, en: School }, short: 小学, timezone: "+08:00" }
map: { width: 100, height: 100 }
server: { host: 127.0.0.1, port: 8080 }
store: { dir: . }
lines: []
devices: []
zones: []
walls: [{ user: hall, title: { zh: 大厅, en: Hall } }]
escalation:
  lastResort: { roles: [admin] }
  p1: { steps: [{ afterSec: 9, roles: [guard] }, { afterSec: 30, roles: [head] }], repeatMin: 2 }
`,
  );
  const set = (input: string, ...args: string[]) => callWith(input, 'user', ...args, '--data', dir, '--config', file);
  const nobody = call('check', '--config', file);
  expect(nobody.status).toBe(0);
  expect(nobody.stderr).toContain('最后联系人没有人：没有可以登录的账号');
  set('correct horse 9\n', 'add', 'chen', '--role', 'head');
  set('correct horse 9\n', 'add', 'root', '--role', 'admin');
  set('correct horse 9\n', 'add', 'li', '--role', 'guard');
  set('correct horse 9\n', 'add', 'wang', '--role', 'operator');
  set('correct horse 9\n', 'add', 'yard', '--role', 'operator', '--kiosk');
  expect(set('correct horse 9\n', 'add', 'hall', '--role', 'operator').stderr).toMatch(
    /大屏 hall：不是大屏账号[\s\S]*大屏账号 yard 不在配置的 walls 里/,
  );
  const disabled = set('', 'disable', 'li');
  expect(disabled.status).toBe(0);
  expect(disabled.stderr).toContain('一级报警升级第 1 级没有人：没有可以登录的账号');
  expect(disabled.stderr).toContain('priority 1, level 1 reaches nobody');
  expect(call('check', '--config', file).stderr).toContain('一级报警升级第 1 级没有人');
  expect(set('', 'enable', 'li').stderr).not.toContain('没有人');
});

test('people are listed, disabled and removed, and a changed password keeps wall and codes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-people-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const set = (input: string, ...args: string[]) => callWith(input, 'user', ...args, '--data', dir);
  const saved = () => (JSON.parse(readFileSync(join(dir, 'users.json'), 'utf8')) as { users: object[] }).users;
  set('correct horse 9\n', 'add', 'hall', '--role', 'operator', '--kiosk');
  set('258036\n\n', 'pin', 'hall');
  expect(set('another horse 9\n', 'add', 'hall', '--role', 'operator')).toMatchObject({ status: 0 });
  expect(set('a third horse 9\n', 'password', 'hall')).toMatchObject({ status: 0 });
  expect(saved()).toMatchObject([{ name: 'hall', kiosk: true, pin: expect.any(String) }]);
  expect(set('', 'disable', 'hall')).toMatchObject({ status: 0 });
  expect(set('', 'list').stdout).toMatch(/^hall\t.*operator.*kiosk.*has a code.*disabled/);
  expect(set('', 'enable', 'hall')).toMatchObject({ status: 0 });
  expect(saved()).not.toMatchObject([{ disabled: true }]);
  expect(set('yet a horse 9\n', 'add', 'hall', '--role', 'operator', '--no-kiosk')).toMatchObject({ status: 0 });
  expect(saved()).not.toMatchObject([{ kiosk: true }]);
  expect(set('', 'remove', 'hall')).toMatchObject({ status: 0 });
  expect(saved()).toEqual([]);
  expect(set('', 'disable', 'hall')).toMatchObject({ status: 1, stderr: expect.stringContaining('no user') });
});

describe('a configuration', () => {
  test.each(['run', 'check'])('with errors ends %s with 78 and every error with its line', (command) => {
    const { status, stderr } = call(command, '--config', 'wrong.yaml');
    expect(status).toBe(78);
    expect(stderr).toMatch(/wrong\.yaml:1:/);
    expect(stderr).toMatch(/wrong\.yaml:2:/);
    expect(stderr).toMatch(/\d+ error\(s\) in wrong\.yaml; nothing was started or changed\./);
    expect(stderr).not.toContain('    at ');
  });

  test('that is not there ends with 78 and says so', () => {
    const { status, stderr } = call('run', '--config', 'nowhere.yaml');
    expect(status).toBe(78);
    expect(stderr).toContain('nowhere.yaml');
    expect(stderr).not.toContain('    at ');
  });
});

test('verify of a folder without a journal ends with 1 and a sentence', () => {
  const { status, stdout, stderr } = call('verify', '--data', 'nowhere');
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('nowhere');
  expect(stderr).not.toContain('    at ');
});
