/**
 * What a configuration says about whom messages go to, as the core goes by it. What is said of persons and groups by name becomes
 * persons. Pure.
 */
import type { z } from 'zod';
import type { Escalation, EscalationRule, EscalationStep, Rung, Site } from '../../core/types.ts';
import { dayNumbers, given, minuteOf } from './compile-parts.ts';
import type { chainOf } from './schema-chain.ts';
import type { ladder, tell } from './schema-tell.ts';

type TellPart = z.infer<typeof tell>;
/** A chain as the file has it. */
export type ChainPart = z.infer<ReturnType<typeof chainOf>>;
type Groups = TellPart['groups'];

const second = 1_000;
const minute = 60_000;
/** What a step is told to besides persons and groups. */
export const dutyName = 'on-duty';

export const compileRung = ({ channel, afterSec }: z.infer<typeof ladder>[number]): Rung => ({
  channel,
  afterMs: Math.round(afterSec * second),
});

function compileStep(
  { afterSec, roles, channels, to, needs }: ChainPart['steps'][number],
  groups: Groups,
): EscalationStep {
  const people = to.flatMap(
    (name) => groups.find(({ id }) => id === name)?.people ?? (name === dutyName ? [] : [name]),
  );
  return {
    ...{ afterMs: Math.round(afterSec * second), roles, channels },
    ...(people.length > 0 && { people: [...new Set(people)] }),
    ...(to.includes(dutyName) && { onDuty: true }),
    ...(needs && { needs }),
  };
}

export function compileChain({ steps, repeatMin }: ChainPart, groups: Groups): Escalation {
  return { steps: steps.map((step) => compileStep(step, groups)), repeatMs: Math.round(repeatMin * minute) };
}

/** The rules, with the zones of their areas among their zones. */
export function compileRules(
  { rules, groups }: TellPart,
  areas: readonly { readonly id: string; readonly zones: readonly string[] }[],
): readonly EscalationRule[] {
  return rules.map(({ id, title, priorities, kinds, zones, areas: named, windows, only, ...chain }): EscalationRule => {
    const ofAreas = areas.filter((area) => named?.includes(area.id)).flatMap((area) => area.zones);
    return given({
      ...{ id, title, kinds, only, priorities: priorities as EscalationRule['priorities'] },
      zones: zones || named ? [...new Set([...(zones ?? []), ...ofAreas])] : undefined,
      windows: windows?.map((one) => ({ days: dayNumbers(one.days), from: minuteOf(one.from), to: minuteOf(one.to) })),
      chain: compileChain(chain, groups),
    }) as EscalationRule;
  });
}

/** How everybody is told: as the file says, or by the usual rung of each channel. */
export function compileLadder(
  said: TellPart['ladder'],
  channels: readonly { readonly id: string; readonly rungSec?: number | undefined }[],
): Site['ladder'] {
  if (said) return said.map(compileRung);
  const usual = channels.flatMap(({ id, rungSec }): Rung[] =>
    rungSec === undefined ? [] : [{ channel: id, afterMs: rungSec * second }],
  );
  return usual.length > 0 ? usual.sort((a, b) => a.afterMs - b.afterMs) : undefined;
}
