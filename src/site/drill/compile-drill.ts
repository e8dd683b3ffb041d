/** Turns the drills of a checked configuration into what the core goes by. Pure; it must never judge whether the file is right. */
import type { DrillPlan } from '../../core/types.ts';
import { given } from '../parts/compile-parts.ts';
import type { SiteFile } from '../site-schema.ts';

/** How the school practises, times in milliseconds. */
export function compileDrill(part: NonNullable<SiteFile['drill']>): DrillPlan {
  const { every, place, camera, siren, seconds, classes } = part;
  return given({
    ...{ every, place, camera, classes, targetMs: seconds * 1_000 },
    siren: siren && { device: siren.device, point: siren.point, ms: siren.seconds * 1_000 },
  });
}
