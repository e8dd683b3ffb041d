/**
 * The driver on a healthy line: it reads what the device holds, writes what it is asked to, and stops when told to.
 * What devices do wrong is tried elsewhere.
 */
import { expect, onTestFinished, test } from 'vitest';
import dryContact from '../../devices/dry-contact-modbus.ts';
import tensionHost from '../../devices/tension-host-modbus.ts';
import { type ModbusSimulator, modbusSimulator } from '../../simulators/modbus/modbus.ts';
import type { Value } from '../../src/core/types.ts';
import type { Report } from '../../src/drivers/line.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { type RunningLine, runLine, smallProfile } from './modbus-line.ts';

type Device = readonly [id: string, unit: number, profile: Profile];
async function lineOf(
  devices: readonly Device[],
  report?: (report: Report) => Promise<void>,
): Promise<{ peer: ModbusSimulator; line: RunningLine }> {
  const peer = await modbusSimulator({ units: devices.map(([, unit, profile]) => ({ unit, profile })) });
  onTestFinished(() => peer.close());
  const options = { protocol: 'modbus-tcp', host: '127.0.0.1', port: peer.port, timeoutMs: 250 } as const;
  const line = runLine(options, devices, report);
  onTestFinished(() => line.stop());
  return { peer, line };
}

test('a tension host is read whole: alarm bits, tensions in newton, settings', async () => {
  const { peer, line } = await lineOf([['host', 1, tensionHost]]);
  peer.set(1, 'b_cut', true);
  peer.set(1, 'a3_tension', 147.09975);
  peer.set(1, 'confirm_time', 2);
  await line.until(
    () =>
      line.last('host', 'b_cut') === true &&
      line.last('host', 'a3_tension') !== undefined &&
      line.last('host', 'confirm_time') !== undefined,
  );
  expect(line.last('host', 'a3_tension')).toBeCloseTo(147.1, 1);
  expect(line.last('host', 'confirm_time')).toBeCloseTo(2);
  expect(line.last('host', 'a_cut')).toBe(false);
  peer.set(1, 'b_cut', false);
  await line.until(() => line.last('host', 'b_cut') === false);
  expect(line.links).toEqual([expect.objectContaining({ device: 'host', up: true })]);
});

test('every request is one report with all its points', async () => {
  const { line } = await lineOf([['module', 1, dryContact]]);
  await line.until(() => line.reports.length >= 2);
  const inputs = line.reports.find(({ values }) => values.some(([point]) => point === 'sos'));
  expect(inputs?.values.map(([point]) => point)).toEqual([
    'sos',
    'fence',
    'beam',
    'door',
    'tamper',
    'mains_lost',
    'battery_low',
    'spare',
  ]);
});

test('a simulated module at rest raises no alarm: its normally closed contact is closed', async () => {
  const { line } = await lineOf([['module', 1, dryContact]]);
  await line.until(() => line.count('module', 'fence') > 0);
  const values = new Map(line.reports.flatMap(({ values: pairs }) => pairs));
  for (const { key, alarm } of dryContact.points as Profile['points'])
    if (alarm && 'is' in alarm.when) expect(values.get(key)).not.toBe(alarm.when.is);
});

test('a sensor that reads "no measurement" gives no value, is named, and is forgiven when it measures again', async () => {
  const { peer, line } = await lineOf([
    ['d', 1, smallProfile({ wire: { table: 'input', address: 1, fault: 65535, pollMs: 20 } })],
  ]);
  peer.setRaw(1, 'input', 1, 65535);
  await line.until(() => line.troubles.size > 0);
  expect([...line.troubles.values()].join()).toMatch(/d.*传感器.*wire/);
  const before = line.count('d', 'wire');
  const other = line.count('d', 'low');
  await line.until(() => line.count('d', 'low') >= other + 5);
  expect(line.count('d', 'wire')).toBe(before);
  peer.set(1, 'wire', 7);
  await line.until(() => line.last('d', 'wire') === 7 && line.troubles.size === 0);
});

const writable = smallProfile({
  relay: { table: 'coil', address: 0, pollMs: 60_000 },
  bit: { table: 'holding', address: 4, bit: 3, pollMs: 60_000 },
  level: { table: 'holding', address: 5, scale: 0.1, pollMs: 60_000 },
  wide: { table: 'holding', address: 6, type: 'f32', pollMs: 60_000 },
});

test('a coil, a bit, a scaled word and a wide number are written, and read back without waiting for their turn', async () => {
  const { peer, line } = await lineOf([['d', 1, writable]]);
  const heard: (readonly [string, Value])[] = [];
  peer.onWrite((_, point, value) => heard.push([point, value]));
  await line.until(() => line.count('d', 'wide') > 0 && line.count('d', 'relay') > 0);
  peer.setRaw(1, 'holding', 4, 0b1000_0001);
  await line.actions.write?.('d', 'relay', true);
  await line.actions.write?.('d', 'bit', true);
  await line.actions.write?.('d', 'level', 1.5);
  await line.actions.write?.('d', 'wide', -2.5);
  expect(heard).toEqual([
    ['relay', true],
    ['bit', true],
    ['level', 1.5],
    ['wide', -2.5],
  ]);
  await line.until(() => line.last('d', 'relay') === true && line.last('d', 'wide') === -2.5);
  // The neighbouring bits of the word were left as they were.
  const word = smallProfile({ word: { table: 'holding', address: 4, pollMs: 20 } });
  const other = runLine({ protocol: 'modbus-tcp', host: '127.0.0.1', port: peer.port }, [['w', 1, word]]);
  onTestFinished(() => other.stop());
  await other.until(() => other.last('w', 'word') === 0b1000_1001);
});

