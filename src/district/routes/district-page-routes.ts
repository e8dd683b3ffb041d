/**
 * The built pages of the bureau at the addresses of their table; the bare address leads to the first page of whoever comes. They hold no data, so
 * they are open: what they show comes over closed addresses. It must never serve a file outside the folder it was given.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { App } from '../../server/http/http-app.ts';
import { unbuiltPage } from '../../words/server-words.ts';
import { peekOfficer } from '../access/district-door.ts';
import type { OfficerSessions } from '../access/officer-session.ts';
import { districtPageList, districtPages, firstDistrictPage } from '../board/district-pages.ts';

/** A part that begins with `:` takes nothing but the name of a school. */
const routeOf = (path: string) => path.replace(/:\w+/g, (part) => `${part}(^[a-z0-9-]{1,40}$)`);

/** `ui`: folder with district.html and assets/, as Vite writes it. */
export async function districtPageRoutes(app: App, ui: string | undefined, sessions: OfficerSessions): Promise<void> {
  const open = { config: { open: true }, schema: { hide: true } } as const;
  app.get('/', open, async (request, reply) => {
    const session = await peekOfficer(sessions, request);
    const page = session ? firstDistrictPage(session.officer.role) : 'login';
    return reply.redirect(districtPages[page].path);
  });
  for (const { path } of districtPageList)
    app.get(routeOf(path), open, async (_request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
      const html = ui === undefined ? undefined : await readFile(join(ui, 'district.html')).catch(() => undefined);
      return html ? reply.send(html) : reply.code(503).send(unbuiltPage);
    });
  if (ui === undefined) return;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, open: true };
      route.schema = { ...route.schema, hide: true };
    });
    await scope.register(staticFiles, {
      root: join(ui, 'assets'),
      prefix: '/assets/',
      // Vite puts a hash of the content into each name.
      immutable: true,
      maxAge: '365d',
      index: false,
      dotfiles: 'deny',
    });
  });
}
