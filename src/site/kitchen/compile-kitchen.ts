/** The public screen as the core knows it. Pure; the file has passed every check before. */
import type { KitchenScreen } from '../../core/types.ts';
import { given } from '../parts/compile-parts.ts';
import type { SiteFile } from '../site-schema.ts';

export function compileKitchen({ everySec, ...shown }: NonNullable<SiteFile['kitchen']>): KitchenScreen {
  return given({ ...shown, everyMs: Math.round(everySec * 1000) });
}
