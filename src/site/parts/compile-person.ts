/**
 * A person as core and screens know him, and, apart from that, by what he is reached. The first must never hold an address.
 */
import type { Person } from '../../core/types.ts';
import { given, minuteOf } from './compile-parts.ts';
import { compileRung } from './compile-tell.ts';
import { type Contact, type PersonPart, wayNames } from './schema-person.ts';

/** By what this person is reached. */
export function contactOf(part: PersonPart): Contact {
  return given(Object.fromEntries(wayNames.map((way) => [way, part[way]])));
}

/** The person without his addresses; of them only which there are. */
export function compilePerson(part: PersonPart): Person {
  const { id, name, card, cards, account, language, quiet, ladder } = part;
  const ways = wayNames.filter((way) => part[way] !== undefined);
  return given({
    ...{ id, name, card, cards, account, language },
    quiet: quiet && { from: minuteOf(quiet.from), to: minuteOf(quiet.to) },
    ways: ways.length > 0 ? ways : undefined,
    ladder: ladder?.map(compileRung),
  });
}
