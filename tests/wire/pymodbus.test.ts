/**
 * Our driver against a slave that is not ours.
 * It proves that the driver speaks Modbus and not merely what our simulator understands.
 */
import { expect, onTestFinished, test } from 'vitest';
import tensionHost from '../../devices/tension-host-modbus.ts';
import { runLine } from '../drivers/modbus-line.ts';
import { startPymodbus } from './pymodbus.ts';

test('a zone that trips in a pymodbus slave is read, and so are its tensions', async () => {
  const slave = await startPymodbus();
  onTestFinished(() => slave.stop());
  const line = runLine({ protocol: 'modbus-tcp', host: '127.0.0.1', port: slave.port, timeoutMs: 30_000 }, [
    ['host-1', 1, tensionHost],
    ['host-2', 2, tensionHost],
  ]);
  onTestFinished(() => line.stop());
  await line.until(() => line.last('host-1', 'b_cut') === false && line.last('host-2', 'b6_tension') !== undefined);
  expect(line.last('host-2', 'b6_tension')).toBeCloseTo(122.6, 1);

  await slave.set(1, 'input', 40, 0b1000);
  await line.until(() => line.last('host-1', 'b_cut') === true);
  expect(line.last('host-2', 'b_cut')).toBe(false);
  expect(line.last('host-1', 'a_cut')).toBe(false);
});

test('a siren that we switch on is on in a pymodbus slave, and a setting arrives in its counts', async () => {
  const slave = await startPymodbus();
  onTestFinished(() => slave.stop());
  const line = runLine({ protocol: 'modbus-tcp', host: '127.0.0.1', port: slave.port, timeoutMs: 30_000 }, [
    ['host', 1, tensionHost],
  ]);
  onTestFinished(() => line.stop());
  await line.until(() => line.last('host', 'siren') === false);
  await line.actions.write?.('host', 'siren', true);
  await line.actions.write?.('host', 'confirm_time', 3.5);
  expect(await slave.get(1, 'coil', 6)).toBe(1);
  expect(await slave.get(1, 'holding', 4)).toBe(35);
  await line.until(() => line.last('host', 'siren') === true);
});
