/** Schools with their keys, and people, as the bureau's pages show them. Times are ms since 1970 by the district's clock. Types only. */
import type { Words } from '../../core/types.ts';
import type { DistrictRole } from './district-rights.ts';

/** A key of a school; the key itself was shown once and is kept nowhere. */
export interface KeyShown {
  readonly id: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly usedAt: number | null;
  /** Of a certificate: when it runs out; null: a key. */
  readonly until: number | null;
  readonly withdrawnAt: number | null;
}

/** What an administrator says of a school. */
export interface SchoolForm {
  readonly nameZh: string;
  readonly nameEn: string;
  /** Both at most six Chinese characters wide. */
  readonly shortZh: string;
  readonly shortEn: string;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
  /** Place on the drawn outline, 0 to 1000. */
  readonly x: number | null;
  readonly y: number | null;
}

export interface SchoolShown extends SchoolForm {
  readonly school: string;
  readonly epoch: number;
  readonly joinedAt: number;
  readonly leftAt: number | null;
  /** Its last sign of life. */
  readonly seenAt: number | null;
  readonly version: string | null;
  /** `at` of the newest line that is here, by the school's clock. */
  readonly toldAt: number | null;
  /** Lines the district has, and the school says it has. */
  readonly has: number | null;
  readonly head: number | null;
  /** Its clock minus ours, ms. */
  readonly clockOff: number | null;
  readonly cosignedAt: number | null;
  /** Why nothing of it is taken: a refusal code. */
  readonly held: string | null;
  readonly heldAt: number | null;
  /** Why it was refused and not heard since, or what else a person has to see to there. */
  readonly troubles: readonly (Words & { readonly code: string; readonly since: number })[];
  readonly keys: readonly KeyShown[];
}

export interface SchoolsAnswer {
  readonly join: {
    /** Where schools find the district; null: as the page was found. */
    readonly url: string | null;
    /** The district's public key. */
    readonly witness: string;
    readonly district: Words;
    /** Whether schools are known by certificates here, and by nothing else. */
    readonly certificates: 'count' | 'required' | null;
  };
  readonly schools: readonly SchoolShown[];
}

/** A line or batch that was not folded in. */
export interface QuarantineShown extends Words {
  readonly id: string;
  readonly at: number;
  readonly code: string;
  readonly seq: number;
  readonly settledAt: number | null;
  readonly settledBy: string | null;
  readonly settledHow: string | null;
}

/** What an administrator says of an officer. */
export interface PersonForm {
  /** As schools read it. */
  readonly shown: string;
  readonly role: DistrictRole;
  /** Empty: all. */
  readonly streets: readonly string[];
  /** What the single sign-on says of him; null where he has none. */
  readonly oidc: string | null;
}

export interface PersonShown extends PersonForm {
  readonly name: string;
  readonly madeAt: number;
  readonly lockedAt: number | null;
  /** Has one-time codes. */
  readonly codes: boolean;
  /** Has not logged in with a password of his own yet. */
  readonly fresh: boolean;
}

/** What a log-in answers, step by step. */
export type LoginAnswer =
  | { readonly next: 'in'; readonly me: { readonly role: DistrictRole } }
  | { readonly next: 'password' | 'code' }
  | { readonly next: 'enrol'; readonly secret: string; readonly address: string; readonly enrol: string };
