/** The part of `evolve` that folds what pictures show of their cameras. Like all of it, it holds no rules. */
import type { CameraState, Event, PictureFact, State } from '../types.ts';

export type PictureEvent = Extract<Event, { kind: PictureFact['kind'] }>;

const kinds: Readonly<Record<PictureFact['kind'], true>> = {
  'picture-judged': true,
  'picture-learned': true,
  'picture-dismissed': true,
  'camera-seen': true,
  'cameras-watched': true,
};

/** Whether a fact is one of cameras' pictures. */
export const isOfPicture = (event: Event): event is PictureEvent => Object.hasOwn(kinds, event.kind);

const unknown: CameraState = { signs: {}, learned: {} };

/** The gateway began anew: which camera shows something is not known until each was looked at. */
export function unlooked(state: State): void {
  for (const [camera, { seen: _seen, ...rest }] of state.cameras) state.cameras.set(camera, rest);
}

/** Folds one fact of a camera's pictures. */
export function foldPicture(state: State, event: PictureEvent): void {
  if (event.kind === 'cameras-watched') return;
  const was = state.cameras.get(event.camera) ?? unknown;
  state.cameras.set(event.camera, after(was, event));
}

function after(was: CameraState, event: Exclude<PictureEvent, { kind: 'cameras-watched' }>): CameraState {
  const { at } = event;
  switch (event.kind) {
    case 'picture-judged': {
      const { [event.sign]: _was, ...others } = was.signs;
      const signs = event.active ? { ...others, [event.sign]: { since: at, figures: event.figures } } : others;
      return { ...was, signs };
    }
    case 'picture-learned': {
      const { hours, why, stills, sha256, dHash, figures } = event;
      return { ...was, learned: { ...was.learned, [hours]: { at, why, stills, sha256, dHash, figures } } };
    }
    case 'picture-dismissed': {
      // Until it is learned anew nobody knows what it shows.
      const { seen: _seen, ...rest } = was;
      return { ...rest, learned: {}, dismissed: { by: event.by, at, reason: event.reason } };
    }
    case 'camera-seen':
      return { ...was, seen: { seen: event.seen, why: event.why, since: at } };
    default:
      return event satisfies never;
  }
}
