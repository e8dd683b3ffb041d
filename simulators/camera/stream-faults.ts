/**
 * What a simulated event stream can do wrong, as distributions: each part draws its own fate from a seed. Each was met on real
 * devices or named in the manuals of clients. Data only; the behaviour is where the stream is.
 */

/** Chances are of each part; all are 0 at the start. */
export interface StreamFaults {
  /** A part is cut in its text, and its length says so. */
  truncated: number;
  /** A part is sent twice. */
  doubled: number;
  /** Its Content-Length is some bytes too large. */
  tooLong: number;
  /** Its Content-Length is some bytes too small. */
  tooShort: number;
  /** It has no Content-Length. */
  noLength: number;
  /** A part that no client asked for goes before it. */
  strangers: number;
  /** Bytes of no meaning go before it. */
  rubbish: number;
  /** Heartbeats come this far apart, ms: between the two. */
  heartbeatMs: readonly [from: number, to: number];
  /** Nothing comes any more, not even heartbeats; the connection stands. */
  mute: boolean;
  /** Bytes go out in crumbs of this many, 0: whole. */
  crumbs: number;
  /** How many attachments fit; one more is answered HTTP 400. */
  slots: number;
  /** A client that goes leaves its attachment behind for this chance. */
  leaks: number;
  /** The next requests with a good log-in are told that their nonce is stale. */
  stale: number;
  /** Whoever asks is answered with this status instead. */
  status: number | undefined;
  /** How it answers what stands now: as it is, with an HTTP error that says so too, not at all, or with a page. */
  indexes: 'told' | 'told with 400' | 'refused' | 'forbidden' | 'page';
  /** What it answers of this code is made and not sent yet. */
  holds: string | undefined;
  /** The next ends are not told to anybody. */
  endsLost: number;
  /** The endless answer claims to be this. */
  contentType: string | undefined;
}

export const noStreamFaults = (): StreamFaults => ({
  truncated: 0,
  doubled: 0,
  tooLong: 0,
  tooShort: 0,
  noLength: 0,
  strangers: 0,
  rubbish: 0,
  heartbeatMs: [300, 900],
  mute: false,
  crumbs: 0,
  slots: 5,
  leaks: 0,
  stale: 0,
  status: undefined,
  contentType: undefined,
  indexes: 'told',
  holds: undefined,
  endsLost: 0,
});
