/**
 * The hash chain of the journal: every event carries the hash of itself and of all before it, so that a changed, moved
 * or removed line is found. It must never depend on anything but the bytes that are kept.
 *
 * A link is SHA-256 over the text of the previous link's hash (64 hex digits) followed by the event's JSON, in UTF-8;
 * `printf '%s%s' "$previous" "$json" | sha256sum` gives the same, so an auditor needs no program of ours.
 * Whoever can rewrite the whole file can also rewrite every link: that is what heads kept elsewhere are for.
 */
import { hash } from 'node:crypto';

/** What stands before the first event. */
export const genesis = '0'.repeat(64);

/** The hash of the link that `json` makes after `previous`. */
export function link(previous: string, json: string): string {
  return hash('sha256', previous + json, 'hex');
}
