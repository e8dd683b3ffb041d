/**
 * Many rows as one parameter: a JSON text that PostgreSQL takes apart (`json_to_recordset`), because a statement takes at most 65 534
 * parameters. And texts from outside as PostgreSQL can hold them: it has no zero character, in text or in JSON. It must never drop a row.
 */

/** A text without what PostgreSQL cannot hold: zero characters, and halves of a pair that stand alone. */
export function storable(text: string): string {
  return (text.includes('\u0000') ? text.replaceAll('\u0000', '\uFFFD') : text).toWellFormed();
}

/** Whether PostgreSQL holds this text to the letter. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

const held = (_key: string, value: unknown): unknown => (typeof value === 'string' ? storable(value) : value);

/** For `$n::jsonb` or `json_to_recordset($n::json)`. */
export const jsonText = (value: unknown): string => JSON.stringify(value, held) ?? 'null';
