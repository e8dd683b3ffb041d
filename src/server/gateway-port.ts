/**
 * What the server is given of the gateway: to look, to ask and to listen. State can be looked at only while all of it is
 * durable, and changed only by a command. `src/app/serve-port.ts` fills it; the server must never reach behind it.
 */
import type { CurveQuery, Curves } from '../core/fence/curve.ts';
import type { AuditCheck } from '../core/report/audit-types.ts';
import type { Played, RehearsalQuery } from '../core/report/rehearsal.ts';
import type { PageFrame } from '../core/site/feed-codec.ts';
import type {
  Command,
  DoorFact,
  DrillTap,
  Durable,
  Event,
  Ledger,
  Live,
  PictureFigures,
  PictureHours,
  ReadOnly,
  Sample,
  Site,
  State,
  Time,
  Trouble,
  User,
  WallCondition,
  Words,
} from '../core/types.ts';
import type { VideoPort } from './video/video-port.ts';

/** The root of the school's own certificates, as everybody may know it. */
export interface PublicRoot {
  /** The certificate, DER. */
  readonly der: Uint8Array;
  /** Hexadecimal, pairs with colons. */
  readonly sha256: string;
  readonly sha1: string;
  readonly until: Time;
}

/** Something unreadable a line put aside. */
export interface Quarantined {
  readonly at: Time;
  readonly line: string;
  readonly device?: string;
  readonly topic?: string;
  readonly reason: string;
  readonly why: Words;
  /** First bytes, as text with unprintables escaped. */
  readonly head: string;
}

export interface LineStatus {
  readonly id: string;
  readonly protocol: string;
  readonly up: boolean;
  readonly why: Words;
  readonly since: Time;
  readonly ledger: Ledger;
}

/** A camera that answered a WS-Discovery probe. Nobody has accepted it; no credential may go there. */
export interface FoundCamera {
  readonly address: string;
  readonly name?: string;
  readonly hardware?: string;
  readonly from: string;
}

/** Whose page it is, and whether it stands there by itself. */
export interface PageViewer {
  readonly user: User;
  readonly kiosk: boolean;
}

/** A wall of the configuration, and what it last said of itself. */
export interface WallStatus {
  readonly user: string;
  readonly title: Words;
  /** Undefined while it cannot be known yet. */
  readonly is?: WallCondition;
  /** How long ago it last said what it shows, ms; undefined when it never has. */
  readonly saidAgoMs?: number;
  readonly sound?: PageFrame['sound'];
  readonly visible?: boolean;
}

export interface EventBatch {
  /** The seq before the first event of this batch. */
  readonly after: number;
  readonly seq: number;
  readonly events: readonly Event[];
}

/** Records as they were written, with what shows of each that it is in the newest signed checkpoint. */
export interface SignedRecords {
  /** The checkpoint as a note, and the key it was signed with. */
  readonly note: string;
  readonly vkey: string;
  /** How many records it was signed at. */
  readonly size: number;
  /** `proof`: the hashes beside the way up, hex, lowest first. */
  readonly lines: readonly { readonly seq: number; readonly json: string; readonly proof: readonly string[] }[];
}

/** What the gateway knows of a camera by its pictures, beside what State holds. */
export interface LookedCamera {
  readonly camera: string;
  /** Its line can give none: what it shows is unknown, and in no rate. */
  readonly noStills?: true;
  /** The last still that was judged: when, by which reference, its figures. */
  readonly last?: { readonly at: Time; readonly hours: PictureHours; readonly figures: PictureFigures };
  readonly learning?: { readonly hours: PictureHours; readonly stills: number; readonly of: number };
  /** Each reference as a grey thumbnail of 40 by 22, base64. */
  readonly references: Readonly<Partial<Record<PictureHours, string>>>;
}

/** How far the school's district is. `at`, by the district's clock: when it cosigned the newest checkpoint that it did. */
export interface DistrictReach {
  /** Its newest line, as it last said, and how many more there are here. */
  readonly have?: number;
  readonly behind?: number;
  readonly cosigned?: { readonly size: number; readonly at: Time };
  /** As its key names it. */
  readonly name?: string;
  readonly heardAt?: Time;
}

/** What a call brought. `echo`: what is to be answered to WeCom, which asks once whether the address is ours. */
export type CallbackCame = 'unknown' | 'refused' | 'taken' | { readonly echo: string };

/** A call as the server got it. */
export interface ChatCall {
  readonly channel: string;
  readonly query: Readonly<Record<string, string>>;
  /** What DingTalk signs a call with, in the headers; empty where there is nothing. */
  readonly signed: { readonly timestamp: string; readonly sign: string };
  /** A text, or what JSON said. Absent where it only asks whether the address is ours. */
  readonly body?: unknown;
}

