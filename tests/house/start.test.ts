/**
 * What a person meets who starts Gatehouse under a Node that is too old: one line, exit code 78, no crash.
 * Runs the real door in a process of its own; where no old Node is at hand, this one is dressed up as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PATIENCE_MS } from '../patience.ts';

const START = fileURLToPath(new URL('../../src/commands/start.mjs', import.meta.url));
const HOST_NODE = '/usr/bin/node';

function dressed(node: string, napi: string): string[] {
  const versions = JSON.stringify({ ...process.versions, node, napi });
  return [
    '--import',
    `data:text/javascript,Object.defineProperty(process,'versions',{value:${encodeURIComponent(versions)}})`,
  ];
}
function start(program: string, flags: readonly string[]) {
  return spawnSync(program, [...flags, START, 'help'], { encoding: 'utf8', timeout: PATIENCE_MS });
}
function hostIsOld(): boolean {
  if (!existsSync(HOST_NODE)) return false;
  const version = spawnSync(HOST_NODE, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout;
  return Number(version.split('.')[0]) < 22;
}

describe('a start under a too old Node', () => {
  test.each([
    ['18.20.4', '9'],
    ['20.20.2', '9'],
    ['22.17.1', '10'],
    ['23.11.0', '10'],
    ['24.0.0', '9'],
  ])('%s with Node-API %s is refused in one line with exit code 78', (node, napi) => {
    const { status, stdout, stderr } = start(process.execPath, dressed(node, napi));
    expect(status).toBe(78);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('needs Node 24');
  });

  test.skipIf(!hostIsOld())('the old Node of this machine itself is refused the same way', () => {
    const { status, stderr } = start(HOST_NODE, []);
    expect(status).toBe(78);
    expect(stderr).toMatch(/^Gatehouse needs Node 24 .*this is v\d+\.\d+\.\d+.*\n$/);
  });

  test.each([
    ['22.18.0', '10'],
    ['24.21.0', '10'],
  ])('%s is let in', (node, napi) => {
    expect(start(process.execPath, dressed(node, napi)).status).not.toBe(78);
  });
});
