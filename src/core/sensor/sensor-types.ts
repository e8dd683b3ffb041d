/**
 * What a sensor of a room or a machine is held to, and what became of it: limits, excursions, faults. Types only; it must never
 * hold behaviour.
 */
import type { Priority, Time, Window, Words } from '../types-terms.ts';

/** What a gauge measures. `gas` is a share of the lower explosive limit, %LEL. */
export type Quantity = 'tension' | 'temperature' | 'humidity' | 'gas';

/** What a gauge must not pass, and for how long it may. Of one bound and priority the first whose window holds counts. */
export interface PointLimit {
  readonly bound: 'above' | 'below';
  /** In the unit of the point; the value itself is still within. */
  readonly limit: number;
  /** The level at which it lets go again. */
  readonly clear: number;
  /** How long it has to stand beyond before it is an alarm; 0: at once. */
  readonly dwellMs: number;
  readonly priority: Priority;
  /** When it holds, on the clock of the school; absent: at all times. */
  readonly window?: Window;
}

/** Which limit of a point is meant: of one bound and priority only one holds at a time. */
export interface LimitSlot {
  readonly device: string;
  readonly point: string;
  readonly bound: PointLimit['bound'];
  readonly priority: Priority;
}

/** A gauge that stands beyond a limit, whether it has become an alarm or not. */
export interface Excursion extends LimitSlot {
  readonly since: Time;
  readonly limit: number;
  readonly dwellMs: number;
  /** The farthest it was, to five deadbands. */
  readonly extreme: number;
}

/** no-reading: the device is there and this gauge gives nothing it could measure. stuck: the very same value for too long. */
export type SensorFault = 'no-reading' | 'stuck';

/** A sensor that is not to be believed. */
export interface DoubtedSensor {
  readonly device: string;
  readonly point: string;
  readonly fault: SensorFault;
  readonly since: Time;
}

export type SensorFact =
  /** A gauge has passed a limit. It is an alarm once it has stood so for `dwellMs`. */
  | ({
      readonly kind: 'excursion-began';
      readonly value: number;
      readonly limit: number;
      readonly dwellMs: number;
    } & LimitSlot)
  /** It went farther; told at each five deadbands. */
  | ({ readonly kind: 'excursion-deepened'; readonly value: number } & LimitSlot)
  /** It is over: the value came back, or the limit is asked no longer. */
  | ({
      readonly kind: 'excursion-ended';
      readonly value?: number;
      readonly extreme: number;
      readonly lastedMs: number;
      /** It stood long enough to be an alarm. */
      readonly alarmed: boolean;
      /** The device was not heard, or the gateway did not run, for some of the time: it was beyond before and after. */
      readonly unheard?: true;
      readonly why: 'within' | 'no-limit';
    } & LimitSlot)
  /** A sensor began or ceased to be in doubt. */
  | {
      readonly kind: 'sensor-doubted';
      readonly device: string;
      readonly point: string;
      readonly fault: SensorFault;
      readonly active: boolean;
    };

/** The part of State that sensors have. */
export interface SensorState {
  /** Gauges beyond a limit, by `device/point/bound.priority`. */
  readonly excursions: Map<string, Excursion>;
  /** Sensors that are not to be believed, by `device/point`. */
  readonly doubted: Map<string, DoubtedSensor>;
}

/** The gateway's watch over sensors changed its mind about one. */
export interface SensorInput {
  readonly kind: 'sensor';
  readonly device: string;
  readonly point: string;
  readonly fault: SensorFault;
  readonly active: boolean;
}

/** How one gauge of a room or a machine stands. Without `value` it is not known now. */
export interface SensorStanding {
  readonly device: string;
  readonly point: string;
  readonly place: Words;
  readonly title: Words;
  readonly unit: string;
  readonly up: boolean;
  readonly value?: number;
  readonly fault?: SensorFault;
  /** The limits that hold now. */
  readonly limits: readonly PointLimit[];
  /** Since when it is beyond one of them, and how far it was. */
  readonly since?: Time;
  readonly extreme?: number;
}
