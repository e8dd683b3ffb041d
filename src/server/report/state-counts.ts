/**
 * The figures that come from State, for whoever must answer whether the journal follows or not: told while State is durable,
 * left out otherwise. It must never stand in for a figure that cannot be told.
 */
import { Untold } from '../../core/untold.ts';
import type { GatewayPort } from '../gateway-port.ts';

/** Figures by name; none while the journal refuses or does not answer. */
export async function stateCounts(gateway: GatewayPort): Promise<Readonly<Record<string, number>>> {
  try {
    return await gateway.read((state) => gateway.counts(state));
  } catch (error) {
    if (error instanceof Untold) return {};
    throw error;
  }
}
