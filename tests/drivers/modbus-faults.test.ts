/**
 * The driver against everything a Modbus device was seen to do wrong, on real sockets and a real pseudo-terminal.
 * After each fault the device is healed: a driver that survives a fault but never reads again has not survived it.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { type ModbusFault, type ModbusSimulator, modbusSimulator } from '../../simulators/modbus/modbus.ts';
import { serialCable } from '../../simulators/modbus/modbus-cable.ts';
import type { ModbusOptions } from '../../src/drivers/connection-options.ts';
import { type RunningLine, runLine, smallProfile } from './modbus-line.ts';

const SHORT_MS = 150;
type Way = 'tcp' | 'rtu' | 'serial';
const ways: readonly Way[] = ['tcp', 'rtu', 'serial'];

type After = TestContext['onTestFinished'];

async function optionsOf(way: Way, peer: ModbusSimulator, after: After): Promise<ModbusOptions> {
  if (way === 'serial') {
    const place = await mkdtemp(join(tmpdir(), 'modbus-'));
    const cable = await serialCable(join(place, 'tty'), peer.port);
    after(async () => {
      await cable.unplug();
      await rm(place, { recursive: true, force: true });
    });
    return { protocol: 'modbus-rtu', path: cable.path, baudRate: 115200, timeoutMs: SHORT_MS };
  }
  const protocol = way === 'tcp' ? 'modbus-tcp' : 'modbus-rtu-over-tcp';
  return { protocol, host: '127.0.0.1', port: peer.port, timeoutMs: SHORT_MS };
}

/** Units 1 … n of the small profile; unit u reads 10·u + 1 in `low` and 10·u + 2 in `high`. */
async function lineOf(way: Way, units: number, after: After): Promise<{ peer: ModbusSimulator; line: RunningLine }> {
  const profile = smallProfile();
  const numbers = Array.from({ length: units }, (_, i) => i + 1);
  const peer = await modbusSimulator({
    units: numbers.map((unit) => ({ unit, profile })),
    framing: way === 'tcp' ? 'tcp' : 'rtu',
  });
  after(() => peer.close());
  for (const unit of numbers) {
    peer.set(unit, 'low', 10 * unit + 1);
    peer.set(unit, 'high', 10 * unit + 2);
  }
  const line = runLine(
    await optionsOf(way, peer, after),
    numbers.map((unit) => [`d${unit}`, unit, profile] as const),
  );
  after(() => line.stop());
  return { peer, line };
}

/** Every value that was ever reported belongs to its own register. */
function onlyTrue(line: RunningLine, allowed: Readonly<Record<string, readonly number[]>>): void {
  for (const report of line.reports)
    for (const [point, value] of report.values) expect(allowed[`${report.device}/${point}`]).toContain(value);
}
const truth = { 'd1/low': [11], 'd1/high': [12], 'd2/low': [21], 'd2/high': [22] };

const faults: readonly ModbusFault[] = [
  { do: 'hang' },
  { do: 'cut' },
  { do: 'garbage' },
  { do: 'wrong-unit' },
  { do: 'wrong-function' },
  { do: 'short' },
  { do: 'short-count' },
  { do: 'exception', code: 6 },
  { do: 'exception', code: 11 },
  { do: 'late', ms: SHORT_MS + 50 },
];
for (const way of ways)
  for (const fault of faults) {
    if (way === 'serial' && fault.do === 'cut') continue;
    const name = fault.do === 'exception' ? `exception ${fault.code}` : fault.do;
    test.concurrent(`over ${way}, a device that answers once with "${name}" is read again and nothing false is reported`, async ({
      onTestFinished: after,
    }) => {
      const { peer, line } = await lineOf(way, 2, after);
      await line.until(() => line.count('d1', 'high') >= 2 && line.count('d2', 'high') >= 2);
      const asked = peer.asked(1);
      await peer.fault(fault, { unit: 1, times: 1 });
      await line.until(() => peer.asked(1) > asked + 1);
      const before = line.count('d1', 'low');
      const neighbour = line.count('d2', 'low');
      await line.until(() => line.count('d1', 'low') >= before + 3 && line.count('d2', 'low') >= neighbour + 3);
      onlyTrue(line, truth);
      expect(line.links.filter(({ up }) => !up)).toEqual([]);
    });
  }

test.concurrent('an answer with the transaction number of another question is not believed', async ({
  onTestFinished: after,
}) => {
  const { peer, line } = await lineOf('tcp', 1, after);
  await line.until(() => line.count('d1', 'high') >= 2);
  await peer.fault({ do: 'wrong-transaction' });
  await line.until(() => line.links.some(({ up }) => !up));
  const seen = line.count('d1', 'low');
  peer.set(1, 'low', 99);
  await peer.heal();
  await line.until(() => line.count('d1', 'low', 99) >= 2);
  expect(line.count('d1', 'low')).toBe(seen + line.count('d1', 'low', 99));
});

