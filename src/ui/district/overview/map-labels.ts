/**
 * Where the names of schools stand on the map: beside their marks, to the side where there is room, and pushed apart where two would lie on
 * each other. Pure; it must never drop a name.
 */

/** A name to be placed beside a point; all in the thousandths of the drawing. */
export interface MapName {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedName extends MapName {
  readonly anchor: 'start' | 'end';
}

/** Height of a line of names, and the distance from the middle of a mark. */
const LINE = 34;
const ASIDE = 32;
const SIZE = 1_000;

/** Broad characters are as wide as they are high, others about six tenths. */
const width = (text: string) => [...text].reduce((all, one) => all + (one > '\u2e80' ? 30 : 18), 0);

/** Each name beside its point, from above to below; one that would lie on another goes below it. `scale`: how much larger letters are than 30. */
export function labelled(names: readonly MapName[], scale = 1): PlacedName[] {
  const placed: { from: number; to: number; y: number }[] = [];
  return [...names]
    .sort((a, b) => a.y - b.y)
    .map((name) => {
      const long = width(name.text) * scale;
      const left = name.x + ASIDE + long > SIZE;
      const from = left ? Math.max(0, name.x - ASIDE - long) : name.x + ASIDE;
      const to = from + long;
      let y = name.y + 11 * scale;
      for (const other of [...placed].sort((a, b) => a.y - b.y))
        if (other.from < to && from < other.to && Math.abs(other.y - y) < LINE * scale) y = other.y + LINE * scale;
      placed.push({ from, to, y });
      return { ...name, x: left ? to : from, y, anchor: left ? 'end' : 'start' };
    });
}

/** The middle of a part's box, which is where its name stands. */
export function middleOf(points: readonly (readonly [number, number])[]): readonly [number, number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}
