/**
 * A problem as a page, for a person who typed an address or followed an old link: what is the matter in both languages, and the
 * way to go on. Programs get the problem document. It must never say more than that document does.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pageTitles } from '../../words/page-titles.ts';
import { toFirstPage } from '../../words/server-words.ts';
import type { Problem } from './problem.ts';

/** Whether a person at a browser will read the answer: one who typed an address, followed a link, or asked for a file. */
export function isForPerson(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
}

/** Sends the page, with the status of the problem. */
export function sendProblemPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, why: words }: Problem,
): FastifyReply {
  const [to, way] =
    status === 401 ? [`/login?next=${encodeURIComponent(request.url)}`, pageTitles.login] : ['/', toFirstPage];
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .serializer((text: string) => text)
    .send(`<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.zh} ${words.en}</title>
<h1>${words.zh}</h1><p><a href="${to}">${way.zh}</a></p>
<h1>${words.en}</h1><p><a href="${to}">${way.en}</a></p></html>`);
}
