/**
 * "Did you mean …": the nearest of the words that would have been right, for messages about configuration.
 * It only words a hint; it must never correct anything by itself.
 */

import { suggestions } from '../words/site/config-shape-words.ts';
import { untranslated, type Words } from '../words/words.ts';

/** Letters to insert, delete or replace to turn one word into the other; `most` when they are that many or more. */
function distance(a: string, b: string, most: number): number {
  // The longer word has at least these letters more.
  if (Math.abs(a.length - b.length) >= most) return most;
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const far = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      row.push(far);
      if (far < least) least = far;
    }
    if (least >= most) return most;
    above = row;
  }
  return Math.min(above[b.length]!, most);
}

/** A hint that begins with "; ", or an empty text when there is nothing useful to say. */
export function suggest(word: string, right: Iterable<string>): Words {
  const known = [...new Set(right)];
  if (known.length === 0) return suggestions.none;
  const said = word.toLowerCase().slice(0, 60);
  let best = { name: known[0]!, far: Number.POSITIVE_INFINITY };
  // Only who is nearer than the nearest so far counts, so most of a long list costs a look at their length.
  for (const name of known) {
    const far = distance(said, name.toLowerCase(), best.far);
    if (far < best.far) best = { name, far };
  }
  if (best.far <= Math.max(2, Math.floor(best.name.length / 3)) && best.far < best.name.length)
    return suggestions.meant(best.name);
  return known.length <= 8 ? suggestions.known(known) : untranslated('');
}
