/** What a camera's pictures show of the camera itself: what the gateway sees in them, learns and says. Types only; it must never hold behaviour. */
import type { By } from '../types-fact-parts.ts';
import type { Time, Window, Words } from '../types-terms.ts';

/**
 * What a picture can show of its camera. covered: something lies over the lens. dark: nothing can be made out in hours when there
 * should be light. blurred: out of focus, or the lens is dirty. moved: it looks elsewhere. frozen: the same picture again and again.
 * overexposed: white over most of it.
 */
export type PictureSign = 'covered' | 'dark' | 'blurred' | 'moved' | 'frozen' | 'overexposed';

/** Which reference a still is held against: by daylight, by lamps, or grey under infrared. */
export type PictureHours = 'day' | 'night' | 'infrared';

/** Figures of one still as people read them; each is what its name says, and `docs/cameras.md` says how it is reckoned. */
export type PictureFigures = Readonly<Record<string, number>>;

/** Why a camera counts as seen or not. `fresh`: a new picture in which something can be seen. */
export type SeenReason = 'fresh' | 'no-link' | 'no-still' | Exclude<PictureSign, 'blurred'>;

/** Why a reference was learned: there was none, a person asked, or the file of the one before was lost or is another. */
export type LearnReason = 'first' | 'asked' | 'lost';

export type PictureFact =
  /** The gateway saw a sign in the pictures of a camera, or sees it no longer. What the camera itself says is `read`. */
  | {
      readonly kind: 'picture-judged';
      readonly camera: string;
      readonly sign: PictureSign;
      readonly active: boolean;
      readonly hours: PictureHours;
      readonly figures: PictureFigures;
    }
  /** A reference was learned from so many stills that agreed. The pictures are in no fact: `sha256` is of the file that holds their outline. */
  | {
      readonly kind: 'picture-learned';
      readonly camera: string;
      readonly hours: PictureHours;
      readonly why: LearnReason;
      readonly stills: number;
      readonly sha256: string;
      /** 256 bits of brighter or darker than the neighbour, in hex: what a reference learned after a loss is held against. */
      readonly dHash: string;
      readonly figures: PictureFigures;
    }
  /** A person who has looked at the picture says that it is right as it is: what was learned of this camera is learned anew. */
  | { readonly kind: 'picture-dismissed'; readonly camera: string; readonly by: string; readonly reason: string }
  /** Whether a camera shows anything, as the gateway's own looks say. */
  | { readonly kind: 'camera-seen'; readonly camera: string; readonly seen: boolean; readonly why: SeenReason }
  /** Every ten minutes while pictures are judged: which cameras are seen and which are not. Between two of them the gateway was there. */
  | {
      readonly kind: 'cameras-watched';
      readonly seen: readonly string[];
      readonly unseen: Readonly<Record<string, SeenReason>>;
    };

/** A sign that holds. */
export interface HeldSign {
  readonly since: Time;
  readonly figures: PictureFigures;
}

/** A reference as State knows it. */
export interface LearnedPicture {
  readonly at: Time;
  readonly why: LearnReason;
  readonly stills: number;
  readonly sha256: string;
  readonly dHash: string;
  readonly figures: PictureFigures;
}

/** What is known of a camera by its pictures. */
export interface CameraState {
  readonly signs: Readonly<Partial<Record<PictureSign, HeldSign>>>;
  readonly learned: Readonly<Partial<Record<PictureHours, LearnedPicture>>>;
  /** A person asked for new references, and why. */
  readonly dismissed?: By & { readonly reason: string };
  /** undefined: not looked at since the gateway began. */
  readonly seen?: { readonly seen: boolean; readonly why: SeenReason; readonly since: Time };
}

/** Cameras of one room or part of the house: what a rate is said of beside the single camera. */
export interface CameraArea {
  readonly id: string;
  readonly title: Words;
  readonly cameras: readonly string[];
}

/** When pictures of cameras must show something, and which are looked at. */
export interface CameraWatch {
  /** On days of school, by the calendar. Empty: at all hours of all days. Minutes after local midnight; `to` ≤ `from` runs into the next day. */
  readonly hours: readonly Window[];
  /** Cameras whose pictures are not judged, and that no rate counts. */
  readonly off: readonly string[];
  readonly areas: readonly CameraArea[];
}

/** What the gateway's own looks at pictures came to: a fact in the making, not yet believed. */
export type PictureSaid = Exclude<PictureFact, { readonly kind: 'picture-dismissed' }>;
