/**
 * A simulated tension host on Modbus with every wire strung: the registers of a new simulator say 0 N, which is a fence whose wires are
 * all cut.
 */
import { onTestFinished } from 'vitest';
import profile from '../../devices/tension-host-modbus.ts';
import { type ModbusSimulator, modbusSimulator } from '../../simulators/modbus/modbus.ts';

/** The points of a host's tensions, lowest wire of zone A first. */
export const tensions: readonly string[] = profile.points
  .map(({ key }) => key)
  .filter((key) => key.endsWith('_tension'));
/** A usual tension at rest, N. */
const restN = 150;

/** Starts the host as unit 1 of a line of its own; it is closed when the test has finished. */
export async function tautFence(): Promise<ModbusSimulator> {
  const fence = await modbusSimulator({ units: [{ unit: 1, profile }] });
  onTestFinished(() => fence.close());
  for (const tension of tensions) fence.set(1, tension, restN);
  return fence;
}
