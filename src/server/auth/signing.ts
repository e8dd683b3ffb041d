/**
 * The codes of people who sign on at the desk or hand a shift over: each gives his own, on a page that somebody else may be logged in
 * at. Whoever has no code can only sign for himself, on a page he has logged in at. It must never take one person's code for another's.
 */
import { personOf } from '../../core/site/naming.ts';
import type { Command, Site, User } from '../../core/types.ts';
import { cannotSign } from '../../words/duty/duty-words.ts';
import { codeNeeded } from '../../words/server-words.ts';
import type { World } from '../../world/world.ts';
import { Problem, problems } from '../http/problem.ts';
import type { Code, Users } from './accounts.ts';
import type { openAttempts } from './attempts.ts';

export type SigningCommand = Extract<Command, { readonly do: 'sign-on' | 'hand-over' }>;

interface SigningDesk {
  readonly users: Users;
  readonly site: () => Site;
  readonly attempts: ReturnType<typeof openAttempts>;
  readonly log: World['log'];
}
interface SigningCodes {
  readonly pin: string | undefined;
  readonly outgoingPin: string | undefined;
}

/** The command as it may go on; throws a Problem when a code is missing, or somebody has none. */
export function openSigning({ users, site, attempts, log }: SigningDesk) {
  async function codeOf(by: User, person: string, pin: string | undefined, address: string): Promise<Code> {
    const account = users
      .list()
      .find(({ user, kiosk, disabled }) => !kiosk && !disabled && personOf(site(), user)?.id === person);
    const own = account?.user.name === by.name;
    if (!account || !(account.pin || own))
      throw new Problem(409, 'cannot-sign', cannotSign(site().people[person]?.name ?? person));
    if (!account.pin) return 'right';
    if (pin === undefined) throw new Problem(403, 'pin-needed', codeNeeded);
    const { name } = account.user;
    const waitMs = attempts.begin(undefined, name);
    if (waitMs > 0) throw problems.often(waitMs / 1_000);
    const code = await users.code(name, pin);
    if (code === 'wrong') log.warn('a code was refused', { address, user: name });
    else attempts.forgive(undefined, name);
    return code;
  }

  return async (by: User, command: SigningCommand, codes: SigningCodes, address: string): Promise<Command> => {
    const found: Code[] = [];
    if (command.do === 'hand-over') found.push(await codeOf(by, command.outgoing, codes.outgoingPin, address));
    if (!found.includes('wrong')) found.push(await codeOf(by, command.person, codes.pin, address));
    if (found.includes('wrong')) return { ...command, wrongPin: true };
    return found.includes('duress') ? { ...command, duress: true } : command;
  };
}
