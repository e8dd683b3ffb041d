/**
 * Who speaks for a school: whether it is the gateway that spoke last, the one that follows it after a start, a message of an earlier one that
 * was long on its way, or a second gateway. It must never take a late or doubled message for a second gateway: such a verdict stops a school.
 */
import { type IngestRequest, PROTOCOL, type RefusalCode } from '../../uplink/protocol.ts';
import type { CursorRow } from './cursor-row.ts';
import { SchoolRefused } from './refuse.ts';

type Speaker = Pick<IngestRequest, 'protocol' | 'school' | 'boot' | 'version' | 'clock' | 'head'>;

/** Processes that are remembered: a gateway that starts anew each hour for a week. */
const BOOTS_MAX = 200;

/** Throws SchoolRefused where the two ends do not speak one language. */
export function agreeOnProtocol({ protocol, school, version }: Pick<Speaker, 'protocol' | 'school' | 'version'>): void {
  if (protocol < PROTOCOL) throw new SchoolRefused('protocol-old', school, `${version}, ${protocol} < ${PROTOCOL}`);
  if (protocol > PROTOCOL) throw new SchoolRefused('protocol-new', school, `${version}, ${protocol} > ${PROTOCOL}`);
}

/** A message of a process that is gone: nothing follows from it. Or why the school is held, with numbers for the sentence. */
export type SpeakerVerdict = 'heard' | 'stale' | { readonly code: RefusalCode; readonly detail: string };

/** Writes into the row what the sender says of itself, as far as it may be believed. */
export function hearSpeaker(row: CursorRow, { boot, version, clock, head }: Speaker, now: number): SpeakerVerdict {
  if (row.boot === boot) {
    // Of one process the journal only grows: a smaller number was on its way for longer.
    row.head = Math.max(row.head, head);
    return seen(row, version, clock, now);
  }
  const earlier = row.boots.find((one) => one.boot === boot);
  if (earlier) return clock <= earlier.until ? 'stale' : { code: 'twice', detail: `${boot.slice(0, 8)}, ${version}` };
  if (row.boot !== null) row.boots = [...row.boots, { boot: row.boot, until: clock }].slice(-BOOTS_MAX);
  row.boot = boot;
  row.head = head;
  seen(row, version, clock, now);
  return head < row.seq ? { code: 'restored', detail: `${head} < ${row.seq}` } : 'heard';
}

function seen(row: CursorRow, version: string, clock: number, now: number): 'heard' {
  row.seen_at = Math.max(row.seen_at ?? 0, now);
  row.version = version;
  row.clock_off = clock - now;
  return 'heard';
}
