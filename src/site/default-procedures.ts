/**
 * The procedures of a site: those its configuration writes, and the usual ones for the kinds of alarm it says nothing about.
 * A school puts its own beside them or in their place; which steps the usual ones have stands in the words room.
 */
import type { Procedure, ProcedureStep, Site } from '../core/types.ts';
import { usualProcedures } from '../words/procedure-words.ts';
import type { SiteFile } from './site-schema.ts';

/** What a configuration cannot call its own: where it replaces some kinds of a usual one, that one still holds for the rest. */
export const usualIds: ReadonlySet<string> = new Set(usualProcedures.map(({ id }) => id));

type WrittenStep = SiteFile['procedures'][number]['steps'][number];

/** People count steps from 1. */
const index = (target: number | 'end'): number | 'end' => (target === 'end' ? 'end' : target - 1);

function compileStep({ ask, answer, must, yes, no }: WrittenStep): ProcedureStep {
  const next = { ...(yes !== undefined && { yes: index(yes) }), ...(no !== undefined && { no: index(no) }) };
  return { ask, answer, ...(must && { must }), ...(Object.keys(next).length > 0 && { next }) };
}

/** The procedures of a configuration, and the usual ones for the kinds it says nothing about. */
export function compileProcedures(written: SiteFile['procedures']): Site['procedures'] {
  const own = written.map(
    ({ id, title, kinds, family, steps }): Procedure => ({
      id,
      title,
      kinds,
      ...(family && { family }),
      steps: steps.map(compileStep),
    }),
  );
  const taken = (kind: Procedure['kinds'][number], family: Procedure['family']) =>
    own.some((one) => one.kinds.includes(kind) && (one.family === undefined || one.family === family));
  const rest = usualProcedures.map((one) => ({ ...one, kinds: one.kinds.filter((kind) => !taken(kind, one.family)) }));
  const all = [...own, ...rest.filter(({ kinds }) => kinds.length > 0)];
  return Object.fromEntries(all.map((one) => [one.id, one]));
}
