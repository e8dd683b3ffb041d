/**
 * Who may say that something is put right: never who did it or was to do it, whoever answers for the canteen what belongs to it, a head or
 * an administrator everything. Acts and the page ask here.
 */
import { personOf } from '../site/naming.ts';
import type { Rectification, Refusal, Site, User } from '../types.ts';

/** Who is behind an account: a person of the canteen or of the site, or the account alone where nobody is known. */
function behind(site: Pick<Site, 'canteen' | 'people'>, name: string): string {
  const ofCanteen = Object.values(site.canteen?.people ?? {}).find(({ account }) => account === name);
  return ofCanteen?.id ?? personOf(site, { name })?.id ?? `account ${name}`;
}

/**
 * Whether a rectification is one of the canteen, which is all its own people see and do: at a place of it, found by what watches it, or
 * given to one of them or opened by whoever asks. What a guard found on his round, and the fence, are not.
 */
export function concernsCanteen(
  { canteen }: Pick<Site, 'canteen'>,
  { place, source, who, opened }: Pick<Rectification, 'place' | 'source' | 'who' | 'opened'>,
  by: User,
): boolean {
  if (place.area !== undefined || opened?.by === by.name) return true;
  if (source.from === 'list' || source.from === 'online-rate' || source.from === 'alarm') return true;
  return who !== undefined && Object.hasOwn(canteen?.people ?? {}, who.id);
}

/** Why this person may not judge what was done; undefined when he may. */
export function countersignBar(
  site: Pick<Site, 'canteen' | 'people'>,
  { answers, who, place, source }: Pick<Rectification, 'answers' | 'who' | 'place' | 'source'>,
  by: User,
): Refusal | undefined {
  // Everybody who ever answered it did some of it, by whichever of his accounts.
  const own = behind(site, by.name);
  if (who?.account === by.name || who?.id === own) return 'own-answer';
  if (answers.some((answer) => answer.by === by.name || behind(site, answer.by) === own)) return 'own-answer';
  if (by.role === 'head' || by.role === 'admin') return undefined;
  const chief = by.role === 'canteen' && site.canteen?.chief === by.name;
  const ofCanteen = place.area !== undefined || source.from === 'list' || source.from === 'online-rate';
  return chief && ofCanteen ? undefined : 'not-countersigner';
}
