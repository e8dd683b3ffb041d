/**
 * The stills that an exception of patrol rests on: of which touches one can have been taken, what is owed of them, and what came of it. A still is
 * taken when a touch is told, so of what was told later there is none and never will be; one of another time must not stand for it.
 */
import { noTouchStill } from '../../words/gateway-words.ts';
import type { Draft } from '../draft.ts';
import { cameraOfReader } from '../site/checkpoint-camera.ts';
import type { Duty, Input, OpenSuspicion, Site, State, Time, TouchEvidence, TouchStill, Words } from '../types.ts';

/** A touch that was told later than this had no still taken; a picture farther from it shows another moment. Our own number. */
export const stillApartMs = 30_000;
/** A disk that is full may have room again; a still that was not taken does not come to be. */
const triesMax = 3;
const pauseMs = 60_000;

/** Whether a touch was told while a still of it could be taken. */
export const toldAtOnce = ({ source, learned, sourceTime }: Omit<TouchEvidence, 'reader' | 'card'>): boolean =>
  (source === 'online' || source === 'phone') &&
  learned !== undefined &&
  Math.abs(learned - sourceTime) <= stillApartMs;

const dutyOf = (exception: number, nth: number): string => `exception/${exception}/${nth}`;
const named = /^exception\/(\d+)\/(\d+)$/;

function isOwed(still: TouchStill | undefined, now: Time): boolean {
  if (!still) return true;
  if (!('why' in still) || still.why.en === noTouchStill.en) return false;
  return still.tries < triesMax && now >= still.lastAt + pauseMs;
}

/** Whether a still of a touch can have been taken: it was told at once, has no photograph of its own, and a camera looks there. */
export const mayHaveStill = (site: Pick<Site, 'devices' | 'routes' | 'posts'>, touch: TouchEvidence): boolean =>
  touch.photo === undefined && toldAtOnce(touch) && cameraOfReader(site, touch.reader) !== undefined;

/** The stills to be looked for at `now`. */
export function exceptionStills(site: Site, { suspicions }: Pick<State, 'suspicions'>, now: Time): Duty[] {
  const duties: Duty[] = [];
  for (const { id, touches, stills } of suspicions.values()) {
    for (const [nth, one] of touches.entries()) {
      if (one.touch === undefined || !isOwed(stills?.[nth], now) || !mayHaveStill(site, one)) continue;
      duties.push({ id: dutyOf(id, nth), do: 'exception-still', touch: one.touch });
    }
  }
  return duties;
}

/**
 * How the still of a touch of an exception stands. kept, photo: its name; none: there never was one, and why; failed: none was kept, and why;
 * awaited: it is being looked for.
 */
export type StillStanding =
  | { readonly is: 'kept' | 'photo'; readonly picture: string }
  | { readonly is: 'none'; readonly why: 'unsaid' | 'hand' | 'import' | 'late' | 'no-camera' }
  | { readonly is: 'failed'; readonly why: Words }
  | { readonly is: 'awaited' };

export function stillStanding(
  site: Pick<Site, 'devices' | 'routes' | 'posts'>,
  { touches, stills }: Pick<OpenSuspicion, 'touches' | 'stills'>,
  nth: number,
): StillStanding {
  const [touch, still] = [touches[nth], stills?.[nth]];
  if (touch?.photo !== undefined) return { is: 'photo', picture: touch.photo };
  if (still) return 'picture' in still ? { is: 'kept', picture: still.picture } : { is: 'failed', why: still.why };
  if (touch?.touch === undefined) return { is: 'none', why: 'unsaid' };
  const { source } = touch;
  if (source === 'hand' || source === 'import') return { is: 'none', why: source };
  if (!toldAtOnce(touch)) return { is: 'none', why: 'late' };
  return cameraOfReader(site, touch.reader) === undefined ? { is: 'none', why: 'no-camera' } : { is: 'awaited' };
}

/** When a kept picture was taken, as its name says. */
export const takenAt = (picture: string): Time => Number.parseInt(picture, 10);

/** What came of such a duty becomes a fact; false when the duty is another. */
export function exceptionOutcome(
  draft: Draft,
  { duty, ok, why, brought, sha256 }: Extract<Input, { kind: 'outcome' }>,
): boolean {
  const [, id, place] = named.exec(duty) ?? [];
  if (id === undefined) return false;
  const [exception, nth] = [Number(id), Number(place)];
  if (!draft.state.suspicions.has(exception)) return true;
  const about = { kind: 'exception-pictured', exception, nth } as const;
  if (ok && brought !== undefined && sha256 !== undefined) draft.add({ ...about, picture: brought, sha256 });
  else if (why) draft.add({ ...about, why });
  return true;
}
