/**
 * What the canteen says about devices and people of the rest of the file, and its lists about themselves. It must never change anything,
 * nor judge the shape of a single field.
 */
import { listWithinDay, ownThings } from '../../words/site/config-part-words.ts';
import { foundExpected } from '../../words/site/config-shape-words.ts';
import type { ConfigCheck, mustBeFamily, mustDiffer, mustExist } from '../references.ts';
import type { Path } from '../yaml-text.ts';

/** The words in which references are refused. */
interface CanteenRefusals {
  readonly mustBeFamily: typeof mustBeFamily;
  readonly mustDiffer: typeof mustDiffer;
  readonly mustExist: typeof mustExist;
}

/** Reports what does not fit. */
export function checkCanteen(check: ConfigCheck, { mustBeFamily, mustDiffer, mustExist }: CanteenRefusals): void {
  const { areas = [], lists = [], people = [] } = check.file.canteen ?? {};
  const seen = new Map<string, Path>();
  for (const [i, area] of areas.entries()) {
    const path: Path = ['canteen', 'areas', i];
    for (const [n, id] of (area?.cameras ?? []).entries()) {
      mustBeFamily(check, [...path, 'cameras', n], id, 'camera');
      mustDiffer(check, seen, [...path, 'cameras', n], id, ownThings.camera);
    }
    for (const [n, id] of (area?.sensors ?? []).entries()) mustExist(check, [...path, 'sensors', n], id, 'devices');
  }
  for (const [i, list] of lists.entries()) {
    if (list?.from === undefined || list.until === undefined || list.from < list.until) continue;
    const at: Path = ['canteen', 'lists', i, 'until'];
    check.source.refuse(at, foundExpected(check.source.found(at), listWithinDay));
  }
  const accounts = new Map<string, Path>();
  for (const [i, person] of people.entries())
    mustDiffer(check, accounts, ['canteen', 'people', i, 'account'], person?.account, ownThings.account);
}
