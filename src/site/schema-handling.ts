/**
 * The shape of what a configuration says about handling alarms: escalation and procedures. What one of them says about
 * another is checked elsewhere. Texts given as `error` or message finish the sentence "expected …".
 */
import { z } from 'zod';
import { chainOf, discreet, kind, roles } from './parts/schema-chain.ts';
import { id, text, words } from './parts/schema-parts.ts';

const seconds = (what: string) => z.int().min(10).max(86_400).optional().describe(what);
const pledge = z.strictObject({
  sendSec: seconds('From acknowledging until somebody is sent'),
  acceptSec: seconds('Until whoever was sent says that he goes'),
  arriveSec: seconds('Until he is there'),
  findSec: seconds('Until it is said what was found'),
  reviewSec: seconds('Until a head of security has countersigned it, where one has to'),
  renewals: z.int().min(0).max(10).optional().describe("How often a person's word gives the time anew"),
});
/** By when what somebody acknowledged is seen to. An urgent alarm is not left for longer than two minutes with nobody sent. */
export const pledges = z.strictObject({
  p1: pledge.extend({ sendSec: z.int().min(10).max(120).optional() }).optional(),
  p2: pledge.optional(),
  p3: pledge.optional(),
});

const lastResort = z.strictObject({
  roles: z.array(z.enum(roles)).default([]),
  channels: z.array(text).default([]).describe('A channel that reaches somebody at any hour'),
});

/** By priority, and for silent calls for help. */
export const escalation = z.strictObject({
  p1: chainOf(z.enum(roles)).optional(),
  p2: chainOf(z.enum(roles)).optional(),
  p3: chainOf(z.enum(roles)).optional(),
  quiet: chainOf(z.enum(discreet)).optional().describe('Silent calls for help: for those who may know of them alone'),
  lastResort: lastResort
    .optional()
    .describe('Who is told when no step that is left reaches anybody; whom nobody can switch off at night'),
});

const target = z
  .union([z.literal('end'), z.int().min(1).max(6)], { error: 'the number of a later step, or end' })
  .optional();
/** One step; steps are numbered from 1, as people count. */
const procedureStep = z.strictObject({
  ask: words,
  answer: z.enum(['done', 'yes-no', 'number', 'person']),
  must: z.boolean().optional().describe('Passed over only with a reason'),
  yes: target.describe('The step after a yes; else the next one'),
  no: target.describe('The step after a no; else the next one'),
});
/** What is done about some kinds of alarm, step by step. */
export const procedure = z.strictObject({
  id,
  title: words,
  kinds: z.array(kind).min(1, 'at least one kind of alarm'),
  family: z
    .enum(['fence', 'camera', 'reader', 'input'])
    .optional()
    .describe('Only for alarms of devices of this family'),
  steps: z.array(procedureStep).min(1, 'at least one step').max(6),
});
