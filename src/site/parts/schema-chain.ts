/**
 * The shape of a chain: steps of whom an alarm is told to, one after the other. Texts given as `error` or message finish the sentence
 * "expected …".
 */
import { z } from 'zod';
import type { AlarmKind, Role } from '../../core/types.ts';
import { text } from './schema-parts.ts';

const kinds: Readonly<Record<AlarmKind, true>> = {
  ...{ climb: true, pull: true, slack: true, cut: true, intrusion: true, static: true, drift: true, weather: true },
  ...{ tamper: true, masked: true, motion: true, sos: true, duress: true, power: true, fault: true, comms: true },
  ...{ missed: true, order: true, 'short-handed': true, upkeep: true, unwatched: true, police: true },
  ...{ fire: true, gas: true, water: true, temperature: true, hygiene: true, overdue: true },
};
/** A kind of alarm. */
export const kind = z.enum(Object.keys(kinds) as [AlarmKind, ...AlarmKind[]]);

export const roles = ['operator', 'guard', 'head', 'auditor', 'integrator', 'admin'] as const satisfies readonly Role[];
/** Who may know of a silent call for help. */
export const discreet = ['head', 'auditor', 'admin'] as const satisfies readonly Role[];

const stepOf = (role: z.ZodType<Role>) =>
  z.strictObject({
    afterSec: z.number().min(0).max(86_400).describe('After the alarm was raised, or raised again'),
    roles: z.array(role).default([]).describe('Whoever has one of these roles and a page before him'),
    channels: z.array(text).default([]).describe('Channels a message goes to besides the screens'),
    to: z
      .array(text)
      .max(20)
      .default([])
      .describe('Persons and groups, each person by his ladder; on-duty: whoever is on duty then'),
    needs: z
      .literal(2, '2, or nothing')
      .optional()
      .describe('Two different persons must answer once this step was taken; the chain goes on until the second has'),
  });
export const chainOf = (role: z.ZodType<Role>) =>
  z.strictObject({
    steps: z.array(stepOf(role)).min(1, 'at least one step').max(6),
    repeatMin: z
      .number()
      .min(1)
      .max(1440)
      .describe('The last step is repeated at this pace until somebody acknowledges'),
  });
