/**
 * The main job over Modbus with programs that are not ours: a slave made with Debian's pymodbus trips a zone, and Debian's
 * mbpoll reads from the simulated fence the tensions that the screens are told. The siren follows the alarm and its
 * acknowledgement down to the coil.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { PATIENCE_MS } from '../patience.ts';
import { campus, tensionHost as host, modbusLine, zone } from './campus.ts';
import { type Gateway, startGateway, unbalancedLines } from './gateway.ts';
import { startPymodbus } from './pymodbus.ts';
import { tautFence, tensions } from './taut-fence.ts';

const run = promisify(execFile);
const newtonPerCount = 0.980665;
/** What the model calls no change, N. */
const deadband = 2;

function school(port: number): Promise<Gateway> {
  const siren = { device: 'fence-1', point: 'siren' };
  const yaml = campus({
    lines: [modbusLine(port)],
    devices: [host('fence-1', 1, 'z1', 'z2')],
    zones: [zone(1, { siren }), zone(2, { siren })],
  });
  return startGateway({ yaml });
}

test('a zone that trips in a slave made with pymodbus is an alarm on the feed, and its siren sounds until somebody acknowledges', async () => {
  const slave = await startPymodbus();
  onTestFinished(() => slave.stop());
  const gateway = await school(slave.port);
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('the fence host', ({ state }) => state.devices.get('fence-1')?.up === true);
  await feed.until('zone 2 armed', ({ state }) => state.zones.get('z2')?.mode === 'armed');

  await slave.set(1, 'input', 40, 0b1000);
  const alarm = await feed.raised('z2/cut');
  expect(alarm).toMatchObject({ device: 'fence-1', zone: 'z2', priority: 1, causes: ['fence-1/b_cut'] });
  await feed.until('the siren on', ({ state }) => state.outputs.get('fence-1/siren') === true);
  expect(await slave.get(1, 'coil', 6)).toBe(1);

  await gateway.command(cookie, { do: 'acknowledge', alarm: alarm.id });
  await feed.until('the siren off', ({ state }) => state.outputs.get('fence-1/siren') === false);
  expect(await slave.get(1, 'coil', 6)).toBe(0);
  await expect(gateway.command(cookie, { do: 'close', alarm: alarm.id, reason: 'D2' })).rejects.toThrow(
    'still-standing',
  );
  await slave.set(1, 'input', 40, 0);
  await feed.until('the wire whole again', ({ state }) => state.alarms.get(alarm.id)?.causes.length === 0);
  await gateway.command(cookie, { do: 'close', alarm: alarm.id, reason: 'D2' });
  await feed.until('the alarm closed', ({ state }) => !state.alarms.has(alarm.id));
  expect(await unbalancedLines(gateway, cookie)).toEqual([]);
});

/** Tensions of zone A and B as mbpoll prints them, raw, A1 to B6. */
async function mbpoll(port: number): Promise<number[]> {
  const what = ['-0', '-1', '-o', '10', '-a', '1', '-t', '3', '-r', '0', '-c', '12'];
  const { stdout } = await run('mbpoll', [...what, '-m', 'tcp', '-p', String(port), '127.0.0.1'], {
    timeout: PATIENCE_MS,
  });
  return [...stdout.matchAll(/^\[\d+\]:\s+(\d+)/gm)].map(([, raw]) => Number(raw));
}

test('mbpoll reads from the simulated fence what the screens are told, before and after somebody pulls', async () => {
  const fence = await tautFence();
  for (const [i, wire] of tensions.entries()) fence.set(1, wire, 120 + 7 * i);
  const gateway = await school(fence.port);
  const feed = await gateway.feed(await gateway.login());

  for (const pulled of [undefined, 'a3_tension']) {
    if (pulled) fence.set(1, pulled, 178);
    const raw = await mbpoll(fence.port);
    expect(raw).toHaveLength(12);
    for (const [i, wire] of tensions.entries()) {
      const printed = raw[i]! * newtonPerCount;
      const near = () => Math.abs((feed.gauge('fence-1', wire) ?? Number.NaN) - printed) < deadband;
      await feed.until(`${wire} near ${printed.toFixed(1)} N`, near);
    }
  }
  expect(feed.gauge('fence-1', 'a3_tension')).toBeGreaterThan(170);
});

test('the siren relay of the simulated fence is switched on once for an alarm and off once for its acknowledgement', async () => {
  const fence = await tautFence();
  const written: [string, unknown][] = [];
  fence.onWrite((_unit, point, value) => written.push([point, value]));
  const gateway = await school(fence.port);
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('zone 1 armed', ({ state }) => state.zones.get('z1')?.mode === 'armed');
  await feed.until('the fence host', ({ state }) => state.devices.get('fence-1')?.up === true);

  fence.set(1, 'a_pull', true);
  const alarm = await feed.raised('z1/pull');
  await feed.until('the siren on', ({ state }) => state.outputs.get('fence-1/siren') === true);
  expect(fence.get(1, 'siren')).toBe(true);
  await gateway.command(cookie, { do: 'acknowledge', alarm: alarm.id });
  await feed.until('the siren off', ({ state }) => state.outputs.get('fence-1/siren') === false);
  expect(fence.get(1, 'siren')).toBe(false);
  expect(written).toEqual([
    ['siren', true],
    ['siren', false],
  ]);
});
