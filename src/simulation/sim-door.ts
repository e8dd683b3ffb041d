/**
 * Who may log in at a simulated school, as its users file says: told to the gateway as the server tells it, again and again until
 * the journal has it. It must never tell what the file does not say.
 */
import type { AccountChange, AccountState, DoorFact, Role, State } from '../core/types.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The server looks at every beat of its pages. */
const lookMs = 2_000;

export interface DoorParts {
  readonly time: VirtualTime;
  /** The fold of what lies on the disk. */
  kept(): State;
  /** Tells the process that lives now, if one does. */
  note(fact: DoorFact): void;
}

export class SimDoor {
  readonly #parts: DoorParts;
  readonly #accounts: Map<string, AccountState>;

  constructor(parts: DoorParts, accounts: ReadonlyMap<string, AccountState>) {
    this.#parts = parts;
    this.#accounts = new Map(accounts);
    this.#look();
  }

  /** For `ms` nobody of these roles may log in. */
  close(roles: readonly Role[], ms: number): void {
    const closed = [...this.#accounts].filter(
      ([, { role, wall, disabled }]) => roles.includes(role) && !wall && !disabled,
    );
    for (const [name, account] of closed) this.#accounts.set(name, { ...account, disabled: true });
    this.#parts.time.after(ms, () => {
      for (const [name, account] of closed) this.#accounts.set(name, account);
    });
  }

  #look(): void {
    const { time, kept, note } = this.#parts;
    const known = kept().accounts;
    for (const [name, { role, wall, disabled }] of this.#accounts) {
      const was = known.get(name);
      if (was && was.disabled === disabled) continue;
      const change: AccountChange = !was ? 'found' : disabled ? 'disabled' : 'enabled';
      const marks = { ...(wall && { wall }), ...(disabled && { disabled }) };
      note({ kind: 'account-changed', name, change, role, ...marks, mark: '-' });
    }
    time.after(lookMs, () => this.#look());
  }
}
