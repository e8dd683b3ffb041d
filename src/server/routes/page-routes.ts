/**
 * The built screens. They hold no data, so they are open: what they show comes over closed routes. It must never serve
 * a file outside the folder it was given.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { unbuiltPage } from '../../words/server-words.ts';
import type { App } from '../http/http-app.ts';

/** One application answers at all of these; it looks at the address itself. */
const PAGES = [
  '/',
  '/login',
  '/wall',
  '/console',
  '/patrol',
  '/patrol/*',
  '/kpi',
  '/m',
  '/m/*',
  '/setup',
  '/setup/*',
  '/audit',
  '/reports',
  '/settings',
  '/settings/*',
  '/alarms/:id',
  '/devices/:id',
];

/** `ui`: folder with index.html and assets/, as Vite writes it. */
export async function pageRoutes(app: App, ui: string | undefined): Promise<void> {
  for (const url of PAGES) {
    app.get(url, { config: { open: true }, schema: { hide: true } }, async (_request, reply) => {
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
