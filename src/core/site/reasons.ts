/**
 * Why an alarm was closed, as codes, and who may close with which. The letter is the class, as security managers count
 * them: A true, B nuisance, C false, D test, E unresolved, F patrol, G camera. Words for them belong to the screens.
 */
import type { Role } from '../types.ts';

/** Every code there is: stored as a code, never as text. */
export const reasons = [
  ...['A1', 'A2', 'A3', 'A4'],
  ...['B1', 'B2', 'B3', 'B4', 'B5', 'B6'],
  ...['C1', 'C2', 'C3', 'C4'],
  ...['D1', 'D2'],
  ...['E1', 'E2'],
  ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8'],
  ...['G1', 'G2', 'G3', 'G4'],
] as const;

/** What closing with a reason comes to for a role: it may; its finding waits for a head of security; it may not at all. */
export type Closing = 'may' | 'countersign' | 'no';

const everything = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** Classes, or single codes, that a role closes with by itself. */
const closes: Readonly<Record<Role, readonly string[]>> = {
  operator: ['B', 'C', 'D', 'E1', 'F', 'G'],
  head: everything,
  admin: everything,
  integrator: ['D'],
  guard: [],
  auditor: [],
  canteen: [],
  kitchen: [],
  ...{ bureau: [], 'bureau-head': [] },
};

/** Whether the code is one of ours. */
export const isReason = (code: string): boolean => (reasons as readonly string[]).includes(code);

/**
 * Somebody was really there, or nobody went to look: the one person at the desk does not decide that alone.
 */
export const needsCountersign = (reason: string): boolean => reason.startsWith('A') || reason === 'E2';

/** What closing with this reason comes to for this role. */
export function closing(role: Role, reason: string): Closing {
  if (closes[role].some((part) => reason.startsWith(part))) return 'may';
  return role === 'operator' && needsCountersign(reason) ? 'countersign' : 'no';
}
