/**
 * What happens at the gateway's door, told by the server and the users file: who came in, who was refused, who looked and took
 * away, who may come at all, and how the walls are. Types only. Nothing here may hold a password, a code or a session's secret.
 */
import type { Role, Time } from './types-terms.ts';

/** How a wall is: shows and sounds; not heard from; its page is not what the screen shows; hears nothing; makes no sound. */
export type WallCondition = 'well' | 'dead' | 'hidden' | 'deaf' | 'silent';

/** Somebody who may log in, as the journal tells it. */
export interface AccountState {
  readonly role: Role;
  /** Stands by itself: shows, and acknowledges nothing. */
  readonly wall?: true;
  readonly disabled?: true;
}

/** A phone that is paired, as the journal tells it. */
export interface PairedState {
  readonly name: string;
  readonly until: Time;
}

/** What became of an account. */
export type AccountChange = 'found' | 'added' | 'changed' | 'password' | 'disabled' | 'enabled' | 'removed';

export type DoorFact =
  | { readonly kind: 'logged-in'; readonly by: string; readonly address: string; readonly wall?: true }
  | {
      readonly kind: 'login-refused';
      /** Only of an account there is: whoever types a password in the wrong field must not find it in the journal. */
      readonly name?: string;
      readonly address: string;
      /** Refusals this stands for; many in a minute are one fact. */
      readonly count: number;
    }
  /** `session` names the session, which comes back by no restart; it opens nothing. `leftAt`: when, where the journal could not take it then. */
  | { readonly kind: 'logged-out'; readonly by: string; readonly session: string; readonly leftAt?: Time }
  | {
      readonly kind: 'account-changed';
      readonly name: string;
      readonly change: AccountChange;
      readonly role: Role;
      readonly wall?: true;
      readonly disabled?: true;
      /** Changes with password, role and kind of account, by a hash nothing can be read from. */
      readonly mark: string;
    }
  /** A phone was paired with a person, `name`, by whoever sat at the desk. `phone` names it; it opens nothing. */
  | {
      readonly kind: 'phone-paired';
      readonly by: string;
      readonly name: string;
      readonly phone: string;
      readonly until: Time;
      readonly address: string;
    }
  /** It is paired no longer: taken away at the desk, or logged out by its person. */
  | { readonly kind: 'phone-revoked'; readonly by: string; readonly name: string; readonly phone: string }
  /** `what`: the address that was asked, with its period. */
  | { readonly kind: 'exported'; readonly by: string; readonly what: string }
  /** The file of an incident is taken away: nothing of the incident is cut until a person releases it. `incident`: its first alarm. */
  | { readonly kind: 'held'; readonly incident: number; readonly by: string; readonly covert?: true }
  /**
   * Of a camera as it is now, or a kept one by its name; told once an hour for the same person and picture. `order`: it was sent to the
   * district for this order, and `by` is an officer there.
   */
  | {
      readonly kind: 'picture-viewed';
      readonly by: string;
      readonly camera?: string;
      readonly picture?: string;
      readonly order?: string;
      readonly covert?: true;
    }
  /**
   * A live video was begun. `reason`: why, as the person said it; `alarm`: it was open, and shown for it; `wall`: nobody asked, the
   * account of a wall plays it. The same for the same reason is told once in ten minutes.
   */
  | {
      readonly kind: 'video-viewed';
      readonly by: string;
      readonly camera: string;
      readonly what: 'live';
      readonly wall?: true;
      readonly alarm?: number;
      readonly reason?: string;
    }
  | { readonly kind: 'wall-changed'; readonly wall: string; readonly to: WallCondition };
