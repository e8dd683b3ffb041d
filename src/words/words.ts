/**
 * The shape of every text that leaves the gateway for a person. It stands below everything, so that no part has a reason to
 * join two languages into one string.
 */

/** A text a person may read, in both languages. Chinese comes first on every screen. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
