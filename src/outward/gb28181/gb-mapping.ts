/**
 * What kinds of alarms are called in GB/T 28181: AlarmMethod, AlarmType and EventType. Data. Priority goes over as it is, 1 to 4. Where the
 * standard has no word, the method alone is said and the description carries the rest.
 */
import type { AlarmKind, Family } from '../../core/types.ts';

/** 2016: GB/T 28181-2016; 2022: GB/T 28181-2022, which knows a few types more. */
export type GbVersion = '2016' | '2022';

export interface GbKind {
  /** 1 phone, 2 device, 3 SMS, 4 GPS, 5 video, 6 fault of a device, 7 other. */
  readonly method: 1 | 2 | 5 | 6 | 7;
  readonly type?: number;
  /** Of an intrusion: 1 in, 2 out. */
  readonly event?: 1 | 2;
}

const device: GbKind = { method: 2 };
const fault: GbKind = { method: 6 };
const other: GbKind = { method: 7 };

/** Where nothing else is said of the family of its device. */
export const gbKinds: Readonly<Record<AlarmKind, GbKind>> = {
  climb: device,
  pull: device,
  slack: device,
  cut: device,
  intrusion: device,
  static: device,
  drift: device,
  weather: device,
  tamper: { method: 2, type: 2 },
  masked: device,
  motion: device,
  sos: device,
  duress: device,
  police: device,
  fire: device,
  gas: device,
  water: device,
  temperature: other,
  power: fault,
  fault,
  comms: fault,
  missed: other,
  order: other,
  'short-handed': other,
  upkeep: other,
  unwatched: other,
  hygiene: other,
  overdue: other,
};

/** Of a camera. */
const ofCamera: Partial<Readonly<Record<AlarmKind, GbKind>>> = {
  intrusion: { method: 5, type: 6, event: 1 },
  motion: { method: 5, type: 2 },
  hygiene: { method: 5, type: 2 },
  masked: { method: 5, type: 13 },
  comms: { method: 2, type: 1 },
};
/** What 2016 has no number for: a masked picture is an abnormal one. */
const in2016: Partial<Readonly<Record<AlarmKind, GbKind>>> = { masked: { method: 5, type: 11 } };

/** What an alarm is called. */
export function gbKindOf(kind: AlarmKind, family: Family | undefined, version: GbVersion): GbKind {
  if (family !== 'camera') return gbKinds[kind];
  return (version === '2016' ? in2016[kind] : undefined) ?? ofCamera[kind] ?? gbKinds[kind];
}
