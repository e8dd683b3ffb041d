/**
 * What a patrol report holds: one shape for page, CSV, XLSX and PDF, so that no two of them can give different numbers.
 * Times are ms since the epoch, days local days since 1970-01-01. Types only.
 */
import type { CutSpan, OpenSuspicion, PatrolVerdict, RoundChange, RoundRecord, ScanRecord, Time } from '../types.ts';

/**
 * The newest word on a checkpoint of a round, with the hash of its link in the journal, hex; absent where nobody looked it up. Where nobody was
 * there: the number of the alarm that said so, and the name of the still that was kept of that moment; an alarm that was open already from an
 * earlier round has none of this one.
 */
export type AuditCheck = ScanRecord & { readonly hash?: string; readonly alarm?: number; readonly picture?: string };

/** A round and the newest word on each of its checkpoints. */
export interface AuditRound {
  readonly round: RoundRecord;
  readonly checks: readonly AuditCheck[];
}

/** How checkpoints went. Whatever is not judged yet is in none of these. */
export interface AuditCounts {
  /** Checkpoints judged: what rates are divided by. */
  readonly planned: number;
  readonly reached: number;
  readonly onTime: number;
  readonly verdicts: Readonly<Record<PatrolVerdict, number>>;
  /** Of those reached: read out of a reader later, not sent at once. */
  readonly uploaded: number;
  /** Legs to these checkpoints that took longer than today's plan allows. */
  readonly longLegs: number;
}

/** Rounds by how far they are. */
export interface AuditRounds {
  /** Over and judged at every checkpoint. */
  readonly over: number;
  /** Of those over: every checkpoint reached. */
  readonly complete: number;
  /** Of those over: cancelled by a person. */
  readonly cancelled: number;
  /** Of those over: walked at first, and then no more. */
  readonly brokenOff: number;
  /** Begun, or ahead, and not judged to the end. */
  readonly underWay: number;
}

/** One person, checkpoint, route or shift. */
export interface AuditGroup {
  /** Of a checkpoint: its route's id, a slash, its own. Of two who walk together: both, by a plus. Empty where nobody is known. */
  readonly id: string;
  readonly counts: AuditCounts;
  readonly rounds: AuditRounds;
}

/** How the posts of one place and time were held. */
export interface AuditPosts {
  readonly id: string;
  /** With a verdict; what nobody can say is no verdict. */
  readonly due: number;
  readonly manned: number;
  readonly short: number;
  readonly unmanned: number;
  readonly unheard: number;
  /** Not over, or waiting for a baton. */
  readonly open: number;
  readonly shortMs: number;
}

export interface AuditDay {
  readonly day: number;
  readonly counts: AuditCounts;
  readonly rounds: AuditRounds;
  /** By checkpoint, as in `byPoint`; what nobody had to reach that day is not in it. */
  readonly points: Readonly<Record<string, AuditCounts>>;
  /** The day is not over. */
  readonly open?: true;
  /** Records of it were cut: what is counted here is what is left, and in no figure of the span. */
  readonly cut?: true;
}

/** A time in which no checkpoint was reached. */
export interface AuditGap {
  readonly from: Time;
  readonly to: Time;
}

/** One checkpoint of one round. */
export interface AuditRow {
  readonly seq: number;
  readonly round: string;
  readonly route: string;
  readonly start: Time;
  readonly checkpoint: string;
  /** When it was to be reached; absent where a plan that is gone alone would know. */
  readonly plan?: Time;
  /** The allowed error, ms before and after the plan, by today's plan. */
  readonly allowed?: readonly [early: number, late: number];
  /** When it was touched, by the clock of the reader, or when it was told where that is in doubt. */
  readonly at?: Time;
  readonly offMs?: number;
  /** Who touched it; where nobody did, who was to. */
  readonly person?: string;
  /** Of a round for two, where nobody touched it: who was to be there as well. */
  readonly second?: string;
  readonly card?: string;
  readonly verdict: PatrolVerdict;
  readonly uploaded: boolean;
  /** What the leg to it took beyond the longest that today's plan allows, ms; negative where there was time left. */
  readonly legOverMs?: number;
  /** No reader has told of it, a phone has. */
  readonly source?: 'phone';
  readonly hash?: string;
  /** Of a point that nobody reached: the alarm that said so, and the still that was kept of the moment. */
  readonly alarm?: number;
  readonly picture?: string;
  /** What is left of a day of which records were cut: listed, and in no figure. */
  readonly leftOver?: true;
}

/** Items of checkpoints in rounds that are over: due, answered, and answers that were findings. */
export interface AuditItems {
  readonly due: number;
  readonly answered: number;
  readonly wrong: number;
}

/** A round for two that is over. */
export interface AuditPair {
  readonly route: string;
  readonly start: Time;
  /** Who was planned at its end, after whatever was changed. */
  readonly planned: readonly string[];
  /** Those of the people planned who touched a point; absent where an earlier version judged it, or nobody was due. */
  readonly seen?: readonly string[];
}

/** One change of a round by a person, or a pause that ended by itself. */
export interface AuditChange {
  readonly route: string;
  readonly start: Time;
  readonly change: RoundChange;
  /** Who has seen it and when, of what a head has to see. */
  readonly reviewed?: RoundChange;
}

export interface PatrolAudit {
  /** Rounds that begin in [from, to). Not before the journal, and not beyond now. */
  readonly from: Time;
  readonly to: Time;
  /** When it was reckoned. */
  readonly at: Time;
  /** Records of some of these days were cut: those days are in no figure. */
  readonly pruned?: CutSpan;
  readonly counts: AuditCounts;
  readonly rounds: AuditRounds;
  /** Complete rounds a day that are asked for. */
  readonly required: number;
  /** Days that are over and whole, and of those the ones with as many complete rounds as asked for. */
  readonly days: number;
  readonly daysMet: number;
  /**
   * The longest time in the span in which no checkpoint was reached, its beginning (or the first day that is whole) and end (or now) being
   * edges. Absent where no day is whole.
   */
  readonly gap?: AuditGap;
  /** Absent where nothing was due. */
  readonly items?: AuditItems;
  readonly byRoute: readonly AuditGroup[];
  readonly byPerson: readonly AuditGroup[];
  readonly byPoint: readonly AuditGroup[];
  /** By the local time of day at which rounds begin, `22:00`. */
  readonly byShift: readonly AuditGroup[];
  readonly byDay: readonly AuditDay[];
  /** By post; absent where there is none, in the plan or in the span. */
  readonly byPost?: readonly AuditPosts[];
  /** Rounds for two that are over, in their order; absent where there was none. */
  readonly pairs?: readonly AuditPair[];
  /** What is asked about touches of the span, oldest first, with what came of it. */
  readonly exceptions: readonly OpenSuspicion[];
  /** What was changed of rounds, in the order of the rounds. */
  readonly changes: readonly AuditChange[];
  /** Oldest first. */
  readonly rows: readonly AuditRow[];
}
