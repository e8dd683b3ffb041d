/**
 * One device of the school as it physically is: what its sensors say, whether it has power and a way to the gateway, and
 * the robot or eye that speaks for it. It decides nothing; the school's verbs move it.
 */
import type { Device, Point, Value } from '../../src/core/types.ts';
import type { Eye } from './eye.ts';
import type { Robot } from './robot.ts';
import type { Outage } from './truth.ts';

export type Wire = 'modbus' | 'mqtt' | 'onvif';

export interface Box {
  readonly device: Device;
  readonly wire: Wire;
  /** What every state point and gauge says now. */
  readonly values: Map<string, Value>;
  robot?: Robot;
  eye?: Eye;
  powered: boolean;
  /** Its own cable. */
  plugged: boolean;
  /** The line it hangs on. */
  lineUp: boolean;
  hung: boolean;
  deaf: boolean;
  outage: Outage | undefined;
  deafness: Outage | undefined;
  /** Counts changes of state points. */
  version: number;
  /** Called when something about it changes: a value, its power, its cable. */
  wake: () => void;
  readonly stateKeys: readonly string[];
  readonly gaugeKeys: readonly string[];
}

/** What a point says in alarm. */
export function alarmValue(point: Point): Value {
  const when = point.alarm?.when;
  if (!when) return true;
  if ('is' in when) return when.is;
  return 'above' in when ? when.above * 1.2 + 1 : when.below * 0.8 - 1;
}

/** What a point says at rest. */
export function restValue(point: Point): Value {
  const when = point.alarm?.when;
  if (point.type === 'string') return '';
  if (point.type === 'boolean') return when && 'is' in when ? when.is !== true : false;
  if (when && 'above' in when) return when.above * 0.5;
  if (when && 'below' in when) return (when.clear ?? when.below) * 1.5 + 1;
  return 50;
}

export function newBox(device: Device, wire: Wire): Box {
  const values = new Map<string, Value>();
  for (const point of Object.values(device.points)) if (point.keep !== 'pulse') values.set(point.key, restValue(point));
  return {
    device,
    wire,
    values,
    powered: true,
    plugged: true,
    lineUp: true,
    hung: false,
    deaf: false,
    outage: undefined,
    deafness: undefined,
    version: 1,
    wake: () => undefined,
    stateKeys: keysOf(device, 'state'),
    gaugeKeys: keysOf(device, 'gauge').filter((key) => device.points[key]?.quantity !== 'tension'),
  };
}

/** Whether a request would be answered. */
export const answers = (box: Box): boolean => box.powered && box.plugged && box.lineUp && !box.hung;

/** The state points as they stand. */
export const statesOf = (box: Box): [string, Value][] => box.stateKeys.map((key) => [key, box.values.get(key)!]);

/** The gauges but for the tension of wires, which the fence itself knows. */
export const gaugesOf = (box: Box): [string, Value][] => box.gaugeKeys.map((key) => [key, box.values.get(key)!]);

function keysOf(device: Device, keep: Point['keep']): string[] {
  const points = Object.values(device.points).filter((point) => point.keep === keep);
  return points.map(({ key }) => key);
}
