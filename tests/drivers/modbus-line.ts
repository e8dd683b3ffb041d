/**
 * A line for driver tests: the real world with a quiet log, and a record of all that the driver said.
 * Tests wait on what was recorded, with a limit; they never sleep.
 */
import type { Value } from '../../src/core/types.ts';
import type { ModbusOptions, ModbusUnit } from '../../src/drivers/connection-options.ts';
import type { DropReason, Line, LineActions, LineDevice, Report } from '../../src/drivers/line.ts';
import { modbus } from '../../src/drivers/modbus/modbus.ts';
import type { Profile, Register } from '../../src/profile/profile.ts';
import { bothLanguages } from '../../src/words/words.ts';
import { realWorld } from '../../src/world/world.ts';
import { PATIENCE_MS } from '../patience.ts';

/** A small profile: numbers in two blocks of equal length, so that one block's answer could pass for the other's. */
export function smallProfile(over: Readonly<Record<string, Register>> = {}, period = 20): Profile {
  const registers: Record<string, Register> = {
    low: { table: 'input', address: 0, pollMs: period },
    high: { table: 'input', address: 100, pollMs: period },
    ...over,
  };
  return {
    id: 'small',
    vendor: 'test',
    model: 'test',
    family: 'input',
    title: { zh: '测试', en: 'test' },
    source: 'made for a test',
    staleMs: 5000,
    commsPriority: 2,
    points: Object.entries(registers).map(([key, { table, bit }]) => ({
      key,
      title: { zh: key, en: key },
      keep: 'state' as const,
      type: table === 'coil' || table === 'discrete' || bit !== undefined ? ('boolean' as const) : ('number' as const),
      writable: table === 'coil' || table === 'holding',
    })),
    wire: { protocol: 'modbus', registers },
  };
}

export interface Said {
  readonly reports: Report[];
  readonly links: { readonly device: string; readonly up: boolean; readonly why: string }[];
  readonly troubles: Map<string, string>;
  readonly drops: { readonly reason: DropReason; readonly why: string }[];
}

export interface RunningLine extends Said {
  readonly actions: LineActions;
  /** Settles when the driver returned; rejects when it threw. */
  readonly ended: Promise<void>;
  /** Waits until something recorded makes it true; fails with what was said. */
  until(holds: () => boolean): Promise<void>;
  /** How many reports of a device carried this point, with this value if one is given. */
  count(device: string, point: string, value?: Value): number;
  last(device: string, point: string): Value | undefined;
  stop(): Promise<void>;
}

/** Runs the driver on a line. `report` stands for the gateway's way of keeping readings; default: kept at once. */
export function runLine(
  options: ModbusOptions,
  devices: readonly (readonly [id: string, unit: number, profile: Profile])[],
  report: (report: Report) => Promise<void> = async () => undefined,
): RunningLine {
  const stopper = new AbortController();
  const said: Said = { reports: [], links: [], troubles: new Map(), drops: [] };
  let actions: LineActions = {};
  let check: () => void = () => undefined;
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const line: Line<ModbusOptions, ModbusUnit> = {
    id: 'test-line',
    options,
    devices: devices.map(([id, unit, profile]): LineDevice<ModbusUnit> => ({ id, profile, options: { unit } })),
    world: realWorld(quiet),
    signal: stopper.signal,
    report(value) {
      said.reports.push(value);
      check();
      return report(value);
    },
    link(device, up, why) {
      said.links.push({ device, up, why: bothLanguages(why) });
      check();
    },
    drop(reason, { why }) {
      said.drops.push({ reason, why: typeof why === 'string' ? why : bothLanguages(why) });
      check();
    },
    said: () => undefined,
    ready: () => undefined,
    memory: (make) => make(),
    offer(offered) {
      actions = offered;
    },
    trouble(about, why) {
      if (why === undefined) said.troubles.delete(about);
      else said.troubles.set(about, why.zh);
      check();
    },
  };
  const ended = modbus(line);
  ended.catch(() => undefined);
  const values = (device: string, point: string): Value[] =>
    said.reports.flatMap((r) =>
      r.device === device ? r.values.filter(([key]) => key === point).map(([, v]) => v) : [],
    );
  return {
    ...said,
    ended,
    get actions() {
      return actions;
    },
    until(holds) {
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          clearInterval(look);
          const { reports, links, drops, troubles } = said;
          const tail = JSON.stringify({ reports: reports.slice(-5), links, drops: drops.slice(-5), t: [...troubles] });
          reject(new Error(`waited in vain; said: ${tail}`));
        }, PATIENCE_MS);
        // What happens at the device is not said by the driver, so the condition is looked at now and then as well.
        const look = setInterval(() => check(), 10);
        check = () => {
          if (!holds()) return;
          clearTimeout(limit);
          clearInterval(look);
          check = () => undefined;
          resolve();
        };
        check();
      });
    },
    count: (device, point, value) =>
      values(device, point).filter((seen) => value === undefined || seen === value).length,
    last: (device, point) => values(device, point).at(-1),
    async stop() {
      stopper.abort();
      await ended.catch(() => undefined);
    },
  };
}