test.each([
  ['nothing', 'relay', true, /nothing\/relay/],
  ['d', 'low', 1, /no writable d\/low/],
  ['d', 'relay', 1, /^1 cannot be written/],
  ['d', 'level', 99_999, /^99999 cannot be written/],
  ['d', 'level', 'high', /^high cannot be written/],
] as const)('writing to %s/%s the value %s is refused with a sentence', async (device, point, value, sentence) => {
  const { line } = await lineOf([['d', 1, writable]]);
  await expect(line.actions.write?.(device, point, value)).rejects.toThrow(sentence);
});

test('a write that the device refuses is rejected with its reason, and one that it never answers is said to be unknown', async () => {
  const { peer, line } = await lineOf([['d', 1, writable]]);
  await peer.fault({ do: 'exception', code: 3 }, { table: 'coil', times: 1 });
  await line.until(() => line.count('d', 'low') > 0);
  await peer.fault({ do: 'exception', code: 3 }, { table: 'coil' });
  await expect(line.actions.write?.('d', 'relay', true)).rejects.toThrow(/d\/relay was not written.*exception 3/);
  await peer.heal();
  await peer.fault({ do: 'hang' }, { table: 'coil' });
  await expect(line.actions.write?.('d', 'relay', true)).rejects.toThrow(/Whether d\/relay was written is not known/);
  const before = line.count('d', 'low');
  await line.until(() => line.count('d', 'low') >= before + 3);
});

test('no more writes wait than the line has room for, and those that wait when it ends are told', async () => {
  const { peer, line } = await lineOf([['d', 1, writable]]);
  await line.until(() => line.count('d', 'low') > 0);
  await peer.fault({ do: 'hang' });
  const outcomes = Array.from({ length: 60 }, () =>
    line.actions.write!('d', 'relay', true).then(
      () => 'done',
      (error: Error) => error.message,
    ),
  );
  await Promise.race(outcomes);
  await line.stop();
  const said = await Promise.all(outcomes);
  expect(said.filter((why) => why.includes('try again later')).length).toBeGreaterThanOrEqual(60 - 32 - 2);
  expect(said.some((why) => why.includes('The line went down'))).toBe(true);
  expect(said).not.toContain('done');
  await expect(line.actions.write?.('d', 'relay', true)).rejects.toThrow('The line went down');
});

test('while the gateway keeps no readings, few of them wait and polling slows down; afterwards all is well', async () => {
  let open: () => void = () => undefined;
  let waiting = 0;
  let most = 0;
  let shut = true;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { line } = await lineOf([['d', 1, smallProfile({}, 1)]], async () => {
    if (!shut) return;
    waiting += 1;
    most = Math.max(most, waiting);
    await gate;
    waiting -= 1;
  });
  await line.until(() => line.drops.some(({ reason }) => reason === 'inbox-full'));
  expect(most).toBe(8);
  shut = false;
  open();
  const before = line.count('d', 'low');
  await line.until(() => line.count('d', 'low') >= before + 20);
  expect(waiting).toBe(0);
});

test('a gateway that refuses readings breaks nothing', async () => {
  const { line } = await lineOf([['d', 1, smallProfile()]], () => Promise.reject(new Error('inbox full')));
  await line.until(() => line.count('d', 'low') >= 20);
});

test('a line that is told to stop returns, even while a device keeps it waiting', async () => {
  const peer = await modbusSimulator({ units: [{ unit: 1, profile: smallProfile() }] });
  onTestFinished(() => peer.close());
  await peer.fault({ do: 'hang' });
  // Were the request waited for, the test would run out of time.
  const options = { protocol: 'modbus-tcp', host: '127.0.0.1', port: peer.port, timeoutMs: 60_000 } as const;
  const line = runLine(options, [['d', 1, smallProfile()]]);
  await line.until(() => peer.asked(1) === 1);
  await line.stop();
  await expect(line.ended).resolves.toBeUndefined();
});

test('a device whose model is not Modbus, or whose unit number is none, ends the line with its name', async () => {
  const options = { protocol: 'modbus-tcp', host: '127.0.0.1', port: 9 } as const;
  const foreign: Profile = { ...smallProfile(), wire: { protocol: 'mqtt', topics: [] } };
  await expect(runLine(options, [['cam', 1, foreign]]).ended).rejects.toThrow(/cam.*does not speak Modbus/);
  await expect(runLine(options, [['d', 300, smallProfile()]]).ended).rejects.toThrow(/Device d: unit 300 is not valid/);
});
