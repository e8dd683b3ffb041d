/** Hourly values as the bureau's page shows them. Times are ms since 1970, by the school's clock. Types only. */
import type { Words } from '../../core/types.ts';

export interface ValueSchools {
  /** False: the configuration names no store. */
  readonly store: boolean;
  readonly schools: readonly (Words & { readonly school: string })[];
}

export interface ValueGauge {
  readonly device: string;
  readonly point: string;
  /** What the school calls the device, where that is known. */
  readonly title?: Words;
}

export interface ValueHours {
  readonly from: number;
  readonly to: number;
  readonly hours: readonly {
    readonly hour: number;
    readonly mean: number;
    readonly min: number;
    readonly max: number;
  }[];
}
