/** What one platform is told with, and what a telling looks like. Types only. */
import type { BodyEncoding } from './gb-body.ts';
import type { GbKind, GbVersion } from './gb-mapping.ts';

/** As the configuration has it; the password is here and nowhere else. */
export interface GbOptions {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
  readonly localPort: number;
  /** 20 digits of the platform. */
  readonly serverId: string;
  readonly domain: string;
  /** 20 digits of ours. */
  readonly id: string;
  readonly user: string;
  readonly password?: string;
  readonly version: GbVersion;
  readonly encoding: BodyEncoding;
  readonly expiresSec: number;
  readonly keepaliveSec: number;
  readonly channels: Readonly<Record<string, string>>;
  /** What SetGuard and ResetGuard may do: nothing, set, or set and unset. */
  readonly guard: 'none' | 'arm' | 'both';
  /** How long the next device alarm of a channel waits for ResetAlarm. */
  readonly resetWaitSec: number;
  /** Silent calls for help are told as well. */
  readonly duress: boolean;
}

/** One alarm on its way. */
export interface GbLetter {
  readonly channel: string;
  readonly priority: number;
  readonly kind: GbKind;
  readonly body: Buffer;
}
