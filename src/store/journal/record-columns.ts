/**
 * The columns of the tables that pages and exports ask: one for each field of a record, or it does not compile. Whoever changes
 * them raises `recordsVersion`, so that the tables are made anew.
 */
import type { Records } from '../../core/types.ts';

/** What a column of a table holds; a table has a column for each field of its record. */
type RecordColumns<T extends keyof Records> = { readonly [F in keyof Records[T]]-?: string };

export const columns: { readonly [T in keyof Records]: RecordColumns<T> } = {
  alarms: {
    id: 'INTEGER PRIMARY KEY',
    key: 'TEXT NOT NULL',
    kind: 'TEXT NOT NULL',
    priority: 'INTEGER NOT NULL',
    device: 'TEXT NOT NULL',
    zone: 'TEXT',
    round: 'TEXT',
    checkpoint: 'TEXT',
    raisedAt: 'INTEGER NOT NULL',
    sourceTime: 'INTEGER',
    lastAt: 'INTEGER NOT NULL',
    count: 'INTEGER NOT NULL',
    causes: 'TEXT NOT NULL',
    value: 'TEXT',
    why: 'TEXT',
    returnedAt: 'INTEGER',
    ackedBy: 'TEXT',
    ackedAt: 'INTEGER',
    firstAckedBy: 'TEXT',
    firstAckedAt: 'INTEGER',
    dispatchedBy: 'TEXT',
    dispatchedTo: 'TEXT',
    dispatchedAt: 'INTEGER',
    acceptedBy: 'TEXT',
    acceptedAt: 'INTEGER',
    arrivedBy: 'TEXT',
    arrivedAt: 'INTEGER',
    arrivedHow: 'TEXT',
    disposedBy: 'TEXT',
    disposedAt: 'INTEGER',
    finding: 'TEXT',
    findingNote: 'TEXT',
    level: 'INTEGER',
    paintedAt: 'INTEGER',
    incident: 'INTEGER',
    joining: 'TEXT',
    covert: 'INTEGER',
    closedBy: 'TEXT',
    closedAt: 'INTEGER',
    reason: 'TEXT',
    note: 'TEXT',
    picture: 'TEXT',
  },
  rounds: {
    id: 'TEXT PRIMARY KEY',
    route: 'TEXT NOT NULL',
    start: 'INTEGER NOT NULL',
    person: 'TEXT',
    second: 'TEXT',
    openedAt: 'INTEGER NOT NULL',
    completedAt: 'INTEGER',
    seen: 'TEXT',
    onTime: 'INTEGER',
    early: 'INTEGER',
    late: 'INTEGER',
    missed: 'INTEGER',
    wrongOrder: 'INTEGER',
    wrongPerson: 'INTEGER',
    unknownCard: 'INTEGER',
    byHand: 'INTEGER',
    itemsDue: 'INTEGER',
    itemsAnswered: 'INTEGER',
    itemsWrong: 'INTEGER',
    cancelled: 'INTEGER',
    result: 'TEXT',
    brokenAt: 'TEXT',
    changes: 'TEXT',
  },
  scans: {
    seq: 'INTEGER PRIMARY KEY',
    at: 'INTEGER NOT NULL',
    round: 'TEXT NOT NULL',
    checkpoint: 'TEXT NOT NULL',
    verdict: 'TEXT NOT NULL',
    sourceTime: 'INTEGER',
    card: 'TEXT',
    person: 'TEXT',
    offMs: 'INTEGER',
    uploaded: 'INTEGER NOT NULL',
    planned: 'TEXT',
    before: 'TEXT',
    source: 'TEXT',
  },
  touches: {
    seq: 'INTEGER PRIMARY KEY',
    at: 'INTEGER NOT NULL',
    reader: 'TEXT NOT NULL',
    card: 'TEXT NOT NULL',
    sourceTime: 'INTEGER NOT NULL',
    person: 'TEXT',
    source: 'TEXT NOT NULL',
    batch: 'TEXT',
    doubt: 'INTEGER NOT NULL',
    countedAs: 'INTEGER',
    writtenBy: 'TEXT',
    reason: 'TEXT',
    via: 'TEXT',
    picture: 'TEXT',
    sha256: 'TEXT',
    undoneAt: 'INTEGER',
  },
  posts: {
    id: 'TEXT PRIMARY KEY',
    post: 'TEXT NOT NULL',
    start: 'INTEGER NOT NULL',
    until: 'INTEGER NOT NULL',
    persons: 'INTEGER NOT NULL',
    openedAt: 'INTEGER NOT NULL',
    completedAt: 'INTEGER',
    result: 'TEXT',
    fewest: 'INTEGER',
    shortMs: 'INTEGER',
    people: 'TEXT',
  },
};

/** Columns that hold JSON. */
const written: ReadonlySet<string> = new Set(['causes', 'value', 'why', 'changes', 'seen']);
const flags: ReadonlySet<string> = new Set(['uploaded', 'covert', 'doubt']);

/** A record as pages want it: values, causes, sentences, changes and flags as what they mean, and no empty columns. */
export function plain(row: Record<string, unknown>): Record<string, unknown> {
  const said = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(
    said.map(([name, value]) => {
      if (written.has(name)) return [name, JSON.parse(String(value)) as unknown];
      return flags.has(name) ? [name, value === 1] : [name, value];
    }),
  );
}
