/**
 * What makes the phone's pages installable: the worker that keeps the empty pages, the manifest and the icon. They hold no data, so they
 * are open like the pages.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pageTable } from '../../core/site/pages.ts';
import { appTitle } from '../../words/page-titles.ts';
import { unbuiltPage } from '../../words/server-words.ts';
import type { App } from '../http/http-app.ts';

/** A gate between two posts; colours of the day theme. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#15191d"/><path fill="none" stroke="#e4e7e9" stroke-width="7" d="M20 78V30M76 78V30M20 44h56M20 62h56M38 44v34M58 44v34"/><path fill="#f28500" d="M12 18h16v12H12zM68 18h16v12H68z"/></svg>`;

const manifest = JSON.stringify({
  name: `${appTitle.zh} ${appTitle.en}`,
  short_name: appTitle.zh,
  lang: 'zh-CN',
  start_url: pageTable.phone.path,
  scope: pageTable.phone.path,
  display: 'standalone',
  background_color: '#e4e7e9',
  theme_color: '#15191d',
  icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
});

/** `ui`: folder of the built screens. */
export function shellRoutes(app: App, ui: string | undefined): void {
  const open = { config: { open: true }, schema: { hide: true } } as const;
  app.get('/app.webmanifest', open, async (_request, reply) =>
    reply.type('application/manifest+json').header('cache-control', 'no-cache').send(manifest),
  );
  app.get('/icon.svg', open, async (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'no-cache').send(icon),
  );
  app.get('/shell-worker.js', open, async (_request, reply) => {
    const code = ui === undefined ? undefined : await readFile(join(ui, 'shell-worker.js')).catch(() => undefined);
    // Whoever has an old one must ask each time: it is replaced with the gateway.
    reply.header('cache-control', 'no-cache');
    return code ? reply.type('text/javascript').send(code) : reply.code(503).send(unbuiltPage);
  });
}
