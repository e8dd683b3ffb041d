/**
 * Rows of a read model as a batch leaves them, written with one statement: the last word on each key counts. It must never write a row of another
 * school: the school and its epoch are parameters, and no row brings its own. Nor may a value of the wrong kind stop a school: lines come from
 * outside, and what does not fit its column is left empty.
 */
import type { Sql, Statement } from '../database/database.ts';
import { jsonText } from '../database/json-rows.ts';

/** A table whose key is school, epoch and one more column; types as PostgreSQL names them. */
export interface BookTable {
  readonly name: string;
  readonly key: readonly [column: string, type: string][];
  readonly columns: Readonly<Record<string, string>>;
  /** Columns that are never empty. */
  readonly needs?: readonly string[];
  /** What a column becomes where the row is there already, instead of what the new row says. */
  readonly instead?: Readonly<Record<string, string>>;
  /** Which rows that are there already may be changed at all. */
  readonly only?: string;
}

/** Longest text of a column, characters. Ours. */
const TEXT_MAX = 2_000;
const INTEGER_MAX = 2_147_483_647;

/** A value as its column takes it; null where it does not. */
function fitting(value: unknown, type: string): unknown {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'bigint':
      return Number.isSafeInteger(value) ? value : null;
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) <= INTEGER_MAX ? value : null;
    case 'boolean':
      return value === true;
    case 'text':
      return typeof value === 'string' ? value.slice(0, TEXT_MAX) : null;
    default:
      return value;
  }
}

type BookRow = Readonly<Record<string, unknown>>;

function statement({ name, key, columns, instead = {}, only }: BookTable): string {
  const all = [...key, ...Object.entries(columns)];
  const names = all.map(([column]) => column).join(', ');
  const given = all.map(([column, type]) => (type === 'jsonb' ? `r.${column}::jsonb` : `r.${column}`)).join(', ');
  const types = all.map(([column, type]) => `${column} ${type === 'jsonb' ? 'json' : type}`).join(', ');
  const sets = Object.keys(columns).map((column) => `${column} = ${instead[column] ?? `excluded.${column}`}`);
  const keys = key.map(([column]) => column).join(', ');
  return `INSERT INTO ${name} (school, epoch, ${names})
    SELECT $1, $2, ${given} FROM json_to_recordset($3::json) AS r(${types})
    ON CONFLICT (school, epoch, ${keys}) DO UPDATE SET ${sets.join(', ')}${only === undefined ? '' : ` WHERE ${only}`}`;
}

const statements = new WeakMap<BookTable, string>();

/** Made once: a batch writes into some of eight tables. */
function statementOf(table: BookTable): string {
  const known = statements.get(table);
  if (known !== undefined) return known;
  const made = statement(table);
  statements.set(table, made);
  return made;
}

/** The rows of one table. */
export class RowBook<K extends string | number> {
  readonly #table: BookTable;
  readonly #rows = new Map<K, BookRow>();

  constructor(table: BookTable) {
    this.#table = table;
  }

  set(key: K, row: BookRow): void {
    this.#rows.set(key, row);
  }

  #fitting(row: BookRow): BookRow {
    const { key, columns } = this.#table;
    const types = [...key, ...Object.entries(columns)];
    return Object.fromEntries(types.map(([column, type]) => [column, fitting(row[column], type)]));
  }

  /** Whether a row has what no row may be without. */
  #whole(row: BookRow): boolean {
    const { key, needs = [] } = this.#table;
    return [...key.map(([column]) => column), ...needs].every((column) => row[column] !== null);
  }

  async write(sql: Sql, school: string, epoch: number): Promise<void> {
    const said = this.statement(school, epoch);
    if (said) await sql.query(said.text, said.params);
  }

  /** What writes all rows; undefined where there are none. */
  statement(school: string, epoch: number): Statement | undefined {
    if (this.#rows.size === 0) return undefined;
    // In the order of their keys, so that two that write the same rows never wait for each other.
    const names = this.#table.key.map(([column]) => column);
    const sorted = [...this.#rows.values()].sort((a, b) =>
      compare(
        names.map((n) => a[n]),
        names.map((n) => b[n]),
      ),
    );
    const fits = sorted.map((row) => this.#fitting(row)).filter((row) => this.#whole(row));
    return { text: statementOf(this.#table), params: [school, epoch, jsonText(fits)] };
  }
}

function compare(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i];
    if (one === other) continue;
    return (one as string) < (other as string) ? -1 : 1;
  }
  return 0;
}
