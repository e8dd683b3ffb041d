/** The public screen in the dining hall: what the site shows there, and what the screen is told. Types only; it must never hold behaviour. */
import type { Time, Words } from '../types-terms.ts';

/** What a site shows in its dining hall. Only what stands here is shown there. */
export interface KitchenScreen {
  readonly cameras: readonly { readonly camera: string; readonly area: Words }[];
  readonly sensors: readonly { readonly device: string; readonly point: string; readonly title: Words }[];
  /** A line about the last cleaning; and one for the menu while nobody has set one today. */
  readonly cleaned?: Words;
  readonly menu?: Words;
  /** A still of each camera every so often. */
  readonly everyMs: number;
}

/** A measured value as the public may see it. `unknown`: not heard, in doubt or too old, and then no value is given. */
export interface KitchenValue {
  readonly title: Words;
  readonly unit: string;
  readonly value?: number;
  readonly at?: Time;
  readonly above?: number;
  readonly below?: number;
  readonly is: 'known' | 'unknown';
}

/** All that the public screen is told: no alarm, no person, no control. */
export interface KitchenView {
  readonly school: Words;
  readonly at: Time;
  readonly utcOffsetMin: number;
  readonly everyMs: number;
  readonly cameras: readonly { readonly id: string; readonly area: Words }[];
  readonly values: readonly KitchenValue[];
  readonly cleaned?: Words;
  readonly menu?: Words;
}
