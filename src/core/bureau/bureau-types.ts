/**
 * What the district asks of the school (督办, a comment, a report, a still), as facts, as what is kept of them, and as what people answer.
 * The district never acknowledges, arms or closes anything here. Types only; it must never hold behaviour.
 */
import type { By } from '../types-fact-parts.ts';
import type { Time } from '../types-terms.ts';

/** urge: to be answered by its date; comment: stands beside what it is about; report: a file of some days; still: a camera's picture. */
export type OrderAsk = 'urge' | 'comment' | 'report' | 'still';
export type OrderedReport = 'patrol' | 'canteen' | 'alarms';

/** An order word for word as the district signed it. Its times are the district's and move with no clock of ours. */
export interface OrderSaid {
  /** A UUID, lower case. */
  readonly id: string;
  /** Whom it is for: the school's id at the district. */
  readonly school: string;
  readonly kind: OrderAsk;
  /** Who asks, as the school's people read it. */
  readonly by: string;
  readonly at: Time;
  /** An urge: to be answered by then. The others are of no use afterwards. */
  readonly until: Time;
  readonly text?: string | undefined;
  /** What it is about: the number of an alarm, of a rectification. */
  readonly alarm?: number | undefined;
  readonly rectification?: number | undefined;
  /** Whose still. */
  readonly device?: string | undefined;
  /** Which report, and of which days (`2026-11-01`), the last one included. */
  readonly report?: OrderedReport | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** It is about what heads alone may know of. */
  readonly covert?: true | undefined;
}

/**
 * Why nothing comes of an order: its time was over when it came; it is to be done later than anybody plans; it says nothing; there is no
 * such camera here; its days are none or too many; the school has no canteen; too many wait already; its time passed before it could be done.
 */
export type OrderRefusal =
  | 'order-expired'
  | 'order-too-far'
  | 'order-empty'
  | 'order-no-camera'
  | 'order-wrong-days'
  | 'order-no-canteen'
  | 'order-too-many'
  | 'order-not-done';

/** answered: by a person, with a sentence; noted: a comment stands where it belongs; sent: the file or picture is at the district. */
export type OrderOutcome = 'answered' | 'noted' | 'sent' | 'refused';

/** What the school is joined to, and what leaves it. */
export interface DistrictJoined {
  /** The district's name: that of its witness key. */
  readonly district: string;
  /** SHA-256 over which kinds of facts leave the school, hex; and those kinds. */
  readonly filter: string;
  readonly leaves: readonly string[];
}

export type BureauFact =
  | ({ readonly kind: 'district-joined' } & DistrictJoined)
  /** An order came, signed by the district. `alarm`: the one it is about, where that is open. `signature`: Ed25519 over the order's text, base64. */
  | {
      readonly kind: 'district-ordered';
      readonly order: OrderSaid;
      readonly signature: string;
      readonly alarm?: number;
      readonly covert?: true;
    }
  /** What came of it, once for each order. `by`: who answered, or the gateway. `file`, `sha256`: what was sent, and of its bytes. */
  | {
      readonly kind: 'district-answered';
      readonly order: string;
      readonly how: OrderOutcome;
      readonly by: string;
      readonly text?: string;
      readonly why?: OrderRefusal;
      readonly file?: string;
      readonly sha256?: string;
      readonly covert?: true;
    }
  /** An urge was not answered by its date; once. */
  | { readonly kind: 'district-overdue'; readonly order: string; readonly due: Time; readonly covert?: true };

/** An order as State keeps it: open ones, and for some days those that are over. */
export interface DistrictOrder {
  readonly id: string;
  readonly ask: OrderAsk;
  /** Who asks, and when, by the district's clock. */
  readonly from: string;
  readonly asked: Time;
  /** By the district's clock. */
  readonly due: Time;
  /** When it came. */
  readonly cameAt: Time;
  readonly text?: string;
  readonly about?: { readonly alarm?: number; readonly rectification?: number };
  readonly device?: string;
  readonly report?: { readonly of: OrderedReport; readonly first: string; readonly last: string };
  /** The still that was taken for it, among the evidence, and of its bytes. */
  readonly picture?: { readonly name: string; readonly sha256?: string };
  readonly overdueSince?: Time;
  readonly over?: By & {
    readonly how: OrderOutcome;
    readonly text?: string;
    readonly why?: OrderRefusal;
  };
  readonly covert?: true;
}

/** What the school knows of the district: absent until it was joined to one. */
export interface BureauState {
  district: (DistrictJoined & { readonly joinedAt: Time }) | undefined;
  /** By the order's id. */
  readonly orders: Map<string, DistrictOrder>;
}

/** An order whose signature and school were found right. */
export type BureauInput =
  | { readonly kind: 'district-order'; readonly order: OrderSaid; readonly signature: string }
  | ({ readonly kind: 'district-joined' } & DistrictJoined);

/** A person at the school answers an urge with a sentence. */
export interface OrderCommand {
  readonly do: 'answer-order';
  readonly order: string;
  readonly text: string;
}

export type OrderCommandRefusal = 'unknown-order' | 'order-over' | 'text-missing';

/** A still that is at hand, or a report that is to be made; sent to the district for its order. */
export type OrderedFile =
  | { readonly picture: string }
  | { readonly report: OrderedReport; readonly first: string; readonly last: string };
