/** `GET /healthz`: whether this node can do its work, for a load balancer. It gives nothing away. */
import type { App } from '../../server/http/http-app.ts';
import type { World } from '../../world/world.ts';
import type { Database } from '../database/database.ts';

/** A database that takes longer for nothing is not there, ms. */
const LIMIT_MS = 2_000;

export function registerHealth(app: App, { db, world }: { readonly db: Database; readonly world: World }): void {
  app.get('/healthz', { config: { open: true, rateLimit: false }, schema: { hide: true } }, async (_request, reply) => {
    const over = new AbortController();
    const late = world.sleep(LIMIT_MS, over.signal).then(
      () => false,
      () => false,
    );
    const asked = db.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const well = await Promise.race([asked, late]);
    over.abort();
    return reply.code(well ? 200 : 503).send({ ok: well });
  });
}
