/**
 * What hangs on the wire of the canteen's back rooms: two cold stores, a gas detector, a leak controller, the contacts of a fire
 * panel, on one Modbus line. It shows and breaks things on request; it uses nothing of the drivers.
 */
import coldStore from '../devices/cold-store-modbus.ts';
import firePanel from '../devices/fire-panel-modbus.ts';
import gasDetector from '../devices/gas-detector-modbus.ts';
import leakController from '../devices/leak-modbus.ts';
import { drawn, eased, smooth } from './fence/random.ts';
import { modbusSimulator } from './modbus/modbus.ts';

const units = { freezer: 1, fridge: 2, gas: 3, leak: 4, panel: 5 } as const;
/** How often the stores move. */
const beatMs = 1_000;
/** How long an open door takes to warm the air of the freezer by `doorK`, and the compressor to cool it again; quick, to be seen. */
const doorMs = 25_000;
const doorK = 11;

export interface CanteenBus {
  readonly port: number;
  /** The door of the freezer stands open, or is shut. */
  freezerDoor(open: boolean): void;
  /** Gas at the stoves, %LEL. */
  gas(level: number): void;
  stop(): Promise<void>;
}

/** Starts the line. The same seed is the same stores. */
export async function openCanteenBus(seed: number): Promise<CanteenBus> {
  const line = await modbusSimulator({
    units: [
      { unit: units.freezer, profile: coldStore },
      { unit: units.fridge, profile: coldStore },
      { unit: units.gas, profile: gasDetector },
      { unit: units.leak, profile: leakController },
      { unit: units.panel, profile: firePanel },
    ],
  });
  const rests = { freezer: -20 + 2 * drawn(seed, 11, 0), fridge: 3 + 2 * drawn(seed, 12, 0) };
  let [open, warmth] = [false, 0];
  const show = () => {
    const at = Date.now();
    const swing = (stream: number) => 1.2 * smooth(seed, stream, at, 40_000) - 0.6;
    warmth = Math.min(1, Math.max(0, warmth + ((open ? 1 : -1) * beatMs) / doorMs));
    line.set(units.freezer, 'temperature', tenth(rests.freezer + swing(13) + doorK * eased(warmth)));
    line.set(units.freezer, 'humidity', tenth(68 + 4 * smooth(seed, 14, at, 60_000)));
    line.set(units.fridge, 'temperature', tenth(rests.fridge + swing(15)));
    line.set(units.fridge, 'humidity', tenth(80 + 6 * smooth(seed, 16, at, 60_000)));
  };
  show();
  const beat = setInterval(show, beatMs);
  return {
    port: line.port,
    freezerDoor: (stands) => {
      open = stands;
    },
    gas: (level) => line.set(units.gas, 'level', level),
    stop: async () => {
      clearInterval(beat);
      await line.close();
    },
  };
}

const tenth = (value: number): number => Math.round(10 * value) / 10;
