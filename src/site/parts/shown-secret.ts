/**
 * How a secret may be shown at all: by its last four characters, so that two keys can be told apart and neither be used.
 */

/** Shorter ones give away too much with four. Ours. */
const least = 12;

/** `…3a9f`; of a short secret nothing. */
export const shownSecret = (secret: string): string => (secret.length < least ? '…' : `…${secret.slice(-4)}`);
