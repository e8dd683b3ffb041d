/** Where a page of a list over all schools ended: time, school and number of its last row, as text that a page gives back. It trusts no such text. */

export interface PageEnd {
  readonly at: number;
  readonly school: string;
  readonly id: number;
}

export const pageKey = ({ at, school, id }: PageEnd): string => `${at} ${school} ${id}`;

/** Three parameters of a statement: the parts, or null each where the text is none. */
export function pageParams(before: string | undefined): readonly [number | null, string | null, number | null] {
  const match = /^(\d{1,15}) ([a-z0-9-]{1,40}) (\d{1,15})$/.exec(before ?? '');
  return match ? [Number(match[1]), match[2] ?? null, Number(match[3])] : [null, null, null];
}
