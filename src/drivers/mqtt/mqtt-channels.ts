/**
 * What one message says to each device it is of, where a sender tells of several devices under the same topics. Every other topic has one
 * device, as ever. Pure; it must never throw away what no device understood.
 */
import type { Time } from '../../core/types.ts';
import type { MqttDevice } from '../connection-options.ts';
import type { LineDevice } from '../line.ts';
import { type Decoded, type DecodeOptions, decoder, wireOf } from '../payload/topic-decode.ts';

export type DecodeAll = (topic: string, payload: Uint8Array, now: Time, initial?: boolean) => readonly Decoded[];

/** Prepares the reading of all topics. Throws when two devices share one that is not of a sender of several. */
export function decodeAll(devices: readonly LineDevice<MqttDevice>[], options: DecodeOptions): DecodeAll {
  const alone = decoder(
    devices.filter((device) => !wireOf(device).channels),
    options,
  );
  const channels = devices.filter((device) => wireOf(device).channels).map((device) => decoder([device], options));
  return (...message) => {
    const said = alone(...message);
    if (channels.length === 0 || !unknown(said)) return [said];
    const all = channels.map((decode) => decode(...message)).filter((one) => !unknown(one));
    return all.length === 0 ? [said] : all;
  };
}

const unknown = (decoded: Decoded): boolean => decoded.kind === 'drop' && decoded.reason === 'unknown-topic';
