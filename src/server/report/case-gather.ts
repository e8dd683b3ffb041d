/**
 * All that the journal says of an incident: the facts of its alarms, the pictures that were kept, and what shows that the records are among
 * those that were signed. Whoever asks gets no fact that he may not see.
 */
import { createHash } from 'node:crypto';
import { maySee } from '../../core/site/sight-facts.ts';
import type { Event, Role, Time } from '../../core/types.ts';
import { caseTooLarge, clipDiffers } from '../../words/proof/case-words.ts';
import type { GatewayPort, SignedRecords } from '../gateway-port.ts';
import { Problem, problems } from '../http/problem.ts';
import type { RaisedFact } from './case-names.ts';
import { openTo, page } from './record-routes.ts';

/** Records of one incident; a night of alarms that chatter. Ours. */
const RECORDS_MAX = 5_000;
const ALARMS_MAX = 200;
const PAGE = 1_000;

export interface Still {
  readonly name: string;
  /** Undefined where the file is gone, or is not the one that was kept. */
  readonly bytes?: Uint8Array;
  readonly sha256?: string;
  /** The record that names it. */
  readonly seq: number;
  readonly state: 'proved' | 'unproved' | 'differs' | 'gone' | 'large';
}

/** Clips that one file of an incident holds, bytes; others are taken away by themselves. Ours: it is made in memory. */
const CLIP_BYTES_MAX = 192 * 1024 ** 2;

/** Whether what was kept is a clip, and no picture. */
export const isClip = (name: string): boolean => name.endsWith('.mp4');
export interface CaseFile {
  /** The alarm the incident began with. */
  readonly incident: number;
  readonly raised: ReadonlyMap<number, RaisedFact>;
  readonly facts: readonly Event[];
  readonly stills: readonly Still[];
  readonly signed: SignedRecords;
}

async function factsOf(gateway: GatewayPort, role: Role, alarm: number): Promise<Event[]> {
  const found: Event[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await page(gateway, 'events', { alarm, ...openTo(role) }, PAGE, cursor);
    found.push(...(rows as readonly unknown[] as readonly Event[]).filter((event) => maySee(role, event)));
    if (found.length > RECORDS_MAX) throw new Problem(422, 'too-large', caseTooLarge(RECORDS_MAX));
    cursor = next;
  } while (cursor !== undefined);
  return found;
}

/** The incident an alarm belongs to, by the alarm it began with. */
function incidentOf(alarm: number, facts: readonly Event[]): number {
  const joined = facts.filter((fact) => fact.kind === 'joined' && fact.alarm === alarm).sort((a, b) => b.seq - a.seq);
  const [last] = joined as Extract<Event, { kind: 'joined' }>[];
  return last?.incident ?? alarm;
}

/** The facts of all alarms of the incident, by their numbers. */
async function factsOfIncident(gateway: GatewayPort, role: Role, incident: number): Promise<Map<number, Event>> {
  const all = new Map<number, Event>();
  const first = await factsOf(gateway, role, incident);
  const members = new Set([incident]);
  for (const fact of first) if (fact.kind === 'joined' && fact.incident === incident) members.add(fact.alarm);
  if (members.size > ALARMS_MAX) throw new Problem(422, 'too-large', caseTooLarge(RECORDS_MAX));
  for (const alarm of members) {
    for (const fact of alarm === incident ? first : await factsOf(gateway, role, alarm)) all.set(fact.seq, fact);
    if (all.size > RECORDS_MAX) throw new Problem(422, 'too-large', caseTooLarge(RECORDS_MAX));
  }
  return all;
}

/** What a fact says was kept, as it lies on the disk now: a picture or a clip. */
async function keptOf(gateway: GatewayPort, fact: Event): Promise<Still | undefined> {
  if (fact.kind !== 'done' || !fact.ok || fact.brought === undefined) return undefined;
  const { brought: name, sha256, seq } = fact;
  const bytes = await (isClip(name) ? gateway.clip(name) : gateway.evidence(name));
  if (!bytes) return { name, seq, state: 'gone' };
  const found = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === undefined) return { name, bytes, sha256: found, seq, state: 'unproved' };
  return found === sha256 ? { name, bytes, sha256, seq, state: 'proved' } : { name, sha256, seq, state: 'differs' };
}

async function keptOfAll(gateway: GatewayPort, facts: readonly Event[]): Promise<Still[]> {
  const found: Still[] = [];
  let room = CLIP_BYTES_MAX;
  for (const fact of facts) {
    const one = await keptOf(gateway, fact);
    if (!one) continue;
    const size = isClip(one.name) ? (one.bytes?.length ?? 0) : 0;
    if (size <= room) found.push(one);
    else found.push({ name: one.name, seq: one.seq, state: 'large', ...(one.sha256 && { sha256: one.sha256 }) });
    if (size <= room) room -= size;
  }
  return found;
}

/** A clip with the records that name it, and what shows that they are among those that were signed. */
export interface ProvedClip {
  readonly alarm: number;
  readonly from: Time;
  readonly until?: Time;
  readonly raisedAt: Time;
  readonly clip: Still;
  readonly signed: SignedRecords;
}

/** The clip of that name, for whoever may see the alarm it is of. Rejects with a Problem, or with words. */
export async function gatherClip(gateway: GatewayPort, role: Role, name: string): Promise<ProvedClip> {
  const [from = Number.NaN, alarm = Number.NaN] = name.split(/[-.]/).map(Number);
  const facts = await factsOf(gateway, role, alarm);
  const raised = facts.find((fact) => fact.kind === 'raised' && fact.seq === alarm);
  const done = facts.find((fact) => fact.kind === 'done' && fact.brought === name);
  if (raised?.kind !== 'raised' || done?.kind !== 'done') throw problems.unknown();
  const clip = await keptOf(gateway, done);
  if (!clip || clip.state === 'gone') throw problems.unknown();
  if (clip.state === 'differs') throw new Problem(409, 'altered', clipDiffers);
  const signed = await gateway.prove([raised.seq, done.seq]);
  const until = done.until === undefined ? {} : { until: done.until };
  return { alarm, from, ...until, raisedAt: raised.sourceTime ?? raised.at, clip, signed };
}

/** The incident that an alarm belongs to. Rejects with a Problem, or with words. */
export async function gatherCase(gateway: GatewayPort, role: Role, alarm: number): Promise<CaseFile> {
  const own = await factsOf(gateway, role, alarm);
  if (!own.some((fact) => fact.kind === 'raised' && fact.seq === alarm)) throw problems.unknown();
  const incident = incidentOf(alarm, own);
  const all = await factsOfIncident(gateway, role, incident);
  for (const fact of own) all.set(fact.seq, fact);
  const facts = [...all.values()].sort((a, b) => a.seq - b.seq);
  const raised = new Map(facts.flatMap((fact) => (fact.kind === 'raised' ? [[fact.seq, fact] as const] : [])));
  const stills = await keptOfAll(gateway, facts);
  const signed = await gateway.prove(facts.map(({ seq }) => seq));
  return { incident, raised, facts, stills, signed };
}
