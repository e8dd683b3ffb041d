/**
 * What the uplink reads of the gateway and is made from. Types only.
 */
import type { Withholding } from '../core/retention/leaving-kinds.ts';
import type { BureauInput, Durable, Event, Site, State, Time, Words } from '../core/types.ts';
import type { ProvenJournal } from '../store/store-types.ts';
import type { World } from '../world/world.ts';
import type { DistrictAddress } from './district-exchange.ts';
import type { HoursRequest } from './protocol.ts';

/** As the configuration has it. */
export interface UplinkOptions extends DistrictAddress {
  /** As the district calls this school. */
  readonly school: string;
  /** Public key of the district (vkey); without it the first one it names is kept. */
  readonly witness?: string;
}

/** Hourly figures that may leave, and the time of the oldest sample there is. */
export interface LeavingHours {
  readonly oldest: Time | undefined;
  readonly rows: readonly HoursRequest['hours'][number][];
}

/** A checkpoint that the school signed. */
export interface SignedNote {
  readonly note: string;
  readonly size: number;
}

export interface UplinkSource extends Pick<ProvenJournal, 'head' | 'link' | 'leaving' | 'linesAt' | 'grow' | 'pick'> {
  site(): Site;
  /** By the school's clock. */
  now(): Time;
  read<T>(look: (state: Durable<State>) => T): Promise<T>;
  /** The newest one. */
  checkpoint(): SignedNote | undefined;
  /** The public key of the school's log (vkey). */
  readonly log: string;
  /** What the school keeps to itself. */
  readonly keeps: readonly Withholding[];
  /** Which kinds of facts leave the school. */
  readonly kinds: readonly Event['kind'][];
  /** Hands in what the district said. Resolves once it is kept; rejects while the journal takes nothing. */
  offer(input: BureauInput): Promise<void>;
  /** Where a note is kept that the district has cosigned. */
  keepCosigned(note: string): Promise<void>;
  /** Hourly figures of the gauges that are stored here, for whole hours in [from, to); absent where none leave. */
  readonly hours?: ((span: { readonly from: Time; readonly to: Time }) => Promise<LeavingHours>) | undefined;
  /** The note that was kept last, where one was. */
  readonly cosigned?: string | undefined;
}

export interface UplinkContext {
  readonly options: UplinkOptions;
  readonly source: UplinkSource;
  readonly world: World;
  /** The data folder. */
  readonly dir: string;
  readonly version: string;
  trouble(part: string, why: Words | undefined): void;
}

/** How far the district is, for the health page. */
export interface UplinkStatus {
  /** Its newest line, as it last said. */
  readonly have?: number;
  readonly behind?: number;
  /** The newest checkpoint that it cosigned: lines under it, and when, ms since 1970. */
  readonly cosigned?: { readonly size: number; readonly at: Time };
  /** The name of the district, by its key. */
  readonly name?: string;
  /** When it last answered. */
  readonly heardAt?: Time;
  readonly why?: Words;
}
