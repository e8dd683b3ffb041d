/**
 * One verdict on a message that goes to several persons one by one: each is tried, and what became of it is put together. It is told
 * when it reached anybody; who was not reached is named, by person and never by address.
 */
import { nobodyNamed, noSuchWay } from '../../words/reach/carrier-words.ts';
import type { Recipient, Verdict } from './channel.ts';

/** A way that a channel sends to single persons by. */
type PersonalWay = 'phone' | 'email' | 'dingtalk';

/** What became of it with one person. */
export interface PersonVerdict {
  readonly person: string;
  readonly verdict: Verdict;
}

/** The verdict on all of them: of several that were not told, the one that leaves most open. */
export function together(id: string, all: readonly PersonVerdict[]): Verdict {
  const unreached = all.flatMap(({ person, verdict }) =>
    verdict.is === 'told' ? [] : [{ person, why: verdict.why, verdict }],
  );
  const told = all.flatMap(({ verdict }) => (verdict.is === 'told' ? [verdict] : []));
  if (told.length > 0) {
    const receipt = told.flatMap((one) => one.receipt ?? []).join(',');
    const named = unreached.map(({ person, why }) => ({ person, why }));
    return { is: 'told', ...(receipt && { receipt }), ...(named.length > 0 && { unreached: named }) };
  }
  for (const open of ['unknown', 'too-fast', 'refused']) {
    const found = unreached.find(({ verdict }) => verdict.is === open);
    if (found) return found.verdict;
  }
  return { is: 'refused', code: 'nobody', why: nobodyNamed(id) };
}

/** Sends to each who has this way, all at once, and says of the others that they have none. */
export async function toEach<W extends PersonalWay>(
  id: string,
  way: W,
  to: readonly Recipient[],
  send: (recipient: Recipient, address: string) => Promise<Verdict>,
): Promise<Verdict> {
  const all = to.map(async (recipient): Promise<PersonVerdict> => {
    const { person, [way]: address } = recipient;
    if (address !== undefined) return { person, verdict: await send(recipient, address) };
    return { person, verdict: { is: 'refused', code: 'no-address', why: noSuchWay(id, way) } };
  });
  return together(id, await Promise.all(all));
}
