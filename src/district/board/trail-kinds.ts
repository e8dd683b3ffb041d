/** What the trail of the bureau tells of: one kind for each thing an officer does that somebody may ask about later. It must never hold behaviour. */

export const trailKinds = [
  'login',
  'login-refused',
  'logout',
  'password-changed',
  'code-set-up',
  'officer-made',
  'officer-changed',
  'officer-password',
  'officer-code-reset',
  'officer-locked',
  'officer-unlocked',
  'school-made',
  'school-changed',
  'school-left',
  'school-rejoined',
  'key-made',
  'key-withdrawn',
  'settled',
  'ordered',
  'looked',
  'picture-viewed',
  'exported',
  'lines-cut',
  'rows-cut',
  'trail-verified',
] as const;
export type TrailKind = (typeof trailKinds)[number];

/** One line of the trail as a page shows it. */
export interface TrailLine {
  readonly n: number;
  /** ms since 1970, by the district's clock. */
  readonly at: number;
  /** The name he logs in with; `-` for the machine's own console. */
  readonly officer: string;
  readonly kind: TrailKind;
  readonly school?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What came of reckoning the chain anew. */
export interface TrailVerdict {
  /** Lines that were looked at. */
  readonly lines: number;
  /** Link of the newest one, hex; of none the empty text. */
  readonly head: string;
  /** Number of the first line that does not follow from those before it. */
  readonly brokenAt?: number;
}
