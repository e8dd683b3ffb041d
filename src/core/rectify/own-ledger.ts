/**
 * What of the ledger is one guard's: what was given to him, what he answered and what he reported. A guard sees nothing else of it, so whoever
 * answers him asks here. Pure.
 */
import { personOf } from '../site/naming.ts';
import type { ReadOnly, Rectification, Site, State, Time, User } from '../types.ts';
import { isOver } from './evolve-rectify.ts';

/** Of those that are over he sees a week, as the canteen does. */
const overShownMs = 7 * 86_400_000;
const shownMax = 50;

/** Whether this person is to put it right. */
export function isGivenTo(site: Pick<Site, 'people'>, { who }: Pick<Rectification, 'who'>, by: User): boolean {
  if (who === undefined) return false;
  return who.account === by.name || who.id === personOf(site, by)?.id;
}

/** Whether this person reported it. */
export const isReportedBy = ({ source }: Pick<Rectification, 'source'>, by: User): boolean =>
  source.from === 'hand' && source.by === by.name;

/** His part of the ledger: what he has to do first, by date, then what others have to. */
export function ownLedger(
  site: Pick<Site, 'people'>,
  { rectifications }: Pick<ReadOnly<State>, 'rectifications'>,
  by: User,
  now: Time,
): readonly (Rectification & { readonly mine: boolean })[] {
  return ([...rectifications.values()] as Rectification[])
    .filter(({ over }) => !over || over.at > now - overShownMs)
    .filter(
      (one) => isGivenTo(site, one, by) || isReportedBy(one, by) || one.answers.some((answer) => answer.by === by.name),
    )
    .map((one) => ({ ...one, mine: one.stage === 'open' && isGivenTo(site, one, by) }))
    .sort(
      (a, b) =>
        Number(isOver(a.stage)) - Number(isOver(b.stage)) ||
        Number(b.mine) - Number(a.mine) ||
        (a.due ?? a.foundAt) - (b.due ?? b.foundAt) ||
        a.id - b.id,
    )
    .slice(0, shownMax);
}
