/**
 * The plant the Modbus figures are taken on: twenty units of a hundred registers, the last of which tells a number.
 * One description for the slave, the floor and the gateway, so that none of them reads something else.
 */
import { type Profile, profile } from '../../src/profile/profile.ts';

export const UNITS = 20;
export const REGISTERS = 100;
export const FLIP_REGISTER = REGISTERS - 1;
/** What alarm bits are polled at unless something else is asked for. */
export const POLL_MS = 250;

/** A unit as a device model, asked every `pollMs`. */
export function plantProfile(pollMs: number): Profile {
  const gauges = Array.from({ length: FLIP_REGISTER }, (_, address) => ({ key: `tension_${address}`, address }));
  const words = (text: string) => ({ zh: text, en: text });
  return profile({
    id: 'bench-unit',
    vendor: 'Gatehouse',
    model: 'bench unit',
    family: 'fence',
    title: words('bench unit'),
    source: 'Made up for measuring.',
    staleMs: 10_000,
    commsPriority: 2,
    points: [
      { key: 'flip', title: words('number'), keep: 'state', type: 'number' },
      ...gauges.map(({ key }) => ({ key, title: words(key), keep: 'gauge', type: 'number', deadband: 3 }) as const),
    ],
    wire: {
      protocol: 'modbus',
      registers: {
        flip: { table: 'input', address: FLIP_REGISTER, pollMs },
        ...Object.fromEntries(gauges.map(({ key, address }) => [key, { table: 'input', address, pollMs } as const])),
      },
    },
  });
}
