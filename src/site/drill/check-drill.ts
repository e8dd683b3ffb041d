/** What drills say about devices of the rest of the file. It must never change anything, nor judge the shape of a single field. */
import type { ConfigCheck, mustBeFamily } from '../references.ts';
import type { Path } from '../yaml-text.ts';

/** How references to cameras and outputs are judged. */
interface DrillRefusals {
  readonly mustBeFamily: typeof mustBeFamily;
  readonly checkSiren: (
    check: ConfigCheck,
    path: Path,
    siren: { readonly device?: string | undefined; readonly point?: string | undefined },
  ) => void;
}

/** Reports what does not fit. */
export function checkDrill(check: ConfigCheck, { mustBeFamily, checkSiren }: DrillRefusals): void {
  const { camera, siren } = check.file.drill ?? {};
  mustBeFamily(check, ['drill', 'camera'], camera, 'camera');
  if (siren) checkSiren(check, ['drill', 'siren'], siren);
}
