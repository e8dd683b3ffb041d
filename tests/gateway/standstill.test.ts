/**
 * A machine that stands still, in virtual time: while nobody listened nobody was silent, so that silence is counted anew
 * afterwards; a person learns of it, and no longer than it concerns him. Gateway real, disk and series simulated.
 */
import { expect, test } from 'vitest';
import { minute, school } from '../core/school.ts';
import { virtualHouse } from './virtual-house.ts';

const second = 1_000;

/** A gateway that has heard its fence host, which may be silent for five seconds, until now. */
async function listening() {
  const { gateway, time, troubles, pass } = await virtualHouse();
  const hear = async () => {
    const kept = gateway.offer({ kind: 'reading', device: 'fence', values: [['tension', 150]] }, 'bus');
    await pass(second);
    await kept;
  };
  for (let n = 0; n < 10; n++) await hear();
  const up = () => gateway.read((state) => state.devices.get('fence')?.up);
  return {
    gateway,
    time,
    pass,
    hear,
    up,
    machine: () => troubles.get('machine')?.en,
    clock: () => troubles.get('clock')?.en,
  };
}

test('a device that is silent for longer than it may be is down', async () => {
  const { pass, up, machine } = await listening();
  expect(await up()).toBe(true);
  await pass(3 * second);
  expect(await up()).toBe(true);
  await pass(4 * second);
  expect(await up()).toBe(false);
  expect(machine()).toBeUndefined();
});

test('a standstill of the gateway’s machine is no silence of its devices: they have their time anew', async () => {
  const { time, pass, up } = await listening();
  time.stall(30 * second);
  await pass(3 * second);
  expect(await up()).toBe(true);
  await pass(4 * second);
  expect(await up()).toBe(false);
});

test('a standstill is said with its length, and no longer once the machine has kept up for a minute', async () => {
  const { time, hear, machine } = await listening();
  time.stall(30 * second);
  await hear();
  expect(machine()).toMatch(/stood still for (29|30) s; check its load/);
  for (let past = 2 * second; past < minute; past += second) await hear();
  expect(machine()).toBeDefined();
  for (let n = 0; n < 4; n++) await hear();
  expect(machine()).toBeUndefined();
});

test('a device that comes with a new configuration has its time from then on', async () => {
  const { gateway, pass } = await listening();
  const change = gateway.change(
    { ...school, devices: { ...school.devices, late: { ...school.devices.fence!, id: 'late' } } },
    'b',
    'wang',
  );
  await pass(second);
  await change;
  const late = () => gateway.read((state) => state.devices.get('late')?.up);
  await pass(3 * second);
  expect(await late()).toBeUndefined();
  await pass(3 * second);
  expect(await late()).toBe(false);
});

test('a clock that is set is a fact and is said with both times, for ten minutes and no longer', async () => {
  const { gateway, time, pass, hear, clock } = await listening();
  const before = gateway.now;
  time.stepClock(-90 * minute);
  expect(gateway.now).toBe(before);
  await pass(3 * second);
  expect(gateway.now).toBe(before + 3 * second - 90 * minute);
  expect(clock()).toMatch(/2026-11-23 00:00:1\d became 2026-11-22 22:30:1\d/);
  for (let n = 0; n < 610; n++) await hear();
  expect(clock()).toBeUndefined();
});
