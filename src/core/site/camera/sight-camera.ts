/** Who sees what facts about cameras' pictures say, and what of it State shows to whoever set the school up. No picture is in either. */
import type { CameraState } from '../../types.ts';
import type { FieldTable } from '../sight.ts';

export const pictureSight = {
  'picture-judged': {
    guard: true,
    integrator: { camera: 'shown', sign: 'shown', active: 'shown', hours: 'shown', figures: 'shown' },
  },
  'picture-learned': {
    guard: true,
    integrator: {
      camera: 'shown',
      hours: 'shown',
      why: 'shown',
      stills: 'shown',
      sha256: 'shown',
      dHash: 'shown',
      figures: 'shown',
    },
  },
  'picture-dismissed': { guard: true, integrator: { camera: 'shown', by: 'name', reason: 'text' } },
  'camera-seen': { guard: true, integrator: { camera: 'shown', seen: 'shown', why: 'shown' } },
  'cameras-watched': { guard: true, integrator: { seen: 'shown', unseen: 'shown' } },
} as const;

/** What State knows of a camera by its pictures, without the name and words of whoever had them learned anew. */
export const shownCamera = (withheld: string): FieldTable<CameraState> => ({
  signs: 'shown',
  learned: 'shown',
  dismissed: ({ at }) => ({ by: withheld, at, reason: withheld }),
  seen: 'shown',
});
