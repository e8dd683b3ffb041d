/**
 * Codes for taking watch away: how they are set, and what is asked of a person who has one. The code under force passes like
 * the other one and marks the command, which from here on only the core sees; so does a wrong one, because who tried and
 * failed is a fact of the gateway. It must never log a code, nor say or show by its answer or the time it takes which of the two
 * right ones was given.
 */
import { may } from '../../core/act/act-roles.ts';
import { type CodedAct, codedActs } from '../../core/alarm/duress.ts';
import { needsCode } from '../../core/site/rights.ts';
import type { AreaMode, Command, Site, User, Words } from '../../core/types.ts';
import { codeLength, codeNeeded, codeTooEasy, duressAlone, duressSame, noUser } from '../../words/server-words.ts';
import type { World } from '../../world/world.ts';
import { Problem, problems, ServerError } from '../http/problem.ts';
import type { Users } from './accounts.ts';
import { openAttempts } from './attempts.ts';
import { hashOf } from './hash.ts';
import { openSigning } from './signing.ts';
import { usersIn, writeUsers } from './users-file.ts';

/** Digits only, so that it can be typed on a number pad; six leave a million, and each guess costs up to half a minute. */
const PIN_MIN = 6;
export const PIN_MAX = 12;

/** Why a code is too weak; undefined when it will do. */
export function pinWeakness(pin: string): Words | undefined {
  if (!new RegExp(`^\\d{${PIN_MIN},${PIN_MAX}}$`).test(pin)) return codeLength(PIN_MIN, PIN_MAX);
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])));
  if (steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 0)) return codeTooEasy;
  return undefined;
}

/** What a person's codes shall be. An empty `pin` takes both away, an empty `duress` that one. */
export interface Pins {
  readonly pin: string;
  readonly duress: string;
}

/** Sets a person's codes. Rejects with ServerError when they are too weak, alike, or the person is unknown. */
export async function savePins(path: string, name: string, { pin, duress }: Pins): Promise<void> {
  const weak = (pin && pinWeakness(pin)) || (duress && pinWeakness(duress));
  if (weak) throw new ServerError(weak);
  if (duress && !pin) throw new ServerError(duressAlone);
  if (pin && pin === duress) throw new ServerError(duressSame);
  const users = await usersIn(path);
  const known = users.find((one) => one.name === name);
  if (!known) throw new ServerError(noUser(name));
  const { pin: _pin, duress: _duress, ...rest } = known;
  const codes = { ...(pin && { pin: await hashOf(pin) }), ...(duress && { duress: await hashOf(duress) }) };
  await writeUsers(path, [...users.filter((one) => one !== known), { ...rest, ...codes }]);
}

const coded: ReadonlySet<Command['do']> = new Set(codedActs);
const takesCode = (command: Command): command is CodedAct => coded.has(command.do);

/** A command as it came, perhaps with a code, or with those of two. */
export type CodedCommand = Command & { readonly pin?: string; readonly outgoingPin?: string };

/** The command as it may go on, marked when its code is wrong; throws a Problem when the code it needs is missing. */
export type PinCheck = (by: User, asked: CodedCommand, address: string) => Promise<Command>;

/** What is known of the school where a code may be asked for. */
export interface CodeGround {
  readonly site: () => Site;
  /** How an area is set. Rejects while the journal takes nothing. */
  readonly stands: (area: string) => Promise<AreaMode | undefined>;
}

/**
 * Asks for codes. Guesses are slowed down like those at the log-in, but by name alone: whoever is asked has logged in, and
 * one person's slips must not keep a colleague at the same desk from unsetting.
 */
export function openPins(users: Users, { site, stands }: CodeGround, world: Pick<World, 'elapsed' | 'log'>): PinCheck {
  const attempts = openAttempts(world.elapsed);
  const signing = openSigning({ users, site, attempts, log: world.log });
  return async (by, asked, address) => {
    const { pin, outgoingPin, ...command } = asked;
    if (command.do === 'sign-on' || command.do === 'hand-over')
      return may(by.role, command.do) ? signing(by, command, { pin, outgoingPin }, address) : command;
    // Who may not command this learns that, and not whether a code was right.
    if (!may(by.role, command.do) || users.find(by.name)?.pin !== true) return command;
    if (pin === undefined) {
      const mode = command.do === 'arm-area' ? await stands(command.area) : undefined;
      if (!needsCode(site(), command, mode)) return command;
      throw new Problem(403, 'pin-needed', codeNeeded);
    }
    // A code where none can count is not looked at, and does not go on.
    if (!takesCode(command)) return command;
    const waitMs = attempts.begin(undefined, by.name);
    if (waitMs > 0) throw problems.often(waitMs / 1_000);
    const code = await users.code(by.name, pin);
    if (code === 'wrong') {
      // Who and when is a fact that the core makes of it; from where only the log can tell.
      world.log.warn('a code was refused', { address, user: by.name });
      return { ...command, wrongPin: true };
    }
    attempts.forgive(undefined, by.name);
    return code === 'duress' ? { ...command, duress: true } : command;
  };
}
