/**
 * The school on which the way from a wire to a pixel is measured, once for the hosts, the floor and the gateway: the fence of
 * `config/campus.yaml`, with its device models and their periods.
 */
export const BAUD = 9_600;
export const HOST_UNITS = [1, 2, 3] as const;
export const CONTACTS_UNIT = 10;
/** Of the alarm word, by the device model. */
export const POLL_MS = 250;
/** Where a host has its alarm word, and the status word behind it. */
export const ALARM_WORD = 40;

const words = (text: string) => ({ zh: text, en: text });
const SIDE = 30;
const corners = [
  [10, 10],
  [50, 10],
  [90, 10],
  [90, 90],
  [50, 90],
  [10, 90],
] as const;

/** What is cut, pulled or climbed in turn: every zone before any a second time. Bits are those of the alarm word. */
export const places = (['cut', 'pull', 'pole'] as const).flatMap((what) =>
  HOST_UNITS.flatMap((unit) =>
    (['a', 'b'] as const).map((zone) => ({
      unit,
      device: `fence-${unit}`,
      point: `${zone}_${what}`,
      bit: { a: { pull: 0, cut: 1, pole: 10 }, b: { pull: 2, cut: 3, pole: 11 } }[zone][what],
    })),
  ),
);

/** What the configuration says of lines and devices, with the bus at this port. */
export function fence(port: number): { readonly lines: readonly object[]; readonly devices: readonly object[] } {
  const line = 'fence-bus';
  return {
    lines: [{ id: line, protocol: 'modbus-rtu-over-tcp', host: '127.0.0.1', port, timeoutMs: 500 }],
    devices: [
      ...HOST_UNITS.map((unit, n) => ({
        ...{ id: `fence-${unit}`, title: words(`fence ${unit}`), profile: 'tension-host-modbus', line, unit },
        zones: { A: `z${2 * n + 1}`, B: `z${2 * n + 2}` },
      })),
      {
        ...{ id: 'gate-io', title: words('gate'), profile: 'dry-contact-modbus', line, unit: CONTACTS_UNIT },
        ...{ at: [50, 95], zones: { fence: false, beam: false, door: false } },
      },
    ],
  };
}

/** Zones around the yard, always armed, each with the siren at the gate. */
export const zones = corners.map(([x, y], n) => ({
  ...{ id: `z${n + 1}`, number: n + 1, title: words(`zone ${n + 1}`) },
  path: [
    [x, y],
    [Math.min(x + SIDE, 95), y],
  ],
  siren: { device: 'gate-io', point: 'siren' },
}));