export interface GatewayPort {
  readonly version: string;
  site(): Site;
  /**
   * Calls `look` once, within one turn, at a moment when State holds nothing that is not durable. What it returns must not
   * hold State or a table of it. Rejects with Untold, whose words are for a person, while the journal does not follow.
   */
  read<T>(look: (state: Durable<State>) => T): Promise<T>;
  /** Gauges and when devices were heard: never journaled, so they may be told at any time. */
  live(): ReadOnly<Live>;
  now(): Time;
  lines(): readonly LineStatus[];
  troubles(): readonly Trouble[];
  walls(): readonly WallStatus[];
  head(): { seq: number; hash: string };
  /** The newest signed checkpoint of the journal, as a note; undefined until one was made since the start. */
  checkpoint(): string | undefined;
  /** These records, ascending, signed for first where that is due. Rejects with words. */
  prove(seqs: readonly number[]): Promise<SignedRecords>;
  /** Absent where the school has joined none. */
  readonly district?: (() => DistrictReach) | undefined;
  quarantine(): readonly Quarantined[];
  /** Durable when resolved: the events the command caused, `refused` among them. Rejects when the journal is stuck. */
  command(by: User, command: Command): Promise<readonly Event[]>;
  /** `batch` is called after each durable commit, `site` after each change of the site. Returns the way to stop. */
  listen(each: { batch(batch: EventBatch): void; site(): void }): () => void;
  records(q: {
    table: 'alarms' | 'rounds' | 'scans' | 'touches' | 'posts' | 'events';
    from?: Time;
    to?: Time;
    device?: string;
    kind?: string;
    /** Events alone: what is said of this alarm. */
    alarm?: number;
    /** False leaves out what is for the eyes of heads, auditors and administrators alone. */
    covert?: false;
    limit?: number;
  }): Promise<readonly Record<string, unknown>[]>;
  /** The newest word on every checkpoint of these rounds, with the hash of its link; in no order. */
  checksOf(rounds: readonly string[]): Promise<readonly AuditCheck[]>;
  /** Of the events with `after` < seq ≤ `upTo`, at most 10 000 numbers, those of these kinds, or all; oldest first. */
  pick(q: { after: number; upTo: number; kinds?: readonly Event['kind'][] }): Promise<readonly Event[]>;
  /** The `raised` events of the alarms that were open at this time. */
  openAt(time: Time): Promise<readonly Event[]>;
  samples(q: { device: string; point: string; from: Time; to: Time; limit?: number }): Promise<readonly Sample[]>;
  /** Stored samples of a zone's wires as columns, and the bases the detector had for them. Rejects with words. */
  curves(q: CurveQuery): Promise<Curves>;
  /** What other limits would have done; `signal` gives it up. Rejects with words. */
  rehearse(q: RehearsalQuery, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<Played>;
  /** What is known of each camera whose pictures are judged. */
  cameraLooks(): readonly LookedCamera[];
  /** A fresh JPEG, at most two seconds old. Rejects with a sentence for the operator. */
  picture(camera: string): Promise<{ jpeg: Uint8Array; at: Time }>;
  /** Keeps a photograph that somebody took, among the evidence; its name. Rejects with a sentence for whoever took it. */
  /** Undefined where the school has no certificates of its own. */
  authority(): Promise<PublicRoot | undefined>;
  keepPhoto(jpeg: Uint8Array): Promise<string>;
  /** A kept clip by name; undefined when unknown. */
  clip(name: string): Promise<Uint8Array | undefined>;
  /** A kept evidence picture by name; undefined when unknown. */
  evidence(name: string): Promise<Uint8Array | undefined>;
  /** Walks the whole chain. */
  verify(
    progress?: (done: number, total: number) => void,
  ): Promise<{ ok: boolean; checked: number; broken?: number; why?: Words }>;
  discover(): Promise<readonly FoundCamera[]>;
  /** What goes over MQTT, as an AsyncAPI 3 document. */
  asyncapi(): Promise<object>;
  /** A page said what it painted and how it is. */
  displayed(viewer: PageViewer, report: PageFrame): void;
  /** The number of a class at a drill came by its code. Resolves when what came of it is durable. */
  tapped(tap: DrillTap): Promise<void>;
  /** A chat called back; resolves when what came of it is durable. Absent where no chat may. */
  called?(call: ChatCall): Promise<CallbackCame>;
  /** Something happened at the door. Resolves when it is durable. */
  note(fact: DoorFact): Promise<void>;
  /** Live videos of cameras. */
  readonly video: VideoPort;
  /** Counters of the process beside the ledgers, which do not come from State: name → value. */
  gauges(): Readonly<Record<string, number>>;
  /** Counters that come from State: name → value. */
  counts(state: Durable<State>): Readonly<Record<string, number>>;
}
