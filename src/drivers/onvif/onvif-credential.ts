/**
 * What becomes of the credentials one session sends: taken, refused, or lost, so that nobody knows. It counts and holds back; it
 * must never hold a credential, nor decide when the next try is.
 */
import type { World } from '../../world/world.ts';
import type { Patience } from '../http-access/login-patience.ts';

export class Credential {
  readonly #login: Patience;
  readonly #world: Pick<World, 'elapsed'>;
  /** One has left, and what became of it is not known yet. */
  #away = false;

  constructor(login: Patience, world: Pick<World, 'elapsed'>) {
    this.#login = login;
    this.#world = world;
  }

  /** Runs a call that may send one: alone as long as the password is in doubt, and what nobody answered is counted. */
  inTurn<T>(call: () => Promise<T>): Promise<T> {
    return this.#login.inTurn(async () => {
      try {
        return await call();
      } finally {
        if (this.#away) this.#login.lose(this.#world.elapsed());
        this.#away = false;
      }
    });
  }

  /** Whether one may leave now; then what becomes of it has to be told. */
  offer(): boolean {
    this.#away = this.#login.mayOffer(this.#world.elapsed());
    return this.#away;
  }

  /** It was answered, or never arrived, if one had left at all. */
  settled(refused: boolean): void {
    if (this.#away && refused) this.#login.spend(this.#world.elapsed());
    this.#away = false;
  }

  /** It is not known that the password is right. */
  get doubted(): boolean {
    return this.#login.doubted;
  }

  /**
   * Whether a request that was cut may be sent again. What it carried counts as lost unless it surely was not `read`; `token`: the
   * next one carries one from the first.
   */
  resend(token: boolean, unread: boolean): boolean {
    if (this.#away && !unread) this.#login.lose(this.#world.elapsed());
    this.#away = false;
    return !token || this.offer();
  }

  /** It was asked for, and taken. */
  taken(): void {
    this.#away = false;
    this.#login.prove();
  }
}
