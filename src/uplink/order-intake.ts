/**
 * Orders of the district on their way into the journal: held against the district's key, handed in, and reported as taken once they are kept.
 * It must never hand in what another has signed, nor hold up whoever brings it.
 */
import { isTaken } from '../core/bureau/take-order.ts';
import type { BureauInput, Words } from '../core/types.ts';
import type { Verifier } from '../proof/signed-note.ts';
import { orderForged } from '../words/district/uplink-words.ts';
import { verifyOrder } from './order-signature.ts';
import type { SignedOrder } from './protocol.ts';
import type { UplinkSource } from './uplink-source.ts';

type OrderInput = Extract<BureauInput, { kind: 'district-order' }>;

/** Ids that are reported in one poll, and orders that are under way at once; what is beyond comes again. */
const most = 1_000;

export class OrderIntake {
  readonly #source: Pick<UplinkSource, 'offer' | 'read'>;
  readonly #school: string;
  readonly #underWay = new Set<string>();
  /** In the journal, and not yet known to be known as such at the district. */
  readonly #taken = new Set<string>();
  #why: Words | undefined;

  constructor(source: Pick<UplinkSource, 'offer' | 'read'>, school: string) {
    this.#source = source;
    this.#school = school;
  }

  readonly trouble = (): Words | undefined => this.#why;

  /** Ids that the district has to be told of. */
  taken(): string[] {
    return [...this.#taken].slice(0, most);
  }

  /** The district knows of these. */
  told(ids: readonly string[]): void {
    for (const id of ids) this.#taken.delete(id);
  }

  /** Orders as they came; `district`: whose signature they must bear. False where there is nothing to do about any of them. */
  take(orders: readonly SignedOrder[], district: Verifier | undefined): boolean {
    this.#why = undefined;
    if (!district) return false;
    let begun = false;
    for (const signed of orders) {
      const { id } = signed.order;
      if (this.#underWay.has(id) || this.#underWay.size >= most) continue;
      const found = verifyOrder(signed, { school: this.#school, witness: district });
      if ('flaw' in found) {
        this.#why = orderForged(found.flaw);
        continue;
      }
      begun = true;
      this.#underWay.add(id);
      void this.#handIn(id, found).finally(() => this.#underWay.delete(id));
    }
    return begun;
  }

  /** What the journal does not take now comes again. */
  async #handIn(id: string, found: Pick<OrderInput, 'order' | 'signature'>): Promise<void> {
    try {
      const known = () => this.#source.read((state) => isTaken(state, id));
      if (!(await known())) await this.#source.offer({ kind: 'district-order', ...found });
      if (await known()) this.#taken.add(id);
    } catch {
      // A journal that cannot be written says so itself.
    }
  }
}
