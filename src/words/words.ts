/**
 * The shape of every text that leaves the gateway for a person. It stands below everything, so that no part has a reason to
 * join two languages into one string.
 */

/** A text a person may read, in both languages. Chinese comes first on every screen. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The same text in both places: a name, a figure, or a remark for technicians that nobody translates. */
export function untranslated(text: string): Words {
  return { zh: text, en: text };
}

/**
 * Both languages in one string, Chinese first: for texts that leave the gateway as one column, tag or line. The only place
 * that joins them; nothing may take such a string apart again.
 */
export function bothLanguages({ zh, en }: Words): string {
  return zh === en ? zh : `${zh} / ${en}`;
}
