/**
 * The address of the live board, `/api/live`. Who may come in is for the door to say; it must never let a page in for which there is no room.
 */
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { App } from '../../server/http/http-app.ts';
import { problems } from '../../server/http/problem.ts';
import type { LiveBoard } from './live-board.ts';
import type { LiveSession } from './live-screen.ts';

/** Seconds after which a page that found no room may try again. */
const FULL_S = 10;

/** `config` is what the door asks of the route; `sessionOf` throws a Problem where nobody is logged in. */
export function liveRoute(
  app: App,
  board: LiveBoard,
  config: FastifyContextConfig,
  sessionOf: (request: FastifyRequest) => LiveSession,
): void {
  app.get(
    '/api/live',
    {
      websocket: true,
      config,
      schema: { hide: true },
      preValidation: async (request) => {
        if (!board.room(sessionOf(request).name)) throw problems.busy(FULL_S);
      },
    },
    (socket, request) => board.join(socket, sessionOf(request)),
  );
}
