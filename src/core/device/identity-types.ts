/** Who a device says it is, and that its clock was set: inputs, facts and State. Types only; it must never hold behaviour. */
import type { Time } from '../types-terms.ts';

/** What a device says of itself, each field as text: a firmware `2.0` is no number. What it does not tell is absent. */
export interface DeviceIdentity {
  readonly maker?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly firmware?: string;
  readonly hardware?: string;
}

/** What a line learned of a device beside its values and its link. */
export type DeviceSaid =
  | { readonly kind: 'identity'; readonly identity: DeviceIdentity }
  /** The gateway set the clock of the device, which showed `from` when it was `to`. */
  | { readonly kind: 'clock-set'; readonly from: Time; readonly to: Time };

/** Why another identity counts as another device at the same place. */
export type SwapSign = 'serial' | 'model';

export type DeviceFact =
  /** `was`: what was known before; absent the first time. `swapped`: it is another device than the one before. */
  | {
      readonly kind: 'device-identified';
      readonly device: string;
      readonly identity: DeviceIdentity;
      readonly was?: DeviceIdentity;
      readonly swapped?: SwapSign;
    }
  | { readonly kind: 'device-clock-set'; readonly device: string; readonly from: Time; readonly to: Time };

/** What State knows of it: since when, and who it was before the last swap. */
export interface IdentityState extends DeviceIdentity {
  readonly at: Time;
  readonly before?: DeviceIdentity;
}
