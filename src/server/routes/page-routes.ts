/**
 * The built screens, at the addresses of the table of pages; the bare address leads to the first page of whoever comes. They
 * hold no data, so they are open: what they show comes over closed routes. It must never serve a file outside the folder it
 * was given.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { firstPage, type PageEntry, pageEntries, pageTable, thingPart } from '../../core/site/pages.ts';
import { unbuiltPage } from '../../words/server-words.ts';
import type { App } from '../http/http-app.ts';

/** The addresses of a page as the router writes them: a part that begins with `:` takes nothing but digits, or a code. */
const routesOf = ({ path, things = [] }: PageEntry) => [
  path,
  ...things.map((thing) => thing.replace(/:\w+/g, (part) => `${part}(${thingPart(part)})`)),
];

/** One application answers at all pages; it looks at the address itself. `ui`: folder with index.html and assets/, as Vite writes it. */
export async function pageRoutes(app: App, ui: string | undefined): Promise<void> {
  const open = { config: { open: true }, schema: { hide: true } } as const;
  app.get('/', open, async ({ session }, reply) =>
    reply.redirect(pageTable[session ? firstPage(session.user.role) : 'login'].path),
  );
  for (const url of pageEntries.flatMap(routesOf)) {
    app.get(url, open, async (_request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
      const html = ui === undefined ? undefined : await readFile(join(ui, 'index.html')).catch(() => undefined);
      return html ? reply.send(html) : reply.code(503).send(unbuiltPage);
    });
  }
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
