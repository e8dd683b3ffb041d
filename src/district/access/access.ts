/** The district's access put together: the door, who may log in, schools and keys, the trail. It wires, and decides nothing. */
import type { App } from '../../server/http/http-app.ts';
import type { Access, AccessGround } from './access-context.ts';
import { guardDistrict } from './district-door.ts';
import { loginRoutes } from './login-routes.ts';
import { openOfficerSessions } from './officer-session.ts';
import { ownPassword } from './own-password.ts';
import { peopleRoutes } from './people-routes.ts';
import { schoolsRoutes } from './schools-routes.ts';
import { openSeals } from './sealing.ts';
import { openTrail } from './trail.ts';
import { trailRoutes } from './trail-routes.ts';

/** Hangs door and addresses in; what is registered on `app` afterwards is behind the door. */
export function openAccess(app: App, context: AccessGround): Access {
  const { db, world, config, knows, signer } = context;
  const now = () => world.now();
  const seals = openSeals(signer.secret);
  const sessions = openOfficerSessions(db, seals, now);
  const trail = openTrail(db, now);
  const routes = guardDistrict(app, { sessions, origins: config.server.origins, knows, now });
  const parts = { ...context, seals, sessions, trail };
  loginRoutes(app, parts);
  ownPassword(app, parts);
  peopleRoutes(app, parts);
  schoolsRoutes(app, parts);
  trailRoutes(app, parts);
  return { sessions, trail, routes };
}
