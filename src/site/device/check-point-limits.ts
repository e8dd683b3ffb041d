/**
 * Whether the limits of a gauge can be meant: on a gauge that measures a room, one bound each, a level it comes back at, and none that
 * is never asked. It must never judge whether a limit is wise for the food; but gas is not waited for.
 */
import type { PointSpec } from '../../core/types.ts';
import { limitWords } from '../../words/site/config-part-words.ts';
import type { Words } from '../../words/words.ts';
import type { ConfigCheck, Partly } from '../references.ts';
import type { Path } from '../yaml-text.ts';
import type { LimitPart } from './schema-limits.ts';

/** Ours: a detector in a kitchen tells its high level at a quarter of what can burn; whoever sets us above it would hear later than its own sounder. */
const gasMost = 25;
/** Ours, as above. */
const gasDwellMin = 1;

type Written = Partly<LimitPart>;

const slotOf = ({ above, priority = 2 }: Written): string => `${above === undefined ? 'below' : 'above'} ${priority}`;

function checkOne(check: ConfigCheck, at: Path, one: Written, { quantity, range, key }: PointSpec): void {
  const { above, below, clear, dwellMin = 0, from, to } = one;
  const refuse = (path: Path, why: Words) => check.source.refuse(path, why);
  const limit = above ?? below;
  if (limit === undefined || (above !== undefined && below !== undefined)) {
    refuse(at, limitWords.oneBound);
    return;
  }
  const side = above === undefined ? 'below' : 'above';
  if (range && (limit < range[0] || limit > range[1]))
    refuse([...at, side], limitWords.neverPassed(key, range[0], range[1], limit));
  if (clear !== undefined && (side === 'above' ? clear > limit : clear < limit))
    refuse([...at, 'clear'], limitWords.clearBeyond(clear, limit));
  if ((from === undefined) !== (to === undefined)) refuse(at, limitWords.halfTime(from === undefined ? 'from' : 'to'));
  if (quantity !== 'gas') return;
  if (above === undefined || above > gasMost) refuse([...at, side], limitWords.gasLatest(gasMost));
  if (dwellMin > gasDwellMin) refuse([...at, 'dwellMin'], limitWords.gasDwell(gasDwellMin));
}

/** Reports limits that cannot be meant. */
export function checkLimits(
  check: ConfigCheck,
  at: Path,
  written: readonly (Written | undefined)[],
  spec: PointSpec,
): void {
  const { quantity, keep, key } = spec;
  if (keep !== 'gauge' || quantity === undefined || quantity === 'tension') {
    check.source.refuse(at, limitWords.noGauge(key), 'key');
    return;
  }
  const always = new Set<string>();
  written.forEach((one, i) => {
    if (!one) return;
    checkOne(check, [...at, i], one, spec);
    const slot = slotOf(one);
    if (always.has(slot)) check.source.refuse([...at, i], limitWords.neverAsked);
    if (one.days === undefined && one.from === undefined) always.add(slot);
  });
}
