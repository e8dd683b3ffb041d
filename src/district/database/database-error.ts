/**
 * What goes wrong with the district's database, told apart by what is to be done about it. It must never carry a password or what somebody
 * sent.
 */
import { type DatabaseFault, databaseFailed } from '../../words/district/database-words.ts';
import { WordedError } from '../../words/worded-error.ts';

export class DatabaseError extends WordedError {
  /** `away`: try later; `clash`: try again at once; `unstorable`: never. */
  readonly fault: DatabaseFault;
  /** What the database called it: five characters of SQLSTATE, or a name of the client. */
  readonly code: string;

  constructor(fault: DatabaseFault, where: string, text: string, code: string, cause?: unknown) {
    super(databaseFailed(fault, where, text), cause === undefined ? undefined : { cause });
    this.fault = fault;
    this.code = code;
  }
}

/** By the beginning of the code; the first that fits counts. SQLSTATE as PostgreSQL's appendix A lists it. */
const faults: readonly (readonly [string, DatabaseFault])[] = [
  ['40', 'clash'],
  ['55P03', 'clash'],
  ['53100', 'full'],
  ['ENOSPC', 'full'],
  ['57014', 'slow'],
  ['57', 'away'],
  ['53', 'away'],
  ['08', 'away'],
  ['25006', 'away'],
  ['25P03', 'away'],
  ['28', 'away'],
  ['3D000', 'away'],
  ['22', 'unstorable'],
  ['CONNECT', 'away'],
  ['ECONN', 'away'],
  ['ENOTFOUND', 'away'],
  ['ENOENT', 'away'],
  ['EAI_', 'away'],
  ['EPIPE', 'away'],
  ['ETIMEDOUT', 'away'],
  ['EHOST', 'away'],
  ['ENET', 'away'],
];

/** The thrown thing as an error of the database; what was not thrown by it is given back as it is. */
export function asDatabaseError(error: unknown, where: string): unknown {
  if (!(error instanceof Error) || error instanceof WordedError) return error;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return error;
  // What a statement was given stands on the error of some clients: only its message and code go on.
  const fault = faults.find(([start]) => code.startsWith(start))?.[1] ?? 'other';
  return new DatabaseError(fault, where, error.message.slice(0, 200), code);
}
