/**
 * "Did you mean …": the nearest of the words that would have been right, for messages about configuration.
 * It only words a hint; it must never correct anything by itself.
 */

/** Letters to insert, delete or replace to turn one word into the other. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same));
    }
    above = row;
  }
  return above[b.length]!;
}

/** A hint that begins with "; ", or an empty text when there is nothing useful to say. */
export function suggest(word: string, right: Iterable<string>): string {
  const known = [...new Set(right)];
  if (known.length === 0) return '; none is declared';
  const ranked = known.map((name) => ({ name, far: distance(word.toLowerCase().slice(0, 60), name.toLowerCase()) }));
  ranked.sort((a, b) => a.far - b.far);
  const best = ranked[0]!;
  if (best.far <= Math.max(2, Math.floor(best.name.length / 3)) && best.far < best.name.length)
    return `; did you mean "${best.name}"?`;
  return known.length <= 8 ? `; known: ${known.join(', ')}` : '';
}
