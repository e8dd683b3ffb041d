/**
 * Whether somebody stands where an alarm would go, asked of the accounts as the file has them now: a step that reaches nobody and a
 * wall whose account will not do are said by day, not at night.
 */
import {
  type EmptyOfChain,
  emptySteps,
  unlistedWalls,
  type WallAccount,
  wallAccounts,
} from '../../core/alarm/reach.ts';
import type { AccountState, State, Time, Trouble, Words } from '../../core/types.ts';
import { Untold } from '../../core/untold.ts';
import { emptyStepsTrouble } from '../../words/door-words.ts';
import type { GatewayPort, WallStatus } from '../gateway-port.ts';
import type { AccountList } from './accounts.ts';

/** A wall, and whether its account will do. */
export type ListedWall = WallStatus & { readonly account: WallAccount };

export interface Standby {
  /** Steps that reach nobody, with channels that take no message counted as none. */
  steps(): Promise<readonly EmptyOfChain[]>;
  walls(): readonly ListedWall[];
  /** Kiosk accounts that are no wall of the configuration. */
  unlisted(): readonly string[];
  trouble(): Trouble | undefined;
}

/** The accounts of a users file, as the rules ask for them. */
export function accountStates(list: AccountList): ReadonlyMap<string, AccountState> {
  return new Map(
    list.map(({ user, kiosk, disabled }) => [
      user.name,
      { role: user.role, ...(kiosk && { wall: true as const }), ...(disabled && { disabled: true as const }) },
    ]),
  );
}

const noFails: State['channelFails'] = new Map();

/** `phones`: names of those whose phone is paired; each comes in as a guard. */
export function openStandby(
  gateway: GatewayPort,
  list: () => AccountList,
  now: () => Time,
  phones: () => readonly string[] = () => [],
): Standby {
  const accounts = () => {
    const all = new Map(accountStates(list()));
    for (const name of phones()) if (!all.has(name)) all.set(name, { role: 'guard' });
    return all;
  };
  const found = (channelFails: State['channelFails']) =>
    emptySteps(gateway.site(), { accounts: accounts(), channelFails, complete: true });
  let last: Trouble | undefined;
  return {
    async steps() {
      try {
        return await gateway.read((state) => found(new Map(state.channelFails)));
      } catch (error) {
        if (error instanceof Untold) return found(noFails);
        throw error;
      }
    },
    walls() {
      const known = wallAccounts(gateway.site(), accounts());
      return gateway.walls().map((wall) => ({ ...wall, account: known.get(wall.user) ?? 'missing' }));
    },
    unlisted: () => unlistedWalls(gateway.site(), accounts()),
    // A channel that takes no message is a trouble of its own.
    trouble() {
      const why: Words | undefined = emptyStepsTrouble(found(noFails));
      if (!why) last = undefined;
      else if (last?.why.en !== why.en) last = { part: 'escalation', why, since: last?.since ?? now() };
      return last;
    },
  };
}
