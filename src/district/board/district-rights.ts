/**
 * Who may do what at the bureau: the district's roles, and for each what it may ask. The server closes its addresses by it and the pages
 * lead by it. It must never give one role both the keys and the records of who used them: whoever appoints people cannot decide for a
 * school, and whoever reads the trail cannot change what stands in it.
 */

/** Duty officer, head of the bureau, auditor, administrator, and a screen on a wall that nobody stands before. */
export const districtRoles = ['duty', 'chief', 'auditor', 'admin', 'screen'] as const;
export type DistrictRole = (typeof districtRoles)[number];

const everybody = districtRoles;
const readers = ['duty', 'chief', 'auditor'] as const;

const table = {
  /** Who one is, and leaving. */
  self: everybody,
  /** The wall, the map and the live board. */
  board: ['duty', 'chief', 'auditor', 'screen'],
  /** Lists of alarms over all schools. */
  alarms: readers,
  /** Alarms that the school itself keeps from its screens (raised under force). */
  covert: ['chief', 'auditor'],
  /** The school's own pages, read only. */
  look: readers,
  /** Figures of patrol, canteens and drills. */
  figures: readers,
  ledger: readers,
  /** Reads what was asked of schools and what became of it. */
  orders: readers,
  /** Asks a school for something. */
  order: ['duty', 'chief'],
  assessment: ['chief', 'auditor'],
  accountability: ['chief', 'auditor'],
  /** Takes files away. */
  export: readers,
  /** The schools with their state, and what was not folded in. */
  schools: ['duty', 'chief', 'auditor', 'admin'],
  /** Schools that join and leave, and their keys. */
  keys: ['admin'],
  /** Decides about a school whose journal does not agree with what was here. */
  settle: ['chief'],
  people: ['admin'],
  trail: ['chief', 'auditor'],
  /** How long records are kept, and how large they are. */
  retention: ['chief', 'auditor', 'admin'],
} as const satisfies Readonly<Record<string, readonly DistrictRole[]>>;

export type DistrictRight = keyof typeof table;
export const districtRights = Object.keys(table) as readonly DistrictRight[];

export const mayDistrict = (role: DistrictRole, right: DistrictRight): boolean =>
  (table[right] as readonly DistrictRole[]).includes(role);

/** Roles whose log-in asks for a one-time code from the first time on. */
export const needsCode = (role: DistrictRole): boolean => role === 'chief' || role === 'auditor' || role === 'admin';

/** Whether an officer of these streets may know of a school in this one; no streets are all. */
export const mayStreet = (streets: readonly string[], street: string): boolean =>
  streets.length === 0 || streets.includes(street);