for (const way of ways) {
  test.concurrent(`over ${way}, answers that come byte by byte are read`, async ({ onTestFinished: after }) => {
    const { peer, line } = await lineOf(way, 1, after);
    await peer.fault({ do: 'bytes' });
    await line.until(() => line.count('d1', 'low', 11) >= 3 && line.count('d1', 'high', 12) >= 3);
    expect(line.drops).toEqual([]);
  });

  test.concurrent(`over ${way}, a doubled answer never becomes the answer to the next question`, async ({
    onTestFinished: after,
  }) => {
    const { peer, line } = await lineOf(way, 1, after);
    await peer.fault({ do: 'twice' });
    await line.until(() => line.count('d1', 'low') >= 10 && line.count('d1', 'high') >= 10);
    onlyTrue(line, truth);
  });
}

for (const way of ['rtu', 'serial'] as const)
  test.concurrent(`over ${way}, eleven stray bytes before an answer are skipped`, async ({ onTestFinished: after }) => {
    const { peer, line } = await lineOf(way, 1, after);
    await peer.fault({ do: 'stray', count: 11 });
    await line.until(() => line.count('d1', 'low') >= 5 && line.count('d1', 'high') >= 5);
    onlyTrue(line, truth);
  });

test.concurrent('over tcp, eleven stray bytes before an answer cost that answer and no later one', async ({
  onTestFinished: after,
}) => {
  const { peer, line } = await lineOf('tcp', 1, after);
  await line.until(() => line.count('d1', 'low') >= 2);
  const connections = peer.connections();
  await peer.fault({ do: 'stray', count: 11 }, { times: 1 });
  await line.until(() => peer.connections() > connections);
  const before = line.count('d1', 'low');
  await line.until(() => line.count('d1', 'low') >= before + 5);
  onlyTrue(line, truth);
});

for (const way of ways)
  test.concurrent(`over ${way}, stray bytes after every answer cost no answer`, async ({ onTestFinished: after }) => {
    const { peer, line } = await lineOf(way, 1, after);
    await peer.fault({ do: 'trail', count: 3 });
    await line.until(() => line.reports.length >= 20);
    expect(peer.asked(1)).toBeLessThanOrEqual(line.reports.length + 1);
    onlyTrue(line, truth);
  });

for (const way of ['tcp', 'rtu'] as const)
  test.concurrent(`over ${way}, a late answer meets a closed socket and no other register takes its value`, async ({
    onTestFinished: after,
  }) => {
    const { peer, line } = await lineOf(way, 1, after);
    await line.until(() => line.count('d1', 'high') >= 2);
    const connections = peer.connections();
    // The late answer to `low` has the length and function of an answer to `high`.
    await peer.fault({ do: 'late', ms: SHORT_MS + 30 }, { address: 0, times: 3 });
    const before = line.count('d1', 'high');
    await line.until(() => peer.connections() > connections && line.count('d1', 'high') >= before + 20);
    onlyTrue(line, truth);
  });

for (const way of ways)
  test.concurrent(`over ${way}, a dead unit costs its neighbours a few turns and not their pace`, async ({
    onTestFinished: after,
  }) => {
    const { peer, line } = await lineOf(way, 3, after);
    await line.until(() => [1, 2, 3].every((unit) => line.count(`d${unit}`, 'low') >= 2));
    await peer.fault({ do: 'hang' }, { unit: 2 });
    const asked = peer.asked(2);
    const before = line.count('d1', 'low');
    await line.until(() => line.links.some(({ device, up }) => device === 'd2' && !up));
    await line.until(() => line.count('d1', 'low') >= before + 60 && line.count('d3', 'low') >= before + 60);
    expect(peer.asked(2) - asked).toBeLessThanOrEqual(8);
    expect(line.links.filter(({ device }) => device !== 'd2').every(({ up }) => up)).toBe(true);
    expect(line.links.find(({ up }) => !up)?.why).toContain('单元2');

    await peer.heal();
    await line.until(() => line.links.at(-1)?.device === 'd2' && line.links.at(-1)?.up === true);
    onlyTrue(line, { ...truth, 'd3/low': [31], 'd3/high': [32] });
  });

for (const code of [1, 2, 3, 4, 5, 6])
  test.concurrent(`exception ${code} on one request leaves the other requests of the device running and is said`, async ({
    onTestFinished: after,
  }) => {
    const { peer, line } = await lineOf('tcp', 1, after);
    await peer.fault({ do: 'exception', code }, { address: 100 });
    await line.until(() => line.count('d1', 'low') >= 20);
    expect(line.count('d1', 'high')).toBe(0);
    expect(line.links).toEqual([expect.objectContaining({ device: 'd1', up: true })]);
    expect([...line.troubles.values()].join()).toMatch(new RegExp(`d1.*输入寄存器 100.*异常码${code}`));
    await peer.heal();
    await line.until(() => line.count('d1', 'high', 12) >= 2 && line.troubles.size === 0);
  });

