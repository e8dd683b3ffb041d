/**
 * A foreign master, Debian's mbpoll, reads the simulated fence and sees the registers that we set.
 * It proves that the simulator speaks Modbus and not merely our dialect of it.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import tensionHost from '../../devices/tension-host-modbus.ts';
import { type ModbusSimulator, modbusSimulator } from '../../simulators/modbus/modbus.ts';
import { serialCable } from '../../simulators/modbus/modbus-cable.ts';
import { PATIENCE_MS } from '../patience.ts';

const run = promisify(execFile);

/** Reads once and returns value by zero-based address. */
async function mbpoll(args: readonly string[]): Promise<Record<number, number>> {
  const { stdout } = await run('mbpoll', ['-0', '-1', '-o', '10', '-a', '1', ...args], { timeout: PATIENCE_MS });
  return Object.fromEntries([...stdout.matchAll(/^\[(\d+)\]:\s+(\d+)/gm)].map(([, at, value]) => [at, Number(value)]));
}

async function fence(framing: 'tcp' | 'rtu'): Promise<ModbusSimulator> {
  const peer = await modbusSimulator({ units: [{ unit: 1, profile: tensionHost }], framing });
  onTestFinished(() => peer.close());
  peer.set(1, 'a1_tension', 98.0665);
  peer.set(1, 'b6_tension', 147.09975);
  peer.set(1, 'b_cut', true);
  peer.set(1, 'tamper', true);
  return peer;
}

test('mbpoll reads tensions and the alarm word of the simulated fence over TCP', async () => {
  const { port } = await fence('tcp');
  const tcp = ['-m', 'tcp', '-p', String(port), '127.0.0.1'];
  expect(await mbpoll(['-t', '3', '-r', '0', '-c', '12', ...tcp])).toMatchObject({ 0: 100, 1: 0, 11: 150 });
  expect(await mbpoll(['-t', '3', '-r', '40', '-c', '1', ...tcp])).toEqual({ 40: 0b11000 });
});

test('mbpoll switches the siren of the simulated fence', async () => {
  const peer = await fence('tcp');
  await run('mbpoll', ['-0', '-a', '1', '-t', '0', '-r', '6', '-m', 'tcp', '-p', String(peer.port), '127.0.0.1', '1']);
  expect(peer.get(1, 'siren')).toBe(true);
});

test('mbpoll reads the simulated fence over a serial port', async () => {
  const peer = await fence('rtu');
  const place = await mkdtemp(join(tmpdir(), 'mbpoll-'));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  const cable = await serialCable(join(place, 'tty'), peer.port);
  onTestFinished(() => cable.unplug());
  const serial = ['-m', 'rtu', '-b', '115200', '-P', 'none', cable.path];
  expect(await mbpoll(['-t', '3', '-r', '40', '-c', '1', ...serial])).toEqual({ 40: 0b11000 });
});
