/**
 * Readers that share a password: whoever reads it out of one can tell touches of all the others, from a laptop, and a missed round
 * becomes a walked one. The check of a configuration refuses it. A gateway that runs is not kept from starting by it: a school
 * that brings a new version at night must be guarded in the morning. It must never show a password.
 */
import type { Config } from '../site/load-site.ts';

/** Ids of readers, by the password they share; one that is a reader's own is not among them. */
export function sharedPasswords({ lines, site }: Pick<Config, 'lines' | 'site'>): string[][] {
  const readers = new Map<string, string[]>();
  for (const { devices } of lines) {
    for (const { id, options } of devices) {
      const password = 'password' in options ? options.password : undefined;
      if (typeof password !== 'string' || site.devices[id]?.family !== 'reader') continue;
      readers.set(password, [...(readers.get(password) ?? []), id]);
    }
  }
  return [...readers.values()].filter((ids) => ids.length > 1);
}