for (const code of [10, 11])
  test.concurrent(`a gateway's exception ${code} means that the unit behind it is not reachable`, async ({
    onTestFinished: after,
  }) => {
    const { peer, line } = await lineOf('tcp', 2, after);
    await peer.fault({ do: 'exception', code }, { unit: 2 });
    await line.until(() => line.links.some(({ device, up }) => device === 'd2' && !up));
    expect(line.links.find(({ up }) => !up)?.why).toContain(`异常码${code}`);
    expect(line.links).not.toContainEqual(expect.objectContaining({ device: 'd1', up: false }));
  });

test.concurrent('a device whose alarm request fails is not called reachable, though its other requests answer', async ({
  onTestFinished: after,
}) => {
  const profile = smallProfile();
  const points = profile.points.map((point) =>
    point.key === 'high'
      ? { ...point, alarm: { kind: 'fault' as const, priority: 2 as const, when: { above: 500 } } }
      : point,
  );
  const peer = await modbusSimulator({ units: [{ unit: 1, profile }] });
  after(() => peer.close());
  await peer.fault({ do: 'exception', code: 2 }, { address: 100 });
  const line = runLine(await optionsOf('tcp', peer, after), [['d1', 1, { ...profile, points }]]);
  after(() => line.stop());
  await line.until(() => line.links.some(({ up }) => !up));
  const before = line.count('d1', 'low');
  await line.until(() => line.count('d1', 'low') >= before + 3);
  await peer.heal();
  await line.until(() => line.links.at(-1)?.up === true);
});

test.concurrent('a refused connection ends the line with a sentence that names address and remedy', async ({
  onTestFinished: after,
}) => {
  const { peer, line } = await lineOf('tcp', 1, after);
  await line.until(() => line.count('d1', 'low') >= 2);
  await peer.fault({ do: 'refuse' });
  await expect(line.ended).rejects.toThrow(new RegExp(`127\\.0\\.0\\.1:${peer.port}.*(check|closed)`));
});

test.concurrent('a device that serves another master closes every connection, and the line says so', async ({
  onTestFinished: after,
}) => {
  const { peer, line } = await lineOf('tcp', 1, after);
  await line.until(() => line.count('d1', 'low') >= 2);
  await peer.fault({ do: 'single' });
  const second = runLine(await optionsOf('tcp', peer, after), [['d1', 1, smallProfile()]]);
  after(() => second.stop());
  await expect(second.ended).rejects.toThrow('another master');
  const before = line.count('d1', 'low');
  await line.until(() => line.count('d1', 'low') >= before + 3);
});

test.concurrent('a peer that pours out bytes without end is no device, and is not listened to', async ({
  onTestFinished: after,
}) => {
  const pouring = createServer((socket) => {
    const pour = (): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 0x55)));
    };
    socket.on('drain', pour);
    socket.on('error', () => socket.destroy());
    pour();
  });
  pouring.listen(0, '127.0.0.1');
  await once(pouring, 'listening');
  after(() => void pouring.close());
  const { port } = pouring.address() as AddressInfo;
  const options = { protocol: 'modbus-rtu-over-tcp', host: '127.0.0.1', port, timeoutMs: SHORT_MS } as const;
  const line = runLine(options, [['d1', 1, smallProfile()]]);
  after(() => line.stop());
  await line.until(() => line.links.some(({ up, why }) => !up && why.includes('无法采信')));
  expect(line.reports).toEqual([]);
  expect(line.drops[0]?.reason).toBe('bad-payload');
});

test.concurrent('a serial port that is pulled out ends the line with a sentence', async ({ onTestFinished: after }) => {
  const peer = await modbusSimulator({ units: [{ unit: 1, profile: smallProfile() }], framing: 'rtu' });
  after(() => peer.close());
  const place = await mkdtemp(join(tmpdir(), 'modbus-'));
  after(() => rm(place, { recursive: true, force: true }));
  const cable = await serialCable(join(place, 'tty'), peer.port);
  const line = runLine({ protocol: 'modbus-rtu', path: cable.path, timeoutMs: SHORT_MS }, [['d1', 1, smallProfile()]]);
  after(() => line.stop());
  await line.until(() => line.count('d1', 'low') >= 2);
  await cable.unplug();
  await expect(line.ended).rejects.toThrow(/Serial port .* cannot be opened|closed the connection/);
});
